// A redline as a part of the page. Every word of a text becomes text, never markup.

const CLASSES = { "-": "np-deleted", "+": "np-inserted" };

/** Put a redline into `target`; returns the changed sections as {title, id}. `marks` are begin and end of - and +. */
export function showRedline(pairs, target, marks, introduction) {
  target.replaceChildren();
  const changed = [];
  const edits = new Map();
  let here = { title: introduction }; // the section that a block of the new text stands in
  let there = here; // and the one that a deleted block stood in
  let table = null;
  let list = null;
  for (const pair of pairs) {
    const block = pair.new ?? pair.old;
    const operation = pair.pieces.length === 1 ? pair.pieces[0][0] : "";
    const isChanged = pair.pieces.some(([name]) => name !== "=");
    if (block.kind === "heading") {
      const section = { title: block.text };
      if (pair.new) here = section;
      if (pair.old) there = section;
    }
    table = block.kind === "row" ? table ?? append(target, makeTable()) : null;
    if (block.kind !== "item") list = null;
    else if (list?.localName !== nameList(block)) list = append(target, document.createElement(nameList(block)));
    const element = makeBlock(block);
    if (CLASSES[operation]) element.classList.add(CLASSES[operation]);
    if (block.kind === "row") fillRow(element, pair, marks);
    else fillWords(block.kind === "code" ? append(element, document.createElement("code")) : element, pair.pieces, marks);
    (table?.querySelector("tbody") ?? list ?? target).append(element);
    noteChange(table ?? list ?? element, operation || "±", edits);
    const section = pair.new ? here : there;
    if (isChanged && !section.id) {
      changed.push(section);
      section.id = `change-${changed.length}`;
      const anchor = document.createElement("span");
      anchor.id = section.id;
      (element.localName === "tr" ? element.cells[0] : element).prepend(anchor);
    }
  }
  for (const [part, operations] of edits) frameEdit(part, operations);
  return changed;
}

/** Keep what happened within a part of the page; a list or a table counts as one part. */
function noteChange(part, operation, edits) {
  edits.set(part, (edits.get(part) ?? new Set()).add(operation));
}

/** A frame with a sign in the margin around what changed, as our own redlines have it. */
function frameEdit(part, operations) {
  if (operations.size === 1 && operations.has("=")) return;
  const frame = document.createElement("div");
  const kind = operations.size === 1 ? { "-": "gone", "+": "come" }[[...operations][0]] : "";
  frame.className = `np-edit np-edit--${kind || "both"}`;
  part.before(frame);
  frame.append(part);
}

function append(parent, child) {
  parent.append(child);
  return child;
}

function nameList(block) {
  return block.ordered ? "ol" : "ul";
}

function makeTable() {
  const frame = document.createElement("div");
  frame.className = "np-table";
  frame.tabIndex = 0;
  frame.append(document.createElement("table"));
  frame.firstChild.append(document.createElement("tbody"));
  return frame;
}

function makeBlock(block) {
  const names = { heading: `h${Math.max(2, block.level ?? 2)}`, item: "li", row: "tr", code: "pre", quote: "blockquote" };
  const element = document.createElement(names[block.kind] ?? "p");
  if (block.depth) element.classList.add(`np-deeper--${block.depth}`);
  return element;
}

function fillRow(row, pair, marks) {
  const block = pair.new ?? pair.old;
  block.cells.forEach((cell, place) => {
    const element = append(row, document.createElement(block.header ? "th" : "td"));
    if (block.header) element.scope = "col";
    const operation = pair.pieces[0]?.[0] ?? "=";
    fillWords(element, pair.cells?.[place] ?? [[operation, [{ text: cell }]]], marks);
  });
}

function fillWords(element, pieces, marks) {
  pieces.forEach(([operation, words], place) => {
    let text = words.map((word) => word.text).join("");
    if (place === 0) text = text.trimStart();
    if (operation === "=") {
      element.append(text);
      return;
    }
    // The space before a change is no part of it.
    const bare = text.trimStart();
    element.append(text.slice(0, text.length - bare.length));
    const mark = append(element, document.createElement(operation === "+" ? "ins" : "del"));
    mark.append(hide(marks[operation].begin), bare, hide(marks[operation].end));
  });
}

function hide(words) {
  const element = document.createElement("span");
  element.className = "np-hidden";
  element.textContent = words;
  return element;
}
