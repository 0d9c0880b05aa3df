// The field for places: typing filters, a place gives its answer, and `?territory=JP` gives it at once.
import { showPlace, showUnknown } from "./answer.js";
import { findPlaces, readPlaces } from "./names.js";

const SHOWN = 12;

const form = document.querySelector("[data-np-finder]");
const field = form.querySelector("input");
const said = form.querySelector("[data-np-said]");
const results = form.querySelector("[data-np-results]");
const answers = document.querySelector("[data-np-answers]");
const base = new URL("../", new URL(form.dataset.npFinder, document.baseURI)); // the site's root: the file is in assets/
const own = form.dataset.npLocale;

let loading = null;
const load = () => {
  loading ??= fetch(form.dataset.npFinder)
    .then((response) => {
      if (!response.ok) throw new Error(String(response.status));
      return response.json();
    })
    .then((data) => ({ data, places: readPlaces(data), tags: own ? [own] : Object.keys(data.languages) }));
  return loading.catch((error) => {
    loading = null; // to be tried again with the next letter
    said.textContent = said.dataset.npFailed;
    throw error;
  });
};

const asked = () => new URL(location.href).searchParams.get("territory") ?? "";
const addressOf = (code) => {
  const address = new URL(location.href);
  address.search = code ? `?territory=${encodeURIComponent(code)}` : "";
  address.hash = "";
  return address;
};

// Another language tells the same place.
const carryPlace = () => {
  for (const way of document.querySelectorAll("a[data-np-query], .np-languages a")) way.search = location.search;
};

const suggest = async (typed) => {
  const { data, places } = await load();
  if (typed !== field.value) return;
  const tags = Object.keys(data.languages);
  const preferred = own ? tags.indexOf(own) : 0;
  const found = findPlaces(places, typed, preferred);
  results.replaceChildren(
    ...found.slice(0, SHOWN).map(({ place, by }) => {
      const item = document.createElement("li");
      const way = Object.assign(document.createElement("a"), { href: addressOf(place.code).href });
      way.dataset.npCode = place.code;
      const mine = own || by >= tags.length ? preferred : by;
      way.append(Object.assign(document.createElement("span"), { lang: tags[mine], textContent: place.all[mine] }));
      if (by !== mine) {
        const other = Object.assign(document.createElement("span"), { lang: tags[by] ?? "", textContent: place.all[by] });
        other.className = "np-finder__other";
        way.append(" ", other);
      }
      item.append(way);
      return item;
    }),
  );
  const { npNone, npFound, npMore } = said.dataset;
  const told = !found.length ? npNone : found.length > SHOWN ? npMore : npFound;
  said.textContent = typed.trim() && told.replace("{n}", found.length).replace("{shown}", SHOWN);
};

const close = () => {
  results.replaceChildren();
  said.textContent = "";
};

const show = async (code, { moves = true } = {}) => {
  carryPlace();
  if (!code) {
    answers.hidden = true;
    answers.replaceChildren();
    return;
  }
  const { data, places, tags } = await load();
  const place = places.find((one) => one.code === code.trim().toUpperCase());
  if (place) {
    close();
    field.value = "";
    answers.replaceChildren(...showPlace(data, base, place, tags));
  } else {
    field.value = code.trim().slice(0, 60);
    answers.replaceChildren(...showUnknown(data, base, field.value, tags));
    await suggest(field.value);
  }
  answers.hidden = false;
  if (moves) answers.focus();
};

const choose = (code) => {
  history.pushState(null, "", addressOf(code));
  show(code).catch(() => {});
};

field.addEventListener("focus", () => load().catch(() => {}), { once: true });
field.addEventListener("input", () => suggest(field.value).catch(() => {}));
form.addEventListener("submit", (event) => {
  event.preventDefault();
  suggest(field.value)
    .then(() => {
      const ways = [...results.querySelectorAll("a")];
      if (ways.length === 1) choose(ways[0].dataset.npCode);
      else ways[0]?.focus();
    })
    .catch(() => {});
});
results.addEventListener("click", (event) => {
  const way = event.target.closest("a");
  if (!way || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  choose(way.dataset.npCode);
});
form.addEventListener("keydown", (event) => {
  const ways = [field, ...results.querySelectorAll("a")];
  const here = ways.indexOf(document.activeElement);
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && ways[here + step]) {
    event.preventDefault();
    ways[here + step].focus();
  }
  if (event.key === "Escape" && (field.value || here > 0)) {
    event.preventDefault();
    field.value = "";
    close();
    field.focus();
  }
});
addEventListener("popstate", () => {
  if (asked() || !answers.hidden) show(asked(), { moves: false }).catch(() => {});
});

form.hidden = false;
for (const question of document.querySelectorAll('.np-questions a[href="#places"]')) question.hash = field.id;
if (asked()) show(asked()).catch(() => {});
