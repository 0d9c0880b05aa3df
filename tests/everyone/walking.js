// What tests/everyone/walking.py wants to know after each Tab.
(() => {
  const stops = [];
  const parse = (color) => (color.match(/[\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((part) => part / 255)
    .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, place) => sum + part * [0.2126, 0.7152, 0.0722][place], 0);
  const contrast = (one, other) => {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const behind = (element) => {
    for (let at = element.parentElement; at; at = at.parentElement) {
      const color = parse(getComputedStyle(at).backgroundColor);
      if (color.length === 3 || color[3] === 1) return color;
    }
    return [255, 255, 255];
  };
  const measure = () => {
    const element = document.activeElement;
    if (!element || element === document.body || element === document.documentElement) return { place: -1, told: "none" };
    const style = getComputedStyle(element);
    const boxes = [...element.getClientRects()].filter((box) => box.width > 1 && box.height > 1);
    const points = boxes.map((box) => [
      (Math.max(box.left, 0) + Math.min(box.right, innerWidth)) / 2, (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2,
    ]).filter(([x, y]) => x >= 0 && y >= 0 && x < innerWidth && y < innerHeight);
    const whole = element.getBoundingClientRect();
    const isLarge = whole.height > innerHeight * 0.6 || whole.width > innerWidth;
    const isInside = whole.top >= -1 && whole.left >= -1 && whole.bottom <= innerHeight + 1 && whole.right <= innerWidth + 1;
    const hits = points.map(([x, y]) => document.elementFromPoint(x, y));
    return {
      place: [...document.querySelectorAll("*")].indexOf(element),
      told: `${element.localName}.${element.className} "${(element.textContent || element.value || "").trim().slice(0, 30)}"`,
      is_in_view: points.length > 0 && (isLarge || isInside),
      is_covered: !hits.some((hit) => hit && (element.contains(hit) || hit.contains(element) && hit.closest("label, p, li, td, dd") === hit)),
      outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
      contrast: contrast(parse(style.outlineColor), behind(element)),
    };
  };
  addEventListener("keyup", (event) => { if (event.key === "Tab") stops.push(measure()); }, true);
  window.npStops = () => stops.splice(0);
})();
