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
for (const link of document.querySelectorAll(".np-contents a")) {
  const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (heading) entries.set(heading, [...(entries.get(heading) ?? []), link]);
}
const place = document.querySelector("[data-np-here]"); // in the contents of narrow pages
let marked = null;
const mark = () => {
  let here = null;
  for (const [heading, links] of entries) {
    if (heading.getBoundingClientRect().top > 140) break;
    here = links;
  }
  if (here === marked) return;
  for (const link of marked ?? []) link.removeAttribute("aria-current");
  for (const link of here ?? []) {
    link.setAttribute("aria-current", "location");
    if (link.closest(".np-contents--side")) link.scrollIntoView({ block: "nearest" });
  }
  if (place) {
    place.textContent = here ? here[0].textContent : "";
    place.lang = here?.[0].closest("[lang]").lang ?? "";
  }
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

// The contents of narrow pages close when the reader has chosen, and turns to something else.
for (const list of document.querySelectorAll(".np-contents--inline")) {
  list.addEventListener("click", (event) => {
    if (event.target.closest("a")) list.open = false;
  });
  list.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !list.open) return;
    list.open = false;
    list.querySelector("summary").focus();
  });
}

// Paper shows what is folded on the screen.
const folded = new Set();
addEventListener("beforeprint", () => {
  for (const part of document.querySelectorAll("details[data-np-paper]:not([open])")) {
    folded.add(part);
    part.open = true;
  }
});
addEventListener("afterprint", () => {
  for (const part of folded) part.open = false;
  folded.clear();
});

// What is further down was left out of the first layout (text.css). It is laid out a few blocks at a time while nothing
// else is to do, so that no key or search in the page has to wait for all of it.
const rest = [...document.querySelectorAll(".np-full > .np-text > *, .np-asking, .np-proof")];
const layOut = () => {
  for (const part of rest.splice(0, 12)) part.style.contentVisibility = "visible";
  if (rest.length) requestIdleCallback(layOut);
};
if (rest.length && window.requestIdleCallback) addEventListener("load", () => requestIdleCallback(layOut));

// What only some pages need is loaded only there; each of these scripts works on the page by itself.
const parts = {
  "[data-np-choice]": "comparing/choice.js", // any two versions
  "[data-np-steps]": "redline.js", // from change to change
  "[data-np-search]": "searching/search.js", // the search, on its own page
  "[data-np-finder]": "finding/finder.js", // a place by its name
  "[data-np-snippet]": "snippets.js", // links for other sites
  "[data-np-citation]": "reading/citing.js", // a citation of a section
  "a.np-term": "reading/terms.js", // definitions in place
  "[data-np-since]": "since.js", // what applied on a day
};
const home = document.currentScript.src;
for (const [mark, name] of Object.entries(parts)) {
  if (document.querySelector(mark)) {
    import(new URL(name, home)).catch(() => {}); // the page does without
  }
}

// A section that this version does not have: the page says what became of it.
const seek = () => {
  let name = "";
  try { name = decodeURIComponent(location.hash.slice(1)); } catch { return; }
  if (!name || document.getElementById(name) || !document.querySelector("[data-np-sections]")) return;
  removeEventListener("hashchange", seek);
  import(new URL("reading/surviving.js", home)).catch(() => {});
};
addEventListener("hashchange", seek);
seek();
