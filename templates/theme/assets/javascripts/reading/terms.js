// A defined term shows its definition in place: on hover, on focus, on a tap. Without a script the link leads to it.

const GAP = 8;
let open = null;
let owner = null;
let waiting = 0;

const close = () => {
  clearTimeout(waiting);
  open?.remove();
  if (owner) delete owner.dataset.npShown;
  open = null;
  owner = null;
};

const put = () => {
  const spot = owner.getClientRects()[0];
  const { width, height } = open.getBoundingClientRect();
  const fits = spot.bottom + GAP + height < innerHeight;
  open.style.top = `${fits ? spot.bottom + GAP : Math.max(GAP, spot.top - GAP - height)}px`;
  open.style.left = `${Math.max(GAP, Math.min(spot.left, document.documentElement.clientWidth - width - GAP))}px`;
};

const show = (link) => {
  clearTimeout(waiting);
  if (owner === link) return;
  close();
  const definition = document.getElementById(link.hash.slice(1));
  if (!definition) return;
  owner = link;
  open = document.createElement("div");
  open.className = "np-definition";
  open.setAttribute("aria-hidden", "true"); // the link is described by the definition itself
  const words = definition.cloneNode(true);
  words.removeAttribute("id");
  for (const inner of words.querySelectorAll("[id]")) inner.removeAttribute("id");
  for (const inner of words.querySelectorAll("a")) inner.replaceWith(...inner.childNodes);
  open.append(...words.childNodes);
  link.closest(".np-text").append(open);
  put();
};

const find = (event) => event.target.closest?.("a.np-term");
const leave = () => {
  clearTimeout(waiting);
  waiting = setTimeout(close, 200);
};

document.addEventListener("mouseover", (event) => {
  const link = find(event);
  if (link) show(link);
  else if (open?.contains(event.target)) clearTimeout(waiting);
  else if (open && owner !== document.activeElement) leave();
});
document.addEventListener("focusin", (event) => {
  const link = find(event);
  if (link) show(link);
  else close();
});
document.addEventListener("focusout", leave);
// A first tap shows the definition, a second one goes to it.
document.addEventListener("pointerup", (event) => {
  const link = find(event);
  if (!link) {
    if (open && !open.contains(event.target)) close();
  } else if (event.pointerType !== "mouse" && link.dataset.npShown !== "true") {
    link.dataset.npShown = "true";
    link.addEventListener("click", (click) => click.preventDefault(), { once: true });
    show(link);
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") close();
});
addEventListener("scroll", () => {
  if (!open) return;
  if (owner === document.activeElement || owner.matches(":hover")) put(); // what was laid out above may have moved it
  else if (!open.matches(":hover")) close();
}, { passive: true });
