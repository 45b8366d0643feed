// The live door: a page that is looked at hears that something is new, and fetches the bell anew.
// Without it (no JavaScript, no live door) the bell counts when a page is opened.
(() => {
  "use strict";
  const bell = () => document.getElementById("bell");
  const FIRST = 2000, LONGEST = 60000;
  let source = null, pause = FIRST, timer = null;

  const address = () => {
    const at = bell().dataset.live;
    const door = at.startsWith(":") ? `${location.protocol}//${location.hostname}${at}/` : at;
    return `${door}?ticket=${encodeURIComponent(bell().dataset.ticket)}`;
  };
  const isFresh = () => Number(bell().dataset.ticket.split(".")[1]) * 1000 > Date.now() + 5000;

  // The bell brings a new ticket with it. Whoever is signed out meanwhile gets none.
  const refresh = async () => {
    const answer = await fetch(bell().dataset.bell, { headers: { "HX-Request": "true" } });
    if (!answer.ok || answer.status === 204) return false;
    const made = document.createElement("template");
    made.innerHTML = await answer.text();
    const fresh = made.content.getElementById("bell");
    if (!fresh) return false;
    const hadFocus = document.activeElement === bell();
    bell().replaceWith(fresh);
    if (hadFocus) fresh.focus();
    return true;
  };

  const heard = async () => {
    const words = () => bell().querySelector(".visually-hidden").textContent;
    const before = words();
    await refresh();
    if (words() !== before) document.getElementById("bell-news").textContent = words();
    document.body.dispatchEvent(new CustomEvent("notices-changed"));
  };

  const close = () => {
    clearTimeout(timer);
    source?.close();
    source = null;
  };

  const again = () => {
    close();
    timer = setTimeout(open, pause * (0.5 + Math.random()));
    pause = Math.min(LONGEST, 2 * pause);
  };

  const open = async () => {
    if (source || document.hidden) return;
    try {
      if (!isFresh() && !(await refresh())) return;
    } catch { return again(); }
    source = new EventSource(address(), { withCredentials: true });
    source.addEventListener("open", () => { pause = FIRST; });
    source.addEventListener("notices", () => heard().catch(() => {}));
    source.addEventListener("error", () => { bell().dataset.ticket = "0.0.0"; again(); });
  };

  // A page nobody looks at keeps no connection: phones have batteries, browsers few connections.
  document.addEventListener("visibilitychange", async () => {
    if (document.hidden) return close();
    try { await heard(); } catch { /* the door opens all the same */ }
    pause = FIRST;
    open();
  });
  window.addEventListener("pagehide", close);
  open();
})();
