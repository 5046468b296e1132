"""What the tests of the pages share: a server of a record, a browser that looks at it, and what it saw besides the page."""
import json
import os
import re
import subprocess
import tempfile
import threading
import time
import urllib.parse
import urllib.request
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone

from playwright.sync_api import sync_playwright

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
LANGUAGES = ["en", "tc", "sc"]
# Nothing on a page may hang on where its reader is.
ELSEWHERE = "America/Los_Angeles"


@contextmanager
def ended(process):
    """Ends a process of ours however the block ends."""
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def line_of(stream, pattern):
    """The first match in what a process says; the rest is read on in the background, so that it never waits for us."""
    said = []
    for line in stream:
        said.append(line)
        if found := re.search(pattern, line):
            threading.Thread(target=stream.read, daemon=True).start()
            return found[0]
    raise RuntimeError(f"ended without having said {pattern}:\n{''.join(said)}")


# Where WAITKEEPER_CLOCK sets the commands' clock, the browser's goes with it.
CLOCK = os.environ.get("WAITKEEPER_CLOCK")


def now():
    """The time that commands take for now as they start, in Hong Kong."""
    return datetime.fromisoformat(CLOCK) if CLOCK else datetime.now(timezone(timedelta(hours=8)))


def ahead_script(milliseconds):
    """A browser's clock that is so far ahead of the machine's."""
    return """(() => {
  const ahead = %d;
  globalThis.Date = new Proxy(Date, {
    construct: (real, values, made) => Reflect.construct(real, values.length ? values : [real.now() + ahead], made),
    apply: (real) => new real(real.now() + ahead).toString(),
    get: (real, name) => name === "now" ? () => real.now() + ahead : real[name],
  });
})();""" % milliseconds


class Site:
    """A served record."""

    def __init__(self, origin, ahead=0.0):
        # Seconds by which the server's clock is ahead of the machine's.
        self.origin, self.ahead = origin, ahead

    def api(self, path, **pairs):
        """What the API answers, asked past the browser."""
        query = urllib.parse.urlencode({name.rstrip("_"): value for name, value in pairs.items()})
        with urllib.request.urlopen(f"{self.origin}{path}?{query}") as answer:
            return json.load(answer)


@contextmanager
def served(waitkeeper, record, **environment):
    """`waitkeeper serve` on a free port, from a folder without settings."""
    with tempfile.TemporaryDirectory() as folder:
        ahead = now().timestamp() - time.time() if CLOCK else 0.0
        process = subprocess.Popen(
            [os.path.abspath(waitkeeper), "serve", "--database", os.path.abspath(record), "--listen", "127.0.0.1:0"],
            cwd=folder, env=os.environ | environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        with ended(process):
            yield Site(line_of(process.stderr, r"http://127\.0\.0\.1:\d+"), ahead)


@contextmanager
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


class Visit:
    """A browser of one visitor at a site, and what happened there that nobody should see."""

    def __init__(self, browser, site, changes=(), **options):
        settings = {"viewport": {"width": 1280, "height": 900}, "timezone_id": ELSEWHERE, "locale": "en-US"}
        self.site, self.troubles, self.hosts = site, [], set()
        self.context = browser.new_context(**(settings | options))
        self.context.set_default_timeout(30_000)
        if site.ahead:
            self.context.add_init_script(ahead_script(site.ahead * 1_000))
        for change in changes:
            change(self.context)
        self.page = self.context.new_page()
        self._watch()

    def now(self):
        """What time it is by the site's clock."""
        return datetime.fromtimestamp(time.time() + self.site.ahead, timezone.utc)

    def _watch(self):
        def trouble(text):
            self.troubles.append(text)

        def dialog(dialog):
            trouble(f"dialog: {dialog.message}")
            dialog.dismiss()

        self.context.on("console", lambda message: trouble(f"console {message.type}: {message.text}"))
        self.context.on("weberror", lambda error: trouble(f"page error: {error.error}"))
        self.context.on("dialog", dialog)
        self.context.on("requestfailed", self._failed)
        self.context.on("response", self._answered)
        self.context.on("request", self._asked)

    def _failed(self, request):
        # What a page that is left still waited for is broken off.
        if request.failure != "net::ERR_ABORTED":
            self.troubles.append(f"failed: {request.url} ({request.failure})")

    def _answered(self, response):
        if response.status >= 400:
            self.troubles.append(f"{response.status}: {response.url}")

    def _asked(self, request):
        address = urllib.parse.urlsplit(request.url)
        if address.scheme != "data" and not request.url.startswith(f"{self.site.origin}/"):
            self.hosts.add(address.netloc)

    def open(self, path, wait_drawn=True):
        """Opens a page of the site, and waits until what its scripts draw is there."""
        answer = self.page.goto(self.site.origin + path, wait_until="load")
        if wait_drawn:
            self.page.wait_for_function(DRAWN)
        return answer

    def forget(self):
        """Begins to watch anew."""
        self.troubles.clear()
        self.hosts.clear()

    def close(self):
        self.context.close()


# Whether chart and map stand; without scripts there is nothing to wait for.
DRAWN = """() => {
  if (!document.documentElement.classList.contains("js")) return true;
  const chart = document.getElementById("chart"), map = document.getElementById("map");
  const isDone = !chart || chart.dataset.drawn || chart.dataset.failed
    || document.getElementById("chart-words").textContent === chart.dataset.wordEmpty;
  return isDone && (!map || map.querySelectorAll(".map-mark").length === document.querySelectorAll("tr[data-lat]").length);
}"""


class Altered:
    """A change of what the server answers where the address matches: how a check is shown to be able to fail."""

    def __init__(self, pattern, old, new):
        self.pattern, self.old, self.new = re.compile(pattern), old, new
        self.was_made = False

    def __call__(self, context):
        context.route(self.pattern, self._answer)

    def _answer(self, route):
        response = route.fetch()
        text = response.text()
        self.was_made |= self.old in text
        route.fulfill(response=response, body=text.replace(self.old, self.new))
