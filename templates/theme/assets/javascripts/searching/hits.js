// What was found, as a reader sees it. Every word of a query or of a text becomes a text node and never markup.

import { findMarks } from "./shelf.js";

const BEFORE = 60;
const LENGTH = 240;
const MOST = 8;

const locale = document.documentElement.lang;
const template = document.querySelector("[data-np-hit]");

/** A text with its marks, from `start` to `end`. */
function putWords(target, text, marks, start = 0, end = text.length) {
  const parts = [];
  let place = start;
  for (const [from, to] of marks) {
    if (to <= start || from >= end) continue;
    const mark = document.createElement("mark");
    mark.textContent = text.slice(Math.max(from, start), Math.min(to, end));
    parts.push(text.slice(place, Math.max(from, start)), mark);
    place = Math.min(to, end);
  }
  parts.push(text.slice(place, end));
  target.replaceChildren(...(start > 0 ? ["… "] : []), ...parts, ...(end < text.length ? [" …"] : []));
}

/** The part of a text that holds most of what was found, cut between words. */
function chooseWindow(text, marks) {
  const isDense = /[\p{scx=Han}\p{scx=Hangul}\p{scx=Thai}]/u.test(text.slice(0, 80));
  const [before, length] = isDense ? [BEFORE / 2, LENGTH / 2] : [BEFORE, LENGTH];
  let [best, most] = [0, 0];
  for (const [from] of marks) {
    const inside = marks.filter(([start]) => start >= from && start < from + length - before);
    const kinds = new Set(inside.map(([start, end]) => text.slice(start, end).toLowerCase())).size;
    if (kinds > most) [best, most] = [from, kinds];
  }
  let start = Math.max(0, best - before);
  let end = Math.min(text.length, start + length);
  if (!isDense) {
    if (start) start = text.indexOf(" ", start) + 1 || start;
    if (end < text.length) end = Math.max(text.lastIndexOf(" ", end), start + 1);
  }
  return [Math.min(start, best), end];
}

/** A text on one line: what stood in cells or items of their own is set apart. */
const flatten = (text) => text.replace(/([.:;!?。、؟،])?\n/gu, (_, sign) => (sign ? `${sign} ` : " · "));

const makeLink = (root, place, id, ...words) => {
  const link = document.createElement("a");
  const address = new URL(root + place.page, location.href);
  address.hash = id;
  link.href = address.href;
  link.append(...words);
  return link;
};

/** The name of a version, or of the first and the last of several, on one line and in one order in any text. */
function nameVersions(first, last) {
  const name = document.createElement("bdi");
  name.className = "np-version";
  name.dir = "ltr";
  name.textContent = first.version === last.version ? last.version : `${first.version} – ${last.version}`;
  return name;
}

const findNewest = (places) => places.reduce((best, place) => (place.version > best.version ? place : best));

/** A result: a section, where it stands, and who else has it in these or other words. */
function makeHit({ hit, shelf, runs, others }, { root, query, way }) {
  const item = template.content.cloneNode(true);
  const slot = (name) => item.querySelector(`[data-np-slot="${name}"]`);
  const { section } = hit;
  const places = shelf.listPlaces(section);
  const isOld = places[0].state !== "in-force";
  const place = isOld ? findNewest(places) : places[0];
  const link = makeLink(root, place, section.id);
  putWords(link, section.title, findMarks(section.title, hit, query, way));
  slot("title").replaceWith(link);
  const names = section.id ? [place.title, place.place] : [place.place];
  slot("where").append(names.join(" · "), ...(isOld ? [" · ", nameVersions(place, place)] : []));
  slot("state").replaceChildren(document.querySelector(`[data-np-state="${place.state}"]`).content.cloneNode(true));
  slot("period").textContent = place.period;
  const words = flatten(section.words);
  const marks = findMarks(words, hit, query, way);
  slot("words").hidden = !words;
  putWords(slot("words"), words, marks, ...chooseWindow(words, marks));
  const fill = (name, links) => {
    slot(name).hidden = !links.length;
    const shown = links.slice(0, MOST);
    slot(name).querySelector("span").replaceChildren(...shown.flatMap((link) => [link, " "]), ...(shown.length < links.length ? ["…"] : []));
  };
  fill("also", isOld ? [] : places.slice(1).map((other) => makeLink(root, other, section.id, other.title === place.title ? other.place : `${other.title}, ${other.place}`)));
  const linkRun = ([first, last], id) => makeLink(root, last, id, nameVersions(first, last), `, ${last.place}`);
  fill("runs", runs.filter(([first]) => first !== place).map((run) => linkRun(run, section.id)));
  const details = slot("others");
  details.hidden = !others.length;
  const summary = details.querySelector("summary");
  summary.textContent = summary.textContent.replace("{number}", new Intl.NumberFormat(locale).format(others.length));
  details.querySelector("ul").append(...others.map((other) => {
    const line = document.createElement("li");
    const found = shelf.listRuns(other.section).slice(0, MOST);
    line.append(...found.flatMap((run, at) => [...(at ? [" · "] : []), linkRun(run, other.section.id)]));
    return line;
  }));
  return item;
}

const nameWording = ({ id, title, words }) => JSON.stringify([id, title, words]);

/** What is in force, one result for each wording; with the archive, each also names the versions that had it already. */
export function gatherInForce(hits, shelf, archive) {
  const older = new Map((archive ? archive.sections : []).map((section) => [nameWording(section), section]));
  return hits.map((hit) => {
    const twin = older.get(nameWording(hit.section));
    return { hit, shelf, runs: twin ? archive.listRuns(twin) : [], others: [] };
  });
}

/** Other versions, one result for each section of a notice: the newest wording, then the others that were found. */
export function gatherArchive(hits, shelf, current) {
  const known = new Set(current.map(({ hit }) => nameWording(hit.section)));
  const groups = new Map();
  for (const hit of hits) {
    if (known.has(nameWording(hit.section))) continue;
    const places = shelf.listPlaces(hit.section);
    const key = `${places[0].notice}#${hit.section.id}`;
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push({ hit, newest: findNewest(places).version });
  }
  return [...groups.values()].map((found) => {
    found.sort((one, other) => (one.newest < other.newest ? 1 : -1));
    const [{ hit }, ...others] = found;
    return { hit, shelf, runs: shelf.listRuns(hit.section), others: others.map((other) => other.hit) };
  });
}

/** Put results into a list. */
export function showHits(list, found, how) {
  list.replaceChildren(...found.map((one) => makeHit(one, how)));
}
