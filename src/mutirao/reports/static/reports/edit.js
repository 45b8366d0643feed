// A report is saved as one types. Without JavaScript there is the button "Save".
(() => {
  "use strict";
  const WAIT = 1500; // ms after the last key
  const RETRY = 8000; // ms between two tries without a connection
  const form = document.getElementById("words");
  const out = document.getElementById("saved");
  if (!form || !out) return;
  let timer = 0;
  let dirty = false;
  let running = null;
  let stopped = false; // somebody else saved: only the button goes on, to both versions

  const say = (word, time = "") => { out.textContent = `${out.dataset[word]} ${time}`.trim(); };
  const trouble = (now) => {
    const box = document.getElementById("trouble");
    box.hidden = !now;
    box.querySelectorAll("[data-say]").forEach((one) => { one.hidden = one.dataset.say !== now; });
  };
  const clock = () => new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });

  const save = async () => {
    dirty = false;
    say("saving");
    const response = await fetch(form.dataset.save, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } }).catch(() => null);
    if (response?.ok && !response.redirected) {
      form.elements.version.value = (await response.json()).version;
      // What the form was opened on is now what is saved.
      form.querySelectorAll("input[type=hidden][name^=initial-]").forEach((memory) => {
        const field = form.elements[memory.name.slice("initial-".length)];
        if (field) memory.value = field.value;
      });
      trouble("");
      say("done", clock());
      return;
    }
    dirty = true;
    out.textContent = "";
    if (response?.status === 409) { stopped = true; trouble("conflict"); }
    else if (response?.status === 422) say("wrong");
    else if (response?.redirected || response?.status === 403) trouble("signin");
    else { trouble("offline"); later(RETRY); }
  };
  const later = (pause) => {
    clearTimeout(timer);
    timer = setTimeout(() => { running = save().finally(() => { running = null; }); }, pause);
  };
  form.addEventListener("input", () => { dirty = true; if (!stopped) later(WAIT); });
  window.addEventListener("online", () => { if (dirty && !stopped) later(0); });
  window.addEventListener("pagehide", () => { if (dirty && !stopped && !form.dataset.sent) navigator.sendBeacon(form.dataset.save, new FormData(form)); });
  // The button waits for a saving that is under way: both would change the version.
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (running) {
      event.preventDefault();
      event.stopImmediatePropagation();
      running.then(() => form.requestSubmit(event.submitter));
      return;
    }
    form.dataset.sent = "1";
  }, true);
})();
