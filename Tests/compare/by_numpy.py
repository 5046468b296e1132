"""Answers by numpy and Python's own calendar."""
import datetime

import numpy as np

from reference import EPOCH, MINUTES, PROFILES, Span, ranked, text

SHARES = (5, 25, 50, 75, 95)


class Numpy:
    """Answers by numpy's `inverted_cdf`, with whole numbers as the judge of the last digit.

    numpy multiplies n by q as floating-point numbers; where n · q is whole but its product is not quite, it takes the next
    figure up or down. The rank ⌈n · percent ÷ 100⌉ in whole numbers is what the definition says; where numpy's differs, it must
    be for that reason, and is counted.
    """

    def __init__(self, readings):
        self.readings, self.roundings, self.quantiles = readings, 0, 0

    def answer(self, question, now):
        """The range, and for each hospital its rows: label → figures in the order of the question's fields."""
        span = Span(question, self.readings, now)
        if question.by is None:
            return (span.start, span.end), self.compare(question, span)
        labels, place = self.buckets(question, span)
        slots, is_due = self.due(question, span)
        slot_places = place(slots)
        series = {}
        for hospital in question.hospitals:
            lives = is_due & self.lives(question, span, hospital, slots)
            expected = np.bincount(slot_places[lives], minlength=len(labels))
            times, values = self.counted(question, span, hospital)
            is_covered = is_due & self.has_one(slots, times)
            covered = np.bincount(slot_places[is_covered], minlength=len(labels))
            known = ~np.isnan(values)
            figures = self.figures(question, place(times)[known], values[known])
            series[hospital] = {
                label: self.row(question, figures.get(index), int(expected[index]), int(covered[index]))
                for index, label in enumerate(labels)}
        return (span.start, span.end), series

    def counted(self, question, span, hospital):
        times, values = self.readings.feeds[question.feed][hospital]
        first, last = np.searchsorted(times, span.counted)
        times, values = times[first:last], values[question.metric][first:last]
        is_open = self.is_open(question, times)
        return times[is_open], values[is_open]

    def due(self, question, span):
        """Whole slots of range, life and past, and which of them the filter takes."""
        slots = np.arange(*span.expected, 15, dtype=np.int64)
        return slots, self.is_open(question, slots)

    def lives(self, question, span, hospital, slots):
        """For each of the slots whether the hospital is expected in it."""
        found = np.zeros(len(slots), dtype=bool)
        for first, end in self.readings.periods(question.feed, hospital, span.life_start):
            found |= (slots >= first) & (slots < end)
        return found

    @staticmethod
    def has_one(slots, times):
        """For each of the slots, which follow each other, whether one of the times is in it."""
        found = np.zeros(len(slots), dtype=bool)
        if len(slots):
            places = (times - slots[0]) // 15
            found[places[(places >= 0) & (places < len(slots))]] = True
        return found

    @staticmethod
    def is_open(question, times):
        if len(question.weekdays) == 7 and question.hours is None:
            return np.ones(len(times), dtype=bool)
        weekdays = np.array([False] + [day in question.weekdays for day in range(1, 8)])
        hours = np.array([hour in question.open_hours() for hour in range(24)])
        # 1970-01-01 was a Thursday.
        return weekdays[(times // 1440 + 3) % 7 + 1] & hours[times % 1440 // 60]

    @staticmethod
    def buckets(question, span):
        """The labels of all rows, and a function from times to the rows' places."""
        if question.by in PROFILES:
            least, most = PROFILES[question.by]
            return list(range(least, most + 1)), lambda times: profile_bucket(question.by, times) - least
        if question.by in ("hour", "quarter_hour"):
            size = 60 if question.by == "hour" else 15
            starts = np.arange(span.start // size * size, span.end, size)
        else:
            days = range(span.start // 1440, -(-span.end // 1440) if span.end > span.start else span.start // 1440)
            firsts = {bucket_start(question.by, EPOCH.date() + datetime.timedelta(days=day)) for day in days}
            starts = np.array(sorted((first - EPOCH.date()).days * 1440 for first in firsts), dtype=np.int64)
        labels = [text(max(start, span.start)) for start in starts]
        return labels, lambda times: np.searchsorted(starts, times, side="right") - 1

    def figures(self, question, places, values):
        """Place → (count, five quantiles, least, greatest, sum, how many reach the limit); buckets of one size at once."""
        ordered = np.sort(places * 100_000 + values.astype(np.int64))
        places, values = ordered // 100_000, ordered % 100_000
        found, firsts, counts = np.unique(places, return_index=True, return_counts=True)
        figures = {}
        for size in np.unique(counts):
            same = counts == size
            table = values[firsts[same][:, None] + np.arange(size)]
            theirs = np.quantile(table, np.array(SHARES) / 100, axis=1, method="inverted_cdf")
            exact = table[:, [-(-int(size) * percent // 100) - 1 for percent in SHARES]]
            self.quantiles += exact.size
            for row, column in np.argwhere(theirs.T != exact):
                if size * SHARES[column] % 100 != 0:
                    raise SystemExit(f"numpy's {SHARES[column]} % of {table[row]} is {theirs[column, row]}")
                self.roundings += 1
            reach = (table >= (question.at_least or 0)).sum(axis=1)
            for row, place in enumerate(found[same]):
                figures[int(place)] = (int(size), exact[row].tolist(), int(table[row, 0]), int(table[row, -1]),
                                       int(table[row].sum()), int(reach[row]))
        return figures

    @staticmethod
    def row(question, figures, expected, covered):
        coverage = covered / expected if expected else None
        row = [figures[0] if figures else 0, expected, coverage, coverage is not None and coverage < 0.9]
        if figures and question.metric in MINUTES:
            row += [figures[2], *figures[1], figures[3]]
        else:
            row += [None] * 7
        row.append(figures[4] / figures[0] if figures and question.metric != "top_wait" else None)
        if question.at_least is not None:
            row.append(figures[5] / figures[0] if figures else None)
        return row

    def compare(self, question, span):
        """One row a hospital over the slots in which all have a number, and how many those are."""
        hospitals = question.hospitals or tuple(
            hospital for hospital, (times, _) in self.readings.feeds[question.feed].items() if len(times))
        slots, is_due = self.due(question, span)
        lives = {hospital: is_due & self.lives(question, span, hospital, slots) for hospital in hospitals}
        if not question.hospitals:
            longest = max((mine.sum() for mine in lives.values()), default=0)
            hospitals = tuple(hospital for hospital in hospitals if lives[hospital].sum() * 10 >= longest * 9)
        expected = is_due.copy()
        for hospital in hospitals:
            expected &= lives[hospital]
        expected = int(expected.sum())
        counted = {hospital: self.counted(question, span, hospital) for hospital in hospitals}
        common = None
        for times, values in counted.values():
            mine = np.unique(times[~np.isnan(values)] // 15 * 15)
            common = mine if common is None else np.intersect1d(common, mine)
        rows = {}
        for hospital, (times, values) in counted.items():
            kept = ~np.isnan(values) & np.isin(times // 15 * 15, common)
            figures = self.figures(question, np.zeros(kept.sum(), dtype=np.int64), values[kept])
            row = self.row(question, figures.get(0), expected, int((is_due & self.has_one(slots, common)).sum()))
            own, due = int((is_due & self.has_one(slots, times)).sum()), int(lives[hospital].sum())
            rows[hospital] = row + [own / due if due else None]
        ranks = ranked(question, rows)
        return {hospital: {"common_slots": [len(common)], "row": row + ranks[hospital]} for hospital, row in rows.items()}


def bucket_start(by, day):
    """The first day of the bucket that a day is in, by Python's calendar."""
    if by == "week":
        year, week, _ = day.isocalendar()
        return datetime.date.fromisocalendar(year, week, 1)
    if by == "month":
        return day.replace(day=1)
    if by == "year":
        return day.replace(month=1, day=1)
    if by == "financial_year":
        return datetime.date(day.year if day >= datetime.date(day.year, 4, 1) else day.year - 1, 4, 1)
    return day


def profile_bucket(by, times):
    """The bucket of each time; months by Python's calendar, a day at a time."""
    if by == "hour_of_day":
        return times % 1440 // 60
    weekdays = (times // 1440 + 3) % 7
    if by == "day_of_week":
        return weekdays + 1
    if by == "hour_of_week":
        return weekdays * 24 + times % 1440 // 60
    days, places = np.unique(times // 1440, return_inverse=True)
    months = [(EPOCH.date() + datetime.timedelta(days=int(day))).month for day in days]
    return np.array(months, dtype=np.int64)[places] if months else times
