// The answer for a place, as elements: who answers, why, and the notices there.

const make = (name, text = "", properties = {}) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(text);
  return element;
};
const link = (base, [text, address]) => make("a", text, { href: new URL(address, base).href });
const isolate = (name, language) => (language.direction === "rtl" ? `\u2068${name}\u2069` : name);

// A sentence whose "{place}" is filled, and set off.
const tell = (sentence, place) => {
  const told = make("p", "", { className: "np-answer__told" });
  const [before, ...after] = sentence.split("{place}");
  told.append(before, make("strong", place), after.join("{place}"));
  return told;
};

const list = (base, notices) => {
  const items = notices.map((notice) => {
    const item = make("li");
    if (notice.audience) item.append(make("span", notice.audience, { className: "np-answer__audience" }));
    item.append(link(base, [notice.title, notice.link]));
    for (const note of [notice.who, notice.dates]) {
      if (note) item.append(make("span", note, { className: "np-answer__note" }));
    }
    return item;
  });
  const notes = make("ul", "", { className: "np-answer__notices" });
  notes.append(...items);
  return notes;
};

const open = (tag, language, isNamed) => {
  const part = make("section", "", { className: "np-answer", lang: tag, dir: language.direction });
  if (isNamed) part.append(make("h2", language.name, { className: "np-answer__language" }));
  return part;
};

export const showPlace = (data, base, place, tags) =>
  tags.map((tag) => {
    const language = data.languages[tag];
    const part = open(tag, language, tags.length > 1);
    const name = isolate(place.names[Object.keys(data.languages).indexOf(tag)], language);
    for (const id of place.answers) {
      const answer = data.answers[id][tag];
      part.append(tell(answer.told, name), list(base, answer.notices));
      const region = make("p", `${language.region}: `, { className: "np-links" });
      region.append(link(base, answer.region));
      part.append(region);
    }
    if (!place.answers.length) {
      part.append(tell(language.open, name), make("p", link(base, language.unsure)));
    }
    return part;
  });

export const showUnknown = (data, base, code, tags) =>
  tags.map((tag) => {
    const language = data.languages[tag];
    const part = open(tag, language, tags.length > 1);
    const [before, after] = language.unknown.split("{code}");
    const told = make("p", before, { className: "np-answer__told" });
    told.append(make("bdi", code), after);
    part.append(told, make("p", link(base, language.unsure)));
    return part;
  });
