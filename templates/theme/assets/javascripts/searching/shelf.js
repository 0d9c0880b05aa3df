// The sections of a file of search data, and what a query finds in them.

import MiniSearch from "./minisearch.js";
import { cutRun, fold, listTerms, readTokens } from "./words.js";

const MOST_WORDS = 24;
/** Sections that are put into the index at once, so that the page stays quick in between. */
const CHUNK = 12;

/** How a query is met: by all of its words; by words spelled like them; by some of them. The first that finds decides. */
export const WAYS = ["found", "alike", "some"];

const isPlain = (term) => !/[\p{N}]/u.test(term); // 2015 is not a misspelt 2016
const slip = (term) => (term.length > 3 && isPlain(term) ? 0.25 : false);
const OPTIONS = {
  found: { combineWith: "AND", fuzzy: false },
  alike: { combineWith: "AND", fuzzy: slip },
  some: { combineWith: "OR", fuzzy: slip },
};

/** A query, read once. */
export function readQuery(query) {
  const tokens = readTokens(query).slice(0, MOST_WORDS);
  return {
    tokens,
    text: tokens.map(({ folded }) => folded).join(" "),
    // Long enough to be looked for inside of words: compounds, and what Arabic and Hebrew write in front of a word.
    isInner: tokens.some(({ folded, isRun }) => isRun || folded.length > (/[\u0590-\u06ff]/u.test(folded) ? 2 : 3)),
  };
}

export class Shelf {
  constructor(data) {
    this.places = data.places;
    this.sections = data.sections.map((section, key) => ({
      ...section, key, folded: fold(`${section.title}\n${section.words}`),
    }));
    this.index = new MiniSearch({
      idField: "key",
      fields: ["title", "words"],
      tokenize: listTerms,
      processTerm: (term) => term,
      searchOptions: { boost: { title: 3 }, prefix: (term) => [...term].length > 1 || !/^[\p{Script=Latin}\p{N}]/u.test(term) },
    });
  }

  /** The sections of a file; rejects where it cannot be had. */
  static async load(address) {
    const answer = await fetch(address, { credentials: "same-origin", redirect: "error" });
    if (!answer.ok) throw new Error(`${answer.status} for ${address}`);
    const data = await answer.json();
    const shelf = new Shelf(data);
    await shelf.index.addAllAsync(shelf.sections, { chunkSize: CHUNK });
    return shelf;
  }

  /** The sections that meet a query in one way, best first, each with the words of it that did. */
  find({ tokens, text, isInner }, way) {
    if (!tokens.length) return [];
    const hits = this.index.search(text, OPTIONS[way])
      .map(({ id, score, terms, queryTerms }) => ({ section: this.sections[id], score, terms: new Set(terms), met: new Set(queryTerms) }))
      .filter((hit) => (way === "some" ? tokens.some((token) => meetsPartly(hit, token)) : tokens.every((token) => holdsRun(hit, token))));
    if (way !== "found" || !isInner) return hits;
    const known = new Set(hits.map(({ section }) => section.key));
    const inner = this.sections
      .filter((section) => !known.has(section.key) && tokens.every(({ folded }) => section.folded.includes(folded)))
      .map((section) => ({ section, score: 0, terms: new Set(), met: new Set() }));
    return [...hits, ...inner];
  }

  /** Every edition that holds a section, as runs of versions of one line: the first and the last of each. */
  listRuns(section) {
    return section.places.map(([first, last]) => [this.places[first], this.places[last]]);
  }

  /** Every edition that holds a section. */
  listPlaces(section) {
    return section.places.flatMap(([first, last]) => this.places.slice(first, last + 1));
  }
}

/** Pairs of neighbours find a run, and more than it: it must stand there as it was written. */
const holdsRun = ({ section }, { folded, isRun }) => !isRun || section.folded.includes(folded);

const meetsPartly = ({ met, section }, { folded, isRun }) => {
  if (!isRun) return folded.length > 2 && met.has(folded); // "of" alone is no find
  if (section.folded.includes(folded)) return true;
  const pairs = cutRun(folded);
  return pairs.length > 1 && pairs.filter((pair) => met.has(pair)).length * 2 >= pairs.length;
};

/** Where the words of a query stand in a text that they found: pairs of start and end. */
export function findMarks(text, { terms }, { tokens }, way) {
  const runs = tokens.filter(({ isRun }) => isRun).map(({ folded }) => folded);
  const pieces = way === "some" ? runs.flatMap(cutRun) : runs;
  const words = tokens.filter(({ isRun, folded }) => !isRun && folded.length > 2).map(({ folded }) => folded);
  const marks = [];
  for (const { start, end, folded, isRun } of readTokens(text)) {
    if (!isRun) {
      if (terms.has(folded) || words.some((word) => folded.includes(word))) marks.push([start, end]);
      continue;
    }
    if (folded.length !== end - start) { // places cannot be told apart
      if (pieces.some((piece) => folded.includes(piece))) marks.push([start, end]);
      continue;
    }
    for (const piece of pieces) {
      for (let at = folded.indexOf(piece); at >= 0; at = folded.indexOf(piece, at + piece.length)) {
        marks.push([start + at, start + at + piece.length]);
      }
    }
  }
  return joinMarks(marks);
}

function joinMarks(marks) {
  const joined = [];
  for (const [start, end] of marks.sort((one, other) => one[0] - other[0])) {
    const last = joined.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else joined.push([start, end]);
  }
  return joined;
}
