// A notice's Markdown as blocks of plain words: what a reader sees of it, without links, emphasis and nesting.

const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const HEADING = /^ {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$/;
const UNDERLINE = /^ {0,3}(=+|-+)[ \t]*$/;
const RULE = /^ {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$/;
const ITEM = /^([ \t]*)([-+*]|\d{1,9}[.)])(?:[ \t]+(.*))?$/;
const QUOTE = /^ {0,3}> ?/;
const DELIMITER = /^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;
const DEFINITION = /^ {0,3}\[(?!\^)([^\]]+)\]:[ \t]*\S/;
const NOTE = /^ {0,3}\[\^([^\]]+)\]:[ \t]*(.*)$/;
const ATTRIBUTES = /[ \t]*\{[^{}]*\}[ \t]*$/;
const SUMMARY = /[\s{]summary="([^"]*)"/;
// The raw HTML that a notice may hold, as the pages read it too; any other tag is words.
const COMMENT = /<!--.*?-->/gs;
const TAG = /<(\/)?([a-z][a-z0-9-]*)(?:\s+[a-z_:][\w.:-]*(?:\s*=\s*(?:[^\s"'=<>`]+|'[^'<]*'|"[^"<]*"))?)*\s*\/?>/gi;
const PARTS = new Set("p ul ol li blockquote hr table thead tbody tfoot tr td th div section article".split(" "));
const MARKS = new Set("strong b em i s strike del u ins code sub sup small mark kbd abbr a span font wbr".split(" "));
const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0" };

/**
 * Blocks in reading order: {kind, text} and for some kinds more.
 * heading: level; item: ordered, depth; row: cells, header; paragraph, quote and code have nothing more.
 */
export function readBlocks(markdown) {
  const lines = splitLines(markdown.replace(/^\uFEFF/, "").replace(COMMENT, ""));
  const names = new Set(lines.map((line) => DEFINITION.exec(line)?.[1].toLowerCase()));
  const blocks = [];
  let open = null; // the block that the next line may go on with
  const close = () => { open = null; };
  const start = (block, words) => {
    open = { ...block, words: [words] };
    blocks.push(open);
  };
  // The short version of a section may stand in its heading; readers see it under it.
  const pushSummary = (words) => {
    const summary = SUMMARY.exec(ATTRIBUTES.exec(words)?.[0] ?? "")?.[1].trim();
    if (summary) blocks.push({ kind: "quote", words: [summary] });
  };
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index];
    const fence = FENCE.exec(line);
    if (fence) {
      const code = [];
      const end = new RegExp(`^ {0,3}${fence[1][0]}{${fence[1].length},}[ \\t]*$`);
      while (index + 1 < lines.length && !end.test(lines[index += 1])) code.push(lines[index]);
      blocks.push({ kind: "code", words: code, verbatim: true });
      close();
      continue;
    }
    if (!line.trim()) {
      close();
      continue;
    }
    const heading = HEADING.exec(line);
    if (heading) {
      const words = heading[2] ?? "";
      blocks.push({ kind: "heading", level: heading[1].length, words: [words.replace(ATTRIBUTES, "")] });
      pushSummary(words);
      close();
      continue;
    }
    const underline = open?.kind === "paragraph" && UNDERLINE.exec(line);
    if (underline) {
      open.kind = "heading";
      open.level = underline[1][0] === "=" ? 1 : 2;
      const words = open.words.join(" ");
      open.words = [words.replace(ATTRIBUTES, "")];
      pushSummary(words);
      close();
      continue;
    }
    if (RULE.test(line)) {
      close();
      continue;
    }
    if (line.includes("|") && DELIMITER.test(lines[index + 1] ?? "") && lines[index + 1].includes("-")) {
      blocks.push(readRow(line, true));
      index += 1;
      while (index + 1 < lines.length && lines[index + 1].trim() && lines[index + 1].includes("|")) {
        blocks.push(readRow(lines[index += 1], false));
      }
      close();
      continue;
    }
    if (DEFINITION.test(line)) {
      close();
      continue;
    }
    const note = NOTE.exec(line);
    if (note) {
      start({ kind: "paragraph" }, `[${note[1]}] ${note[2]}`);
      continue;
    }
    const item = ITEM.exec(line);
    if (item && !(open?.kind === "paragraph" && !(item[3] ?? "").trim())) {
      const depth = Math.min(3, Math.floor(item[1].replace(/\t/g, "    ").length / 2));
      start({ kind: "item", ordered: /\d/.test(item[2]), depth }, item[3] ?? "");
      continue;
    }
    if (QUOTE.test(line)) {
      const words = line.replace(/^(?: {0,3}> ?)+/, "");
      if (!words.trim()) close();
      else if (open?.kind === "quote") open.words.push(words);
      else start({ kind: "quote" }, words);
      continue;
    }
    if (open) open.words.push(line.trim());
    else start({ kind: "paragraph" }, line.trim());
  }
  for (const block of blocks) {
    if (block.cells) block.cells = block.cells.map((cell) => readInline(cell, names));
    block.text = block.cells ? block.cells.join(" | ") : readWords(block, names);
    delete block.words;
    delete block.verbatim;
  }
  return blocks.filter((block) => block.text);
}

/** The lines of a text; where raw HTML begins or ends a part of it, the line ends too. */
function splitLines(markdown) {
  const lines = [];
  let isRaw = false;
  let fence = "";
  for (const line of markdown.split(/\r\n?|\n/)) {
    const mark = FENCE.exec(line)?.[1] ?? "";
    if (fence ? mark.startsWith(fence) : mark) fence = fence ? "" : mark;
    const [, , name] = [...line.trimStart().matchAll(TAG)].find((tag) => tag.index === 0) ?? [];
    isRaw = !fence && Boolean(line.trim()) && (isRaw || PARTS.has(name?.toLowerCase()));
    lines.push(...(isRaw ? line.trim().replace(TAG, breakLine).split("\n") : [line]));
  }
  return lines;
}

function breakLine(tag, end, name) {
  if (!PARTS.has(name.toLowerCase())) return tag;
  return name.toLowerCase() === "li" && !end ? "\n\n- " : "\n\n";
}

function takeOut(tag, _, name) {
  if (MARKS.has(name.toLowerCase())) return "";
  return PARTS.has(name.toLowerCase()) || name.toLowerCase() === "br" ? " " : tag;
}

function readRow(line, header) {
  const inside = line.trim().replace(/^\|/, "").replace(/(?<!\\)\|$/, "");
  return { kind: "row", header, cells: inside.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll("\\|", "|")) };
}

function readWords(block, names) {
  return block.verbatim ? block.words.join("\n") : readInline(block.words.join(" "), names);
}

/** The words of a line of Markdown. */
export function readInline(source, names = new Set()) {
  const kept = []; // what is no markup, put away while markup is taken out
  const keep = (words) => `\u{F0000}${kept.push(words) - 1}\u{F0001}`;
  let text = source
    .replace(/(`+)(.{1,2000}?)\1(?!`)/g, (_, __, code) => keep(code.trim()))
    .replace(/\\([!-/:-@[-`{-~])/g, (_, character) => keep(character))
    .replace(/\\$/g, " ")
    .replace(TAG, takeOut)
    .replace(/<((?:https?:|mailto:|tel:)[^ <>]*|[^ <>@]+@[^ <>@]+)>/gi, (_, address) => keep(address))
    .replace(/\[\^([^\]]+)\]/g, (_, name) => keep(`[${name}]`))
    .replace(/!?\[([^[\]]*)\]\(<?([^()<>\s]*(?:\([^()\s]*\)[^()<>\s]*)*)>?(?:\s+["'(][^"')]*["')])?\)/g, "$1")
    .replace(/\[([^[\]]+)\]\[([^\]]*)\]/g, (whole, words, name) => (names.has((name || words).toLowerCase()) ? words : whole));
  for (const mark of [/(\*\*|__|~~)(?=\S)(.{1,2000}?)(?<=\S)\1/g, /(\*)(?=\S)(.{1,2000}?)(?<=\S)\*/g, /(?<![\p{L}\p{N}])(_)(?=\S)(.{1,2000}?)(?<=\S)_(?![\p{L}\p{N}])/gu]) {
    text = text.replace(mark, "$2");
  }
  return text
    .replace(/&(#x?[0-9a-f]+|[a-z]+);/gi, (whole, name) => readEntity(name) ?? whole)
    .replace(/\u{F0000}(\d+)\u{F0001}/gu, (_, number) => kept[Number(number)])
    .replace(/[ \t\n]+/g, " ")
    .trim();
}

function readEntity(name) {
  if (name[0] !== "#") return ENTITIES[name.toLowerCase()];
  const code = /^#x/i.test(name) ? parseInt(name.slice(2), 16) : parseInt(name.slice(1), 10);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : "\ufffd";
}
