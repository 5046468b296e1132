#!/usr/bin/env python3
"""Pictures of every page, whole, in three widths, both themes and three languages.

usage: screenshots.py WAITKEEPER RECORD FOLDER [WORD...]

Writes FOLDER/PAGE-WIDTH-THEME-LANGUAGE.png; with words, only those whose names have one of them. Needs what page.py needs.
"""
import os
import sys

from browser import LANGUAGES, Visit, chromium, served
from everywhere import CLINIC, in_language, wait_for_pictures

PAGES = {
    "now": "/", "now-near": "/?near=Sha+Tin", "hospital-week": "/hospitals/QMH?span=7d", "hospital-all": "/hospitals/QMH?span=all",
    "clinics": "/clinics", "clinic": CLINIC, "datasets": "/datasets",
    "discharge": "/datasets/discharge?cluster=KC&totals=true", "record": "/record"}
WIDTHS = {"390": 844, "1024": 768, "1600": 1000}


def main(words):
    if len(words) < 3:
        sys.exit(__doc__)
    waitkeeper, record, folder, *named = words
    os.makedirs(folder, exist_ok=True)
    count = 0
    with served(waitkeeper, record) as site, chromium() as browser:
        visit = Visit(browser, site, reduced_motion="reduce")
        for name, path in PAGES.items():
            for language in LANGUAGES:
                for width, theme in [(width, theme) for width in WIDTHS for theme in ["light", "dark"]]:
                    picture = f"{name}-{width}-{theme}-{language}"
                    if named and not any(word in picture for word in named):
                        continue
                    take(visit, in_language(path, language), width, theme, os.path.join(folder, f"{picture}.png"))
                    count += 1
        for trouble in visit.troubles:
            print(trouble, file=sys.stderr)
    print(f"{count} pictures in {folder}")


def take(visit, address, width, theme, file):
    visit.page.set_viewport_size({"width": int(width), "height": WIDTHS[width]})
    visit.page.emulate_media(color_scheme=theme)
    visit.open(address)
    wait_for_pictures(visit.page)
    visit.page.evaluate("() => document.fonts.ready.then(() => null)")
    visit.page.screenshot(path=file, full_page=True)


if __name__ == "__main__":
    main(sys.argv[1:])
