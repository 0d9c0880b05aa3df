// A page of the preview follows what is saved; without a script, reload it by hand.
"use strict";

const { token } = document.currentScript.dataset;
let line = null;

// The reader stays at the section they were reading, however much longer or shorter the page above it has become.
const PLACE = `np-place ${location.pathname}`;
const headings = () => [...document.querySelectorAll(".np-page :is(h1, h2, h3, h4)[id]")].filter(
  (heading) => heading.getClientRects().length,
);
const measure = (heading) => heading.getBoundingClientRect().top;
const keepPlace = () => {
  const here = headings().findLast((heading) => measure(heading) < innerHeight / 2);
  const place = scrollY && here ? { id: here.id, top: measure(here), scroll: scrollY } : { scroll: scrollY };
  sessionStorage.setItem(PLACE, JSON.stringify(place));
};
const takePlace = () => {
  const { id, top, scroll } = JSON.parse(sessionStorage.getItem(PLACE) ?? "{}");
  if (scroll === undefined) return;
  sessionStorage.removeItem(PLACE);
  history.scrollRestoration = "manual";
  // A section that was only a draft a moment ago may have a redline beside it now, and the other way round.
  const name = id?.replace(/^redline-/, "");
  const heading = headings().find((other) => id && [id, name, `redline-${name}`].includes(other.id));
  scrollTo({ top: heading ? scrollY + measure(heading) - top : scroll, behavior: "instant" });
};

const listen = () => {
  line = new EventSource(`/np-preview/events?token=${encodeURIComponent(token)}`);
  line.addEventListener("message", (event) => {
    if (event.data === token) return;
    line.close();
    keepPlace();
    location.reload();
  });
};

// Browsers open few lines to one server: only the pages that somebody looks at hold one.
const follow = () => {
  if (document.hidden) {
    line?.close();
    line = null;
  } else if (!line) {
    listen();
  }
};

// Which side is shown on a narrow screen outlives a reload.
const sides = document.querySelectorAll('input[name="np-side"]');
for (const side of sides) {
  if (sessionStorage.getItem("np-side") === side.id) side.checked = true;
  side.addEventListener("change", () => sessionStorage.setItem("np-side", side.id));
}

// A browser opens what a link leads to, but not again after a reload.
const openTarget = () => {
  const folded = location.hash && document.getElementById(location.hash.slice(1))?.closest("details");
  if (folded) folded.open = true;
};

takePlace();
openTarget();
document.addEventListener("visibilitychange", follow);
addEventListener("pagehide", () => line?.close());
follow();
