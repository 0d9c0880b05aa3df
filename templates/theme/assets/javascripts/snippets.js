// The page for owners of other sites: a place is chosen into the link, and links are copied.

for (const choice of document.querySelectorAll("[data-np-choose]")) {
  const select = choice.querySelector("select");
  const slot = choice.closest("[data-np-snippet]").querySelector("[data-np-territory]");
  const put = () => {
    slot.textContent = select.value;
  };
  select.addEventListener("change", put);
  put(); // a browser keeps what was chosen when the page is loaded again
  choice.hidden = false;
}

for (const part of document.querySelectorAll("[data-np-copy]")) {
  const code = part.closest("[data-np-snippet]").querySelector("code");
  const said = part.querySelector("[role=status]");
  part.querySelector("button").addEventListener("click", async () => {
    said.textContent = "";
    try {
      await navigator.clipboard.writeText(code.textContent);
      said.textContent = said.dataset.npDone;
    } catch {
      getSelection().selectAllChildren(code); // where the clipboard is closed to pages
      said.textContent = said.dataset.npMarked;
    }
  });
  part.hidden = false;
}
