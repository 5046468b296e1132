#!/usr/bin/env python3
"""Holds the pictures of a record against xmllint, against themselves and against the JSON.

    Tests/page/pictures.py WAITKEEPER RECORD

Asks for both pictures of several hospitals in every metric, size of bucket, language and light: each must be valid XML
(xmllint of libxml2-utils), the same byte for byte when drawn twice (the second time compressed, which the server keeps apart), and
tell the medians (of shares the means) of the JSON in words. One line a kind; exits with 1 at a fault.
"""
import datetime
import gzip
import itertools
import json
import subprocess
import sys
import urllib.request
import xml.etree.ElementTree as xml

from browser import served

HOSPITALS = ["QMH", "PMH", "TSH"]
METRICS = [
    "t3_p50", "t3_p95", "t45_p50", "t45_p95", "top_wait", "t1_managing", "t2_managing", "resuscitation", "t1_or_resuscitation"]
KINDS = {
    "trend": ["", "quarter_hour", "hour", "day", "week", "month", "year", "financial_year"],
    "profile": ["", "hour_of_day", "day_of_week", "hour_of_week", "month_of_year"],
}
# Of these the last days only: a picture of more is refused.
DAYS = {"quarter_hour": 3, "hour": 20}
LANGUAGES = ["en", "tc", "sc"]
THEMES = ["light", "dark", "auto"]
UNITS = {"en": (" min", " h"), "tc": (" 分鐘", " 小時"), "sc": (" 分钟", " 小时")}
UP_TO = {"en": "up to {}", "tc": "{}內", "sc": "{}内"}
AROUND = {"en": "around ", "tc": "大約 ", "sc": "大约 "}
OVER = {"en": "over ", "tc": "超過 ", "sc": "超过 "}


SHARES = {"t1_managing", "t2_managing", "resuscitation", "t1_or_resuscitation"}
MEDIAN = {"en": "median {},", "tc": "中位數 {}，", "sc": "中位数 {}，"}
SHARE = {"en": ": {},", "tc": "：{}，", "sc": "：{}，"}
ALONE = {"en": ": {}", "tc": "：{}", "sc": "：{}"}


def ask(url, coding="identity"):
    request = urllib.request.Request(url, headers={"Accept-Encoding": coding})
    with urllib.request.urlopen(request, timeout=60) as answer:
        body = answer.read()
        return gzip.decompress(body) if answer.headers["Content-Encoding"] == "gzip" else body, answer.headers


def duration(minutes, language):
    minute, hour = UNITS[language]
    if minutes < 60 or minutes % 30:
        return f"{minutes}{minute}"
    return f"{minutes / 60:g}{hour}"


def figure(row, metric, language):
    """A row's figure as the picture tells it; None where it has none."""
    if metric in SHARES:
        mean = row["mean"]
        if mean is None or mean <= 0 or mean >= 1:
            return None if mean is None else ("0%" if mean <= 0 else "100%")
        tenths = min(999, max(1, int(mean * 1000)))
        return f"{tenths // 10}.{tenths % 10}%"
    minutes = row["median"]
    if minutes is None:
        return None
    if metric == "top_wait":
        return AROUND[language] + duration(60, language) if minutes == 0 else OVER[language] + duration(minutes, language)
    # Triage III is published in minutes, however many.
    if not metric.startswith("t45") or not minutes:
        return f"{minutes}{UNITS[language][0]}"
    return UP_TO[language].format(duration(minutes, language))


def range_of(server, hospital, kind, by, metric):
    """The end of a query that asks for as much as a picture of these buckets takes."""
    if by not in DAYS:
        return ""
    end = json.loads(ask(f"{server}/v1/hospitals/{hospital}/trend?metric={metric}&by=year")[0])["range"]["to"]
    start = datetime.datetime.fromisoformat(end) - datetime.timedelta(days=DAYS[by])
    return f"&from={start.isoformat()}&to={end}"


def faults(server, hospital, kind, by, metric, language, theme):
    """What is wrong with one picture, and how many figures it was held against."""
    query = f"metric={metric}" + (f"&by={by}" if by else "") + range_of(server, hospital, kind, by, metric)
    url = f"{server}/v1/hospitals/{hospital}/{kind}.svg?{query}&lang={language}&theme={theme}"
    body, headers = ask(url)
    found = []
    if headers["Content-Type"] != "image/svg+xml" or "default-src 'none'" not in headers["Content-Security-Policy"]:
        found.append("header fields")
    if ask(url, "gzip")[0] != body:
        found.append("not the same twice")
    lint = subprocess.run(["xmllint", "--noout", "--nonet", "-"], input=body, capture_output=True, check=False)
    if lint.returncode:
        found.append(lint.stderr.decode().splitlines()[0])
        return url, found, 0
    lines = xml.fromstring(body).find("{http://www.w3.org/2000/svg}desc").text.split("\n")
    if not by and kind == "trend":
        return url, found, 0
    rows = json.loads(ask(f"{server}/v1/hospitals/{hospital}/{kind}?{query}")[0])["rows"]
    told = iter(lines)
    count = 0
    for row in rows:
        text = figure(row, metric, language)
        if text is None:
            continue
        count += 1
        pattern = ALONE if by == "quarter_hour" else SHARE if metric in SHARES else MEDIAN
        words = pattern[language].format(text)
        # In the order of the rows: each figure in a line of its own, after those before it.
        if not any(words in line for line in told):
            found.append(f"{row.get('start', row.get('bucket'))}: no line with {words}")
            break
    return url, found, count


def main():
    with served(*sys.argv[1:3]) as site:
        sys.exit(1 if has_faults(site.origin) else 0)


def has_faults(server):
    """Asks for all of them; says each kind in a line."""
    failed = False
    for kind, sizes in KINDS.items():
        for by in sizes:
            pictures = figures = 0
            for number, (hospital, metric) in enumerate(itertools.product(HOSPITALS, METRICS)):
                # Every language and every light in turn, all nine together for the first.
                pairs = list(itertools.product(LANGUAGES, THEMES))
                for language, theme in pairs if number == 0 else [pairs[number % 9]]:
                    url, found, count = faults(server, hospital, kind, by, metric, language, theme)
                    pictures, figures = pictures + 1, figures + count
                    for fault in found:
                        failed = True
                        print(f"FAULT {url}: {fault}")
            print(f"{kind}.svg by {by or 'itself'}: {pictures} pictures, {figures} figures held against the JSON", flush=True)
    return failed


if __name__ == "__main__":
    main()
