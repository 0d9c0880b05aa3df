// Names and codes of places, and which of them are meant by what was typed.

// Without case, accents, marks, and the difference of the two Japanese syllabaries: "cote d ivoire" finds Côte d’Ivoire.
export const fold = (text) =>
  text
    .toUpperCase()
    .toLowerCase()
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[\u3041-\u3096]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0x60))
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

// Names in the order of the site's languages, then others that people use, which are of no language here.
export const readPlaces = (data) =>
  data.places.map(([code, answers, names, others = []]) => ({
    code,
    answers,
    names,
    all: [...names, ...others],
    folded: [...names, ...others].map(fold),
  }));

const rank = (name, wanted) => {
  if (name === wanted) return 0;
  if (name.startsWith(wanted)) return 2;
  if (name.includes(` ${wanted}`)) return 3;
  return name.includes(wanted) && (wanted.length > 2 || wanted > "\u2e80") ? 4 : 9; // a sign of Chinese says more than a letter
};

// The places that fit, best first, each with the name that fitted: its place among all names. Where the one in the
// preferred language fits, it counts, and comes before others that fit alike.
export const findPlaces = (places, typed, preferred) => {
  const wanted = fold(typed);
  if (!wanted) return [];
  const code = wanted.replace(" ", "-").toUpperCase();
  const found = [];
  for (const place of places) {
    const ranks = place.folded.map((name) => rank(name, wanted));
    const own = place.code === code ? 0 : ranks[preferred];
    const other = Math.min(...ranks);
    if (own < 9) found.push({ place, by: preferred, rank: own });
    else if (other < 9) found.push({ place, by: ranks.indexOf(other), rank: other + 0.5 });
  }
  return found.sort((one, other) => one.rank - other.rank || one.place.all[one.by].localeCompare(other.place.all[other.by]));
};
