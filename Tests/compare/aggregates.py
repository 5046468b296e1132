#!/usr/bin/env python3
"""Compares every row of `trend`, `profile` and `compare` with numpy and with DuckDB, over two records that it makes itself.

usage: aggregates.py WAITKEEPER [--all] [--without-duckdb]

--all takes in the whole collection of the old feed, which takes a debug build a minute. At the end every field of an answer is
falsified once, to see that the comparison would have found it. Ends with 1 and the first rows that differ.
"""
import concurrent.futures
import contextlib
import json
import os
import sys
import tempfile
import time

try:
    import numpy
    duckdb = None
    if "--without-duckdb" not in sys.argv:
        import duckdb
except ImportError as missing:
    raise SystemExit(f"{missing.name} is missing: pip install duckdb numpy (make compare does so in a folder of its own)")

import records
import reference
from by_duckdb import DuckDB
from by_numpy import Numpy
from reference import Question

TRENDS = ["day", "week", "month", "year", "financial_year"]
WAITS = ["t3_p50", "t3_p95", "t45_p50", "t45_p95"]
STATES = ["t1_managing", "t2_managing", "resuscitation", "t1_or_resuscitation"]
SHOWN = 12


def at(text):
    return records.minute(text) + 480


def simulated_questions(hospitals):
    """Of every metric of the new feed every bucket over the whole record, and the finest over short stretches."""
    whole = dict(start=at("2025-10-13"), end=at("2026-11-01"), hospitals=hospitals)
    turn = dict(start=at("2025-12-22"), end=at("2026-01-07"), hospitals=hospitals)
    cut = dict(start=at("2025-12-29T04:37"), end=at("2026-04-02T16:52"), hospitals=hospitals)
    night = dict(weekdays=(6, 7), hours=(22, 6))
    work = dict(weekdays=(1, 2, 3, 4, 5), hours=(9, 17), at_least=45)
    sizes = TRENDS + list(reference.PROFILES)
    for index, metric in enumerate(WAITS + STATES):
        limit = dict(at_least=60) if metric in WAITS else {}
        for by in sizes:
            yield Question(metric, by, **whole, **limit)
        yield Question(metric, sizes[index], **cut)
        yield Question(metric, "hour", **turn)
        yield Question(metric, "quarter_hour", **cut | dict(end=at("2026-01-01T22:11")), **limit)
    for by in sizes:
        yield Question("t3_p50", by, **cut, **work)
    for metric, by in (("t1_managing", "day"), ("t3_p95", "hour_of_week"), ("t45_p50", "week")):
        yield Question(metric, by, **cut, **night)
    for more in (work, night):
        yield Question("t3_p50", "hour", **cut | dict(end=at("2026-01-05T16:52")), **more)
    trial = dict(hospitals=hospitals, start=at("2025-08-30"), end=at("2025-11-03T00:07"))
    for by in ["week", "hour_of_week"]:
        yield Question("t3_p50", by, **trial)
    for by in ["day", "week", "month", "financial_year", "hour", "month_of_year"]:
        yield Question("t3_p50", by, **trial, trial=True)
    for by in ["day", "hour_of_week"]:  # the whole record, whose end is now
        yield Question("t45_p50", by, hospitals=hospitals)
        yield Question("resuscitation", by, hospitals=hospitals, trial=True)
    # Up to what is to come, nothing but that, before everything, a single quarter hour, and a minute.
    for start, end, sizes in (
            ("2026-10-30T23:50", "2037-01-01", ["month", "day_of_week"]), ("2037-01-01", "2037-03-01", ["week", "hour_of_day"]),
            ("2024-01-01", "2024-02-01", ["day", "month_of_year"]), ("2026-03-31T23:45", "2026-04-01", ["quarter_hour", "week"]),
            ("2025-12-29T04:37", "2025-12-29T04:38", ["quarter_hour", "hour", "financial_year", "hour_of_week"])):
        for by in sizes:
            yield Question("t3_p50", by, at(start), at(end), hospitals=hospitals)
    yield from compared(hospitals, whole, cut, turn)


def compared(hospitals, whole, cut, turn):
    dense = hospitals[:7]
    sets = [(), dense, hospitals[3:5], hospitals[:1], hospitals[-4:]]
    for index, metric in enumerate(WAITS + STATES):
        for step, stretch in enumerate((turn, cut, whole)):
            yield Question(metric, None, stretch["start"], stretch["end"], hospitals=sets[(index + step) % 5])
    yield Question("t3_p50", None, at("2026-05-01"), at("2026-06-01T00:07"), (6, 7), (22, 6), 45, hospitals=dense)
    yield Question("t3_p50", None, hospitals=dense)
    yield Question("t3_p50", None, at("2025-09-01"), at("2025-10-14"), trial=True, hospitals=hospitals[:7:3])


def old_questions(hospitals, stretches):
    """Of the old feed every bucket; `stretches` are short enough for the finest."""
    for by in TRENDS + list(reference.PROFILES):
        yield Question("top_wait", by, hospitals=hospitals)
    for by in ["week", "hour_of_week"]:
        yield Question("top_wait", by, hospitals=hospitals, at_least=180, weekdays=(1, 3, 7), hours=(23, 1))
    for start, end in stretches:
        for by in ["week", "year", "financial_year", "hour", "hour_of_week"]:
            yield Question("top_wait", by, at(start), at(end), hospitals=hospitals, at_least=60)
        yield Question("top_wait", "quarter_hour", at(end) - 3 * 1440 + 7, at(end), hospitals=hospitals)
        for members in ((), hospitals[:7:2]):
            yield Question("top_wait", None, at(start), at(end), hospitals=members)


class Differences(Exception):
    """Rows that are not what a reference says."""


class Comparison:
    """Asks the command and holds every row of its answer against the references."""

    def __init__(self, binary):
        self.binary, self.rows, self.questions = binary, 0, 0
        self.quantiles, self.roundings = 0, 0

    def run(self, path, questions):
        readings = reference.Readings(path)
        mathematicians = [Numpy(readings)] + ([DuckDB(readings, duckdb)] if duckdb else [])
        # The next answer is made while this one is compared: two cores' work.
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            waiting = []
            questions = iter(questions(readings.hospitals))
            for question in questions:
                waiting.append((question, pool.submit(self.ask, path, question)))
                if len(waiting) > 3:
                    self.check(mathematicians, *waiting.pop(0))
            for question, answer in waiting:
                self.check(mathematicians, question, answer)
        self.quantiles += mathematicians[0].quantiles
        self.roundings += mathematicians[0].roundings
        return readings.count, lambda: self.must_find(mathematicians[0], path, readings.hospitals)

    def ask(self, path, question):
        """The answer, and the time of Hong Kong's clock at which it was given."""
        return json.loads(records.run(
            self.binary, *question.arguments, "--format", "json", "--database", path)), reference.now()

    def check(self, mathematicians, question, answer):
        answer, now = answer.result()
        for mathematician in mathematicians:
            expected_range, expected = mathematician.answer(question, now)
            self.hold(question, type(mathematician).__name__, *found_rows(question, answer), expected_range, expected)
        self.questions += 1

    def hold(self, question, who, found_range, found, expected_range, expected):
        differences = []
        if found_range != tuple(map(reference.text, expected_range)):
            differences.append(f"range: {found_range}, {who} {tuple(map(reference.text, expected_range))}")
        if list(found) != sorted(expected) and list(found) != list(expected):
            differences.append(f"hospitals: {list(found)}, {who} {list(expected)}")
        for hospital in [hospital for hospital in expected if hospital in found]:
            mine, theirs = expected[hospital], found[hospital]
            if list(mine) != list(theirs):
                odd = sorted(map(str, set(mine) ^ set(theirs)))[:5]
                differences.append(f"{hospital}: {len(theirs)} rows, {who} {len(mine)}, not the same: {odd}")
            for label in [label for label in mine if label in theirs]:
                fields = question.fields if len(mine[label]) > 1 else ["common_slots"]
                for field, one, other in zip(fields, theirs[label], mine[label], strict=True):
                    if not equal(one, other, exact=who == "Numpy"):
                        differences.append(f"{hospital} {label} {field}: {one}, {who} {other}")
            self.rows += len(mine) if who == "Numpy" else 0
        if differences:
            more = f"\n  and {len(differences) - SHOWN} more" if len(differences) > SHOWN else ""
            raise Differences("\n  ".join(
                ["waitkeeper " + " ".join(question.arguments), *differences[:SHOWN]]) + more)

    def must_find(self, numpy_answers, path, hospitals):
        """Falsifies each field of one answer, and takes a row away: each time the comparison must fail."""
        seen = 0
        for question in (Question("t3_p50", "week", at("2026-03-01"), at("2026-05-01"), at_least=45, hospitals=hospitals[:3]),
                         Question("t3_p50", None, at("2026-05-01"), at("2026-06-01"), hospitals=hospitals[:3])):
            answer, now = self.ask(path, question)
            expected_range, expected = numpy_answers.answer(question, now)
            label = list(expected[hospitals[1]])[-1]
            for place, field in list(enumerate(question.fields)) + [(None, "row")]:
                found_range, found = found_rows(question, answer)
                if place is None:
                    del found[hospitals[1]][label]
                else:
                    found[hospitals[1]][label][place] = falsified(found[hospitals[1]][label][place])
                with contextlib.suppress(Differences):
                    self.hold(question, "Numpy", found_range, found, expected_range, expected)
                    raise SystemExit(f"a false {field} was not found")
                seen += 1
        return seen


def falsified(figure):
    """The nearest figure that is another."""
    if isinstance(figure, float):
        return numpy.nextafter(figure, 2 * figure + 1)
    return 1 if figure is None else not figure if isinstance(figure, bool) else figure + 1


def equal(one, other, exact):
    if one is None or other is None or isinstance(one, bool):
        return one is other
    # DuckDB adds up otherwise, so that a mean's last digits may differ.
    return one == other if exact else abs(one - other) <= 1e-12 * max(abs(one), 1)


def found_rows(question, answer):
    """An answer's range, and for each hospital its rows: label → figures in the order of the question's fields."""
    if question.by is None:
        rows = {row["hospital"]: {"common_slots": [answer["common_slots"]], "row": [row[field] for field in question.fields]}
                for row in answer["rows"]}
        return (answer["range"]["from"], answer["range"]["to"]), rows
    series = answer["series"] if "series" in answer else [answer]
    label = "bucket" if question.by in reference.PROFILES else "start"
    rows = {}
    for one in series:
        rows[one["hospital"]] = {row[label]: [row[field] for field in question.fields] for row in one["rows"]}
        if len(rows[one["hospital"]]) != len(one["rows"]):
            raise Differences(f"waitkeeper {' '.join(question.arguments)}\n  {one['hospital']}: a row stands twice")
    return (series[0]["range"]["from"], series[0]["range"]["to"]), rows


def main():
    options = [argument for argument in sys.argv[1:] if argument.startswith("--")]
    paths = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
    if len(paths) != 1 or set(options) - {"--all", "--without-duckdb"}:
        raise SystemExit("usage: aggregates.py WAITKEEPER [--all] [--without-duckdb]")
    began, comparison = time.monotonic(), Comparison(os.path.abspath(paths[0]))
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(1) as pool:
        simulated = pool.submit(records.SimulatedYear(comparison.binary, folder).write)
        collected, what = records.collected(comparison.binary, folder, "--all" in options)
        try:
            old, _ = comparison.run(collected, lambda hospitals: old_questions(
                hospitals, [("2024-03-28T04:37", "2024-04-02T16:52"), ("2024-12-27", "2025-01-02")]))
            new, must_find = comparison.run(simulated.result(), lambda hospitals: [
                *simulated_questions(hospitals),
                *old_questions(hospitals, [("2020-12-26T23:59", "2021-01-05T00:01"), ("2025-10-11", "2025-10-15")])])
            falsified_fields = must_find()
        except Differences as differences:
            raise SystemExit(f"not equal: {differences}")
    print(f"{what}, {old} readings, and {new} simulated ones: {comparison.rows} rows of {comparison.questions} answers equal "
          f"those of numpy{' and DuckDB' if duckdb else ''} in {time.monotonic() - began:.0f} s; of "
          f"{comparison.quantiles} quantiles numpy's rounding moves {comparison.roundings}; "
          f"{falsified_fields} falsified answers were found")


main()
