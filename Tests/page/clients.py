"""Whoever looks, from wherever: fingers, wrong clocks, addresses with more in them, a path below a host, spreadsheets, no library."""
import http.server
import re
import threading
import urllib.error
import urllib.parse
import urllib.request
from contextlib import contextmanager

from browser import Altered, Site, served
from checks import check, until
from everywhere import PAGES, PHONE, in_language

BASE = "/apps/wait"


@check(
    "a tap on the chart tells the figures under the finger, and a finger that moves the next",
    Altered(r"chart\.js", "[\"pointerdown\", \"pointermove\"]", "[]"))
def tap(stage):
    visit = stage.visit("/hospitals/QMH?span=24h&lang=tc", has_touch=True, viewport={"width": PHONE[0], "height": PHONE[1]})
    chart = visit.page.locator("#chart")
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    seen = []
    for part in [0.3, 0.8]:
        visit.page.touchscreen.tap(box["x"] + box["width"] * part, box["y"] + 100)
        until(visit.page, "(before) => ![\"\", before].includes(document.getElementById('chart-words').textContent)", seen[-1] if seen else "")
        seen.append(visit.page.locator("#chart-words").inner_text())
    if not all("2026年" in text or "年" in text for text in seen) or seen[0] == seen[1]:
        yield f"two taps tell {seen}"
    yield from visit.troubles


TICKS = "() => [...document.querySelectorAll('#chart .dygraph-axis-label-x')].map((label) => label.innerText)"


@check(
    "a phone's chart has at least three ticks of time, no two over each other, and the first says its day",
    Altered(r"chart\.js", "x: { ticker: timeTicks", "x: { ticker: () => []"), Altered(r"chart\.js", "room: 48", "room: 8"))
def ticks(stage):
    visit = stage.visit(viewport={"width": 360, "height": 740})
    for span in ["24h", "7d", "30d", "1y"]:
        for language in ["en", "tc"]:
            visit.open(f"/hospitals/QMH?span={span}&lang={language}")
            found = visit.page.evaluate(TICKS)
            boxes = visit.page.locator("#chart .dygraph-axis-label-x").evaluate_all(
                "(all) => all.map((one) => { const range = document.createRange(); range.selectNodeContents(one);"
                " const box = range.getBoundingClientRect(); return [box.left, box.right]; })")
            boxes.sort()
            if len(found) < 3 or not any("\n" in text for text in found):
                yield f"{span}, {language}: the ticks are {found}"
            if any(one[1] > other[0] + 1 for one, other in zip(boxes, boxes[1:])):
                yield f"{span}, {language}: ticks lie over each other: {found}"


@check(
    "how old figures are is told by the server's clock, however wrong the visitor's is",
    Altered(r"page\.js", "return Date.now() + (page.ahead ?? 0);", "return Date.now();"))
def clocks(stage):
    for there in ["1999-12-31T23:59:00Z", "2025-01-01T00:00:00Z", "2026-11-28T11:00:00Z", "2031-06-01T00:00:00Z", "2100-01-01T00:00:00Z"]:
        visit = stage.visit(site=stage.fresh)
        visit.page.clock.install(time=there)
        visit.open("/?lang=en")
        until(visit.page, "() => document.getElementById('age').textContent !== ''")
        told = visit.page.locator("#age").inner_text()
        minutes = re.search(r"\((\d+) minutes ago\)", told)
        if not minutes or int(minutes[1]) > 40 or visit.page.locator("#old").is_visible():
            yield f"a visitor at {there} is told{told}"


@check(
    "what a page does not know in its address does no harm, and is in no link of it",
    Altered(r"utm_source", "rel=\"canonical\" href=\"", "rel=\"canonical\" href=\"/?utm_source=x"))
def unknown_parameters(stage):
    visit = stage.visit()
    for path in PAGES:
        address = in_language(path, "tc") + "&utm_source=news&utm_medium=e-mail&fbclid=IwAR0&gclid=x&ref"
        answer = visit.open(address)
        source = answer.text()
        if answer.status != 200 or any(f"{name}=" in source for name in ["utm_source", "fbclid"]):
            yield f"{address}: {answer.status}, or it is passed on"
        if f"<link rel=\"canonical\"" not in source:
            yield f"{address} does not say where else it is"


class StrippingProxy(http.server.BaseHTTPRequestHandler):
    """What stands in front of a site below a path: takes the path off and passes the rest on."""
    origin = ""

    def do_GET(self):
        if not self.path.startswith(f"{BASE}/"):
            return self.send_error(404)
        request = urllib.request.Request(self.origin + self.path.removeprefix(BASE), method=self.command, headers={
            name: self.headers[name] for name in ["accept", "accept-language"] if self.headers[name]})
        try:
            with urllib.request.urlopen(request) as answer:
                status, headers, body = answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as error:
            status, headers, body = error.code, error.headers, error.read()
        self.send_response_only(status)
        for name, value in headers.items():
            if name.lower() not in ["connection", "transfer-encoding"]:
                self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_HEAD = do_GET

    def log_message(self, *_):
        pass


@contextmanager
def below_a_path(stage):
    with served(stage.waitkeeper, stage.record, WAITKEEPER_PAGE_BASE=BASE) as site:
        handler = type("Proxy", (StrippingProxy,), {"origin": site.origin})
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield Site(f"http://127.0.0.1:{server.server_address[1]}")
        finally:
            server.shutdown()


LINKS = """() => [...document.querySelectorAll("a[href], link[href], script[src], img[src], form[action], [data-clinics], [data-picture], [data-page]")]
  .flatMap((element) => ["href", "src", "action", "data-clinics", "data-picture", "data-page"].map((name) => element.getAttribute(name)))
  .filter((address) => address?.startsWith("/"))"""


@check(
    "below a path, behind a proxy that takes it off, every link, file and request of every page is found",
    Altered(r"/record", "href=\"/apps/wait/v1/feeds\"", "href=\"/v1/feeds\""))
def base(stage):
    with below_a_path(stage) as site:
        visit = stage.visit(site=site)
        asked = set()
        visit.page.on("request", lambda request: asked.add(urllib.parse.urlsplit(request.url).path))
        for path in [*PAGES, "/hospitals/Nowhere"]:
            visit.open(BASE + in_language(path, "en"))
            wrong = [link for link in visit.page.evaluate(LINKS) if not link.startswith(f"{BASE}/")]
            if wrong:
                yield f"{path} links to {sorted(set(wrong))}"
            visit.page.evaluate("() => document.querySelectorAll('img[loading=lazy]').forEach((one) => { one.loading = 'eager'; })")
        visit.open(f"{BASE}/?lang=en")
        visit.page.locator("#sort-name").click()
        until(visit.page, "() => location.pathname === '/apps/wait/' && location.search.includes('sort=name')")
        visit.page.locator("#clinics").set_checked(True)
        until(visit.page, "() => document.querySelectorAll('.map-clinic').length > 20")
        visit.page.locator("#near").fill("Sha Tin")
        visit.page.keyboard.press("Enter")
        visit.page.wait_for_url("**/apps/wait/?near=Sha*")
        visit.open(f"{BASE}/hospitals/QMH?lang=en")
        visit.page.locator("#chart").focus()
        visit.page.keyboard.press("+")
        until(visit.page, "() => location.search.includes('from=') && location.pathname === '/apps/wait/hospitals/QMH'")
        outside = sorted(path for path in asked if not path.startswith(f"{BASE}/"))
        if outside:
            yield f"asked are {outside}"
        yield from (trouble for trouble in visit.troubles if "Nowhere" not in trouble and "404" not in trouble)


@check(
    "every CSV that a page links to begins with the mark by which Excel knows its letters",
    Altered(r"/clinics", "excel=true", "excel=false"))
def spreadsheets(stage):
    links, visit = set(), stage.visit()
    for path in PAGES:
        visit.open(in_language(path, "tc"))
        links |= set(visit.page.evaluate("() => [...document.querySelectorAll('a')].map((link) => link.href).filter((address) => address.includes('.csv'))"))
    if len(links) < 8:
        yield f"the pages link to {sorted(links)} only"
    for link in sorted(links):
        with urllib.request.urlopen(link) as answer:
            start = answer.read(3)
        if start != b"\xef\xbb\xbf":
            yield f"{link} begins with {start}"


def broken(pattern):
    def change(context):
        context.route(re.compile(pattern), lambda route: route.abort())
    return change


@check(
    "where the chart's files do not come, the server's picture stands in its place and says so",
    Altered(r"page\.js", "addEventListener(\"load\", page.showPicture);", ""))
def picture_instead(stage):
    for pattern in [r"dygraph\.js", r"chart\.js"]:
        visit = stage.visit()
        broken(pattern)(visit.context)
        visit.open("/hospitals/QMH?lang=sc", wait_drawn=False)
        until(visit.page, "() => { const picture = document.querySelector('#over-time figure img'); return picture && picture.naturalWidth > 0; }")
        if visit.page.locator("#chart-words").inner_text() != "未能载入互动图表，以下为静态图。":
            yield f"without {pattern} the page says {visit.page.locator('#chart-words').inner_text()!r}"
