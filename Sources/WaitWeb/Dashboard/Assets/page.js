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
    page.tellAge();
    document.dispatchEvent(new CustomEvent("swapped", { detail: ids }));
    if (focused && document.activeElement?.id !== focused) document.getElementById(focused)?.focus({ preventScroll: true });
  },

  /** Says how old the figures are, and shows the notice that they are too old from the minute on that they are. */
  tellAge() {
    const minutesSince = (element) => Math.floor((Date.now() - Date.parse(element.dataset.observed)) / 60_000);
    const age = document.getElementById("age");
    if (age) {
      const minutes = Math.max(0, minutesSince(age));
      age.textContent = minutes < 120 ? age.dataset.minutes.replace("{}", minutes)
        : age.dataset.hours.replace("{}", Math.floor(minutes / 60));
    }
    const notice = document.getElementById("old");
    if (notice && minutesSince(notice) > Number(notice.dataset.minutes)) notice.hidden = false;
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
  const untilNext = () => quarter - ((Date.now() - after) % quarter + quarter) % quarter;
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
page.tellAge();
