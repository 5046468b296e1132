"""A hospital's page: its chart in every span, the table behind it, zoom, and gaps."""
import re
import urllib.parse
from datetime import datetime, timedelta

from playwright.sync_api import expect

from browser import Altered
from checks import check, differences, until
from words import NOT_ARCHIVED, PARTIAL, instant, spread, wait

CODE = "QMH"
SPANS = ["24h", "7d", "30d", "1y", "all"]

FACTS = "() => ({...document.getElementById('chart').dataset})"
TABLE = """() => [...document.querySelectorAll("#chart-table tbody tr")].map((row) => [...row.cells].map((cell) => cell.textContent))"""
# Dygraphs keeps its charts to itself; the key 0 shows all, by a method that tells which chart it is of.
REVEAL = """() => {
  const reset = Dygraph.prototype.resetZoom;
  Dygraph.prototype.resetZoom = function () { window.graph = this; return reset.apply(this, arguments); };
}"""


def address_of(visit):
    parts = urllib.parse.urlsplit(visit.page.url)
    return parts.path, dict(urllib.parse.parse_qsl(parts.query.replace("+", "%2B")))


def view(visit):
    """What the page says that its chart shows."""
    facts = visit.page.evaluate(FACTS)
    return {"from": facts["from"], "to": facts["to"], "by": facts["by"]}, facts["metrics"].split(",")


def due_of(visit):
    """When the running slot begins: what begins then or later is not due."""
    return visit.page.evaluate(FACTS)["due"]


def rows_due(site, code, span, metrics, due):
    """The lines of the table behind a chart, newest first, without its column of what is usual."""
    half, majority = [site.api(f"/v1/hospitals/{code}/trend", metric=metric, **span)["rows"] for metric in metrics]
    ledger = {row["start"]: row for row in site.api("/v1/coverage", feed="ae-wait", hospital=code, **span)["rows"]}
    is_timed = span["by"] in ["quarter_hour", "hour"]
    width = {"hour": 3_600, "day": 86_400, "week": 604_800}.get(span["by"])
    for one, other in reversed(list(zip(half, majority))):
        # A quarter hour is due when it is over, so the newest may not be in the ledger yet.
        counts = ledger.get(one["start"])
        is_held = counts and counts["expected"]
        held = f"{counts['observed'] + counts['healed']} / {counts['expected']}" if is_held else "–"
        if is_held and counts["observed"] + counts["healed"] == counts["expected"]:
            held = ""
        # Its headings say "within".
        waits = [wait(metric, row["median"], "en").removeprefix("up to ") for metric, row in zip(metrics, [one, other])]
        text = instant(one["start"])
        # A quarter hour is whole; anything longer may be cut off by the range.
        is_cut = bool(width) and seconds(one["start"]) + width > seconds(span["to"])
        is_due = seconds(one["start"]) + (width or 900) <= seconds(due)
        yield [text if is_timed else text.split(",")[0], *waits, held, cause(one, other, counts, is_cut, is_due)]


def cause(half, majority, counts, is_cut, is_due):
    if half["median"] is not None or majority["median"] is not None:
        return PARTIAL["en"] if half["partial"] or is_cut else ""
    if not counts or counts["expected"] == 0:
        return "not published in this time" if is_due else "not due yet"
    words = {"not_archived": NOT_ARCHIVED["en"], "lost": "listed in the archive but lost", "unknown": "not known yet"}
    most = max(words, key=lambda state: counts[state])
    return words[most] if counts[most] else "no figure"


def open_table(visit):
    visit.page.locator("#chart-table summary").focus()
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_selector("#chart-table tbody tr", state="attached")
    return visit.page.evaluate(TABLE)


@check(
    "every span of a hospital's chart draws, of both triages, and the table behind it equals the API's",
    Altered(r"/hospitals/QMH", "data-majority=\"", "data-majority=\"9"), Altered(r"dygraph\.js", "Dygraph", "Digraph"),
    Altered(r"/hospitals/QMH", "data-ledger=\"1.1,", "data-ledger=\"1,"))
def spans(stage):
    for triage in ["t45", "t3"]:
        for span in SPANS:
            visit = stage.visit(f"/hospitals/{CODE}?span={span}&triage={triage}&lang=en")
            what = f"{span}, {triage}"
            drawn = visit.page.locator("#chart").get_attribute("data-drawn")
            if drawn is None:
                yield f"{what}: not drawn ({visit.page.locator('#chart').get_attribute('data-failed')})"
                continue
            shown, metrics = view(visit)
            if metrics != [f"{triage}_p50", f"{triage}_p95"]:
                yield f"{what}: shows {metrics}"
            yield from span_faults(what, span, shown)
            due = list(rows_due(stage.site, CODE, shown, metrics, due_of(visit)))
            if len(due) != int(drawn):
                yield f"{what}: {drawn} points are drawn instead of {len(due)}"
            seen = [[*line[:3], *line[4:]] for line in open_table(visit)]
            yield from differences(what, seen, due, 1)


def span_faults(what, span, shown):
    from_, to = (datetime.fromisoformat(shown[end]) for end in ["from", "to"])
    days = {"24h": 1, "7d": 7, "30d": 30, "1y": 365}.get(span)
    # A record may be shorter.
    if days and to - from_ > timedelta(days=days) or span in ["24h", "7d", "30d"] and to - from_ != timedelta(days=days):
        yield f"{what}: shows {shown['from']} to {shown['to']}"


@check(
    "what is usual stands behind the line: the middle half of the same hours of the year before",
    Altered(r"/hospitals/QMH", "data-usual=\"", "data-usual=\"0-5,"))
def band(stage):
    visit = stage.visit(f"/hospitals/{CODE}?span=24h&triage=t45&lang=en")
    shown, _ = view(visit)
    last = (datetime.fromisoformat(shown["to"]) - timedelta(seconds=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    year = {"from": (last - timedelta(days=364)).isoformat(), "to": last.isoformat()}
    hours = stage.site.api(f"/v1/hospitals/{CODE}/profile", metric="t45_p50", by="hour_of_week", **year)["rows"]
    due = []
    for row in stage.site.api(f"/v1/hospitals/{CODE}/trend", metric="t45_p50", **shown)["rows"]:
        start = datetime.fromisoformat(row["start"])
        hour = hours[start.weekday() * 24 + start.hour]
        due.append(spread("t45_p50", hour["p25"], hour["p75"], "en") if hour["count"] >= 80 else "–")
    if set(due) == {"–"}:
        yield "the record is too short for it"
    yield from differences("the band", [line[3] for line in open_table(visit)], due[::-1])


FOLLOWED = """(from) => [...document.querySelectorAll("#take a")].every(
  (link) => Date.parse(new URL(link.href.replace("+", "%2B")).searchParams.get("from")) === Date.parse(from))"""


def is_zoomed(visit, before):
    """Waits until address and links to take away follow a zoom; tells the range of both."""
    until(visit.page, "(before) => location.search.includes('from=') && location.href !== before", before)
    _, pairs = address_of(visit)
    until(visit.page, FOLLOWED, pairs["from"])
    return pairs


def seconds(text):
    return datetime.fromisoformat(text).timestamp()


@check(
    "zoom by keyboard and by mouse changes the address and what can be taken away; opened again, the address shows the same",
    Altered(r"chart\.js", "searchParams.set(\"from\"", "searchParams.set(\"form\""), Altered(r"chart\.js", "[\"take\"", "[\"gone\""),
    Altered(r"chart\.js", "\"+\": () => go(from + width / 4", "\"+\": () => go(from"))
def zoom(stage):
    visit = stage.visit(f"/hospitals/{CODE}?span=7d&triage=t3&lang=en")
    opened, (shown, _) = visit.page.url, view(visit)
    start, width = seconds(shown["from"]), seconds(shown["to"]) - seconds(shown["from"])
    chart = visit.page.locator("#chart")
    chart.focus()
    visit.page.keyboard.press("+")
    pairs = is_zoomed(visit, opened)
    yield from near("+", pairs, start + width / 4, start + width * 3 / 4, width)
    yield from take_faults(visit, pairs, "t3")
    before = visit.page.url
    visit.page.keyboard.press("ArrowLeft")
    yield from near("left", is_zoomed(visit, before), start + width / 8, start + width * 5 / 8, width)
    again = stage.visit(visit.page.url.removeprefix(stage.site.origin))
    yield from near("the address opened again", view(again)[0], start + width / 8, start + width * 5 / 8, width)
    visit.page.keyboard.press("0")
    until(visit.page, "(opened) => location.href === opened", opened)
    yield from dragged(visit, chart, opened, width)
    yield from visit.troubles


def dragged(visit, chart, opened, width):
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    visit.page.mouse.move(box["x"] + box["width"] * 0.4, box["y"] + 100)
    visit.page.mouse.down()
    visit.page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + 110, steps=5)
    visit.page.mouse.up()
    pairs = is_zoomed(visit, opened)
    size = seconds(pairs["to"]) - seconds(pairs["from"])
    if not 0.15 < size / width < 0.3:
        yield f"a drag over a fifth of the chart shows {size / width:.2f} of it: {pairs}"
    yield from take_faults(visit, pairs, "t3")


def near(what, pairs, start, end, width):
    """Whether a range is the one due, to a hundredth of the width that was shown."""
    if abs(seconds(pairs["from"]) - start) > width / 100 or abs(seconds(pairs["to"]) - end) > width / 100:
        yield f"{what}: the range is {pairs['from']} to {pairs['to']}"


def take_faults(visit, pairs, triage):
    """The view as data: both metrics as CSV, JSON and picture, the call, the citation, all of the range in the address."""
    links = visit.page.locator("#take a").evaluate_all("(links) => links.map((link) => link.getAttribute('href'))")
    leaves = {}
    for link in links:
        parts = urllib.parse.urlsplit(link)
        query = dict(urllib.parse.parse_qsl(parts.query.replace("+", "%2B")))
        leaves.setdefault(query["metric"], set()).add(parts.path.rsplit("/", 1)[1])
        if [seconds(query[end]) for end in ["from", "to"]] != [seconds(pairs[end]) for end in ["from", "to"]]:
            yield f"{link} is not of {pairs['from']} to {pairs['to']}"
    if leaves != {f"{triage}_p50": {"trend", "trend.csv", "trend.svg"}, f"{triage}_p95": {"trend", "trend.csv", "trend.svg"}}:
        yield f"to take away are {leaves}"
    citation = visit.page.locator("#take .citation").inner_text()
    if "Hospital Authority, via DATA.GOV.HK" not in citation or "Queen Mary Hospital" not in citation:
        yield f"the citation is {citation!r}"
    # A sentence goes where the page's notice does not.
    if visit.page.locator("body > .notice").count() and not citation.startswith("SIMULATED"):
        yield f"of a demo's record the citation is {citation!r}"


@check("what can be taken away is the view's: its links answer", Altered(r"span=7d", "trend.csv?metric=t45_p50", "trend.csv?metric=t45"))
def take_away(stage):
    visit = stage.visit(f"/hospitals/{CODE}?span=7d&triage=t45&lang=en")
    yield from take_faults(visit, view(visit)[0], "t45")
    for link in visit.page.locator("#take a").evaluate_all("(links) => links.map((link) => link.href)"):
        answer = visit.page.request.get(link)
        if answer.status != 200:
            yield f"{link} answers {answer.status}"


@check(
    "Page Up and Page Down tell a point's figures",
    Altered(r"chart\.js", "select(point + 1)", "select(point + 2)"), Altered(r"chart\.js", "board.textContent = parts", "board.title = parts"))
def points(stage):
    visit = stage.visit(f"/hospitals/{CODE}?span=24h&triage=t45&lang=en")
    shown, metrics = view(visit)
    due = list(rows_due(stage.site, CODE, shown, metrics, due_of(visit)))[::-1]
    visit.page.locator("#chart").focus()
    for key, index in [("PageDown", 0), ("PageDown", 1), ("PageDown", 2), ("PageUp", 1)]:
        visit.page.keyboard.press(key)
        time, half, majority = due[index][0], *due[index][1:3]
        expect(visit.page.locator("#chart-words")).to_contain_text(time)
        said = visit.page.locator("#chart-words").inner_text()
        if f"Half are seen within {half}" not in said or f"Most (95%) are seen within {majority}" not in said:
            yield f"{key}: {said!r} instead of {due[index]}"


@check(
    "the language changes and the view stays, also after a zoom and after a sort",
    Altered(r"span=30d", "lang=tc", "lang=en"))
def languages(stage):
    visit = stage.visit(f"/hospitals/{CODE}?span=30d&triage=t3&lang=en")
    for name, language in [("繁體中文", "tc"), ("简体中文", "sc"), ("English", "en")]:
        visit.page.get_by_role("link", name=name).click()
        visit.page.wait_for_url(f"**lang={language}*")
        _, pairs = address_of(visit)
        if pairs != {"span": "30d", "triage": "t3", "lang": language}:
            yield f"{name} leads to {visit.page.url}"
    visit.page.wait_for_selector("#chart[data-drawn]")
    before = visit.page.url
    visit.page.locator("#chart").focus()
    visit.page.keyboard.press("+")
    zoomed = is_zoomed(visit, before)
    visit.page.get_by_role("link", name="繁體中文").click()
    visit.page.wait_for_url("**lang=tc*")
    _, pairs = address_of(visit)
    if (pairs.get("from"), pairs.get("to"), pairs.get("triage")) != (zoomed["from"], zoomed["to"], "t3"):
        yield f"after a zoom to {zoomed}, 繁體中文 leads to {visit.page.url}"
    sorted_ = stage.visit("/?lang=en")
    sorted_.page.locator("#sort-name").click()
    until(sorted_.page, "() => location.search.includes('sort=name')")
    sorted_.page.get_by_role("link", name="简体中文").click()
    sorted_.page.wait_for_url("**lang=sc*")
    if "sort=name" not in sorted_.page.url:
        yield f"after a sort by name, 简体中文 leads to {sorted_.page.url}"


@check(
    "where the address names no language, the browser's is taken",
    Altered(r"/$", "lang=\"zh-Hant-HK\"", "lang=\"en\""))
def accepted_language(stage):
    for locale, tag in [("zh-HK", "zh-Hant-HK"), ("zh-CN", "zh-Hans"), ("de-DE", "en")]:
        visit = stage.visit("/", locale=locale)
        seen = visit.page.locator("html").get_attribute("lang")
        if seen != tag:
            yield f"a browser in {locale} gets {seen}"


def gap_of(site, code):
    """The newest stretch of at least an hour of which the archive has nothing, whole days from the record's ends."""
    newest = site.api("/v1/latest", hospital=code)["data"][0]["observed_at"]
    end = datetime.fromisoformat(newest) - timedelta(days=1)
    days = site.api("/v1/coverage", hospital=code, by="day", from_=(end - timedelta(days=120)).isoformat(), to=end.isoformat())
    short = [row["start"] for row in days["rows"] if row["not_archived"] >= 4]
    if not short:
        return None
    day = datetime.fromisoformat(short[-1])
    quarters = site.api(
        "/v1/coverage", hospital=code, by="quarter_hour", from_=day.isoformat(), to=(day + timedelta(days=1)).isoformat())
    missing = [datetime.fromisoformat(row["start"]) for row in quarters["rows"] if row["not_archived"]]
    return missing[0], missing[-1] + timedelta(minutes=15)


# Shares of the pixels of a stretch of the plot, a few off its ends, that have the colours of the two lines and of the hatching.
COLOURS = """([from, to]) => {
  const ahead = 8 * 3600e3, graph = window.graph, area = graph.getArea(), canvas = graph.hidden_;
  const ratio = canvas.width / canvas.getBoundingClientRect().width;
  const left = graph.toDomXCoord(from + ahead) + 6, right = graph.toDomXCoord(to + ahead) - 6;
  const [x, y, w, h] = [left, area.y + 1, right - left, area.h - 2].map((n) => Math.round(n * ratio));
  const pixels = canvas.getContext("2d").getImageData(x, y, w, h).data;
  const root = getComputedStyle(document.documentElement);
  const rgb = (name) => root.getPropertyValue(name).trim().match(/[0-9a-f]{2}/gi).map((part) => parseInt(part, 16));
  const share = (colour, least) => {
    let count = 0;
    for (let at = 0; at < pixels.length; at += 4) {
      const near = colour.every((part, index) => Math.abs(part - pixels[at + index]) < 14);
      if (near && pixels[at + 3] >= least) count += 1;
    }
    return count / (pixels.length / 4);
  };
  return { lines: share(rgb("--accent"), 200) + share(rgb("--long"), 200), hatching: share(rgb("--soft"), 60), width: w };
}"""


@check(
    "a gap is drawn as a gap, hatched and without a line, and the table behind it says the cause",
    Altered(r"chart\.js", "if (row.isGap) missing =", "if (false) missing ="),
    Altered(r"chart\.js", "row.half, row.majority]);", "row.half ?? 60, row.majority ?? 90]);"),
    Altered(r"chart\.js", "[\"notArchived\", \"lost\", \"unknown\"].map", "[\"unknown\"].map"))
def gap(stage):
    found = gap_of(stage.site, CODE)
    if not found:
        yield f"the record has no gap at {CODE}"
        return
    start, end = found
    margin = end - start
    span = urllib.parse.urlencode({"from": (start - margin).isoformat(), "to": (end + margin).isoformat()})
    visit = stage.visit(f"/hospitals/{CODE}?{span}&triage=t45&lang=en")
    visit.page.evaluate(REVEAL)
    visit.page.locator("#chart").focus()
    visit.page.keyboard.press("0")
    until(visit.page, "() => window.graph")
    within = visit.page.evaluate(COLOURS, [start.timestamp() * 1000, end.timestamp() * 1000])
    beside = visit.page.evaluate(COLOURS, [(start - margin).timestamp() * 1000, start.timestamp() * 1000])
    if within["lines"] > 0 or beside["lines"] < 0.002:
        yield f"lines: {within['lines']:.4f} of the gap, {beside['lines']:.4f} beside it"
    if within["hatching"] < 0.05 or beside["hatching"] > within["hatching"] / 5:
        yield f"hatching: {within['hatching']:.4f} of the gap, {beside['hatching']:.4f} beside it"
    lines = {line[0]: line for line in open_table(visit)}
    time = start
    while time < end:
        line = lines[instant(time.isoformat())]
        if line[1:3] != ["–", "–"] or line[5] != NOT_ARCHIVED["en"]:
            yield f"the table says {line}"
        time += timedelta(minutes=15)
    visit.page.locator("#chart").focus()
    for _ in range(int(margin / timedelta(minutes=15)) + 1):
        visit.page.keyboard.press("PageDown")
    expect(visit.page.locator("#chart-words")).to_contain_text(f"no figure: {NOT_ARCHIVED['en']}")
