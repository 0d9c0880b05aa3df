// A link to a section that this version does not have: to the nearest one that is there, with a word of explanation.
// What became of each section stands in the line's sections.json; it is asked for only when a section is missing.

const text = document.querySelector("[data-np-sections]");
let known = null;
let told = null;

const findById = (id) => id && document.getElementById(id);

const readId = () => {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return "";
  }
};

/** Words with their values, as text and links: nothing of a file becomes markup. */
const fill = (words, values) => words.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

const explain = (data, missing, target) => {
  const version = data.versions[missing.version];
  const heading = target?.cloneNode(true);
  for (const link of heading?.querySelectorAll(".np-anchor, .np-cite") ?? []) link.remove();
  const values = { ...missing, date: version.date, section: heading?.textContent.trim() ?? "" };
  const note = document.createElement("aside");
  note.className = "np-lost";
  note.lang = document.documentElement.lang;
  note.dir = document.documentElement.dir || "ltr";
  note.tabIndex = -1;
  note.dataset.npLost = missing.how;
  const words = document.createElement("p");
  words.textContent = fill(data.words[missing.how], values);
  const link = document.createElement("a");
  const address = new URL(version.address, new URL(text.dataset.npSections, document.baseURI));
  address.hash = missing.id;
  link.href = address.href;
  link.textContent = fill(data.words.link, values);
  const way = document.createElement("p");
  way.append(link);
  note.append(words, way);
  return note;
};

const seek = async () => {
  told?.remove();
  told = null;
  const id = readId();
  if (!id || id.startsWith("np-") || findById(id)) return;
  known ??= fetch(new URL(text.dataset.npSections, document.baseURI)).then((answer) => (answer.ok ? answer.json() : null));
  const data = await known;
  const missing = data?.missing[text.dataset.npVersion]?.[id];
  if (!missing || readId() !== id) return;
  const target = findById(missing.to);
  told = explain(data, { ...missing, id }, target);
  if (target) target.after(told);
  else text.prepend(told);
  (target ?? told).scrollIntoView();
  told.focus({ preventScroll: true });
};

if (text) {
  addEventListener("hashchange", seek);
  seek();
}
