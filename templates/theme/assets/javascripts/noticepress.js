// What a page can do better with a script, and does without where there is none.
"use strict";

// The same section in another language, region or version: ids are the same everywhere.
const carryHash = () => {
  for (const link of document.querySelectorAll("a[data-np-hash]")) {
    link.hash = location.hash.startsWith("#np-") ? "" : location.hash;
  }
};
addEventListener("hashchange", carryHash);
carryHash();

for (const button of document.querySelectorAll("[data-np-print]")) {
  button.addEventListener("click", () => print());
  button.parentElement.hidden = false;
}

// The menu of languages closes when the reader turns to something else.
for (const menu of document.querySelectorAll(".np-languages")) {
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}

// Contents show where the reader is.
const entries = new Map();
for (const link of document.querySelectorAll(".np-contents--side a")) {
  const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (heading) entries.set(heading, link);
}
let marked = null;
const mark = () => {
  let here = null;
  for (const [heading, link] of entries) {
    if (heading.getBoundingClientRect().top > 140) break;
    here = link;
  }
  if (here === marked) return;
  marked?.removeAttribute("aria-current");
  here?.setAttribute("aria-current", "location");
  here?.scrollIntoView({ block: "nearest" });
  marked = here;
};
if (entries.size) {
  let waiting = false;
  addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; mark(); });
  }, { passive: true });
  mark();
}

// What only some pages need is loaded only there; each of these scripts works on the page by itself.
const parts = {
  "[data-np-choice]": "comparing/choice.js", // any two versions
  "[data-np-steps]": "redline.js", // from change to change
  "[data-np-since]": "since.js", // what applied on a day
};
for (const [mark, name] of Object.entries(parts)) {
  if (document.querySelector(mark)) {
    import(new URL(name, document.currentScript.src)).catch(() => {}); // the page does without
  }
}
