"""The live page: its table, its map, and how old it says it is."""
import re
from datetime import datetime, timedelta

from playwright.sync_api import expect

from browser import LANGUAGES, Altered
from checks import check, differences, is_shown, until
from words import BAND, KILOMETRES, RANGE, VERDICTS, lamp, published, spread, wait

METRICS = ["t3_p50", "t3_p95", "t45_p50", "t45_p95"]
LAMPS = ["t1_managing", "t2_managing", "resuscitation"]

# The table as a reader has it: without the drawings, whose text says again what stands beside them.
ROWS = """() => [...document.querySelectorAll("table.now tbody tr")].map((row) => {
  const text = (cell) => {
    const copy = cell.cloneNode(true);
    for (const drawing of copy.querySelectorAll("svg")) drawing.remove();
    return copy.textContent.trim();
  };
  const cells = [...row.cells], [top, under] = row.closest("table").tHead.rows;
  const name = (heading) => heading.querySelector("a")?.id.replace("sort-", "") ?? "";
  const waits = [...under.cells].map(name);
  const columns = [...top.cells].flatMap((heading) => heading.colSpan > 1 ? waits.splice(0, heading.colSpan) : [name(heading)]);
  return {
    columns,
    code: row.id, name: row.querySelector("th a").textContent, cluster: row.querySelector(".cluster").textContent,
    cells: cells.map(text), kinds: cells.map((cell) => cell.className),
    day: row.querySelector(".spark").getAttribute("aria-label"),
    usual: row.querySelector(".usual span")?.textContent ?? "", band: row.querySelector(".usual span")?.title ?? null,
  };
})"""


def table(visit):
    return visit.page.evaluate(ROWS)


def codes(visit):
    return visit.page.evaluate("() => [...document.querySelectorAll('table.now tbody tr')].map((row) => row.id)")


def told_by(row):
    """What the table says of a hospital, whatever the order of its columns."""
    cells = dict(zip(row["columns"], zip(row["kinds"], row["cells"])))
    return {
        "code": row["code"], "name": row["name"], "cluster": row["cluster"],
        "lamps": [cells[name] for name in ["critical", "emergency", "resuscitation"]],
        "waits": [cells[metric][1] for metric in METRICS], "usual": row["usual"], "band": row["band"], "day": row["day"],
    }


def due_row(reading, ends_of_day, language):
    """What the table must say of a reading, and of the least and the longest wait of its last 24 hours."""
    usual = reading["usual"]["t45_p50"]
    lamps = [lamp(reading, name, language) for name in LAMPS]
    waits = [published(reading, metric, language) for metric in METRICS]
    ends = [wait("t45_p50", end, language) for end in ends_of_day]
    return {
        "code": reading["hospital"], "name": reading[f"name_{language}"], "cluster": reading[f"cluster_{language}"],
        "lamps": lamps, "waits": waits, "usual": VERDICTS[usual["verdict"]][language],
        "band": BAND[language].format(spread("t45_p50", usual["p25"], usual["p75"], language)) if usual.get("p25") is not None else None,
        "day": RANGE[language].format(*ends),
    }


def ends_of_days(site, readings):
    """The least and the longest T4/5 half wait of each hospital in the 24 hours up to the end of the newest quarter hour."""
    newest = max(datetime.fromisoformat(reading["observed_at"]) for reading in readings)
    end = newest.replace(minute=newest.minute // 15 * 15) + timedelta(minutes=15)
    day = {"from": (end - timedelta(days=1)).isoformat(), "to": end.isoformat(), "limit": 200}
    ends = {}
    for reading in readings:
        rows = site.api(f"/v1/hospitals/{reading['hospital']}/readings", **day)["data"]
        minutes = [row["t45_p50_minutes"] for row in rows if row["t45_p50_minutes"] is not None]
        ends[reading["hospital"]] = min(minutes), max(minutes)
    return ends


@check(
    "the table's figures equal the API's, in every column and language",
    Altered(r"/\?lang=en", " min</td>", "0 min</td>"),
    Altered(r"lang=sc", "较平常", "教平常"), Altered(r"lang=en", "lamp emergency", "lamp critical"))
def figures(stage):
    readings = stage.site.api("/v1/latest")["data"]
    if len(readings) != 18:
        yield f"the record has {len(readings)} hospitals"
    ends = ends_of_days(stage.site, readings)
    for language in LANGUAGES:
        visit = stage.visit(f"/?lang={language}")
        seen = {row["code"]: row for row in table(visit)}
        if sorted(seen) != sorted(reading["hospital"] for reading in readings):
            yield f"{language}: the table has {sorted(seen)}"
        for reading in readings:
            due, row = due_row(reading, ends[reading["hospital"]], language), seen[reading["hospital"]]
            told = told_by(row)
            for part in due:
                if told[part] != due[part]:
                    yield f"{language}, {due['code']}, {part}: {told[part]!r} instead of {due[part]!r}"


def state(reading, name):
    """Several resuscitations are more than a yes."""
    return 2 if reading["resuscitation"] else reading[name]


def order_due(readings, column, falls, language):
    """Codes in the order of a column: those without a figure last, equal ones by name."""
    keys = {
        "name": lambda row: row[f"name_{language}"], "cluster": lambda row: row[f"cluster_{language}"],
        "critical": lambda row: state(row, "t1_managing"), "emergency": lambda row: state(row, "t2_managing"),
        "resuscitation": lambda row: row["resuscitation"], "usual": lambda row: row["usual"]["t45_p50"].get("percentile"),
    }
    key = keys.get(column, lambda row: row[f"{column}_minutes"])
    by_name = sorted(readings, key=lambda row: row[f"name_{language}"])
    told = [row for row in by_name if key(row) is not None]
    values = sorted({key(row) for row in told}, reverse=falls)
    ordered = [row for value in values for row in told if key(row) == value]
    return [row["hospital"] for row in ordered + [row for row in by_name if key(row) is None]]


COLUMNS = ["name", "cluster", "critical", "emergency", "resuscitation", *METRICS, "usual"]


def sorting_faults(visit, readings, column, language, act):
    """Orders by a column twice, so in both directions."""
    seen = set()
    for _ in range(2):
        link = visit.page.locator(f"#sort-{column}")
        address = link.get_attribute("href")
        falls = "dir=desc" in address
        act(link)
        until(visit.page, "(address) => location.pathname + location.search === address", address)
        sign = "falling" if falls else "rising"
        until(visit.page, "([id, sign]) => document.getElementById(id)?.classList.contains(sign)", [f"sort-{column}", sign])
        name = f"{column}, {sign}"
        yield from differences(name, codes(visit), order_due(readings, column, falls, language), 1)
        seen.add(falls)
        sort = visit.page.evaluate("(id) => document.getElementById(id).closest('th').getAttribute('aria-sort')", f"sort-{column}")
        if sort != ("descending" if falls else "ascending"):
            yield f"{name}: its heading says aria-sort={sort}"
    if len(seen) != 2:
        yield f"{column}: both times the same way round"


@check(
    "the table sorts by every column, both ways round, without leaving the page; the address and the focus follow",
    Altered(r"/\?sort=t3_p50&dir=asc", "<tr id=\"SJH\"", "<tr id=\"QMH\""),
    Altered(r"page\.js", "event.preventDefault();", ""), Altered(r"page\.js", "?.focus()", ""))
def sorting(stage):
    readings = stage.site.api("/v1/latest")["data"]
    visit = stage.visit("/?lang=en")
    visit.page.evaluate("window.stayed = true")
    for column in COLUMNS:
        def act(link):
            link.focus()
            visit.page.keyboard.press("Enter")
        yield from sorting_faults(visit, readings, column, "en", act)
        until(visit.page, "(id) => document.activeElement.id === id", f"sort-{column}")
    if not visit.page.evaluate("window.stayed"):
        yield "the page was left"


@check(
    "what has no figure comes last, whichever way round, also in Chinese",
    Altered(r"sort=t3_p50&dir=asc", "<tr id=\"SJH\"", "<tr id=\"AHN\""))
def nulls_last(stage):
    readings = stage.hostile.api("/v1/latest")["data"]
    for column in ["critical", "t3_p50", "t45_p50"]:
        key = {"critical": "t1_managing"}.get(column, f"{column}_minutes")
        if all(reading[key] is not None for reading in readings):
            yield f"every hospital has {key}, so nothing is shown"
    visit = stage.visit("/?lang=tc", stage.hostile)
    for column in ["critical", "t3_p50", "t45_p50"]:
        yield from sorting_faults(visit, readings, column, "tc", lambda link: link.click())


@check(
    "without JavaScript the table sorts by links, and what needs a script is not there",
    Altered(r"sort=cluster", "<tr id=\"QMH\"", "<tr id=\"QM\""), Altered(r"page\.css", "html:not(.js) .scripted", ".never"))
def sorting_without_scripts(stage):
    readings = stage.site.api("/v1/latest")["data"]
    visit = stage.visit(java_script_enabled=False)
    visit.open("/?lang=sc", wait_drawn=False)
    for column in COLUMNS:
        for _ in range(2):
            link = visit.page.locator(f"#sort-{column}")
            address = link.get_attribute("href")
            link.click()
            visit.page.wait_for_url(f"**{address}")
            ids = visit.page.locator("table.now tbody tr").evaluate_all("(rows) => rows.map((row) => row.id)")
            yield from differences(address, ids, order_due(readings, column, "dir=desc" in address, "sc"), 1)
    for name in ["#map", "#here", "#clinics"]:
        if visit.page.locator(name).is_visible():
            yield f"{name} is visible"
    is_shown(visit.page.locator("noscript p").filter(has_text="地图需要 JavaScript"))
    yield from visit.troubles


def mark_of(visit, code):
    """The mark of a hospital on the map: the one at its place."""
    name = visit.page.locator(f"tr#{code}").get_attribute("data-name")
    return visit.page.locator(f".map-mark[aria-label^='{name}']")


def picked_faults(visit, code, how):
    until(visit.page, "(code) => location.hash === '#' + code", code)
    until(visit.page, "(code) => document.getElementById(code).classList.contains('picked')", code)
    rows = visit.page.evaluate("[...document.querySelectorAll('tr.picked')].map((row) => row.id)")
    pressed = visit.page.evaluate("[...document.querySelectorAll('.pick[aria-pressed=true]')].map((b) => b.closest('tr').id)")
    marks = visit.page.evaluate("[...document.querySelectorAll('.map-mark.picked')].map((mark) => mark.getAttribute('aria-label'))")
    name = visit.page.locator(f"tr#{code}").get_attribute("data-name")
    if rows != [code] or pressed != [code] or len(marks) != 1 or not marks[0].startswith(name):
        yield f"{how} {code}: picked are the rows {rows}, the buttons {pressed}, the marks {marks}"
    # The one before may still be fading away.
    expect(visit.page.locator(".leaflet-tooltip")).to_have_count(1)
    expect(visit.page.locator(".leaflet-tooltip")).to_contain_text(name)


@check(
    "picking on the map picks the row, and the row's mark the map's; the address has it",
    Altered(r"map\.js", "mark.on(\"click\"", "mark.on(\"never\""), Altered(r"map\.js", "event.key !== \"Enter\"", "true"),
    Altered(r"map\.js", "pick(row.id, { scrolls: false });", ""), Altered(r"map\.js", "if (marks.has(picked)) show(picked);", ""))
def picking(stage):
    visit = stage.visit("/?lang=en")
    # The island's hospital has nobody near it, so its mark lies under no other.
    mark_of(visit, "SJH").click()
    yield from picked_faults(visit, "SJH", "a click on the mark of")
    mark_of(visit, "TMH").focus()
    visit.page.keyboard.press("Enter")
    yield from picked_faults(visit, "TMH", "Enter on the mark of")
    visit.page.locator("tr#PYN .pick").click()
    yield from picked_faults(visit, "PYN", "a click on the row's button of")
    visit.page.locator("tr#NDH .pick").focus()
    visit.page.keyboard.press("Space")
    yield from picked_faults(visit, "NDH", "Space on the row's button of")
    if not visit.page.url.endswith("/?lang=en#NDH"):
        yield f"the address is {visit.page.url}"
    again = stage.visit("/?lang=en&sort=name#QEH")
    yield from picked_faults(again, "QEH", "opening the address of")
    again.page.locator("#sort-usual").click()
    until(again.page, "() => location.search.includes('sort=usual')")


@check(
    "marks of map and table say the wait once, and as the table does",
    Altered(r"lang=tc", "data-name=\"瑪麗醫院\"", "data-name=\"瑪麗\""))
def mark_names(stage):
    readings = {reading["hospital"]: reading for reading in stage.site.api("/v1/latest")["data"]}
    for language in LANGUAGES:
        visit = stage.visit(f"/?lang={language}")
        due = sorted((reading[f"name_{language}"], published(reading, "t45_p50", language)) for reading in readings.values())
        labels = visit.page.locator(".map-mark").evaluate_all("(marks) => marks.map((mark) => mark.getAttribute('aria-label'))")
        # Some sign has to stand between name and wait, whichever.
        told = []
        for name, figure in due:
            mine = [label for label in labels if label.startswith(name)]
            told.append((name, *[re.sub(r"^[\s:：,，·–-]+", "", label[len(name):]) for label in mine]))
            if not all(re.match(r"[\s:：,，·–-]", label[len(name):]) for label in mine):
                yield f"{language}: name and wait run together in {mine}"
        yield from differences(f"{language}, the marks", told, due, 1)


@check(
    "the clinics come on the map when they are asked for, and go",
    Altered(r"clinics\.geojson", "\"coordinates\":[114.15634,22.249953]", "\"coordinates\":[]"),
    Altered(r"map\.js", "clinics?.remove()", "null"))
def clinics_layer(stage):
    features = stage.site.api("/v1/clinics.geojson")["features"]
    due = sum(feature["geometry"] is not None for feature in features)
    visit = stage.visit("/?lang=tc")
    if visit.page.locator(".map-clinic").count():
        yield "clinics are there unasked"
    for is_shown_now in [True, False, True]:
        visit.page.locator("#clinics").set_checked(is_shown_now)
        until(visit.page, "(due) => document.querySelectorAll('.map-clinic').length === due", due if is_shown_now else 0)
    visit.page.locator(".map-clinic").first.dispatch_event("mouseover")
    names = {feature["properties"]["name_tc"] for feature in features}
    said = visit.page.locator(".leaflet-tooltip").last.inner_text()
    if said not in names:
        yield f"a clinic's mark says {said!r}"
    yield from visit.troubles


def nearest_faults(stage, visit, latitude, longitude, language, what):
    due = stage.site.api("/v1/hospitals", near=f"{latitude},{longitude}")["data"]
    rows = table(visit)
    yield from differences(f"{what}: hospitals by distance", [row["code"] for row in rows], [row["code"] for row in due], 1)
    distances = [KILOMETRES[language].format(f"{row['distance_km']:.1f}") for row in due]
    yield from differences(f"{what}: distances", [dict(zip(row["columns"], row["cells"]))["distance"] for row in rows], distances, 1)


def middle(stage, district):
    """Nobody publishes where a district's middle is: that of its hospitals and clinics stands for it."""
    places = [
        place for kind in ["hospitals", "clinics"] for place in stage.site.api(f"/v1/{kind}")["data"]
        if place["district_en"] == district and place["latitude"] is not None]
    return [sum(place[axis] for place in places) / len(places) for axis in ["latitude", "longitude"]]


@check(
    "nearest first by a district's, a clinic's and a hospital's name and by latitude,longitude; an unknown place says so",
    Altered(r"near=%E6%B2%99", "公里", "哩"), Altered(r"Nowhereville", "role=\"status\">No place", "hidden>No place"))
def nearest(stage):
    visit = stage.visit("/?lang=en")
    visit.page.locator("#near").fill("Sha Tin")
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_url("**near=Sha*")
    yield from nearest_faults(stage, visit, *middle(stage, "Sha Tin"), "en", "Sha Tin")
    visit.page.locator("#sort-name").click()
    until(visit.page, "() => location.search.includes('sort=name') && location.search.includes('near=Sha')")
    yield from nearest_faults(stage, stage.visit("/?lang=tc&near=%E6%B2%99%E7%94%B0"), *middle(stage, "Sha Tin"), "tc", "沙田")
    yield from nearest_faults(stage, stage.visit("/?lang=sc&near=22.29,114.0"), 22.29, 114.0, "sc", "22.29,114.0")
    hospital = stage.site.api("/v1/hospitals/PYN")
    place = hospital["latitude"], hospital["longitude"]
    yield from nearest_faults(stage, stage.visit("/?lang=en&near=PYN"), *place, "en", "PYN")
    clinic = next(row for row in stage.site.api("/v1/clinics")["data"] if row["latitude"] is not None)
    visit = stage.visit("/?lang=en")
    visit.page.locator("#near").fill(clinic["name_en"])
    visit.page.locator("form.near button").first.click()
    visit.page.wait_for_url("**near=*")
    yield from nearest_faults(stage, visit, clinic["latitude"], clinic["longitude"], "en", clinic["name_en"])
    lost = stage.visit("/?lang=en&near=Nowhereville")
    is_shown(lost.page.get_by_role("status").filter(has_text="No place called “Nowhereville” is known here"))
    yield from (trouble for one in [visit, lost] for trouble in one.troubles)


@check(
    "the visitor's own position sorts by distance, and where there is none that is said",
    Altered(r"map\.js", "coords.latitude", "coords.longitude"), Altered(r"map\.js", "}, failed);", "});"))
def position(stage):
    there = {"latitude": 22.4501, "longitude": 114.1686}
    visit = stage.visit("/?lang=en", geolocation=there, permissions=["geolocation"])
    visit.page.locator("#here").click()
    visit.page.wait_for_url("**near=*")
    given = [float(degree) for degree in visit.page.locator("#near").input_value().split(",")]
    # To about a kilometre, since an address is kept and passed on.
    if any(abs(one - other) > 0.0051 for one, other in zip(given, there.values())):
        yield f"the position is {given} instead of {there}"
    yield from nearest_faults(stage, visit, *given, "en", "the visitor's position")
    refused = stage.visit("/?lang=tc", permissions=[])
    refused.page.locator("#here").click()
    expect(refused.page.locator("#near-about")).to_have_text("未能取得你的位置，請輸入地點。")


@check(
    "old figures are marked as old, on every page that has them",
    Altered(r"/record", "id=\"old\" class=\"notice\"", "class=\"notice\" hidden"))
def old_figures(stage):
    for path in ["/", "/hospitals/QMH", "/record"]:
        for language in LANGUAGES:
            visit = stage.visit(f"{path}?lang={language}", stage.hostile)
            if not visit.page.locator("#old").is_visible():
                yield f"{path} in {language} does not mark figures of three hours ago"


@check(
    "fresh figures are not marked, and are from the minute on that they are old, while the page stays open",
    Altered(r".", "<p id=\"old\" class=\"notice\" role=\"status\" hidden", "<p id=\"old\" class=\"notice\" role=\"status\""),
    Altered(r"page\.js", "notice.hidden = false", "notice.hidden = true"))
def growing_old(stage):
    for path in ["/", "/hospitals/QMH", "/record"]:
        visit = stage.visit(site=stage.fresh)
        visit.page.clock.install(time=visit.now())
        visit.open(f"{path}?lang=en")
        if visit.page.locator("#old").is_visible():
            yield f"{path} marks fresh figures as old"
        # The site's own clock stands still meanwhile: what it would send anew would be fresh.
        visit.page.route("**/*", lambda route: route.abort())
        visit.page.clock.fast_forward("40:00")
        try:
            is_shown(visit.page.locator("#old"))
        except AssertionError:
            yield f"{path}, left open for 40 minutes, does not say that its figures are old"


@check(
    "a page that stays open shows the next quarter hour's figures, in the order that was chosen",
    Altered(r"page\.js", "location.href.split(\"#\")[0]", "'/'"))
def refreshing(stage):
    visit = stage.visit(site=stage.fresh)
    visit.page.clock.install(time=visit.now())
    visit.open("/?lang=en&sort=name&dir=desc#QMH")
    before = codes(visit)
    changed = "<a href=\"/hospitals/QMH?lang=en\"><bdi>Queen Mary Hospital, anew</bdi></a>"

    def answer(route):
        response = route.fetch()
        route.fulfill(response=response, body=re.sub(r"<a href=\"/hospitals/QMH\?lang=en\">.*?</a>", changed, response.text()))
    visit.page.route(re.compile(r"sort=name&dir=desc"), answer)
    visit.page.clock.fast_forward("20:00")
    expect(visit.page.locator("tr#QMH th a")).to_have_text("Queen Mary Hospital, anew")
    yield from differences("the table", codes(visit), before)
    yield from picked_faults(visit, "QMH", "a fresh table with")
