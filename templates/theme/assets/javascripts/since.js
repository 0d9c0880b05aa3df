// Which version applied on a day, and what has changed since: finds the row of the table that answers. Stores nothing.

const form = document.querySelector("[data-np-since] form");
const table = document.querySelector("[data-np-before]");
const rows = [...table.tBodies[0].rows]; // newest first
const answers = document.querySelector("[data-np-answers]");
const dates = new Intl.DateTimeFormat(document.documentElement.lang, {
  dateStyle: "long", timeZone: "UTC", calendar: "gregory", numberingSystem: "latn",
});

/** A day as `2013-05-01`, or null where it is none. */
function readDay(text) {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return null;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text) ? day : null;
}

/** The reader's own day, as the rows write days. */
function getToday() {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
}

const copyOf = (node) => node.cloneNode(true).childNodes;

/** A sentence with `{date}` and `{version}`, whose places take in nodes. */
function fill(pattern, values) {
  return pattern.split(/(\{date\}|\{version\})/).flatMap((part) => (/^\{.*\}$/.test(part) ? values[part.slice(1, -1)]() : [part]));
}

function makeItem(nodes) {
  const item = document.createElement("li");
  item.append(...nodes);
  return item;
}

/** What is answered for a row: the version, the redline to now, and each step on the way, newest first. */
function answer(row, day) {
  const made = document.querySelector("[data-np-answer]").content.cloneNode(true);
  made.querySelector(".np-banner__title > :last-child").append(...fill(table.dataset.npBefore, {
    date: () => [dates.format(day)],
    version: () => [...copyOf(row.querySelector("th"))].filter((node) => node.nodeName === "A"),
  }));
  const steps = made.querySelector("[data-np-list]");
  const now = document.createElement("p");
  now.className = "np-links";
  now.append(...copyOf(row.querySelector("[data-np-now]")));
  steps.before(now);
  const later = rows.slice(0, rows.indexOf(row));
  if (later.length) {
    const said = document.createElement("p");
    said.append(table.dataset.npAfter);
    steps.before(said);
  }
  steps.append(...later.map((step) => makeItem([
    ...copyOf(step.querySelector("[data-np-from]")), " – ", ...copyOf(step.querySelector("[data-np-step]")), " ",
    ...[...step.querySelectorAll(".np-state--announced")].map((state) => state.cloneNode(true)),
  ])));
  return made;
}

function tell(text) {
  const day = text === null ? null : readDay(text);
  const found = day ? rows.filter(({ dataset }) => dataset.npFirst <= text && (!dataset.npLast || text <= dataset.npLast)) : [];
  let said = "";
  if (text !== null && !day) said = "unknown";
  else if (day && text > getToday()) said = "ahead";
  else if (day && text < rows.at(-1).dataset.npFirst) said = "early";
  else if (day && !found.length) said = "none";
  for (const part of document.querySelectorAll("[data-np-when]")) part.hidden = part.dataset.npWhen !== said;
  const shown = said ? [] : found.reverse(); // what applied first that day comes first
  answers.replaceChildren(...shown.map((row) => answer(row, day)));
  for (const row of rows) row.classList.toggle("np-periods__found", shown.includes(row));
}

/** The same day in other regions and languages. */
function carryDay() {
  for (const link of document.querySelectorAll(".np-switch li a, .np-languages a")) link.search = location.search;
}

function start() {
  const text = new URLSearchParams(location.search).get("date");
  form.elements.date.value = text !== null && readDay(text) ? text : "";
  carryDay();
  tell(text);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  history.pushState(null, "", `?date=${encodeURIComponent(form.elements.date.value)}`);
  start();
});
addEventListener("popstate", start);
start();
