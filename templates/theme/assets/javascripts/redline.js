// From change to change, and the view kept in the address. Nothing is stored; without this file the page is whole.
(() => {
  const text = document.querySelector(".np-redline");
  const bar = document.querySelector("[data-np-steps]");
  if (!text || !bar) return;

  const place = bar.querySelector("[data-np-place]");
  const keys = bar.querySelector("[data-np-keys]");
  const views = [...document.querySelectorAll('input[name="np-view"]')];
  const RUNS = ".np-come, .np-gone";
  const LEAVES = "p, li, h2, h3, h4, h5, h6, tr, pre";
  const WHOLE = ":is(ul, ol, table, tr, li, blockquote):is(.np-inserted, .np-deleted, .np-moved-here, .np-moved-away)";

  // What a reader calls one change: what came or went together, else what changed in one paragraph, item or row.
  const find = (mark) => {
    const run = mark.closest(RUNS);
    if (run) return run;
    let whole = mark.closest(WHOLE);
    for (let outer = whole; outer; outer = outer.parentElement.closest(WHOLE)) whole = outer;
    return whole || mark.closest(LEAVES) || mark;
  };
  const list = () => {
    const found = new Set();
    for (const mark of text.querySelectorAll("ins, del, .np-remark, .np-come > .np-move, .np-edit > .np-move")) {
      if (!mark.closest(".np-old") && mark.getClientRects().length) found.add(find(mark));
    }
    return [...found];
  };

  let here = null;
  const show = (count, index) => {
    place.textContent = place.dataset.npPlace.replace("{place}", index + 1).replace("{count}", count);
  };

  const go = (step, focus) => {
    const changes = list();
    if (!changes.length) return;
    let index = changes.indexOf(here);
    if (index < 0) {
      // Not yet begun, or the view is another: from what stands at the top of the window.
      const top = bar.getBoundingClientRect().bottom;
      const next = changes.findIndex((change) => change.getBoundingClientRect().bottom > top + 4);
      index = next < 0 ? changes.length - (step > 0 ? 1 : 0) : next - (step > 0 ? 1 : 0);
    }
    index = (index + step + changes.length) % changes.length;
    here?.classList.remove("np-here");
    here = changes[index];
    here.classList.add("np-here");
    here.scrollIntoView({ block: here.clientHeight > innerHeight / 2 ? "start" : "center" });
    if (focus) {
      if (!here.hasAttribute("tabindex")) here.tabIndex = -1;
      here.focus({ preventScroll: true });
    }
    show(changes.length, index);
  };

  for (const button of bar.querySelectorAll("[data-np-step]")) {
    button.addEventListener("click", () => go(Number(button.dataset.npStep), false));
  }

  // One letter alone, never where one writes or chooses, and to be turned off.
  const STEPS = { n: 1, j: 1, p: -1, k: -1 };
  document.addEventListener("keydown", (event) => {
    if (!keys.checked || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.isComposing) return;
    if (event.target.closest("input, textarea, select, [contenteditable], summary")) return;
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    go(step, true);
  });

  // ?view=changed&keys=off, kept when the reader goes on to another anchor.
  const remember = () => {
    const address = new URL(location.href);
    const view = views.find((choice) => choice.checked)?.value;
    for (const [name, value, usual] of [["view", view, "all"], ["keys", keys.checked ? "on" : "off", "on"]]) {
      if (value && value !== usual) address.searchParams.set(name, value);
      else address.searchParams.delete(name);
    }
    try { history.replaceState(history.state, "", address); } catch { /* a file that is opened from disk */ }
  };
  const asked = new URLSearchParams(location.search);
  for (const choice of views) {
    if (choice.value === asked.get("view") && choice.parentElement.getClientRects().length) choice.checked = true;
    choice.addEventListener("change", () => { remember(); place.textContent = ""; });
  }
  if (asked.get("keys") === "off") keys.checked = false;
  keys.addEventListener("change", remember);

  bar.hidden = false;
})();
