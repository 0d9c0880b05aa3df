// What counts as the same word: case, accents and the forms of Arabic letters make no difference.

/** Scripts without spaces between words, and Hangul, whose words carry endings and grow by joining. */
const UNSPACED = ["Han", "Hiragana", "Katakana", "Hangul", "Thai", "Lao", "Khmer", "Myanmar", "Tibetan"]
  .map((name) => `\\p{scx=${name}}`).join("");
const SIGN = "[\\p{L}\\p{N}\\p{M}]";
const TOKEN = new RegExp(`(?<run>(?:(?=${SIGN})[${UNSPACED}])+)|(?:(?![${UNSPACED}])${SIGN})+`, "gu");

// Vowel signs of India's scripts and the voicing marks of kana are letters to their readers and stay.
const MARKS = /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]+/gu;
const ALIKE = {
  "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "ı": "i", "ς": "σ",
  "ٱ": "ا", "ى": "ي", "ة": "ه", "ک": "ك", "ی": "ي",
};
const LETTER = new RegExp(`[${Object.keys(ALIKE).join("")}]`, "gu");
const DIGIT = /[\u0660-\u0669\u06f0-\u06f9]/gu;

/** A text as it is compared. */
export function fold(text) {
  return text.normalize("NFKD").toLowerCase().replace(MARKS, "").normalize("NFC")
    .replace(LETTER, (letter) => ALIKE[letter])
    .replace(DIGIT, (digit) => String(digit.codePointAt(0) & 15));
}

/** The words of a text where they stand; a `run` is written without spaces and holds any number of words. */
export function readTokens(text) {
  return [...text.matchAll(TOKEN)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    folded: fold(match[0]),
    isRun: match.groups.run !== undefined,
  })).filter(({ folded }) => folded);
}

/** A run in pairs of neighbours, so that any part of it can be found, wherever its words end. */
export function cutRun(run) {
  const letters = [...run];
  if (letters.length < 3) return [run];
  return letters.slice(1).map((letter, place) => letters[place] + letter);
}

/** What an index keeps of a text, and looks up of a query. */
export function listTerms(text) {
  return readTokens(text).flatMap(({ folded, isRun }) => (isRun ? cutRun(folded) : [folded]));
}
