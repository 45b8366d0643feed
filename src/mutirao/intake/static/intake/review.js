// The review of a document: saved as one types, and each part shown beside its lines.
// Everything here has a way without JavaScript: "Save for later", and plain links to lines.
(() => {
  "use strict";
  const WAIT = 1500; // ms after the last key
  const RETRY = 8000; // ms between two tries without a connection
  const form = () => document.getElementById("review");
  const store = () => `mutirao-review-${form()?.dataset.draft}`;
  let timer = 0;
  let dirty = false;
  let running = null;

  const say = (word, time) => {
    const out = document.getElementById("saved");
    if (out) out.textContent = out.dataset[word] + (time ? ` ${time}` : "");
  };
  const trouble = (now, by) => {
    const box = document.getElementById("trouble");
    if (!box) return;
    box.hidden = !now;
    box.dataset.now = now || "";
    const who = box.querySelector("[data-by]");
    if (who) who.textContent = by ? `(${by})` : "";
  };
  const clock = () => new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
  const typed = () => {
    const data = new FormData(form());
    data.delete("do");
    return data;
  };

  // Kept in this browser only while the server cannot be reached: the page may hold contacts.
  const keep = () => {
    try {
      localStorage.setItem(store(), JSON.stringify([...typed()].filter(([name]) => name !== "csrfmiddlewaretoken")));
    } catch { /* no room, or not allowed: the page itself still holds it */ }
  };
  const forget = () => { try { localStorage.removeItem(store()); } catch { /* nothing kept */ } };

  const save = async () => {
    if (!form()) return;
    dirty = false;
    say("saving");
    let response;
    try {
      response = await fetch(form().dataset.save, { method: "POST", body: typed(), headers: { Accept: "application/json" } });
    } catch {
      response = null;
    }
    if (response?.ok && !response.redirected) {
      form().elements.version.value = (await response.json()).version;
      forget();
      trouble("");
      say("done", clock());
      return;
    }
    dirty = true;
    keep();
    say("kept");
    if (response?.status === 409) trouble("conflict", (await response.json()).by);
    else if (response?.status === 410) { forget(); dirty = false; trouble("over"); }
    else if (response?.redirected || response?.status === 403) trouble("signin");
    else { trouble("offline"); later(RETRY); }
  };
  const later = (pause) => {
    clearTimeout(timer);
    timer = setTimeout(() => { running = save().finally(() => { running = null; }); }, pause);
  };

  const changed = (event) => {
    if (!event.target.closest?.("#review") || event.target.closest("[hx-vals]")) return;
    dirty = true;
    if (document.getElementById("trouble")?.dataset.now !== "conflict") later(WAIT);
  };
  document.addEventListener("input", changed);
  document.addEventListener("change", changed);
  window.addEventListener("online", () => { if (dirty) later(0); });

  // Closing the page: what is not saved yet goes along.
  const leaving = () => {
    if (!dirty || !form() || form().dataset.sent) return;
    if (document.getElementById("trouble")?.dataset.now === "conflict") { keep(); return; }
    if (!navigator.sendBeacon(form().dataset.save, typed())) keep();
  };
  window.addEventListener("pagehide", leaving);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden" && dirty) later(0); });

  // A button of the page waits for a saving that is under way: both would change the version.
  document.addEventListener("htmx:confirm", (event) => {
    clearTimeout(timer);
    if (!running || !event.target.closest?.("#review")) { dirty = false; return; }
    event.preventDefault();
    running.then(() => { dirty = false; event.detail.issueRequest(true); });
  });
  document.addEventListener("submit", (event) => {
    if (event.target.id !== "review") return;
    clearTimeout(timer);
    if (running) {
      event.preventDefault();
      event.stopImmediatePropagation();
      const button = event.submitter;
      running.then(() => event.target.requestSubmit(button));
      return;
    }
    dirty = false;
    forget();
  }, true);

  // The list is drawn anew after each step: the document stays where it was scrolled to.
  let scrolled = 0;
  document.addEventListener("htmx:beforeSwap", (event) => {
    // A conflict is a page too, with both versions on it.
    if (event.detail.xhr.status === 409) { event.detail.shouldSwap = true; event.detail.isError = false; }
    scrolled = document.getElementById("document")?.scrollTop || 0;
  });
  document.addEventListener("htmx:afterSwap", () => {
    const pane = document.getElementById("document");
    if (pane) { pane.style.scrollBehavior = "auto"; pane.scrollTop = scrolled; pane.style.scrollBehavior = ""; }
    const errors = document.getElementById("errors");
    if (errors) { errors.scrollIntoView({ block: "start" }); errors.focus(); }
  });

  // A part and its lines show each other.
  const light = (numbers) => {
    document.querySelectorAll("#document .lit").forEach((line) => line.classList.remove("lit"));
    const lines = numbers.map((number) => document.getElementById(`line-${number}`)).filter(Boolean);
    lines.forEach((line) => line.classList.add("lit"));
    return lines[0];
  };
  const reveal = (line) => {
    const pane = document.getElementById("document");
    if (pane && line) pane.scrollTop = line.offsetTop - pane.offsetTop - pane.clientHeight / 3;
  };
  const numbersOf = (part) => part?.querySelector("[data-lines]")?.dataset.lines.split(" ") || [];
  const sideBySide = () => window.matchMedia("(min-width: 60.01rem)").matches;

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-lines]");
    if (link && sideBySide()) {
      event.preventDefault();
      reveal(light(link.dataset.lines.split(" ")));
      return;
    }
    const line = event.target.closest("#document li");
    const what = line?.querySelector(".what") || line?.parentElement && whatOf(line);
    if (line && what && !event.target.closest("a") && !getSelection().toString()) what.click();
  });
  // Only the first line of a part carries its name; the others lead to the same one.
  const whatOf = (line) => {
    for (let one = line; one && one.className === line.className; one = one.previousElementSibling) {
      const what = one.querySelector(".what");
      if (what) return what;
    }
    return null;
  };
  document.addEventListener("focusin", (event) => {
    const part = event.target.closest?.(".read .part");
    if (!part || event.target.closest("[data-lines]")) return;
    const line = light(numbersOf(part));
    if (sideBySide()) reveal(line);
  });

  // The document follows the part that is being read, unless the reader is in the document.
  let waiting = false;
  const follow = () => {
    waiting = false;
    const pane = document.getElementById("document");
    if (!pane || !sideBySide() || pane.matches(":hover, :focus-within")) return;
    const part = [...document.querySelectorAll(".read .part:has([data-lines])")].find((one) => one.getBoundingClientRect().bottom > 160);
    if (part && part.getBoundingClientRect().top < window.innerHeight) reveal(document.getElementById(`line-${numbersOf(part)[0]}`));
  };
  window.addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    setTimeout(follow, 150);
  }, { passive: true });

  // Changes of an earlier visit that could not be saved.
  const putBack = async (entries) => {
    const data = new FormData();
    entries.forEach(([name, value]) => data.append(name, value));
    data.set("csrfmiddlewaretoken", form().elements.csrfmiddlewaretoken.value);
    data.set("version", form().elements.version.value);
    const response = await fetch(form().dataset.save, { method: "POST", body: data }).catch(() => null);
    if (response?.ok && !response.redirected) { forget(); location.reload(); }
  };
  document.addEventListener("DOMContentLoaded", () => {
    let kept = null;
    try { kept = JSON.parse(localStorage.getItem(store())); } catch { forget(); }
    if (!kept || !form()) return;
    const version = kept.find(([name]) => name === "version")?.[1];
    if (version === form().elements.version.value) putBack(kept);
    else trouble("kept");
    document.querySelector("[data-put-back]")?.addEventListener("click", () => putBack(kept));
    document.querySelector("[data-forget]")?.addEventListener("click", () => { forget(); trouble(""); });
  });
  document.addEventListener("click", (event) => { if (event.target.closest("[data-drop]")) forget(); });
})();
