// The choice of two versions: where a redline of the two is ready, it goes there; else they are compared right here.

const form = document.querySelector("[data-np-choice]");
const outcome = document.querySelector("[data-np-outcome]");
const versions = [...form.elements.to.options].map((option) => option.value).reverse(); // oldest first

const findReady = (older, newer) => document.querySelector(`[data-np-pair="${CSS.escape(older)} ${CSS.escape(newer)}"]`)
  ?? [...document.querySelectorAll("[data-np-pair]")].find((link) => link.dataset.npPair === `${older} ${newer}`);

const putInOrder = (one, other) => (versions.indexOf(one) <= versions.indexOf(other) ? [one, other] : [other, one]);

form.hidden = false;
form.addEventListener("submit", (event) => {
  const ready = findReady(...putInOrder(form.elements.from.value, form.elements.to.value));
  if (!ready) return; // the page of comparisons takes it from here
  event.preventDefault();
  location.assign(ready.href);
});

/** Show what is told in a case, and nothing of the other cases. */
function tell(...cases) {
  for (const part of document.querySelectorAll("[data-np-when]")) part.hidden = !cases.includes(part.dataset.npWhen);
}

/** The texts of two versions in one language: the reader's where both have it. */
function findTexts(older, newer) {
  const list = (version) => [...document.querySelectorAll("[data-np-text]")].filter((link) => link.dataset.npText === version);
  const olds = list(older);
  for (const link of list(newer)) {
    const other = olds.find((old) => old.hreflang === link.hreflang);
    if (other) return [other, link];
  }
  return null;
}

function showLinks(links) {
  const place = document.querySelector("[data-np-links]");
  const copies = links.map((link) => {
    const copy = document.createElement("a");
    copy.href = link.href;
    copy.hreflang = link.hreflang;
    copy.textContent = link.getAttribute("aria-label");
    return copy;
  });
  place.replaceChildren(...copies);
  place.hidden = !copies.length;
}

class Trouble extends Error {
  constructor(name) {
    super(name);
    this.name = name;
  }
}

/** A published text, and whether it is the one that was sealed: null where this browser cannot tell. */
async function fetchText(link) {
  const address = new URL(link.href);
  if (address.origin !== location.origin) throw new Trouble("fetch");
  let bytes;
  try {
    const answer = await fetch(address, { credentials: "omit", redirect: "error", signal: AbortSignal.timeout(20000) });
    if (!answer.ok) throw new Trouble("fetch");
    bytes = await answer.arrayBuffer();
  } catch {
    throw new Trouble("fetch");
  }
  let isChecked = false;
  if (globalThis.crypto?.subtle) {
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    const digits = [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    if (digits !== link.dataset.npSha256) throw new Trouble("altered");
    isChecked = true;
  }
  return { text: new TextDecoder().decode(bytes), isChecked };
}

async function compare(older, newer) {
  const links = findTexts(older, newer);
  if (!links) {
    tell("language");
    return;
  }
  showLinks(links);
  if (links[0].dataset.npSha256 === links[1].dataset.npSha256) {
    tell("same");
    return;
  }
  tell("working");
  const texts = await Promise.all(links.map(fetchText));
  const [{ readBlocks }, { compareBlocks, countChanges }, { showRedline }] = await Promise.all([
    import("./blocks.js"), import("./redline.js"), import("./picture.js"),
  ]);
  const locale = links[1].hreflang;
  const pairs = compareBlocks(readBlocks(texts[0].text), readBlocks(texts[1].text), locale);
  const marks = {};
  for (const [operation, name] of [["+", "ins"], ["-", "del"]]) {
    const { npBegin, npEnd } = outcome.querySelector(`.np-legend ${name}`).dataset;
    marks[operation] = { begin: npBegin, end: npEnd };
  }
  const target = outcome.querySelector("[data-np-redline]");
  target.lang = locale;
  target.dir = links[1].dataset.npDirection;
  const list = outcome.querySelector("[data-np-sections]");
  const sections = showRedline(pairs, target, marks, list.dataset.npIntroduction);
  list.replaceChildren(...sections.map(({ title, id }) => {
    const link = document.createElement("a");
    link.href = `#${id}`;
    link.textContent = title;
    link.lang = locale;
    const item = document.createElement("li");
    item.append(link);
    return item;
  }));
  const counts = { ...countChanges(pairs), sections: sections.length };
  const numbers = new Intl.NumberFormat(document.documentElement.lang);
  for (const place of outcome.querySelectorAll("[data-np-count]")) {
    place.textContent = numbers.format(counts[place.dataset.npCount]);
  }
  outcome.hidden = false;
  tell(...(texts.every(({ isChecked }) => isChecked) ? ["checked"] : []));
}

function nameComparison(older, newer) {
  const heading = document.querySelector("[data-np-title]");
  const told = heading.dataset.npTitle.split(/(\{older\}|\{newer\})/).map((part) => {
    if (part !== "{older}" && part !== "{newer}") return part;
    const name = document.createElement("span");
    name.className = "np-version";
    name.textContent = part === "{older}" ? older : newer;
    return name;
  });
  const before = heading.textContent;
  heading.replaceChildren(...told);
  document.title = document.title.replace(before, heading.textContent);
}

async function start() {
  const asked = new URLSearchParams(location.search);
  const [one, other] = [asked.get("from"), asked.get("to")];
  if (one === null && other === null) return;
  for (const name of ["from", "to"]) {
    if (versions.includes(asked.get(name))) form.elements[name].value = asked.get(name);
  }
  if (!versions.includes(one) || !versions.includes(other)) {
    tell("unknown");
    return;
  }
  if (one === other) {
    tell("one");
    return;
  }
  const [older, newer] = putInOrder(one, other);
  const ready = findReady(older, newer);
  if (ready) {
    location.replace(ready.href);
    return;
  }
  nameComparison(older, newer);
  try {
    await compare(older, newer);
  } catch (error) {
    tell(error instanceof Trouble ? error.name : "failed");
  }
}

if (outcome) start();
