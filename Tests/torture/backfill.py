#!/usr/bin/env python3
"""Kills a two-month backfill at random moments, takes it up again, and compares the end with an undisturbed one's.

usage: backfill.py WAITKEEPER [KILLS] [SEED]

Every view must be equal, row for row. Loads loopback only; ends by itself.
"""
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

VIEWS = ["hospital", "clinic", "facility", "ae_wait", "ae_top_wait", "ae_phrase", "clinic_quota", "capture", "revision",
         "quarantine"]
DAYS = ["--from", "2026-01-01", "--to", "2026-02-28"]


def rows(path, view):
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as db:
        columns = [row[1] for row in db.execute(f"PRAGMA table_info({view})")]
        return db.execute(f"SELECT * FROM {view} ORDER BY {', '.join(columns)}").fetchall()


def main():
    waitkeeper = os.path.abspath(sys.argv[1])
    kills = int(sys.argv[2]) if len(sys.argv) > 2 else 100
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else random.randrange(1 << 32)
    dice = random.Random(seed)
    print(f"{kills} kills, seed {seed}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        stand_in = subprocess.Popen(
            [waitkeeper, "replay", "--port", "0", "--archive-from", "2026-01-01", "--archive-to", "2026-02-28"],
            stdout=subprocess.PIPE, text=True)
        try:
            address = stand_in.stdout.readline().split()[3].rstrip(";")
            run(waitkeeper, folder, address, kills, dice)
        finally:
            stand_in.terminate()
            stand_in.wait()


def run(waitkeeper, folder, address, kills, dice):
    def backfill(database):
        return [waitkeeper, "backfill", "--feed", "ae-wait", *DAYS, "--rate", "100", "--database",
                os.path.join(folder, database), "--archive-url", f"{address}/v1/historical-archive"]

    def start(database):
        return subprocess.Popen(backfill(database), cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    began = time.monotonic()
    subprocess.run(backfill("calm.sqlite"), cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    seconds = time.monotonic() - began
    killed, rounds = 0, 0
    while killed < kills:
        # A record that has come to its end is begun anew, so that every kill meets work.
        rounds += 1
        database = f"killed-{rounds}.sqlite"
        while killed < kills:
            process = start(database)
            try:
                process.wait(timeout=dice.uniform(0, seconds))
                break
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.wait()
                killed += 1
        check(waitkeeper, folder, backfill(database), database)
        print(f"{killed} kills, {rounds} records equal", flush=True)


def check(waitkeeper, folder, command, database):
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    path = os.path.join(folder, database)
    with sqlite3.connect(path) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",), "the file is damaged"
    for view in VIEWS:
        expected, found = rows(os.path.join(folder, "calm.sqlite"), view), rows(path, view)
        assert expected == found, f"{view}: {len(expected)} rows undisturbed, {len(found)} after kills, or others"
    subprocess.run([waitkeeper, "verify", "--database", path], cwd=folder, check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)
    os.remove(path)


main()
