"""Answers by DuckDB."""
import datetime

import numpy as np

from reference import EPOCH, MINUTES, PROFILES, Span, clock, ranked, text


class DuckDB:
    """The same answers by DuckDB's `quantile_disc`, calendar and counts. Its shares are decimals, so that it too counts whole."""
    TRENDS = {
        "quarter_hour": "time_bucket(INTERVAL 15 MINUTES, {t})", "hour": "date_trunc('hour', {t})",
        "day": "date_trunc('day', {t})", "week": "date_trunc('week', {t})", "month": "date_trunc('month', {t})",
        "year": "date_trunc('year', {t})",
        "financial_year": "date_trunc('year', {t} - INTERVAL 3 MONTHS) + INTERVAL 3 MONTHS"}
    PROFILES = {"hour_of_day": "hour({t})", "day_of_week": "isodow({t})", "month_of_year": "month({t})",
                "hour_of_week": "(isodow({t}) - 1) * 24 + hour({t})"}

    def __init__(self, readings, duckdb):
        self.readings, self.db = readings, duckdb.connect(config={"threads": 1})
        for feed, hospitals in readings.feeds.items():
            columns = list(next(iter(hospitals.values()))[1])
            table = {"code": np.concatenate([[hospital] * len(times) for hospital, (times, _) in hospitals.items()])}
            times = np.concatenate([times for times, _ in hospitals.values()])
            table["t"] = times.astype("datetime64[m]").astype("datetime64[us]")
            for column in columns:
                table[column] = np.concatenate([values[column] for _, values in hospitals.values()])
            # NaN is no number, and no NULL either.
            values = ", ".join(f"CASE WHEN NOT isnan({column}) THEN {column}::INTEGER END AS {column}" for column in columns)
            self.db.register("arrays", table)
            self.db.execute(
                f"CREATE TABLE {name(feed)} AS SELECT code::VARCHAR AS code, t::TIMESTAMP AS t, "
                f"time_bucket(INTERVAL 15 MINUTES, t) AS slot, {values} FROM arrays")
            self.db.unregister("arrays")

    def answer(self, question, now):
        span = Span(question, self.readings, now)
        self.prepare(question, span)
        if question.by is None:
            return (span.start, span.end), self.compare(question)
        series = {hospital: {} for hospital in question.hospitals}
        bucket = (self.PROFILES | self.TRENDS)[question.by]
        labels = (f"SELECT unnest(range({PROFILES[question.by][0]}, {PROFILES[question.by][1]} + 1)) AS bucket"
                  if question.by in PROFILES else
                  f"""SELECT DISTINCT {bucket.format(t='t')} AS bucket
                      FROM unnest(range(time_bucket(INTERVAL 15 MINUTES, $1), $2, INTERVAL 15 MINUTES)) s(t)""")
        rows = self.db.execute(
            f"""WITH labels AS ({labels}),
                due AS (SELECT code, {bucket.format(t='slot')} AS bucket, count(*) AS expected
                        FROM slots JOIN lives ON slot >= first AND slot < over GROUP BY ALL),
                counts AS (SELECT code, {bucket.format(t='t')} AS bucket, {self.aggregates(question)} FROM picked GROUP BY ALL),
                covers AS (SELECT code, {bucket.format(t='slot')} AS bucket, count(DISTINCT slot) AS covered
                           FROM picked WHERE slot BETWEEN (SELECT min(slot) FROM slots) AND (SELECT max(slot) FROM slots)
                           GROUP BY ALL)
                SELECT codes.code, labels.bucket, counts.* EXCLUDE (code, bucket), coalesce(expected, 0), coalesce(covered, 0)
                FROM (SELECT unnest($3::VARCHAR[]) AS code) codes CROSS JOIN labels
                LEFT JOIN due ON due.code = codes.code AND due.bucket = labels.bucket
                LEFT JOIN counts ON counts.code = codes.code AND counts.bucket = labels.bucket
                LEFT JOIN covers ON covers.code = codes.code AND covers.bucket = labels.bucket
                ORDER BY codes.code, labels.bucket""",
            [time(span.start), time(span.end), list(question.hospitals)]
            if question.by not in PROFILES else {"3": list(question.hospitals)}).fetchall()
        for code, label, count, least, greatest, quantiles, mean, reach, expected, covered in rows:
            label = label if question.by in PROFILES else text(max(clock(label), span.start))
            series[code][label] = self.row(question, count, least, greatest, quantiles, mean, reach, expected, covered)
        return (span.start, span.end), series

    def prepare(self, question, span):
        """The readings that count, with their slots, and the slots that are expected."""
        some = 0 < len(question.hospitals) < len(self.readings.hospitals)
        members = f"code IN {question.hospitals + ('',)}" if some else "true"
        is_open = "true"
        if len(question.weekdays) < 7 or question.hours:
            is_open = f"isodow({{t}}) IN {question.weekdays + (0,)} AND hour({{t}}) IN {tuple(question.open_hours()) + (-1,)}"
        self.db.execute(
            f"""CREATE OR REPLACE TEMP TABLE picked AS
                SELECT code, t, slot, {question.metric} AS v FROM {name(question.feed)}
                WHERE t >= $1 AND t < $2 AND {is_open.format(t='t')} AND {members}""",
            [time(span.counted[0]), time(span.counted[1])])
        self.db.execute(
            f"""CREATE OR REPLACE TEMP TABLE slots AS SELECT slot FROM unnest(range($1, $2, INTERVAL 15 MINUTES)) s(slot)
                WHERE {is_open.format(t='slot')}""", [time(span.expected[0]), time(span.expected[1])])
        lives = [(code, time(first), time(min(end, span.expected[1]))) for code in self.readings.hospitals
                 for first, end in self.readings.periods(question.feed, code, span.life_start)]
        self.db.execute("CREATE OR REPLACE TEMP TABLE lives (code VARCHAR, first TIMESTAMP, over TIMESTAMP)")
        self.db.executemany("INSERT INTO lives VALUES (?, ?, ?)", lives)

    @staticmethod
    def aggregates(question):
        return f"""count(v), min(v), max(v), quantile_disc(v, [0.05, 0.25, 0.5, 0.75, 0.95]), avg(v),
                   avg(CASE WHEN v >= {question.at_least or 0} THEN 1 ELSE 0 END) FILTER (v IS NOT NULL)"""

    @staticmethod
    def row(question, count, least, greatest, quantiles, mean, reach, expected, covered):
        coverage = covered / expected if expected else None
        is_minutes = count and question.metric in MINUTES
        row = [count or 0, expected, coverage, coverage is not None and coverage < 0.9]
        row += [least, *quantiles, greatest] if is_minutes else [None] * 7
        row.append(mean if question.metric != "top_wait" else None)
        return row if question.at_least is None else row + [reach]

    def compare(self, question):
        own_due = dict(self.db.execute(
            "SELECT code, count(slot) FROM lives JOIN slots ON slot >= first AND slot < over GROUP BY code").fetchall())
        codes = list(question.hospitals)
        if not codes:
            read = [code for code, in self.db.execute(f"SELECT DISTINCT code FROM {name(question.feed)}").fetchall()]
            longest = max((own_due.get(code, 0) for code in read), default=0)
            codes = [code for code in read if own_due.get(code, 0) * 10 >= longest * 9]
        self.db.execute(
            """CREATE OR REPLACE TEMP TABLE common AS SELECT slot FROM picked WHERE v IS NOT NULL AND list_contains($1, code)
               GROUP BY slot HAVING count(DISTINCT code) = len($1)""", [codes])
        count, due, both = self.db.execute(
            """SELECT (SELECT count(*) FROM common),
                      (SELECT count(*) FROM (
                          SELECT slot FROM slots JOIN lives ON slot >= first AND slot < over WHERE list_contains($1, code)
                          GROUP BY slot HAVING count(DISTINCT code) = len($1))),
                      (SELECT count(*) FROM common JOIN slots USING (slot))""", [codes]).fetchone()
        found = self.db.execute(
            f"""SELECT codes.code, figures.* EXCLUDE (code), coalesce(own, 0)
                FROM (SELECT unnest($1::VARCHAR[]) AS code) codes
                LEFT JOIN (SELECT code, {self.aggregates(question)} FROM picked JOIN common USING (slot) GROUP BY code) figures
                    USING (code)
                LEFT JOIN (SELECT code, count(DISTINCT slot) AS own FROM picked JOIN slots USING (slot) GROUP BY code)
                    USING (code) ORDER BY codes.code""", [codes]).fetchall()
        rows = {code: self.row(question, *figures, due, both) + [own / own_due[code] if own_due.get(code) else None]
                for code, *figures, own in found}
        ranks = ranked(question, rows)
        return {code: {"common_slots": [count], "row": row + ranks[code]} for code, row in rows.items()}


def time(minute):
    return EPOCH + datetime.timedelta(minutes=int(minute))


def name(feed):
    return feed.replace("-", "_")
