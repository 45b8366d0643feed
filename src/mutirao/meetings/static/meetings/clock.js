// Hours on the reader's own clock. Without this script the page shows the network's.
(() => {
  "use strict";
  const minutes = (iso) => {
    const [, sign, hours, rest] = iso.match(/([+-])(\d\d):(\d\d)(?::\d\d)?$/);
    return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(rest));
  };
  const language = document.documentElement.lang;
  const hour = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const day = new Intl.DateTimeFormat(language, { day: "numeric", month: "short" });
  // The day is said only when it is not the one the reader expects.
  const words = (moment, expected) =>
    moment.toDateString() === expected ? hour.format(moment) : `${hour.format(moment)} (${day.format(moment)})`;
  const show = (span) => {
    const begins = new Date(span.dataset.begins);
    if (-begins.getTimezoneOffset() === minutes(span.dataset.begins)) { span.hidden = true; return; }
    const [year, month, date] = span.dataset.begins.slice(0, 10).split("-").map(Number);
    let text = words(begins, new Date(year, month - 1, date).toDateString());
    if (span.dataset.ends) text += `–${words(new Date(span.dataset.ends), begins.toDateString())}`;
    span.querySelector("span").textContent = span.dataset.words.replace("{}", text);
    span.hidden = false;
  };
  const dress = (root) => root.querySelectorAll?.("[data-begins]").forEach(show);
  document.addEventListener("DOMContentLoaded", () => dress(document));
  document.addEventListener("htmx:afterSettle", (event) => dress(event.target));
})();
