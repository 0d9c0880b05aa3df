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

export const readPlaces = (data) =>
  data.places.map(([code, answers, names]) => ({ code, answers, names, folded: names.map(fold) }));

const rank = (name, wanted) => {
  if (name === wanted) return 0;
  if (name.startsWith(wanted)) return 2;
  if (name.includes(` ${wanted}`)) return 3;
  return name.includes(wanted) ? 4 : 9;
};

// The places that fit, best first, each with the name that fitted: by its place among the languages of the site.
export const findPlaces = (places, typed, preferred) => {
  const wanted = fold(typed);
  if (!wanted) return [];
  const code = wanted.replace(" ", "-").toUpperCase();
  const found = [];
  for (const place of places) {
    const ranks = place.folded.map((name) => rank(name, wanted));
    const best = Math.min(...ranks);
    const by = ranks[preferred] === best ? preferred : ranks.indexOf(best);
    if (place.code === code) found.push({ place, by: Math.max(preferred, 0), rank: 0 });
    else if (best < 9) found.push({ place, by, rank: best });
  }
  return found.sort((one, other) => one.rank - other.rank || one.place.names[one.by].localeCompare(other.place.names[other.by]));
};
