// The search of the notices: what somebody looks for stays in the fragment of the address, which no server is told.

import { gatherArchive, gatherInForce, showHits } from "./hits.js";
import { readQuery, Shelf, WAYS } from "./shelf.js";

const PATIENCE = 150;
const STEP = 20;

const form = document.querySelector("[data-np-search]");
const field = form.querySelector("input[type=search]");
const also = form.querySelector("[data-np-also]");
const results = document.querySelector("[data-np-results]");
const part = (name) => results.querySelector(`[data-np-${name}]`);
const said = part("said");
const numbers = new Intl.NumberFormat(document.documentElement.lang);

const shelves = {};
/** A file of sections, fetched once; where that fails, again when it is next asked for. */
function open(name) {
  shelves[name] ??= Shelf.load(form.dataset[name]).catch((error) => {
    delete shelves[name];
    throw error;
  });
  return shelves[name];
}

/** What can be told in words, with its numbers and the query put in. */
function say(name, values = {}) {
  said.textContent = (said.dataset[name] ?? "").replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
}

function showFailure(failed) {
  part("failed").hidden = !failed;
  if (failed) say("");
}

let turn = 0;
let shown = STEP;
let last = null;

/** Search for what stands in the field. */
async function search() {
  const mine = ++turn;
  const words = field.value.slice(0, field.maxLength).trim();
  const query = readQuery(words);
  keepInAddress(words);
  showFailure(false);
  if (!words) {
    results.hidden = true;
    clear();
    return;
  }
  results.hidden = false;
  const waiting = setTimeout(() => mine === turn && say("npLoading"), PATIENCE);
  try {
    const [current, archive] = await Promise.all([open("npSearch"), also.checked ? open("npArchive") : null]);
    if (mine !== turn) return;
    const found = findAll(query, current, archive);
    shown = STEP;
    last = { ...found, query, words };
    show();
  } catch {
    if (mine !== turn) return;
    clear();
    showFailure(true);
  } finally {
    clearTimeout(waiting);
  }
}

/** In the first way that finds anything, in force or in the archive. */
function findAll(query, current, archive) {
  for (const way of WAYS) {
    const inForce = gatherInForce(current.find(query, way), current, archive);
    const others = archive ? gatherArchive(archive.find(query, way), archive, inForce) : [];
    if (inForce.length || others.length) return { way, inForce, others };
  }
  return { way: "none", inForce: [], others: [] };
}

function show() {
  const { way, inForce, others, query, words } = last;
  const how = { root: form.dataset.npRoot, query, way };
  showHits(results.querySelector('[data-np-list="in-force"]'), inForce.slice(0, shown), how);
  showHits(results.querySelector('[data-np-list="archive"]'), others.slice(0, shown), how);
  part("archive-part").hidden = !others.length;
  part("more").hidden = Math.max(inForce.length, others.length) <= shown;
  part("hint").hidden = way !== "none";
  part("hint-archive").hidden = also.checked;
  const number = way === "alike" || way === "some" ? inForce.length + others.length : inForce.length;
  say(`np${(way === "found" && also.checked ? "both" : way).replace(/^./, (letter) => letter.toUpperCase())}`, {
    number: numbers.format(number), others: numbers.format(others.length), query: `\u2068${words}\u2069`,
  });
}

function clear() {
  last = null;
  say("");
  for (const list of results.querySelectorAll("[data-np-list]")) list.replaceChildren();
  for (const name of ["archive-part", "more", "hint"]) part(name).hidden = true;
}

/** The query can be linked to, and is still there when the reader comes back from a result. */
function keepInAddress(words) {
  const kept = new URLSearchParams(words ? { q: words, ...(also.checked ? { archive: "1" } : {}) } : {}).toString();
  const address = `${location.pathname}${location.search}${kept ? `#${kept}` : ""}`;
  if (kept !== location.hash.slice(1)) history.replaceState(null, "", address);
  for (const link of document.querySelectorAll("a[data-np-hash]")) link.hash = kept; // the same in another language
}

/** Take a query from the address; any other fragment is a place on the page. */
function readAddress() {
  const asked = new URLSearchParams(location.hash.slice(1));
  if (!asked.has("q")) return;
  field.value = asked.get("q").slice(0, field.maxLength);
  also.checked = asked.get("archive") === "1";
  search();
}

let pause = 0;
field.addEventListener("input", () => {
  clearTimeout(pause);
  pause = setTimeout(search, PATIENCE);
});
also.addEventListener("change", search);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(pause);
  search();
});
part("more").querySelector("button").addEventListener("click", () => {
  const before = shown;
  shown += STEP;
  show();
  const lists = [...results.querySelectorAll("[data-np-list]")];
  lists.map((list) => list.children[before]?.querySelector("a")).find(Boolean)?.focus(); // the button may be gone
});
addEventListener("hashchange", readAddress);

document.querySelector("[data-np-without]").hidden = true;
form.hidden = false;
open("npSearch").catch(() => {}); // ready when the first letter is typed; a search tells what went wrong
readAddress();
