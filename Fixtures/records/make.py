#!/usr/bin/env python3
"""Makes a small record with one version of waitkeeper, for the tests of migrations.

usage: make.py WAITKEEPER RECORD

WAITKEEPER is built from a commit of the schema in question. The record gets what that version can take in: live captures of every
feed, the same documents with other values (revisions) and with figures that cannot be read (quarantine), clinics under other names,
versions of the stand-in archive from before and after the launch of the new feed (trial), files of the old feed's public collection, and
one payload that is damaged at the end. Loads loopback only.
"""
import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile

CLINIC = "堅尼地城賽馬會家庭醫學診所"
FIXTURES = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def documents(folder, change):
    for place, _, names in os.walk(FIXTURES):
        for name in names:
            if name.endswith(".json"):
                with open(os.path.join(place, name), encoding="utf-8-sig") as file:
                    text = file.read()
                with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                    file.write(change(name, text))


def other(name, text):
    """The same document a little later: other values, one that cannot be read, a clinic under another name."""
    if name.startswith("aedwtdata2"):
        document = json.loads(text)
        rows = document["waitTime"]
        rows[0]["t3p50"], rows[1]["t3p50"] = rows[1]["t3p50"], "2.5 hrs approx."
        # No version knows whose figures these are: a fault.
        rows.append({"t3p50": "1 minute"})
        return json.dumps(document, ensure_ascii=False)
    if name.startswith("aedwtdata-"):
        document = json.loads(text)
        rows = document["waitTime"]
        rows[0]["topWait"] = rows[-1]["topWait"]
        return json.dumps(document, ensure_ascii=False)
    if name.startswith("g0_9uo7a_p"):
        document = json.loads(text)
        for key, value in document[0].items():
            if isinstance(value, str) and re.fullmatch(r"\d+\.\d", value):
                document[0][key] = str(float(value) + 7)
        for row in document:
            if row["Clinic"] == CLINIC:
                row["Clinic"] += " (temporary)"
        return json.dumps(document, ensure_ascii=False)
    return text


def renamed(name, text):
    """The first documents, but for a directory that knows a clinic by its other name: the two are one."""
    if name == "facility-fmc.json":
        document = json.loads(text)
        for row in document:
            if row["institution_tc"] == CLINIC:
                row["institution_tc"] += " (temporary)"
                row["institution_eng"] += " (temporary)"
        return json.dumps(document, ensure_ascii=False)
    return text


def main():
    waitkeeper, record = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    commands = subprocess.run([waitkeeper, "--help"], capture_output=True, text=True).stdout

    # Where no settings file lies.
    elsewhere = tempfile.gettempdir()

    def run(*arguments):
        result = subprocess.run(
            [waitkeeper, *arguments, "--database", record], capture_output=True, text=True, cwd=elsewhere)
        print(f"waitkeeper {' '.join(arguments[:2])}: {result.returncode} {result.stderr.strip()[-300:]}")

    def replaying(*arguments):
        process = subprocess.Popen([waitkeeper, "replay", "--port", "0", *arguments], stdout=subprocess.PIPE, text=True,
                                   cwd=elsewhere)
        return process, process.stdout.readline().split()[3].rstrip(";")

    with tempfile.TemporaryDirectory() as folder:
        for change in (lambda name, text: text, other, renamed):
            documents(folder, change)
            process, address = replaying("--folder", folder)
            run("poll", "--ha-url", address)
            process.terminate()
            process.wait()
    if " backfill " in commands:
        process, address = replaying("--archive-from", "2025-10-12", "--archive-to", "2025-10-13")
        run("backfill", "--feed", "ae-wait", "--from", "2025-10-12T22:00", "--to", "2025-10-13T02:00", "--rate", "100",
            "--archive-url", f"{address}/v1/historical-archive")
        process.terminate()
        process.wait()
    if " import " in commands:
        with tempfile.TemporaryDirectory() as folder:
            for hospital in ("St-John-Hospital", "Queen-Mary-Hospital"):
                place = os.path.join(folder, "2024", "03", "05")
                os.makedirs(place, exist_ok=True)
                with open(os.path.join(place, hospital + ".tsv"), "w") as file:
                    file.write("UpdateTime\tTopWait\n2024-03-05 00:15\t> 2\n2024-03-05 00:30\t< 1\n<html>\n")
            run("import", "ane-hk", folder)
    with sqlite3.connect(record) as db:
        number, packed = db.execute("""
            SELECT payload.id, deflated FROM payload JOIN attempt ON payload_id = payload.id JOIN document ON document.id = document_id
            WHERE url LIKE '%aedwtdata2%' ORDER BY payload.id DESC LIMIT 1""").fetchone()
        # A packed payload ends with its checksum.
        db.execute("UPDATE payload SET deflated = ? WHERE id = ?", (packed[:-1] + bytes([packed[-1] ^ 1]), number))
    db = sqlite3.connect(record)
    print("wal_checkpoint", db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone())
    for table, in db.execute("SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY 1").fetchall():
        print(f"{table}: {db.execute(f'SELECT count(*) FROM {table}').fetchone()[0]}")
    print("migrations", [row[0] for row in db.execute("SELECT identifier FROM grdb_migrations")])
    db.close()
    for end in ("-wal", "-shm"):
        if os.path.exists(record + end):
            os.remove(record + end)
    print(f"{os.path.getsize(record)} bytes")


main()
