#!/usr/bin/env python3
"""Kills a busy collection at random moments, takes it up again, and compares the end with an undisturbed one's.

usage: collection.py WAITKEEPER WAITKEEPER-BENCH [KILLS] [SEED]

The collector is the real poller, client and store against a publisher on loopback, on a clock that waits for nothing. Before each
kill it is stopped for a moment and asked whether it holds SQLite's write lock: at least a quarter of the kills must hit an open
write transaction, so that it goes on past KILLS until they have. After every kill the file must pass integrity_check and verify; at
the end every view must be equal, row for row, but for how long a request took. Loads loopback only; ends by itself.
"""
import fcntl
import os
import random
import re
import signal
import sqlite3
import struct
import subprocess
import sys
import tempfile
import time

DAYS = 14
VIEWS = ["hospital", "clinic", "facility", "ae_wait", "ae_top_wait", "ae_phrase", "clinic_quota", "capture", "revision",
         "quarantine", "incident"]
# Where SQLite's WAL mode keeps the write lock in the file of shared memory (https://www.sqlite.org/walformat.html).
WRITE_LOCK = 120


def rows(path, view):
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as db:
        columns = [row[1] for row in db.execute(f"PRAGMA table_info({view})") if row[1] != "milliseconds"]
        found = db.execute(f"SELECT {', '.join(columns)} FROM {view} ORDER BY {', '.join(columns)}").fetchall()
    # The stand-in listens on another port each time, and errors name it.
    return [tuple(re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1", cell) if isinstance(cell, str) else cell for cell in row)
            for row in found]


def is_writing(path):
    """Whether anybody holds the record's write lock."""
    try:
        with open(path + "-shm", "rb+") as file:
            # struct flock of Linux on 64 bits: type, whence, start, length, process.
            asked = struct.pack("hhqqi4x", fcntl.F_WRLCK, os.SEEK_SET, WRITE_LOCK, 1, 0)
            return struct.unpack("hhqqi4x", fcntl.fcntl(file, fcntl.F_GETLK, asked))[0] != fcntl.F_UNLCK
    except FileNotFoundError:
        return False


def prove(waitkeeper, path, versions):
    with sqlite3.connect(path) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",), "the file is damaged"
        is_begun = db.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'grdb_migrations'").fetchone() == (1,)
        if not is_begun or db.execute("SELECT count(*) FROM grdb_migrations").fetchone() != versions:
            return  # Killed while the tables were made: no record yet, as verify would say.
    done = subprocess.run([waitkeeper, "verify", "--database", path], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr[-2000:]


def main():
    waitkeeper, bench = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    kills = int(sys.argv[3]) if len(sys.argv) > 3 else 200
    seed = int(sys.argv[4]) if len(sys.argv) > 4 else random.randrange(1 << 32)
    dice = random.Random(seed)
    print(f"{kills} kills, seed {seed}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        def start(path):
            return subprocess.Popen([bench, "--collect", path, str(DAYS)], stdout=subprocess.DEVNULL)

        calm = os.path.join(folder, "calm.sqlite")
        began = time.monotonic()
        assert start(calm).wait() == 0
        seconds = time.monotonic() - began
        with sqlite3.connect(calm) as db:
            versions = db.execute("SELECT count(*) FROM grdb_migrations").fetchone()
        killed, writing, records = 0, 0, 0
        while killed < kills or writing < kills // 4:
            records += 1
            path = os.path.join(folder, f"killed-{records}.sqlite")
            while True:
                process = start(path)
                try:
                    assert process.wait(timeout=dice.uniform(0, seconds / 4)) == 0
                    break
                except subprocess.TimeoutExpired:
                    process.send_signal(signal.SIGSTOP)
                    os.waitpid(process.pid, os.WUNTRACED)
                    writing += is_writing(path)
                    process.send_signal(signal.SIGKILL)
                    process.wait()
                    killed += 1
                if os.path.exists(path) and os.path.getsize(path) > 0:
                    prove(waitkeeper, path, versions)
            prove(waitkeeper, path, versions)
            for view in VIEWS:
                expected, found = rows(calm, view), rows(path, view)
                assert expected == found, f"{view}: {len(expected)} rows undisturbed, {len(found)} after kills, or others"
            os.remove(path)
            print(f"{killed} kills, {writing} of them in an open write transaction; {records} records equal", flush=True)


main()
