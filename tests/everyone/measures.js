// What tests/everyone/measures.py asks of a page: each function gives lines for people.
(() => {
  const tell = (element) => {
    const parts = [];
    for (let at = element; at && at !== document.body && parts.length < 4; at = at.parentElement) {
      parts.unshift(at.localName + (at.id ? `#${at.id}` : at.classList.length ? `.${at.classList[0]}` : ""));
    }
    return `${parts.join(" > ")} "${(element.textContent || "").trim().replace(/\s+/g, " ").slice(0, 30)}"`;
  };
  const isShown = (element) => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
  const isForEars = (element) => Boolean(element.closest(".np-hidden")) ||
    (getComputedStyle(element).clipPath !== "none" && element.getBoundingClientRect().width <= 1.5);
  const list = (selector) => [...document.querySelectorAll(selector)].filter(isShown);

  const findSmallTargets = () => {
    const LEAST = 24, SLACK = 0.5;
    const isInSentence = (link) => {
      if (!link.matches("a") || !getComputedStyle(link).display.startsWith("inline")) return false;
      let block = link.parentElement;
      while (getComputedStyle(block).display === "inline") block = block.parentElement;
      if (["flex", "inline-flex", "grid"].includes(getComputedStyle(block).display)) return false;
      const said = block.cloneNode(true);
      for (const other of said.querySelectorAll("a, button, .np-hidden, .np-state")) other.remove();
      return /[\p{L}\p{N}]{2}/u.test(said.textContent);
    };
    const boxOf = (target) => {
      const boxes = [target, ...(target.labels || [])].flatMap((part) => [...part.getClientRects()]);
      return {
        left: Math.min(...boxes.map((box) => box.left)), right: Math.max(...boxes.map((box) => box.right)),
        top: Math.min(...boxes.map((box) => box.top)), bottom: Math.max(...boxes.map((box) => box.bottom)),
      };
    };
    const targets = list("a[href], button, input, select, textarea, summary")
      .filter((target) => !isForEars(target)).map((element) => ({ element, box: boxOf(element) }));
    const isSmall = ({ box }) => box.right - box.left < LEAST - SLACK || box.bottom - box.top < LEAST - SLACK;
    const middle = ({ box }) => [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
    const isNear = (one, other) => {
      const [x, y] = middle(one);
      if (isSmall(other)) return Math.hypot(x - middle(other)[0], y - middle(other)[1]) < LEAST - SLACK;
      const dx = Math.max(other.box.left - x, 0, x - other.box.right);
      const dy = Math.max(other.box.top - y, 0, y - other.box.bottom);
      return Math.hypot(dx, dy) < LEAST / 2 - SLACK;
    };
    return targets.filter((one) => isSmall(one) && !isInSentence(one.element) &&
      targets.some((other) => other !== one && !one.element.contains(other.element) && isNear(one, other)))
      .map(({ element, box }) =>
        `target of ${Math.round(box.right - box.left)} by ${Math.round(box.bottom - box.top)} pixels: ${tell(element)}`);
  };

  const findSideways = () => {
    const root = document.documentElement, found = [];
    if (root.scrollWidth > root.clientWidth) {
      found.push(`the page is ${root.scrollWidth} wide in ${root.clientWidth}`);
      for (const element of list("body *")) {
        const box = element.getBoundingClientRect();
        if ((box.right > root.clientWidth + 1 || box.left < -1) && !isForEars(element)) found.push(`  stands out: ${tell(element)}`);
      }
    }
    for (const element of list("body *")) {
      if (!["auto", "scroll"].includes(getComputedStyle(element).overflowX)) continue;
      if (element.scrollWidth <= element.clientWidth + 1) continue;
      const isNamed = element.hasAttribute("aria-labelledby") || element.hasAttribute("aria-label");
      if (element.tabIndex < 0 || !isNamed) found.push(`scrolls without focus or name: ${tell(element)}`);
    }
    return found.slice(0, 8);
  };

  const findLostText = () => {
    const found = [];
    scrollTo(0, 0);
    for (const element of list("body *")) {
      const style = getComputedStyle(element);
      if (isForEars(element) || element.localName === "select") continue;
      const cuts = (value) => value === "hidden" || value === "clip";
      const words = [...element.querySelectorAll("*"), element].some((part) => isShown(part) && !isForEars(part) &&
        [...part.childNodes].some((node) => node.nodeType === 3 && node.data.trim()));
      if (!words) continue;
      if (cuts(style.overflowX) || cuts(style.overflowY)) {
        const frame = element.getBoundingClientRect();
        const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          if (!node.data.trim() || !isShown(node.parentElement) || isForEars(node.parentElement)) continue;
          const range = document.createRange();
          range.selectNodeContents(node);
          const box = range.getBoundingClientRect();
          if (box.right > frame.right + 1.5 || box.left < frame.left - 1.5 || box.bottom > frame.bottom + 4 ||
              box.top < frame.top - 4) { found.push(`cut off: ${tell(element)}`); break; }
        }
      }
    }
    const boxes = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (!node.data.trim() || !isShown(parent) || isForEars(parent) || parent.closest("select, script, noscript, .np-skip")) continue;
      if (getComputedStyle(parent).opacity === "0") continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) if (box.width > 1) boxes.push({ node, parent, box });
    }
    boxes.sort((one, other) => one.box.top - other.box.top);
    for (let place = 0; place < boxes.length; place++) {
      const one = boxes[place];
      for (let next = place + 1; next < boxes.length; next++) {
        const other = boxes[next];
        if (other.box.top >= one.box.bottom) break;
        if (other.node === one.node) continue;
        const width = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
        const height = Math.min(one.box.bottom, other.box.bottom) - other.box.top;
        if (width > 3 && height > 0.5 * Math.min(one.box.height, other.box.height)) {
          found.push(`one over the other: ${tell(one.parent)} and ${tell(other.parent)}`);
          if (found.length > 8) return found;
        }
      }
    }
    return found;
  };

  const findMotion = () => {
    const found = [];
    for (const element of document.querySelectorAll("*")) {
      for (const pseudo of [null, "::before", "::after"]) {
        const style = getComputedStyle(element, pseudo);
        const durations = `${style.transitionDuration},${style.transitionDelay}`.split(",").map(parseFloat);
        if (style.transitionProperty !== "none" && durations.some((seconds) => seconds > 0)) found.push(`fades: ${tell(element)}`);
        if (style.animationName !== "none") found.push(`moves: ${tell(element)}`);
        if (style.scrollBehavior === "smooth") found.push(`glides: ${tell(element)}`);
      }
    }
    return found.slice(0, 8);
  };

  const findUnmarkedLanguages = () => {
    const SCRIPTS = { ar: /[\u0620-\u064a]{2}/, ja: /[\u3041-\u3096\u30a1-\u30fa]{2}/ };
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (parent.closest("script, option")) continue;
      const tongue = parent.closest("[lang]").lang.split("-")[0];
      for (const [tag, letters] of Object.entries(SCRIPTS)) {
        if (letters.test(node.data) && tongue !== tag) found.push(`${tag} marked ${tongue}: ${tell(parent)}`);
      }
      if (tongue in SCRIPTS && /(?:\b[a-z]{2,}\b[ ,]+){4}/.test(node.data)) found.push(`latin words marked ${tongue}: ${tell(parent)}`);
    }
    for (const marked of document.querySelectorAll("[lang]")) {
      if (/^[\p{L}\p{M}]*$/u.test(marked.textContent.trim())) continue;
      const wanted = ["ar", "fa", "he", "ur"].includes(marked.lang.split("-")[0]) ? "rtl" : "ltr";
      if (getComputedStyle(marked).direction !== wanted) found.push(`${marked.lang} runs the other way: ${tell(marked)}`);
    }
    return found.slice(0, 8);
  };

  return { findSmallTargets, findSideways, findLostText, findMotion, findUnmarkedLanguages };
})()
