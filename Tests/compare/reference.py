"""What is asked, what there is to answer it from, and what of it counts (docs/design.md, "Aggregate").

The answers are worked out twice, in by_numpy.py with Python's own calendar and in by_duckdb.py with DuckDB's; both take from
waitkeeper nothing but the readings, as the views show them. Times are minutes of Hong Kong's clock since 1970-01-01T00:00 there.
"""
import dataclasses
import datetime
import itertools
import math
import sqlite3
import zoneinfo

import numpy as np

MINUTES = ["t3_p50", "t3_p95", "t45_p50", "t45_p95", "top_wait"]
FIGURES = ["count", "expected", "coverage", "partial", "min", "p05", "p25", "median", "p75", "p95", "max", "mean"]
PROFILES = {"hour_of_day": (0, 23), "day_of_week": (1, 7), "hour_of_week": (0, 167), "month_of_year": (1, 12)}
HONG_KONG = zoneinfo.ZoneInfo("Asia/Hong_Kong")
EPOCH = datetime.datetime(1970, 1, 1)
# A hospital is gone when documents were without it for so many minutes.
GONE = 14 * 1440
# docs/design.md, "Lives of the feeds": the last slot of the old feed is that of 00:15.
LIVES = {"ae-wait": (datetime.datetime(2025, 10, 13), None), "ae-top-wait": (None, datetime.datetime(2025, 10, 13, 0, 30))}


# When every answer is given, in Hong Kong: after the simulated records, in the middle of a quarter hour.
MOMENT = "2026-11-28T20:07:00+08:00"


def now():
    return clock(datetime.datetime.fromisoformat(MOMENT).replace(tzinfo=None))


def clock(time):
    return int((time - EPOCH).total_seconds()) // 60


def text(minute):
    return (EPOCH + datetime.timedelta(minutes=int(minute))).isoformat() + "+08:00"


@dataclasses.dataclass(frozen=True)
class Question:
    """What is asked: of trend by one of its buckets, of profile by one of its, or of compare (`by` is None)."""
    metric: str
    by: str | None
    start: int | None = None
    end: int | None = None
    weekdays: tuple = (1, 2, 3, 4, 5, 6, 7)
    hours: tuple | None = None
    at_least: int | None = None
    trial: bool = False
    hospitals: tuple = ()

    @property
    def command(self):
        return "compare" if self.by is None else "profile" if self.by in PROFILES else "trend"

    @property
    def feed(self):
        return "ae-top-wait" if self.metric == "top_wait" else "ae-wait"

    @property
    def arguments(self):
        words = [self.command, *self.hospitals, "--metric", self.metric]
        words += ["--by", self.by] if self.by else []
        words += ["--from", text(self.start)] if self.start is not None else []
        words += ["--to", text(self.end)] if self.end is not None else []
        words += ["--weekdays", ",".join(map(str, self.weekdays))] if len(self.weekdays) < 7 else []
        words += ["--hours", "{:02}-{:02}".format(*self.hours)] if self.hours else []
        words += ["--at-least", str(self.at_least)] if self.at_least is not None else []
        return words + (["--include-trial"] if self.trial else [])

    @property
    def fields(self):
        fields = FIGURES + ([] if self.at_least is None else ["share_at_least"])
        return fields if self.by else fields + ["own_coverage", "rank_from", "rank_to"]

    def open_hours(self):
        if self.hours is None:
            return set(range(24))
        first, last = self.hours
        return set(range(first, last)) if first < last else set(range(first, 24)) | set(range(last))


class Readings:
    """A record's readings by feed and hospital, as the views show them."""

    def __init__(self, path):
        self.feeds = {"ae-wait": {}, "ae-top-wait": {}}
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as db:
            self.hospitals = tuple(code for code, in db.execute("SELECT code FROM hospital ORDER BY code"))
            waits = db.execute(
                """SELECT hospital, observed_at, observed_unix, t3_p50_minutes, t3_p95_minutes, t45_p50_minutes,
                          t45_p95_minutes FROM ae_wait ORDER BY hospital, observed_unix""").fetchall()
            # The flags by their words: the view's NULL is "N/A" as well as a text that nobody knows.
            flags = [db.execute("SELECT text FROM ae_phrase WHERE metric = ? ORDER BY hospital, observed_at", (metric,))
                     for metric in ("t1_managing", "t2_managing")]
            waits = [row + (one, two) for row, (one,), (two,) in zip(waits, *flags, strict=True)]
            tops = db.execute(
                """SELECT hospital, observed_at, observed_unix, over_minutes FROM ae_top_wait
                   ORDER BY hospital, observed_unix""").fetchall()
        db.close()
        self.times = check_times(waits + tops)
        self.count = len(waits) + len(tops)
        for feed, rows, columns in (
            ("ae-wait", waits, ["t3_p50", "t3_p95", "t45_p50", "t45_p95"]), ("ae-top-wait", tops, ["top_wait"])):
            by_hospital = {hospital: list(mine) for hospital, mine in itertools.groupby(rows, lambda row: row[0])}
            for hospital in self.hospitals:
                mine = by_hospital.get(hospital, [])
                values = {metric: numbers(row[3 + index] for row in mine) for index, metric in enumerate(columns)}
                if feed == "ae-wait":
                    yes = {"Y": 1, "N": 0}  # N/A, several resuscitations, is neither
                    values["t1_managing"] = numbers(yes.get(row[7]) for row in mine)
                    values["t2_managing"] = numbers(yes.get(row[8]) for row in mine)
                    values["resuscitation"] = numbers({"Y": 0, "N": 0, "N/A": 1}.get(row[7]) for row in mine)
                    values["t1_or_resuscitation"] = numbers({"Y": 1, "N": 0, "N/A": 1}.get(row[7]) for row in mine)
                times = np.array([self.times[row[2]] for row in mine], dtype=np.int64)
                self.feeds[feed][hospital] = (times, values)
        self.every = {feed: np.unique(np.concatenate([times for times, _ in rows.values()]))
                      for feed, rows in self.feeds.items()}

    def periods(self, feed, hospital, launch):
        """When a hospital is expected, as (first slot, end); all of them ship, so that their lives begin with the feed's."""
        times, every = self.feeds[feed][hospital][0], self.every[feed]
        is_read = len(times) > 0 and times[0] <= launch
        points = times if is_read else np.concatenate([[launch], times]).astype(np.int64)
        found, start = [], points[0]
        for index in [*np.flatnonzero(np.diff(points) > GONE), len(points) - 1]:
            last, following = points[index], points[index + 1] if index + 1 < len(points) else math.inf
            others = every[(every > last) & (every < following)]
            if not len(others) or others[-1] - max(last, others[0] - 1440) < GONE:
                continue
            if is_read or index > 0:
                found.append((start // 15 * 15, last // 15 * 15 + 15))
            start = following
        return found if start == math.inf else found + [(start // 15 * 15, math.inf)]

    def first(self, feed):
        firsts = [times[0] for times, _ in self.feeds[feed].values() if len(times)]
        return min(firsts) if firsts else None


def numbers(values):
    """As floats, NaN where there is no number; whole numbers of this size are exact."""
    return np.array([math.nan if value is None else value for value in values], dtype=np.float64)


def check_times(rows):
    """Unix seconds → minutes of Hong Kong's clock, by the time zone's rules; the view must show the same time."""
    times = {}
    for row in rows:
        if row[2] not in times:
            local = datetime.datetime.fromtimestamp(row[2], HONG_KONG)
            if local.isoformat() != row[1]:
                raise SystemExit(f"the view shows {row[1]} where it is {local.isoformat()}")
            times[row[2]] = clock(local.replace(tzinfo=None))
    return times


class Span:
    """The stretch that an answer is over, and what of it counts."""

    def __init__(self, question, readings, now):
        first, (life_start, life_end) = readings.first(question.feed), LIVES[question.feed]
        running = now // 15 * 15
        first_day = None if first is None else first // 1440 * 1440
        start = clock(life_start) if life_start else running if first_day is None else first_day
        self.life_start = start
        if question.trial and first_day is not None:
            start = min(start, first_day)
        end = min(clock(life_end), running + 15) if life_end else running + 15
        self.end = end if question.end is None else question.end
        self.start = min(start, self.end) if question.start is None else question.start
        # Readings count within range and life; with the trial from the first one on.
        self.counted = max(self.start, start), min(self.end, end)
        # Slots are expected that lie whole in range, life and past.
        first_slot = -(-max(self.start, self.life_start) // 15) * 15
        last_slot = min(self.end, end, running) // 15 * 15
        self.expected = first_slot, max(first_slot, last_slot)


def ranked(question, rows):
    """Hospital → first and last rank by median, of shares by mean; none for partial rows."""
    place = FIGURES.index("median" if question.metric in MINUTES else "mean")
    figures = {hospital: None if row[3] or row[2] is None else row[place] for hospital, row in rows.items()}
    known = sorted(figure for figure in figures.values() if figure is not None)
    return {hospital: [None, None] if figure is None else
            [known.index(figure) + 1, known.index(figure) + known.count(figure)] for hospital, figure in figures.items()}
