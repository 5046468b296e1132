"use strict";
// What every page does: ordered tables without leaving the page, fresh figures while it stays open, and old ones marked.
document.documentElement.classList.add("js");

const page = {
  /** Puts the parts with these ids of the page at `address` in the place of ours. */
  async swap(address, ids) {
    const answer = await fetch(address, { headers: { accept: "text/html" } });
    if (!answer.ok) throw new Error(`${address} answers ${answer.status}`);
    const other = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const id of ids) {
      const [here, there] = [document.getElementById(id), other.getElementById(id)];
      if (here && there) here.replaceWith(there);
    }
    document.dispatchEvent(new CustomEvent("swapped", { detail: ids }));
  },

  /** Shows the notice that figures are old from the minute on that they are. */
  tellAge() {
    const notice = document.getElementById("old");
    if (!notice) return;
    const minutes = (Date.now() - Date.parse(notice.dataset.observed)) / 60_000;
    if (minutes > Number(notice.dataset.minutes)) notice.hidden = false;
  },
};

document.addEventListener("click", async (event) => {
  const link = event.target.closest?.("a[data-swap]");
  if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  try {
    await page.swap(link.href, [link.dataset.swap]);
    history.replaceState(null, "", link.href);
    document.getElementById(link.id)?.focus();
  } catch {
    location.assign(link.href);
  }
});

const refreshed = document.querySelector("[data-refresh]");
if (refreshed) {
  const ids = refreshed.dataset.refresh.split(" ");
  // A feed's documents come one to two minutes after the quarter hour; a minute's worth of visitors is spread over one.
  const quarter = 900_000;
  const wait = () => quarter - (Date.now() % quarter) + 150_000 + Math.random() * 60_000;
  const again = async () => {
    // Where the server cannot be reached, the figures stay, and are marked when they are old.
    try { await page.swap(location.href.split("#")[0], ids); } catch { /* the next quarter hour tries again */ }
    page.tellAge();
    setTimeout(again, wait());
  };
  setTimeout(again, wait());
  setInterval(page.tellAge, 60_000);
  page.tellAge();
}
