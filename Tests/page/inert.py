"""What a hostile publisher, or a hostile link, puts into texts stays text."""
import urllib.parse

from browser import LANGUAGES, Altered
from checks import check, until
from everywhere import OPEN_ALL, in_language, without_policy
from records import HOSTILE, PHRASE, PICTURE, QUOTE, SCRIPT

MARKS = {SCRIPT, PICTURE, PHRASE, QUOTE.strip()}

# Takes one hostile text of a page for markup, as a careless page would; and lets scripts in it run.
CARELESS = """
document.addEventListener("DOMContentLoaded", () => {
  for (const element of document.querySelectorAll("bdi, .citation")) element.innerHTML = element.textContent;
});
"""


def careless(context):
    Altered(r"page\.js", "\"use strict\";", f"\"use strict\";{CARELESS}")(context)

    context.route(lambda url: "/assets/" not in url and "/v1/" not in url, without_policy)


def pages(site):
    """Every page that shows a hostile text in every language, and whether it is to be used as a visitor would."""
    code = next(row["code"] for row in site.api("/v1/hospitals")["data"] if SCRIPT in row["name_en"] and row["latitude"] is None)
    clinic = next(row for row in site.api("/v1/clinics")["data"] if SCRIPT in row["name_en"])
    of_clinic = [f"/clinics?{urllib.parse.urlencode(pair)}" for pair in [{"clinic": clinic["id"]}, {"district": clinic["district_en"]}]]
    paths = ["/?near=RH", f"/hospitals/{code}", "/hospitals/RH?span=24h", "/hospitals/AHN?triage=t3", "/hospitals/CMC", "/clinics", "/datasets", "/datasets/discharge", "/record"]
    for language in LANGUAGES:
        yield from (in_language(path, language) for path in paths + of_clinic)


def links():
    """Addresses that a careless reader follows: hostile text in every parameter."""
    for text in [HOSTILE, QUOTE.strip(), f"\"'></title>{HOSTILE}"]:
        quoted = urllib.parse.quote(text, safe="")
        yield from [
            f"/?near={quoted}", f"/?sort={quoted}", f"/?{quoted}={quoted}", f"/hospitals/{quoted}", f"/hospitals/RH?span={quoted}",
            f"/hospitals/RH?from={quoted}&to={quoted}", f"/clinics?district={quoted}", f"/clinics?clinic={quoted}",
            f"/clinics?weekday={quoted}", f"/record?lang={quoted}", f"/{quoted}", f"/?lang=en#{quoted}"]


FOREIGN = """() => [...document.querySelectorAll(
  "script:not([src]), [onerror], [onfocus], [onmouseover], img[src=x], [autofocus]")].map((found) => found.outerHTML)"""


@check("markup in names, phrases, districts and parameters is shown as text and does nothing", careless)
def hostile_texts(stage):
    shown = set()
    visit = stage.visit(site=stage.hostile)
    for address in [*pages(stage.hostile), *links()]:
        # Addresses that are refused are answered with a page, too; that they are refused stands in the console.
        is_refused = visit.open(address).status >= 400
        if address.startswith(("/hospitals", "/clinics", "/?near=RH", "/record")) and not is_refused:
            use_everything(visit)
        text = visit.page.locator("body").inner_text()
        shown |= {mark for mark in MARKS if mark in text}
        hit, foreign = visit.page.evaluate("window.hit"), visit.page.evaluate(FOREIGN)
        if hit or foreign:
            yield f"{address}: {hit=}, {foreign}"
        yield from (f"{address}: {trouble}" for trouble in visit.troubles if not is_refused or "dialog" in trouble)
        yield from (f"{address} asks {host}" for host in visit.hosts)
        visit.forget()
    for mark in MARKS - shown:
        yield f"no page shows {mark!r}, so nothing was tried"


def use_everything(visit):
    """Points at what tells more, goes to it, opens what is closed, and asks for what comes later."""
    page = visit.page
    if page.locator("#clinics").count():
        page.locator("#clinics").check()
        until(page, "() => document.querySelectorAll('.map-clinic').length > 70")
    page.evaluate(POINT_AT_MARKS)
    page.evaluate(OPEN_ALL)
    if page.locator("#chart[data-drawn]").count():
        page.locator("#chart").focus()
        page.keyboard.press("PageDown")
    if page.locator("#sort-name").count():
        page.locator("#sort-cluster").click()
        until(page, "() => location.search.includes('sort=cluster')")


POINT_AT_MARKS = """() => {
  for (const mark of document.querySelectorAll(".map-mark, .map-clinic")) {
    for (const event of ["mouseover", "focusin"]) mark.dispatchEvent(new MouseEvent(event, { bubbles: true }));
    mark.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
  }
}"""
