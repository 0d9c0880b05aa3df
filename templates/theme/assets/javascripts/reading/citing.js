// The link beside a heading copies a citation of the section; held keys and other buttons follow it as any link.

const text = document.querySelector("[data-np-citation]");
let said = null;

const fill = (link) => {
  const heading = link.parentElement.cloneNode(true);
  for (const extra of heading.querySelectorAll(".np-anchor, .np-cite, .np-cited")) extra.remove();
  const address = text.dataset.npAddress ? new URL(link.hash, text.dataset.npAddress).href : link.href;
  const values = { section: heading.textContent.trim(), address };
  return text.dataset.npCitation.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
};

document.addEventListener("click", async (event) => {
  const link = event.target.closest?.("a.np-cite");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  if (!navigator.clipboard) return;
  event.preventDefault();
  said?.remove();
  said = document.createElement("span");
  said.className = "np-cited";
  said.setAttribute("role", "status");
  said.lang = document.documentElement.lang;
  link.after(said);
  try {
    await navigator.clipboard.writeText(fill(link));
    said.textContent = text.dataset.npCopied;
  } catch {
    location.href = link.href; // the browser keeps the clipboard to itself: the link does what it says
  }
});
