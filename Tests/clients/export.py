#!/usr/bin/env python3
"""Reads what `waitkeeper export` writes with the programs people read it with.

Usage: export.py WAITKEEPER RECORD

pandas and DuckDB have to find the right types in the CSV, both of its kinds, and the figures of the record; frictionless and
sha256sum have to accept the packages, which have to be the same when they are written again; ogrinfo has to find 18 points with
attributes. openpyxl and LibreOffice have to find the rows of a dataset's workbook, its Chinese headings, dates as dates and numbers as
numbers. Ends with 1 and a sentence where something is off. Needs: pip install duckdb pandas frictionless openpyxl; gdal-bin,
libreoffice-calc.
"""

import csv
import datetime
import json
import os
import sqlite3
import subprocess
import sys
import tempfile

import duckdb
import openpyxl
import pandas

SERIES = {"ae-waits": "ae_wait", "ae-top-waits": "ae_top_wait", "clinic-quotas": "clinic_quota"}
PLACES = {"hospitals": "hospital", "clinics": "clinic"}
DUCKDB_TYPES = {
    "observed_at": "TIMESTAMP WITH TIME ZONE", "observed_unix": "BIGINT", "observed_date": "DATE", "observed_time": "TIME",
    "weekday": "BIGINT", "t1_minutes": "BIGINT", "t3_p50_minutes": "BIGINT", "t45_p95_minutes": "BIGINT",
    "over_minutes": "BIGINT", "trial": "BIGINT", "resuscitation": "BIGINT", "capture_id": "BIGINT", "period_from": "DATE",
    "period_to": "DATE", "hospital": "VARCHAR", "hospital_name_tc": "VARCHAR", "latitude": "DOUBLE", "longitude": "DOUBLE",
}


def fail(sentence):
    sys.exit(f"export.py: {sentence}")


def expect(condition, sentence):
    if not condition:
        fail(sentence)


class Export:
    def __init__(self, tool, record, folder):
        self.tool, self.record, self.folder = tool, record, folder

    def run(self, *arguments):
        result = subprocess.run(
            [self.tool, "export", *arguments, "--database", self.record], capture_output=True, text=True)
        expect(result.returncode == 0, f"export {' '.join(arguments)} ended with {result.returncode}: {result.stderr}")

    def file(self, name, *arguments):
        path = os.path.join(self.folder, name)
        self.run(*arguments, "-o", path)
        return path

    def package(self, name, *arguments):
        path = os.path.join(self.folder, name)
        self.run(*arguments, "--output", path)
        return path


def rows_of(record, view):
    where = " WHERE NOT trial" if view == "ae_wait" else ""
    with sqlite3.connect(f"file:{record}?mode=ro", uri=True) as database:
        return database.execute(f"SELECT count(*) FROM {view}{where}").fetchone()[0]


def check_duckdb(path, dataset, expected_rows):
    table = f"read_csv('{path}')"
    types = {name: kind for name, kind, *_ in duckdb.sql(f"DESCRIBE SELECT * FROM {table}").fetchall()}
    rows = duckdb.sql(f"SELECT count(*) FROM {table}").fetchall()[0][0]
    expect(rows == expected_rows, f"DuckDB reads {rows} rows of {dataset}, the record has {expected_rows}")
    for column, kind in DUCKDB_TYPES.items():
        if rows and column in types:
            expect(types[column] == kind, f"DuckDB takes {dataset}.{column} for {types[column]}, not {kind}")


def check_pandas(path, dataset, expected_rows):
    frame = pandas.read_csv(path)
    expect(len(frame) == expected_rows, f"pandas reads {len(frame)} rows of {dataset}, the record has {expected_rows}")
    if not len(frame):
        return
    if "observed_at" in frame:
        times = pandas.to_datetime(frame["observed_at"])
        expect(str(times.dt.tz) == "UTC+08:00", f"pandas takes the times of {dataset} for {times.dt.tz}")
        seconds = (times - pandas.Timestamp("1970-01-01", tz="UTC")) // pandas.Timedelta(seconds=1)
        expect((seconds == frame["observed_unix"]).all(), f"times and seconds of {dataset} differ")
        expect((times.dt.day_of_week + 1 == frame["weekday"]).all(), f"weekdays of {dataset} are wrong")
        expect((times.dt.strftime("%H:%M:%S") == frame["observed_time"]).all(), f"times of day of {dataset} are wrong")
    for column in frame.columns:
        if column.endswith("_minutes"):
            expect(pandas.api.types.is_numeric_dtype(frame[column]), f"{dataset}.{column} is no number for pandas")


def check_excel(path):
    with open(path, "rb") as file:
        expect(file.read(3) == b"\xef\xbb\xbf", "the CSV for Excel has no byte-order mark")
    frame = pandas.read_csv(path)
    expect(frame.columns[0] == "hospital", f"the first column for Excel is {frame.columns[0]!r}")
    if len(frame):
        times = pandas.to_datetime(frame["observed_at"], format="%Y-%m-%d %H:%M:%S")
        expect(times.dt.tz is None, "the times for Excel have an offset")


def check_package(export, dataset, *options):
    path = export.package(f"package-{dataset}-{len(options)}", dataset, *options)
    names = ["SHA256SUMS", "datapackage.json"]
    before = {name: open(os.path.join(path, name), "rb").read() for name in names}
    sums = subprocess.run(["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=path, capture_output=True, text=True)
    expect(sums.returncode == 0, f"sha256sum -c refuses {dataset}: {sums.stdout}{sums.stderr}")
    report = subprocess.run(
        ["frictionless", "validate", "--json", "datapackage.json"], cwd=path, capture_output=True, text=True)
    expect(report.returncode == 0, f"frictionless refuses {dataset} {' '.join(options)}: {report.stdout[-2000:]}")
    export.package(f"package-{dataset}-{len(options)}", dataset, *options)
    after = {name: open(os.path.join(path, name), "rb").read() for name in names}
    expect(before == after, f"the package of {dataset} is not the same when it is written again")
    citation = json.loads(before["datapackage.json"])["citation"]
    expect("Hospital Authority" in citation, f"the citation of {dataset} names no source")


def check_map(export, dataset, expected_points):
    path = export.file(f"{dataset}.geojson", dataset, "--format", "geojson")
    info = subprocess.run(["ogrinfo", "-ro", "-so", "-al", path], capture_output=True, text=True)
    expect(info.returncode == 0, f"ogrinfo refuses the map of {dataset}: {info.stderr}")
    for line in ["Geometry: Point", f"Feature Count: {expected_points}", "name_en: String", "WGS 84"]:
        expect(line in info.stdout, f"ogrinfo does not say {line!r} of {dataset}: {info.stdout}")


# What a kind of column is in a workbook.
WORKBOOK_TYPES = {"integer": int, "decimal": (int, float), "flag": bool, "day": datetime.datetime, "text": str}


def catalogue(tool, record):
    """The datasets, as `waitkeeper datasets` lists them."""
    result = subprocess.run(
        [tool, "datasets", "--format", "json", "--database", record], capture_output=True, text=True, check=True)
    return json.loads(result.stdout)["data"]


def plain(value):
    """A workbook's cell as the NDJSON has it."""
    return value.strftime("%Y-%m-%d") if isinstance(value, datetime.datetime) else value


def check_workbook(export, dataset, language):
    name = f"{dataset['id']}-{language}"
    arguments = [dataset["id"], "--format", "xlsx", "--language", language]
    path, again = export.file(f"{name}.xlsx", *arguments), export.file(f"{name}-again.xlsx", *arguments)
    expect(open(path, "rb").read() == open(again, "rb").read(), f"the workbook {name} is not the same when it is made again")
    rows = [json.loads(line) for line in open(export.file(f"{name}.ndjson", dataset["id"], "--format", "ndjson"), encoding="utf-8")]
    book = openpyxl.load_workbook(path)
    table = list(book.worksheets[0].iter_rows(values_only=True))
    headings, names, kinds = table[0], list(rows[0]), {column["name"]: column["kind"] for column in dataset["columns"]}
    expect(len(set(headings)) == len(names), f"{name} has the headings {headings}")
    if language != "en":
        expect(all(any("\u4e00" <= letter <= "\u9fff" for letter in heading) for heading in headings), f"{name}: {headings}")
    shown = [{n: plain(value) for n, value in zip(names, row)} for row in table[1:]]
    expect(shown == [{n: None if v == "" else v for n, v in row.items()} for row in rows], f"{name} has other rows than the NDJSON")
    for row in table[1:]:
        for column, value in zip(names, row):
            kind = WORKBOOK_TYPES[kinds.get(column, "decimal" if column.endswith("itude") else "flag" if column == "simulated" else "text")]
            expect(value is None or isinstance(value, kind), f"{name}: {column} is {value!r}")
    check_office(export, path, headings, table)


def check_office(export, path, headings, table):
    """LibreOffice opens it and finds as many rows under the same headings."""
    folder = os.path.join(export.folder, "office")
    result = subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{export.folder}/profile", "--headless", "--convert-to",
         "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,1", "--outdir", folder, path],
        capture_output=True, text=True, timeout=300)
    expect(result.returncode == 0, f"LibreOffice refuses {path}: {result.stderr}")
    found = [os.path.join(folder, name) for name in os.listdir(folder)]
    with open(found[0], encoding="utf-8", newline="") as text:
        lines = list(csv.reader(text))
    expect(lines[0] == list(headings) and len(lines) == len(table), f"LibreOffice finds {len(lines)} rows under {lines[0]}")
    for name in found:
        os.remove(name)


def main(tool, record):
    with tempfile.TemporaryDirectory() as folder:
        export = Export(os.path.abspath(tool), os.path.abspath(record), folder)
        for dataset, view in {**SERIES, **PLACES}.items():
            rows = rows_of(record, view)
            path = export.file(f"{dataset}.csv", dataset)
            check_duckdb(path, dataset, rows)
            check_pandas(path, dataset, rows)
            lines = open(export.file(f"{dataset}.ndjson", dataset, "--format", "ndjson"), encoding="utf-8")
            frame = pandas.DataFrame([json.loads(line) for line in lines])
            expect(len(frame) == rows, f"the NDJSON of {dataset} has {len(frame)} objects, the record {rows} rows")
            check_package(export, dataset)
        check_excel(export.file("excel.csv", "ae-waits", "--excel"))
        check_package(export, "ae-waits", "--excel")
        check_package(export, "latest", "--format", "geojson")
        check_map(export, "latest", 18)
        check_map(export, "hospitals", rows_of(record, "hospital"))
        check_map(export, "clinics", rows_of(record, "clinic"))
        for dataset in catalogue(export.tool, export.record):
            for language in ["en", "tc", "sc"]:
                check_workbook(export, dataset, language)
            if any(column["name"] == "hospital" for column in dataset["columns"]):
                path = export.file("map.geojson", dataset["id"], "--format", "geojson")
                info = subprocess.run(["ogrinfo", "-ro", "-so", "-al", path], capture_output=True, text=True)
                expect("Geometry: Point" in info.stdout, f"ogrinfo finds no points in {dataset['id']}: {info.stdout}{info.stderr}")
    print("export.py: pandas, DuckDB, frictionless, sha256sum, ogrinfo, openpyxl and LibreOffice read every export.")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        fail("name the waitkeeper binary and a record")
    main(sys.argv[1], sys.argv[2])
