// The little that pages do beyond HTMX. Everything here has a way without JavaScript.
(() => {
  "use strict";
  const csrf = () => document.cookie.match(/mutirao_csrf=([^;]+)/)?.[1];

  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.verb !== "get" && csrf()) event.detail.headers["X-CSRFToken"] = csrf();
  });

  // Signing in elsewhere gave this browser a new token: a page that was open before still counts.
  document.addEventListener("submit", (event) => {
    const token = event.target.elements?.csrfmiddlewaretoken;
    if (token && csrf()) token.value = csrf();
  }, true);

  // Some answers are pages of their own (signed out meanwhile, came too late), not parts.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.getResponseHeader("HX-Retarget") !== "body") return;
    event.detail.shouldSwap = true;
    event.detail.isError = false;
    // The database is away: a page that was only read comes back by itself.
    if (event.detail.xhr.status === 503 && event.detail.requestConfig.verb === "get") {
      setTimeout(() => location.reload(), 4000);
    }
  });

  // A form sent twice (double click, slow line) is sent once.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || form.hasAttribute("hx-post")) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    setTimeout(() => delete form.dataset.sent, 8000);
  });
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
  });

  // Limits are shown as counters.
  const count = (area) => {
    const label = area.labels?.[0];
    if (!label) return;
    let out = label.parentElement.querySelector(".count");
    if (!out) {
      out = document.createElement("span");
      out.className = "count";
      out.setAttribute("aria-hidden", "true");
      label.before(out);
    }
    out.textContent = `${area.value.length} / ${area.dataset.counter}`;
  };
  const dress = (root) => root.querySelectorAll?.("textarea[data-counter]").forEach((area) => {
    count(area);
    area.addEventListener("input", () => count(area));
  });
  document.addEventListener("DOMContentLoaded", () => {
    dress(document);
    document.getElementById("errors")?.focus();
    // On a phone the doors run off the side: the one we are behind must be in sight.
    document.querySelectorAll(".doors [aria-current], .sub [aria-current]").forEach((here) => {
      const row = here.closest(".nav-doors, .sub ul");
      const lacks = here.getBoundingClientRect().right + 40 - row.getBoundingClientRect().right;
      if (lacks > 0) row.scrollLeft += lacks;
    });
  });
  document.addEventListener("htmx:afterSettle", (event) => dress(event.target));

  // Menus close on Escape and on a click elsewhere.
  const closeMenus = (except) => document.querySelectorAll("details.me[open]").forEach((menu) => {
    if (menu !== except) menu.open = false;
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") closeMenus(); });
  document.addEventListener("click", (event) => closeMenus(event.target.closest("details.me")));

  // Copy buttons.
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    await navigator.clipboard?.writeText(document.querySelector(button.dataset.copy).value);
    button.setAttribute("data-done", "1");
  });
})();
