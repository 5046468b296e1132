#!/usr/bin/env python3
"""How soon figures are on the screen, on loopback: what docs/performance.md says of the pages.

usage: speed.py WAITKEEPER RECORD [TIMES]

Prints a Markdown table of medians and worst of TIMES (7) openings in milliseconds from the start of navigation, each in a browser
without a cache; "cold" is a server that has just started and has answered nobody. Measures, and judges nothing. Needs what page.py needs.
"""
import statistics
import sys

from browser import Visit, chromium, served

# When the browser had painted the first frame in which the first line of the table, or the chart, was there.
SEEN = """(name) => {
  const look = () => {
    if (!window.seenAt && document.querySelector(name)) requestAnimationFrame(() => setTimeout(() => { window.seenAt ||= performance.now(); }));
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-drawn"] });
}"""
PAINTED = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
ANSWERED = "() => performance.getEntriesByType('navigation')[0].responseEnd"

VIEWS = [
    ("the table of the moment, server cold", "/?lang=en", "table.now tbody tr", True),
    ("the table of the moment, asked before", "/?lang=en", "table.now tbody tr", False),
    ("the chart over the whole record, server cold", "/hospitals/QMH?span=all&lang=en", "#chart[data-drawn]", True),
    ("the chart over the whole record, asked before", "/hospitals/QMH?span=all&lang=en", "#chart[data-drawn]", False),
    ("the clinics, server cold", "/clinics?lang=en", "footer", True),
    ("the record, server cold", "/record?lang=en", ".calendar", True),
]


def main(words):
    if len(words) not in [2, 3]:
        sys.exit(__doc__)
    waitkeeper, record, times = words[0], words[1], int(words[2]) if len(words) == 3 else 7
    print(f"| view | page answered | first contentful paint | figures on screen | worst of {times} |\n| --- | --- | --- | --- | --- |")
    with chromium() as browser:
        # A browser's first page takes what no later one does.
        with served(waitkeeper, record) as site:
            opened(browser, site, "/?lang=en", "table.now tbody tr")
        for name, path, sign, is_cold in VIEWS:
            figures = list(measured(browser, waitkeeper, record, path, sign, is_cold, times))
            middle = [f"{statistics.median(column):.0f} ms" for column in zip(*figures)]
            print(f"| {name} | {' | '.join(middle)} | {max(seen for *_, seen in figures):.0f} ms |", flush=True)


def measured(browser, waitkeeper, record, path, sign, is_cold, times):
    if is_cold:
        for _ in range(times):
            with served(waitkeeper, record) as site:
                yield opened(browser, site, path, sign)
        return
    with served(waitkeeper, record) as site:
        opened(browser, site, path, sign)
        for _ in range(times):
            yield opened(browser, site, path, sign)


def opened(browser, site, path, sign):
    visit = Visit(browser, site)
    visit.page.add_init_script(f"({SEEN})({sign!r})")
    visit.page.goto(site.origin + path)
    visit.page.wait_for_function("() => window.seenAt")
    visit.page.wait_for_function(PAINTED)
    figures = [visit.page.evaluate(expression) for expression in [ANSWERED, PAINTED, "window.seenAt"]]
    visit.close()
    return figures


if __name__ == "__main__":
    main(sys.argv[1:])
