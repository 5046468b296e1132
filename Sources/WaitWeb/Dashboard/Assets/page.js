"use strict";
// What every page does: ordered tables without leaving the page, fresh figures while it stays open, and old ones marked.
document.documentElement.classList.add("js");

const page = {
  /** Puts the parts with these ids of the page at `address` in the place of ours, and the links to its other languages. */
  async swap(address, ids) {
    const answer = await fetch(address, { headers: { accept: "text/html" }, cache: "no-cache" });
    if (!answer.ok) throw new Error(`${address} answers ${answer.status}`);
    const focused = document.activeElement?.id;
    const other = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const id of [...ids, "languages"]) {
      const [here, there] = [document.getElementById(id), other.getElementById(id)];
      if (here && there) here.replaceWith(there);
    }
    page.setClock(answer);
    page.tellAge();
    document.dispatchEvent(new CustomEvent("swapped", { detail: ids }));
    if (focused && document.activeElement?.id !== focused) document.getElementById(focused)?.focus({ preventScroll: true });
  },

  /** How far the server's clock is ahead of the visitor's, which may be wrong, in milliseconds; undefined: not known yet. */
  ahead: undefined,
  now() { return Date.now() + (page.ahead ?? 0); },

  /** Learns the server's time from an answer: when it was made, and how long a cache on the way has kept it. */
  setClock(answer) {
    const made = Date.parse(answer.headers.get("date"));
    if (Number.isFinite(made)) page.ahead = made + Number(answer.headers.get("age") ?? 0) * 1_000 - Date.now();
  },

  /** Asks the server for its time; where it cannot be reached, the visitor's clock has to do, but never before the page was made. */
  async askClock() {
    const age = document.getElementById("age");
    if (!age) return;
    try {
      page.setClock(await fetch(document.getElementById("api").href, { method: "HEAD", cache: "no-store" }));
    } catch {
      page.ahead ??= Math.max(0, Date.parse(age.dataset.slot) - Date.now());
    }
    page.tellAge();
  },

  /** Says how old the figures are, and shows the notice that they are too old from the minute on that they are. */
  tellAge() {
    if (page.ahead === undefined) return;
    const minutesSince = (element) => Math.floor((page.now() - Date.parse(element.dataset.observed)) / 60_000);
    const age = document.getElementById("age");
    if (age) {
      const minutes = Math.max(0, minutesSince(age)), { dataset } = age;
      age.textContent = minutes < 120 ? dataset.minutes.replace("{}", minutes)
        : minutes < 2_880 ? dataset.hours.replace("{}", Math.floor(minutes / 60))
        : dataset.days.replace("{}", Math.floor(minutes / 1_440));
    }
    // "Today" is a day in Hong Kong, eight hours ahead.
    const told = document.getElementById("as-of");
    const today = new Date(page.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    if (told && told.dataset.day !== today) told.textContent = told.dataset.whole;
    const notice = document.getElementById("old");
    if (notice && minutesSince(notice) > Number(notice.dataset.minutes)) notice.hidden = false;
  },

  /** Where the interactive chart could not be loaded or drawn: the server's picture of the same view. */
  showPicture() {
    const chart = document.getElementById("chart");
    if (!chart || chart.dataset.drawn !== undefined) return;
    const picture = document.createElement("img");
    [picture.src, picture.alt] = [chart.dataset.picture, chart.dataset.wordHalf];
    const figure = document.createElement("figure");
    figure.append(picture);
    chart.replaceWith(figure);
    for (const id of ["chart-unit", "chart-legend", "chart-keys", "chart-table"]) document.getElementById(id)?.remove();
    document.getElementById("chart-words").textContent = chart.dataset.wordFailed;
  },
};

document.addEventListener("click", async (event) => {
  const link = event.target.closest?.("a[data-swap]");
  if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  try {
    await page.swap(link.href, [link.dataset.swap]);
    history.replaceState(null, "", link.href + location.hash);
  } catch {
    location.assign(link.href);
  }
});

const refreshed = document.querySelector("[data-refresh]");
if (refreshed) {
  const ids = refreshed.dataset.refresh.split(" ");
  // A feed's documents come one to two minutes after the quarter hour, or late; visitors are spread over a minute.
  const [quarter, after] = [900_000, 150_000 + Math.random() * 60_000];
  const untilNext = () => quarter - ((page.now() - after) % quarter + quarter) % quarter;
  const observed = () => document.getElementById("age")?.dataset.observed;
  const again = async (tries) => {
    const before = observed();
    // Where the server cannot be reached, the figures stay, and are marked when they are old.
    try { await page.swap(location.href.split("#")[0], ids); } catch { /* tried again below */ }
    const isLate = tries > 0 && observed() === before;
    setTimeout(again, isLate ? 180_000 : untilNext(), isLate ? tries - 1 : 3);
  };
  setTimeout(again, untilNext(), 3);
}
setInterval(page.tellAge, 60_000);
page.askClock();
// A machine that slept may have set its clock.
document.addEventListener("visibilitychange", () => { if (!document.hidden) page.askClock(); });
addEventListener("load", page.showPicture);
