// A discussion beyond HTMX: what is being typed is kept, and "@" offers names. All of it works
// without this file: names are simply typed.
(() => {
  "use strict";
  if (window.mutiraoThread) return; // a discussion that was swapped in brings this file again
  window.mutiraoThread = true;
  const store = window.sessionStorage; // a shared computer keeps nothing once the tab is closed
  const keep = (area) => "draft:" + area.dataset.draft;
  const areaOf = (node) => node.closest?.("textarea[data-draft]");

  const recall = (root) => root.querySelectorAll?.("textarea[data-draft]").forEach((area) => {
    if (area.value) return;
    const kept = store.getItem(keep(area));
    if (!kept) return;
    area.value = kept;
    area.dispatchEvent(new Event("input", { bubbles: true }));
  });
  document.addEventListener("input", (event) => {
    const area = areaOf(event.target);
    if (!area) return;
    if (area.value.trim()) store.setItem(keep(area), area.value);
    else store.removeItem(keep(area));
  });
  // Sent: the answer of the server is what counts; a refused text comes back in its form.
  const sent = (form) => form.querySelectorAll("textarea[data-draft]").forEach((area) => {
    store.removeItem(keep(area));
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.hasAttribute("hx-post")) sent(event.target);
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.elt;
    if (event.detail.successful && form.matches?.("form.say")) sent(form);
  });
  document.addEventListener("htmx:afterSettle", (event) => recall(event.target));
  recall(document);

  // The picker: a list below the text, chosen from with the arrow keys or the pointer.
  let list, area, from, chosen = -1, asked = 0, timer;
  const close = () => {
    list?.remove();
    list = null;
    chosen = -1;
    area?.removeAttribute("aria-activedescendant");
    area?.removeAttribute("aria-controls");
  };
  const options = () => (list ? [...list.children] : []);
  const mark = (to) => {
    chosen = (to + options().length) % options().length;
    options().forEach((item, n) => item.setAttribute("aria-selected", String(n === chosen)));
    area.setAttribute("aria-activedescendant", options()[chosen].id);
    options()[chosen].scrollIntoView({ block: "nearest" });
  };
  const take = (label) => {
    const end = area.selectionStart;
    area.setRangeText(`@${label} `, from, end, "end");
    close();
    area.focus();
    area.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const show = (found) => {
    close();
    if (!found.length) return;
    list = document.createElement("ul");
    list.className = "mention-list";
    list.id = "mention-list";
    list.setAttribute("role", "listbox");
    found.forEach(({ label }, n) => {
      const item = document.createElement("li");
      item.id = `mention-${n}`;
      item.setAttribute("role", "option");
      item.textContent = label;
      item.addEventListener("pointerdown", (event) => { event.preventDefault(); take(label); });
      list.append(item);
    });
    area.after(list);
    area.setAttribute("aria-controls", "mention-list");
    mark(0);
  };
  const typedName = () => {
    const before = area.value.slice(0, area.selectionStart);
    const found = before.match(/(?:^|[^\w@])@([^\n@]{1,40})$/u);
    if (!found) return null;
    from = before.length - found[1].length - 1;
    return found[1];
  };
  document.addEventListener("input", (event) => {
    const here = event.target.closest?.("textarea[data-mentions]");
    if (!here) return;
    area = here;
    const words = typedName();
    clearTimeout(timer);
    if (!words || words.endsWith("  ")) { close(); return; }
    timer = setTimeout(async () => {
      const mine = ++asked;
      const answer = await fetch(`${area.dataset.mentions}?q=${encodeURIComponent(words)}`,
        { headers: { Accept: "application/json" } }).catch(() => null);
      if (mine !== asked || !answer?.ok) { close(); return; }
      show((await answer.json()).found);
    }, 200);
  });
  document.addEventListener("keydown", (event) => {
    if (!list || event.target !== area) return;
    if (event.key === "ArrowDown") mark(chosen + 1);
    else if (event.key === "ArrowUp") mark(chosen - 1);
    else if (event.key === "Enter" || event.key === "Tab") take(options()[chosen].textContent);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }, true);
  document.addEventListener("focusout", (event) => { if (event.target === area) close(); });
})();
