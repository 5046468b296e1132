"""What holds on every page: quiet, small, read by everybody, at home on every screen and on paper."""
import itertools
import os
import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from browser import LANGUAGES, Altered
from checks import check, until

CLINIC = "/clinics?clinic=ngau-tau-kok-family-medicine-clinic"
PAGES = ["/", "/?near=Sha+Tin", "/hospitals/QMH?span=7d", "/hospitals/TSH?span=all&triage=t3", "/clinics", "/clinics?district=sha-tin",
         CLINIC, "/datasets", "/datasets/discharge?hospital=QMH&totals=true", "/record"]
# Pages that say what is wrong are read, too.
PROBLEMS = ["/hospitals/Nowhere", "/?sort=colour"]
PHONE, DESKTOP, WIDE = (390, 844), (1280, 900), (1920, 1080)
ASSETS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "Sources", "WaitWeb", "Dashboard", "Assets")
MOST_BYTES = 120_000


def in_language(path, language):
    return f"{path}{'&' if '?' in path else '?'}lang={language}"


def every_page():
    return [in_language(path, language) for language in LANGUAGES for path in PAGES]


def wait_for_pictures(page):
    """Scrolls to what is loaded only when it is near, and waits for it."""
    page.evaluate("() => document.querySelectorAll('img[loading=lazy]').forEach((picture) => { picture.loading = 'eager'; })")
    until(page, "() => [...document.images].every((picture) => picture.naturalWidth > 0 || !picture.getClientRects().length)")


@check(
    "nothing is said in the console, nothing fails, and nobody but the server is asked",
    Altered(r"page\.js", "\"use strict\";", "\"use strict\"; console.warn('noise');"),
    Altered(r"map\.js", "\"use strict\";", "\"use strict\"; new Image().src = 'https://tiles.example/0.png';"),
    Altered(r"record\?lang=sc", "/assets/icon.svg", "/assets/gone.svg"), Altered(r"chart\.js", "signs();", "sign.s();"))
def quiet(stage):
    visit = stage.visit()
    for address in every_page():
        visit.open(address)
        wait_for_pictures(visit.page)
        visit.page.evaluate(OPEN_ALL)
        for failure in visit.page.locator("#chart[data-failed]").all():
            yield f"{address}: the chart says {failure.get_attribute('data-failed')}"
        yield from (f"{address}: {trouble}" for trouble in visit.troubles)
        yield from (f"{address} asks {host}" for host in sorted(visit.hosts))
        visit.forget()


OPEN_ALL = "() => document.querySelectorAll('details').forEach((details) => { details.open = true; })"


TILES = "https://tiles.example/{z}/{x}/{y}.png"
# The smallest PNG there is, a pixel that nobody sees.
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082")


@check(
    "with tiles turned on exactly their host is asked, it is named, and the policy lets in no other",
    Altered(r"map\.js", "attribution.addAttribution(", "(() => attribution)("), Altered(r"map\.js", "L.tileLayer(", "L.layerGroup("),
    Altered(r"map\.js", "L.tileLayer(element.dataset.tiles", "L.tileLayer('https://other.example/{z}/{x}/{y}.png'"))
def tiles(stage):
    words = "Map from Lands & Co. <b>bold</b>"
    site = stage.serve(stage.record, WAITKEEPER_PAGE_MAP_TILES=TILES, WAITKEEPER_PAGE_MAP_ATTRIBUTION=words)
    visit = stage.visit(site=site)
    asked = []

    def answer(route):
        asked.append(route.request.url)
        route.fulfill(body=PIXEL, content_type="image/png")
    visit.page.route(re.compile(r"^https://tiles\.example/"), answer)
    policy = visit.open("/?lang=en").headers["content-security-policy"]
    if "img-src 'self' data: https://tiles.example;" not in policy:
        yield f"the policy is {policy}"
    visit.page.wait_for_selector(".leaflet-tile-loaded", state="attached")
    expect(visit.page.locator(".leaflet-control-attribution")).to_have_text(words)
    if visit.hosts != {"tiles.example"} or not asked:
        yield f"asked are {visit.hosts}"
    yield from visit.troubles


@check(
    "the policy lets no script or style in a page run, and none is there",
    Altered(r"/clinics\?lang=tc", "<h1>", "<h1 style=\"color:red\">"), Altered(r"record\?lang=en", "<h1>", "<script>1</script><h1>"))
def policy(stage):
    visit = stage.visit()
    for address in every_page() + [in_language(path, "en") for path in PROBLEMS]:
        answer = visit.open(address)
        rules = dict(part.strip().split(" ", 1) for part in answer.headers.get("content-security-policy", "").split(";") if part.strip())
        due = {"default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "connect-src": "'self'",
               "img-src": "'self' data:", "base-uri": "'none'", "form-action": "'self'", "frame-ancestors": "'none'"}
        if rules != due:
            yield f"{address}: the policy is {rules}"
        source = answer.text()
        for found in re.findall(r"<script(?![^>]* src=)[^>]*>|<style[^>]*>|<[^>]+\s(?:style|on\w+)=[^>]*>|javascript:", source):
            yield f"{address}: the page has {found}"


@check(
    "a script that is put into a page does not run",
    lambda context: context.route(re.compile(r"/record"), without_policy))
def injected(stage):
    visit = stage.visit()
    for path in PAGES:
        visit.open(path)
        visit.page.evaluate("""() => {
          const script = document.createElement("script");
          script.textContent = "window.hit = 1";
          document.body.append(script);
          const box = document.createElement("div");
          box.innerHTML = "<b onclick='window.hit = 1' id='injected'>x</b>";
          document.body.append(box);
          document.getElementById("injected").click();
        }""")
        if visit.page.evaluate("window.hit"):
            yield f"{path}: it ran"


def without_policy(route):
    response = route.fetch()
    route.fulfill(response=response, headers={
        name: value for name, value in response.headers.items() if name != "content-security-policy"})


@check(
    "axe finds no violation on any page, in each language, both themes, on a phone and a desktop",
    Altered(r"page\.css", "--soft: #565c64", "--soft: #a9adb2"), Altered(r"page\.css", "--soft: #aab0b7", "--soft: #4a5057"),
    Altered(r"record\?lang=tc", "<html lang=\"zh-Hant-HK\">", "<html>"))
def axe(stage):
    seen, visit = set(), stage.visit()
    # A week's table, or the whole record's, is a day's over again, only longer.
    short = [address.replace("span=7d", "span=24h") for address in every_page() if "span=all" not in address]
    for address in short + [in_language(path, "tc") for path in PROBLEMS]:
        visit.open(address)
        visit.page.evaluate(OPEN_ALL)
        for theme, (width, height) in itertools.product(["light", "dark"], [PHONE, DESKTOP]):
            visit.page.emulate_media(color_scheme=theme)
            visit.page.set_viewport_size({"width": width, "height": height})
            # Which theme it is matters to contrast alone.
            rules = {} if theme == "light" else {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
            found = Axe().run(visit.page, options={"resultTypes": ["violations"], **rules}).response["violations"]
            for violation in found:
                node = violation["nodes"][0]
                if (violation["id"], node["html"]) not in seen:
                    seen.add((violation["id"], node["html"]))
                    yield f"{violation['id']}: {node['html'][:150]} ({address}, {theme}, {width}; {len(violation['nodes'])} there)"


# What has the focus: where it is, how that is seen, and whether something lies over it.
FOCUSED = """() => {
  const element = document.activeElement, box = element.getBoundingClientRect(), style = getComputedStyle(element);
  const described = `${element.tagName.toLowerCase()}${element.id ? "#" + element.id : ""}.${element.className.baseVal ?? element.className} "${
    (element.getAttribute("aria-label") || element.textContent).trim().slice(0, 40)}"`;
  return {
    described, isBody: element === document.body, isSkip: element.classList.contains("skip"),
    isThere: box.width > 0 && box.height > 0 && box.right > 8 && box.left < innerWidth - 8 && box.bottom > 4 && box.top < innerHeight - 4,
    box: [box.left, box.top, box.right, box.bottom].map(Math.round), isSeen: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0,
    isNamed: Boolean(element.getAttribute("aria-label") || element.getAttribute("aria-labelledby") || element.labels?.length
      || element.textContent.trim() || element.querySelector("img[alt]")),
  };
}"""


@check(
    "every page can be walked by Tab: first the link to the content, then everything that can be used, and all of it is seen",
    Altered(r"page\.css", ":focus-visible { outline: 3px solid var(--link)", ":focus-visible { outline: 0 solid var(--link)"),
    Altered(r"record", "class=\"skip\"", "class=\"skipped\""), Altered(r"page\.css", ".pick {", ".pick { position: absolute; left: -9rem;"))
def keyboard(stage):
    visit = stage.visit()
    for path in PAGES:
        for width, height in [PHONE, DESKTOP]:
            visit.page.set_viewport_size({"width": width, "height": height})
            visit.open(in_language(path, "en"))
            due = visit.page.evaluate(USABLE)
            walked = 0
            while True:
                visit.page.keyboard.press("Tab")
                focus = visit.page.evaluate(FOCUSED)
                if focus["isBody"] or walked > due + 20:
                    break
                walked += 1
                name = f"{path} at {width}, {focus['described']}"
                if walked == 1 and not focus["isSkip"]:
                    yield f"{name} comes first"
                for fact, fault in [("isThere", "is out of sight"), ("isSeen", "shows no focus"), ("isNamed", "has no name")]:
                    if not focus[fact]:
                        yield f"{name} {fault} ({focus['box']})"
            if walked < due:
                yield f"{path} at {width}: Tab reaches {walked} of {due}"
    visit.open("/?lang=en")
    visit.page.keyboard.press("Tab")
    visit.page.keyboard.press("Enter")
    until(visit.page, "() => document.activeElement.id === 'content'")


# What a mouse can use and the keyboard must, too.
USABLE = """() => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), summary, [tabindex='0']")]
  .filter((element) => element.checkVisibility() && element.getClientRects().length > 0 && element.tabIndex >= 0).length"""


@check(
    "our own HTML, CSS and JavaScript are under 120 KB",
    Altered(r"/record", "<main", f"<!--{'x' * 90_000}--><main"))
def size(stage):
    own = [name for name in os.listdir(ASSETS) if not name.endswith(".swift")]
    assets = sum(os.path.getsize(os.path.join(ASSETS, name)) for name in own)
    pages, visit = {}, stage.visit()
    for path in PAGES:
        pages[path] = max(len(visit.open(in_language(path, language)).body()) for language in LANGUAGES)
    print(f"        {assets / 1000:.1f} KB of assets ({', '.join(sorted(own))}); with them a page has at most "
          + ", ".join(f"{path} {(assets + bytes_) / 1000:.1f}" for path, bytes_ in pages.items()) + " KB")
    for path, bytes_ in pages.items():
        if assets + bytes_ >= MOST_BYTES:
            yield f"{path} takes {assets + bytes_} bytes"


@check(
    "no page scrolls sideways on a phone or a wide screen, in either theme",
    Altered(r"page\.css", ".wide { overflow-x: auto;", ".wide { overflow-x: visible;"))
def widths(stage):
    visit = stage.visit()
    for address in every_page():
        visit.open(address)
        for theme, (width, height) in itertools.product(["light", "dark"], [(320, 640), PHONE, (768, 1024), DESKTOP, WIDE]):
            visit.page.emulate_media(color_scheme=theme)
            visit.page.set_viewport_size({"width": width, "height": height})
            size = visit.page.evaluate("() => [document.scrollingElement.scrollWidth, innerWidth]")
            if size[0] > size[1]:
                yield f"{address}, {theme}, at {width}: {size[0]} px wide, by {visit.page.evaluate(WIDEST)}"


WIDEST = """() => {
  const inside = (element) => element.closest(".wide, .leaflet-container, #chart");
  const found = [...document.body.querySelectorAll("*")].filter((element) => !inside(element))
    .sort((one, other) => other.getBoundingClientRect().right - one.getBoundingClientRect().right)[0];
  return `${found.tagName.toLowerCase()}.${found.className.baseVal ?? found.className}`;
}"""


@check(
    "in the dark every page is dark, and drawings follow",
    Altered(r"page\.css", "(prefers-color-scheme: dark)", "(prefers-color-scheme: never)"))
def dark(stage):
    visit = stage.visit(color_scheme="dark")
    for path in PAGES:
        visit.open(path)
        ground, ink = visit.page.evaluate("() => { const s = getComputedStyle(document.body); return [s.backgroundColor, s.color]; }")
        brightness = [sum(int(part) for part in re.findall(r"\d+", colour)[:3]) for colour in [ground, ink]]
        if brightness[0] > 120 or brightness[1] < 500:
            yield f"{path}: {ink} on {ground}"


@check(
    "on paper there is no menu, and every table and drawing is whole",
    Altered(r"page\.css", "header nav,", "header na,"),
    Altered(r"page\.css", ".wide, details .wide { overflow: visible;", ".wide { overflow: hidden;"))
def paper(stage):
    visit = stage.visit()
    visit.page.emulate_media(media="print")
    for path in PAGES:
        visit.open(path)
        printed = set(visit.page.evaluate(PRINTED))
        for kind in printed & {"menu", "skip", "form", "cut"}:
            yield f"{path}: {kind} is printed"
        if "table" not in printed or path.startswith("/hospitals") and "chart" not in printed:
            yield f"{path}: of tables and charts only {printed} are printed"
        ground = visit.page.evaluate("() => getComputedStyle(document.body).backgroundColor")
        if ground != "rgb(255, 255, 255)":
            yield f"{path}: printed on {ground}"


# What of a page is on paper; "cut" is a table of which a part is not.
PRINTED = """() => {
  const isThere = (element) => element.checkVisibility() && element.getClientRects().length > 0;
  const kinds = {menu: "header nav", skip: ".skip", form: "form, button:not(.pick)", table: "table", chart: "#chart, #over-time figure img"};
  const found = Object.keys(kinds).filter((kind) => [...document.querySelectorAll(kinds[kind])].some(isThere));
  const isCut = [...document.querySelectorAll(".wide")].some((box) => isThere(box) && getComputedStyle(box).overflow !== "visible");
  return isCut ? [...found, "cut"] : found;
}"""


@check(
    "without JavaScript every page has its figures",
    Altered(r"/record", "<table", "<table hidden"), Altered(r"/hospitals/TSH", "<noscript>", "<noscript hidden>"))
def without_scripts(stage):
    due = {"/": 18, "/?near=Sha+Tin": 18, "/clinics": 18, "/hospitals/QMH?span=7d": 7, "/hospitals/TSH?span=all&triage=t3": 7,
           "/clinics?district=sha-tin": 4, CLINIC: 2, "/datasets": 2, "/datasets/discharge?hospital=QMH&totals=true": 3, "/record": 6}
    visit = stage.visit(java_script_enabled=False)
    for path in PAGES:
        visit.open(in_language(path, "tc"), wait_drawn=False)
        rows, scripted, picture = visit.page.evaluate("""() => {
          const shown = (name) => [...document.querySelectorAll(name)].filter((element) => element.checkVisibility()).length;
          return [shown("tbody tr"), shown(".scripted"), shown("noscript img")];
        }""")
        if rows < due[path]:
            yield f"{path}: {rows} lines of tables instead of {due[path]} or more"
        if scripted:
            yield f"{path}: {scripted} things that need a script are shown"
        if path.startswith("/hospitals") and not picture:
            yield f"{path}: no picture stands for the chart"
        yield from (f"{path}: {trouble}" for trouble in visit.troubles)
        visit.forget()
