#!/usr/bin/env python3
"""Asks waitkeeper and its peers the same over ten years of readings, and prints the tables of docs/performance.md.

usage: peers.py WAITKEEPER WAITKEEPER-BENCH FOLDER

The record and DuckDB's copy of it stay in FOLDER for the next run. DuckDB's answers must be equal before any time counts. Ends with 1
where a peer is not installed (make bench installs them). Loads loopback only, a few minutes; ends what it started.
"""
import contextlib
import datetime
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

import duckdb

from wrk import Wrk, memory

RUNS = 5
# Asked before any time counts, of the bench alike.
WARM_UPS = 5
# The columns of the table in DuckDB; the wait columns are those of the view.
WAITS = ["t3_p50", "t3_p95", "t45_p50", "t45_p95"]
QUANTILES = ["p05", "p25", "median", "p75", "p95"]


def main():
    waitkeeper, bench, folder = (os.path.abspath(path) for path in sys.argv[1:4])
    record = os.path.join(folder, "ten-years.sqlite")
    os.makedirs(folder, exist_ok=True)
    print(f"Load of the machine at the start: {os.getloadavg()[0]:.1f}.", flush=True)
    lines = subprocess.run([bench, folder], check=True, capture_output=True, text=True).stdout.splitlines()
    ours = {name: (float(milliseconds), what) for name, milliseconds, what in (line.split("\t") for line in lines)}
    # Before DuckDB comes into this process: what it holds counts against whatever is started from here.
    table("From the command line, process start included", ["measure", "figure", "aim"], command(waitkeeper, record))
    export(waitkeeper, record, folder)
    served(waitkeeper, record, folder)
    questions(ours, Peer(record, folder), folder)
    print(f"\nLoad of the machine at the end: {os.getloadavg()[0]:.1f}.")


def table(title, head, rows):
    print(f"\n{title}:\n\n| {' | '.join(head)} |\n|{' --- |' * len(head)}")
    for row in rows:
        print(f"| {' | '.join(row)} |")
    sys.stdout.flush()


class Peer:
    """The same readings in a table of DuckDB's own, sorted by hospital and time, and the questions in its SQL."""

    def __init__(self, record, folder):
        path = os.path.join(folder, "ten-years.duckdb")
        if os.path.exists(path) and os.path.getmtime(path) < os.path.getmtime(record):
            os.remove(path)
        is_new = not os.path.exists(path)
        self.db = duckdb.connect(path, config={"threads": 2})
        if is_new:
            self.fill(record, folder)

    def fill(self, record, folder):
        """By way of sqlite3, as numbers of phrases, which DuckDB turns into minutes: the quickest way that needs no extension."""
        def csv(name, sql):
            path = os.path.join(folder, f"{name}.csv")
            with open(path, "wb") as file:
                subprocess.run(["sqlite3", "-readonly", "-csv", "-header", record, sql], check=True, stdout=file)
            return path

        phrases = csv("phrase", "SELECT id, minutes FROM phrase")
        places = csv("place", "SELECT id, code FROM place WHERE kind = 'hospital'")
        readings = csv("reading", f"SELECT hospital_id, observed_minute, {', '.join(WAITS)} FROM wait_reading")
        minutes = ", ".join(f"{wait}.minutes::INTEGER AS {wait}" for wait in WAITS)
        joins = " ".join(f"JOIN '{phrases}' {wait} ON {wait}.id = r.{wait}" for wait in WAITS)
        self.db.execute(
            f"""CREATE TABLE reading AS SELECT code, make_timestamp((observed_minute + 480) * 60000000) AS t, {minutes}
                FROM '{readings}' r JOIN '{places}' place ON place.id = r.hospital_id {joins} ORDER BY code, t""")
        self.db.execute("CHECKPOINT")
        for path in (phrases, places, readings):
            os.remove(path)

    def aggregates(self, wait, bucket, where="true"):
        """Rows of code, bucket, count, min, five quantiles, max, mean."""
        columns = ", ".join(f"q[{index + 1}] AS {name}" for index, name in enumerate(QUANTILES))
        return f"""SELECT code, bucket, count, min, {columns}, max, mean FROM (
            SELECT code, {bucket} AS bucket, count({wait}) AS count, min({wait}) AS min, max({wait}) AS max,
                   quantile_disc({wait}, [0.05, 0.25, 0.5, 0.75, 0.95]) AS q, avg({wait}) AS mean
            FROM reading WHERE {where} GROUP BY ALL) ORDER BY code, bucket"""

    def questions(self):
        latest = " UNION ALL ".join(
            f"""SELECT newest.code, '{wait}' AS metric, any_value(newest.{wait}) AS minutes, count(past.{wait}) AS count,
                       count(DISTINCT past.t::DATE) FILTER (past.{wait} IS NOT NULL) AS dates,
                       100 * (count(*) FILTER (past.{wait} < newest.{wait})
                              + count(*) FILTER (past.{wait} = newest.{wait}) / 2) / count(past.{wait}) AS percentile,
                       quantile_disc(past.{wait}, [0.05, 0.5, 0.95]) AS q
                FROM newest JOIN past USING (code) GROUP BY newest.code""" for wait in WAITS)
        hour_of_week = "(isodow(t) - 1) * 24 + hour(t)"
        return {
            "daily": self.aggregates("t3_p50", "date_trunc('day', t)", "code = 'QMH'"),
            "hour_of_week": self.aggregates("t3_p50", hour_of_week),
            # Means and counts alone are what the words ask; waitkeeper's answer has the quantiles, too.
            "monthly": """SELECT code, date_trunc('month', t) AS bucket, count(t45_p95) AS count, avg(t45_p95) AS mean
                          FROM reading GROUP BY ALL ORDER BY code, bucket""",
            "hourly": self.aggregates(
                "t3_p50", "date_trunc('hour', t)", "code = 'QMH' AND t >= TIMESTAMP '2026-10-02'"),
            "latest": f"""WITH newest AS MATERIALIZED (
                    SELECT * FROM reading SEMI JOIN (SELECT code, max(t) AS t FROM reading GROUP BY code) USING (code, t)),
                past AS MATERIALIZED (
                    SELECT r.* FROM reading r JOIN newest ON r.code = newest.code AND isodow(r.t) = isodow(newest.t)
                       AND hour(r.t) = hour(newest.t) AND r.t < date_trunc('day', newest.t)
                       AND r.t >= date_trunc('day', newest.t) - INTERVAL 364 DAYS
                    WHERE r.t >= (SELECT min(t) FROM newest) - INTERVAL 365 DAYS)
                SELECT code, metric, minutes, count, dates, percentile, q[1] AS p05, q[2] AS median, q[3] AS p95
                FROM ({latest}) ORDER BY code, metric""",
        }

    def rows(self, sql):
        cursor = self.db.execute(sql)
        return [column[0] for column in cursor.description], cursor.fetchall()

    def milliseconds(self, sql):
        """Warm, the median of five; the answer as arrays, so that no Python object is made for a figure."""
        def once():
            began = time.perf_counter()
            self.db.execute(sql).fetchnumpy()
            return (time.perf_counter() - began) * 1000

        for _ in range(WARM_UPS):
            once()
        return statistics.median(once() for _ in range(RUNS))


def questions(ours, peer, folder):
    asked = peer.questions()
    for name, sql in asked.items():
        with open(os.path.join(folder, "answers", f"{name}.json"), encoding="utf-8") as file:
            compare(name, flat(json.load(file)), *peer.rows(sql))
    rows = []
    for name, sql in asked.items():
        milliseconds, what = ours[name]
        theirs = peer.milliseconds(sql)
        rows.append([what, f"{milliseconds:.2f}", f"{theirs:.1f}", f"{theirs / milliseconds:.1f}"])
        if name == "monthly":
            theirs = peer.milliseconds(peer.aggregates("t45_p95", "date_trunc('month', t)"))
            rows.append(["the same, DuckDB with the quantiles that waitkeeper's answer has", f"{milliseconds:.2f}",
                         f"{theirs:.1f}", f"{theirs / milliseconds:.1f}"])
    count = peer.db.execute("SELECT count(*) FROM reading").fetchone()[0]
    table(f"{count} readings, DuckDB {duckdb.__version__} with a native table sorted by hospital and time, 2 threads, warm, "
          f"median of {RUNS}; the answers are equal", ["question", "waitkeeper, ms", "DuckDB, ms", "times faster"], rows)


def flat(answer):
    """An answer's rows, each with its hospital; rows without a reading, which SQL does not give, are left out."""
    if isinstance(answer, list):
        return answer
    series = answer.get("series", [answer])
    return [row | {"hospital": one["hospital"]} for one in series for row in one["rows"] if row["count"]]


def compare(name, ours, columns, theirs):
    """Counts and quantiles must be equal, means to the ninth place. Ends the run where they are not."""
    if len(ours) != len(theirs):
        raise SystemExit(f"{name}: {len(ours)} rows, DuckDB has {len(theirs)}")
    for mine, row in zip(ours, theirs):
        other = dict(zip(columns, row)) | {"hospital": row[0]}
        if isinstance(other.get("bucket"), datetime.datetime):
            other["start"] = other["bucket"].isoformat() + "+08:00"
        for field in {"hospital", "start", "bucket", "metric"} & set(mine) | set(columns) - {"code", "bucket"}:
            one, two = mine[field], other[field]
            is_mean = field in ("mean", "percentile")
            if abs(one - two) > 1e-9 if is_mean else one != two:
                raise SystemExit(f"{name}: {field} is {one}, DuckDB has {two}\n  {mine}\n  {other}")


def command(waitkeeper, record):
    def once():
        began = time.perf_counter()
        subprocess.run([waitkeeper, "trend", "QMH", "--metric", "t3_p50", "--by", "month", "--database", record], check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return (time.perf_counter() - began) * 1000

    once()
    milliseconds = statistics.median(once() for _ in range(RUNS))
    return [["`waitkeeper trend QMH --metric t3_p50 --by month` over 10 years", f"{milliseconds:.0f} ms", "under 100 ms"]]


def has(waitkeeper, subcommand):
    text = subprocess.run([waitkeeper, "--help"], check=True, capture_output=True, text=True).stdout
    return any(line.startswith(f"  {subcommand} ") for line in text.splitlines())


def export(waitkeeper, record, folder):
    path = os.path.join(folder, "export.csv")
    programs = {
        "waitkeeper export": [waitkeeper, "export", "ae-waits", "--format", "csv", "-o", path, "--database", record],
        "sqlite3 -csv on the view": ["sqlite3", "-readonly", "-csv", "-header", record, "SELECT * FROM ae_wait"]}
    rows = []
    for name, words in programs.items():
        if name.startswith("waitkeeper") and not has(waitkeeper, "export"):
            print("\nExport: waitkeeper has no subcommand \"export\" yet, passed over.")
            return
        with open(os.devnull if "-o" in words else path, "wb") as file:
            began = time.perf_counter()
            process = subprocess.Popen(words, stdout=file)
            _, status, usage = os.wait4(process.pid, 0)
            seconds = time.perf_counter() - began
            process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"{name} ended with {process.returncode}")
        with open(path, "rb") as file:
            lines = sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b"")) - 1
        rows.append([name, str(lines), f"{os.path.getsize(path) >> 20}", f"{seconds:.1f}", f"{usage.ru_maxrss >> 10}"])
        os.remove(path)
    if rows[0][1] != rows[1][1]:
        raise SystemExit(f"The exports have not as many rows: {rows}")
    table("Export as CSV (aim: at least as fast as sqlite3, under 100 MB)",
          ["program", "rows", "MiB", "seconds", "peak MiB"], rows)


@contextlib.contextmanager
def server(words, port, path):
    """A server on the first core that answers `path`; it is ended afterwards."""
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(["taskset", "-c", "0", *words], stdout=log, stderr=subprocess.STDOUT)
        try:
            for _ in range(200):
                with contextlib.suppress(OSError):
                    urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10).read()
                    break
                if process.poll() is not None:
                    log.seek(0)
                    raise SystemExit(f"{words[0]} ended: {log.read().decode()[-500:]}")
                time.sleep(0.1)
            else:
                raise SystemExit(f"{words[0]} does not answer {path}")
            yield process
        finally:
            process.terminate()
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


HEAD = ["server", "question", "requests a second", "aim", "half load", "p99 then, ms", "aim", "peak MiB"]
HOW = ("HTTP on loopback, the server on one core, wrk on the other. Half the load: as many connections as give it when each "
       "waits at random, 100 ms on average (latest: 10 ms), between requests. \"New\": every request asks for a range with another "
       "end, so that no answer can come from a cache")


def served(waitkeeper, record, folder):
    missing = [program for program in ("wrk", "taskset") if not shutil.which(program)]
    if missing:
        sys.exit(f"peers.py: {' and '.join(missing)} is not installed.")
    if os.cpu_count() < 2:
        print("\nHTTP: not measured, since server and clients would share one core.")
        return
    rows = []
    if has(waitkeeper, "serve"):
        port = free_port()
        words = [waitkeeper, "serve", "--listen", f"127.0.0.1:{port}", "--database", record]
        with server(words, port, "/v1/latest") as process:
            wrk = Wrk(port, folder)
            trend = "/v1/trend?hospital=QMH&metric=t3_p50&from=2016-11-01&by="
            for what, path, varies, rate, limit in (
                    ("latest, cached", "/v1/latest", False, "20,000", "20"),
                    ("10-year trend by month, new", f"{trend}month", True, "150", "150"),
                    ("10-year trend by day, new", f"{trend}day", True, "25", "150")):
                whole, half, p99 = wrk.measure(path, varies)
                rows.append(["waitkeeper", what, f"{whole:,.0f}", rate, f"{half:,.0f}", f"{p99:.1f}", limit, memory(process.pid)])
    else:
        print("\nHTTP: waitkeeper has no subcommand \"serve\" yet, passed over.")
    rows += datasette(record, folder)
    if rows:
        table(HOW, HEAD, rows)


# Base tables and their key for the latest, the kindest way; no quantiles, which SQLite has not.
CANNED = {
    "latest": """SELECT place.code, r.observed_minute, t3.minutes FROM place CROSS JOIN wait_reading r ON r.hospital_id = place.id
        AND r.observed_minute = (SELECT max(observed_minute) FROM wait_reading WHERE hospital_id = place.id)
        JOIN phrase t3 ON t3.id = r.t3_p50""",
    "monthly": """SELECT strftime('%Y-%m', r.observed_minute * 60 + 28800, 'unixepoch') AS month, count(t3.minutes),
               avg(t3.minutes)
        FROM wait_reading r JOIN phrase t3 ON t3.id = r.t3_p50
        WHERE r.hospital_id = (SELECT id FROM place WHERE kind = 'hospital' AND code = 'QMH')
        AND r.observed_minute < unixepoch(:to) / 60 GROUP BY month"""}


def datasette(record, folder):
    """The closest that Datasette can be asked: the latest without what is usual, means and counts without quantiles."""
    # Beside the Python that runs this, where pip has put both into a folder of their own.
    program = os.path.join(os.path.dirname(sys.executable), "datasette")
    program = program if os.path.exists(program) else shutil.which("datasette")
    if not program:
        sys.exit("peers.py: Datasette is not installed.")
    metadata, port = os.path.join(folder, "datasette.json"), free_port()
    with open(metadata, "w", encoding="utf-8") as file:
        json.dump({"databases": {"ten-years": {"queries": {name: {"sql": sql} for name, sql in CANNED.items()}}}}, file)
    words = [program, "serve", "-i", record, "-h", "127.0.0.1", "-p", str(port), "--metadata", metadata, "--setting",
             "sql_time_limit_ms", "60000", "--setting", "num_sql_threads", "3"]
    rows = []
    with server(words, port, "/ten-years/latest.json?_shape=array") as process:
        wrk = Wrk(port, folder)
        for what, path, varies in (("latest, without what is usual", "/ten-years/latest.json?_shape=array", False),
                                   ("10-year means and counts by month, new", "/ten-years/monthly.json?_shape=array", True)):
            whole, half, p99 = wrk.measure(path, varies)
            rows.append(["Datasette", what, f"{whole:,.1f}", "", f"{half:,.1f}", f"{p99:.1f}", "", memory(process.pid)])
    return rows


main()
