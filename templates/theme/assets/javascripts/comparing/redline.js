// Two lists of blocks as one redline: paragraphs are paired first, then the words inside each pair compared.

import "./diff.min.js";

const { diffArrays } = globalThis.Diff;
const LIKE = 0.45; // the share of words two blocks have in common from which on they are one that was changed
const PART = 3; // a block of so many words or more, all of which are in the other
const KEPT = 0.3; // below this share of unchanged words a block is easier to read when it is replaced whole
const CELLS = 250000; // pairs of blocks looked at in one gap, at most
const STRETCH = /[^]{1,500}(?=\s|$)|[^]{1,500}[。、！？；]|[^]\S*/g; // segmenters take ever longer over long texts
const PATIENCE = 4000; // milliseconds for all of two texts; what would take longer is shown as replaced

let deadline = Infinity;

/** The words of a text by the rules of its script: Japanese and Thai words are not cut; a space goes with the word after it. */
export function splitWords(text, locale) {
  const words = [];
  let space = "";
  for (const { segment, isWordLike } of segmentText(text, locale)) {
    if (!segment.trim()) {
      space += segment;
    } else {
      words.push({ text: space + segment, key: segment, isWord: isWordLike });
      space = "";
    }
  }
  return words;
}

function segmentText(text, locale) {
  if (typeof Intl.Segmenter === "function") {
    const segmenter = new Intl.Segmenter(locale, { granularity: "word" });
    return (text.match(STRETCH) ?? []).flatMap((stretch) => [...segmenter.segment(stretch)]);
  }
  const found = text.match(/[\p{L}\p{M}\p{N}]+|\s+|[^\p{L}\p{M}\p{N}\s]/gu) ?? [];
  return found.map((segment) => ({ segment, isWordLike: /[\p{L}\p{N}]/u.test(segment) }));
}

/** What is to be shown, in the order of the new text: {old, new, pieces}, where pieces are [operation, words]. */
export function compareBlocks(older, newer, locale) {
  deadline = performance.now() + PATIENCE;
  const pairs = [];
  let gap = [[], []];
  const closeGap = () => {
    extend(pairs, pairGap(...gap, locale));
    gap = [[], []];
  };
  const name = (block) => `${block.kind} ${block.level ?? ""} ${block.text}`;
  const parts = compareLists(older, newer, (one, other) => name(one) === name(other));
  let from = 0;
  let to = 0;
  for (const { removed, added, count } of parts) {
    if (removed) extend(gap[0], older.slice(from, from + count));
    else if (added) extend(gap[1], newer.slice(to, to + count));
    else {
      closeGap();
      for (let n = 0; n < count; n += 1) {
        const words = splitWords(newer[to + n].text, locale);
        pairs.push({ old: older[from + n], new: newer[to + n], pieces: [["=", words]] });
      }
    }
    from += added ? 0 : count;
    to += removed ? 0 : count;
  }
  closeGap();
  return pairs;
}

/** As push does, for lists of any length. */
function extend(list, more) {
  for (const one of more) list.push(one);
}

function compareLists(older, newer, comparator) {
  return diffArrays(older, newer, { comparator, timeout: Math.max(1, deadline - performance.now()) }) ?? [
    ...(older.length ? [{ removed: true, added: false, count: older.length, value: older }] : []),
    ...(newer.length ? [{ removed: false, added: true, count: newer.length, value: newer }] : []),
  ];
}

/** Blocks between two unchanged ones: the pairs that have most words in common, in order. */
function pairGap(older, newer, locale) {
  const olds = older.map((block) => ({ block, words: splitWords(block.text, locale) }));
  const news = newer.map((block) => ({ block, words: splitWords(block.text, locale) }));
  const gone = ({ block, words }) => ({ old: block, new: null, pieces: [["-", words]] });
  const come = ({ block, words }) => ({ old: null, new: block, pieces: [["+", words]] });
  if (!olds.length || !news.length || olds.length * news.length > CELLS) return [...olds.map(gone), ...news.map(come)];
  const width = news.length + 1;
  const best = new Float64Array((olds.length + 1) * width);
  const gain = new Float64Array(olds.length * news.length);
  const counts = news.map(({ words }) => countWords(words));
  for (let i = olds.length - 1; i >= 0; i -= 1) {
    const own = countWords(olds[i].words);
    for (let j = news.length - 1; j >= 0; j -= 1) {
      const alike = isOneKind(older[i], newer[j]) ? measureLikeness(own, counts[j]) : 0;
      gain[i * news.length + j] = alike >= LIKE ? alike : 0;
      best[i * width + j] = Math.max(
        best[(i + 1) * width + j],
        best[i * width + j + 1],
        alike >= LIKE ? alike + best[(i + 1) * width + j + 1] : 0,
      );
    }
  }
  const pairs = [];
  let i = 0;
  let j = 0;
  while (i < olds.length || j < news.length) {
    const both = i < olds.length && j < news.length;
    const alike = both ? gain[i * news.length + j] : 0;
    if (alike && best[i * width + j] === alike + best[(i + 1) * width + j + 1]) {
      pairs.push(pairWords(olds[i], news[j], locale));
      i += 1;
      j += 1;
    } else if (i < olds.length && (!both || best[i * width + j] === best[(i + 1) * width + j])) {
      pairs.push(gone(olds[i]));
      i += 1;
    } else {
      pairs.push(come(news[j]));
      j += 1;
    }
  }
  return pairs;
}

function isOneKind(one, other) {
  return one.kind === other.kind && (one.kind !== "row" || one.cells.length === other.cells.length);
}

function countWords(words) {
  const counts = new Map();
  for (const { key, isWord } of words) if (isWord) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/** The share of words that two blocks have in common, from 0 to 1; one that grew or shrank counts as alike. */
function measureLikeness(one, other) {
  const add = (counts) => [...counts.values()].reduce((sum, count) => sum + count, 0);
  const [left, right] = [add(one), add(other)];
  let common = 0;
  for (const [key, count] of one) common += Math.min(count, other.get(key) ?? 0);
  const least = Math.min(left, right);
  const isPart = least >= PART && common === least;
  return Math.max(left + right ? (2 * common) / (left + right) : 0, isPart ? LIKE : 0);
}

function pairWords(older, newer, locale) {
  const pair = { old: older.block, new: newer.block };
  if (older.block.kind !== "row") return { ...pair, pieces: compareWords(older.words, newer.words) };
  const cells = newer.block.cells.map((cell, place) =>
    compareWords(splitWords(older.block.cells[place], locale), splitWords(cell, locale)));
  return { ...pair, cells, pieces: cells.flat() };
}

/** [operation, words] in reading order: = unchanged, - deleted, + inserted; what goes stands before what comes. */
export function compareWords(older, newer) {
  const runs = [];
  const parts = compareLists(older, newer, (one, other) => one.key === other.key);
  let from = 0;
  let to = 0;
  for (const { removed, added, count } of parts) {
    const last = runs.at(-1);
    const gone = added ? [] : older.slice(from, from + count);
    const come = removed ? [] : newer.slice(to, to + count);
    if (!removed && !added) runs.push({ same: true, gone, come });
    else if (last && !last.same) {
      extend(last.gone, gone);
      extend(last.come, come);
    } else runs.push({ same: false, gone, come });
    from += gone.length;
    to += come.length;
  }
  const kept = runs.filter(({ same }) => same).reduce((sum, { come }) => sum + come.length, 0);
  const isRewritten = kept < KEPT * Math.max(older.length, newer.length);
  const joined = [];
  runs.forEach((run, place) => {
    const isIsland = run.same && place > 0 && place < runs.length - 1 && run.come.filter(({ isWord }) => isWord).length < 2;
    const last = joined.at(-1);
    if (last && !last.same && (isRewritten || isIsland || !run.same)) {
      extend(last.gone, run.gone);
      extend(last.come, run.come);
    } else joined.push({ same: run.same && !isRewritten, gone: [...run.gone], come: [...run.come] });
  });
  return joined
    .flatMap(({ same, gone, come }) => (same ? [["=", come]] : [["-", gone], ["+", come]]))
    .filter(([, words]) => words.length);
}

/** How many words a redline deletes and inserts. */
export function countChanges(pairs) {
  const counts = { deleted: 0, inserted: 0 };
  for (const { pieces } of pairs) {
    for (const [operation, words] of pieces) {
      const number = words.filter(({ isWord }) => isWord).length;
      if (operation === "-") counts.deleted += number;
      if (operation === "+") counts.inserted += number;
    }
  }
  return counts;
}
