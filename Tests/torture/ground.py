#!/usr/bin/env python3
"""What can happen to a collector's ground: full disks, files that are read-only, damaged or gone, other processes, signals.

usage: ground.py WAITKEEPER

The real command against a stand-in publisher on loopback. Where it may not mount a small tmpfs (no root), a full disk is passed
over in words. Ends by itself in two minutes.
"""
import contextlib
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time

WAITKEEPER = os.path.abspath(sys.argv[1])


def said(text):
    print(f"ok: {text}", flush=True)


def command(*words, expect=None, folder=None):
    done = subprocess.run([WAITKEEPER, *words], capture_output=True, text=True, cwd=folder, timeout=300)
    assert expect is None or done.returncode == expect, f"{words}: {done.returncode}, {done.stderr[-2000:]}"
    return done


@contextlib.contextmanager
def publisher(*words):
    """Yields its address."""
    process = subprocess.Popen([WAITKEEPER, "replay", "--port", "0", *words], stdout=subprocess.PIPE, text=True,
                               stderr=subprocess.DEVNULL)
    try:
        yield process.stdout.readline().split()[3].rstrip(";")
    finally:
        process.terminate()
        process.communicate()


@contextlib.contextmanager
def collector(address, database, *words, log):
    with open(log, "w", encoding="utf-8") as file:
        process = subprocess.Popen(
            [WAITKEEPER, "run", "--ha-url", address, "--archive-url", f"{address}/v1/historical-archive", "--database",
             database, "--log-level", "debug", *words], stdout=file, stderr=subprocess.STDOUT)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def until(condition, what, seconds=120):
    ends = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < ends, f"still not so after {seconds} s: {what}"
        time.sleep(0.1)


def text(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def readings(database):
    with contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as db:
        return db.execute("SELECT count(*) FROM ae_wait").fetchone()[0]


def ends(process, state):
    """SIGTERM: the process is gone within two seconds, and says so by its status."""
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    status = process.wait(timeout=60)
    seconds = time.monotonic() - began
    assert status == 0 and seconds < 2, f"{state}: ended with {status} after {seconds:.2f} s"
    said(f"SIGTERM {state}: ended after {seconds:.2f} s")


def signals(folder):
    log = os.path.join(folder, "log")
    with publisher() as address:
        database = os.path.join(folder, "waiting.sqlite")
        with collector(address, database, "--no-serve", log=log) as process:
            until(lambda: os.path.exists(database) and text(log).count("document taken") >= 6, "all feeds taken")
            time.sleep(1)
            ends(process, "between polls")
        with collector(address, os.path.join(folder, "held.sqlite"), "--no-serve", log=log) as process:
            until(lambda: "document taken" in text(log), "a document taken")
            with contextlib.closing(sqlite3.connect(os.path.join(folder, "held.sqlite"), isolation_level=None)) as db:
                db.execute("BEGIN IMMEDIATE")
                time.sleep(0.5)
                ends(process, "while another process holds the record")
                db.execute("ROLLBACK")
        database, port = os.path.join(folder, "serving.sqlite"), free_port()
        with collector(address, database, "--listen", f"127.0.0.1:{port}", log=log) as process:
            until(lambda: text(log).count("document taken") >= 6, "all feeds taken")
            slow = socket.create_connection(("127.0.0.1", port))
            slow.sendall(b"GET /v1/export/ae-waits.csv HTTP/1.1\r\nHost: a\r\n\r\n")
            half = socket.create_connection(("127.0.0.1", port))
            half.sendall(b"GET /v1/latest HTTP/1.1\r\nHo")
            time.sleep(0.5)
            ends(process, "with a client that does not read and one in half a request")
            slow.close()
            half.close()
    for way in ("stall", "drip"):
        with publisher("--misbehave", way) as address:
            database = os.path.join(folder, f"{way}.sqlite")
            with collector(address, database, "--no-serve", log=log) as process:
                until(lambda: "collecting" in text(log), "collecting")
                time.sleep(1.5)
                ends(process, f"in mid-download ({way})")


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def files(folder):
    with publisher() as address:
        def poll(database, expect):
            return command("poll", "--ha-url", address, "--database", database, expect=expect, folder=folder)

        gone = poll("/no/such/folder/record.sqlite", 1)
        assert "check that its folder exists" in gone.stderr, gone.stderr
        said(f"missing folder: {gone.stderr.strip().splitlines()[-1]}")
        good = os.path.join(folder, "good.sqlite")
        poll(good, 0)
        before = readings(good)
        damaged = os.path.join(folder, "damaged.sqlite")
        shutil.copyfile(good, damaged)
        with open(damaged, "r+b") as file:
            for page in range(2, os.path.getsize(damaged) // 4096, 3):
                file.seek(page * 4096)
                file.write(b"\xff" * 4096)
        broken = poll(damaged, 1)
        assert "damaged" in broken.stderr, broken.stderr
        said(f"damaged file: {broken.stderr.strip().splitlines()[-1]}")
        with open(os.path.join(folder, "text.sqlite"), "w", encoding="utf-8") as file:
            file.write("This is no database. " * 300)
        other = poll(os.path.join(folder, "text.sqlite"), 1)
        assert "not an SQLite database" in other.stderr, other.stderr
        said(f"another file: {other.stderr.strip().splitlines()[-1]}")
        if os.geteuid() == 0 and shutil.which("setpriv"):
            os.chmod(folder, 0o755)
            os.chmod(good, 0o444)
            nobody = subprocess.run(
                ["setpriv", "--reuid=65534", "--clear-groups", WAITKEEPER, "poll", "--ha-url", address, "--database", good],
                capture_output=True, text=True, cwd=folder, timeout=300)
            assert nobody.returncode == 1 and "permissions" in nobody.stderr, nobody.stderr
            said(f"read-only file: {nobody.stderr.strip().splitlines()[-1]}")
            os.chmod(good, 0o644)
        with collector(address, good, "--no-serve", log=os.path.join(folder, "log")) as process:
            until(lambda: os.path.exists(good + ".lock") and "collecting" in text(os.path.join(folder, "log")), "a lock")
            second = command("run", "--no-serve", "--database", good, "--ha-url", address, expect=1)
            said(f"second run: {second.stderr.strip().splitlines()[-1]}")
            ends(process, "beside a second run")
        with sqlite3.connect(good, isolation_level=None) as held:
            held.execute("BEGIN IMMEDIATE")
            busy = poll(good, 1)
            held.execute("ROLLBACK")
        assert "held by another process" in busy.stderr, busy.stderr
        said(f"record held, once: {busy.stderr.strip().splitlines()[-1]}")
        # One of its own: what was polled a moment ago would not be asked for.
        held = os.path.join(folder, "held.sqlite")
        for process in held_for_a_minute(address, held, os.path.join(folder, "log")):
            ends(process, "after a minute of that")
        assert readings(held) == 18 and readings(good) >= before
        command("verify", "--database", held, expect=0)
        command("verify", "--database", good, expect=0)


def held_for_a_minute(address, database, log):
    """A collector whose record another process takes while it fetches; yields it once all is stored."""
    port = int(address.rsplit(":", 1)[1])
    publisher_id = int(subprocess.run(["sh", "-c", f"ss -Hltnp sport = :{port} | sed 's/.*pid=\\([0-9]*\\).*/\\1/'"],
                                      capture_output=True, text=True, check=True).stdout)
    os.kill(publisher_id, signal.SIGSTOP)
    with collector(address, database, "--no-serve", log=log) as process:
        until(lambda: "collecting" in text(log), "collecting")
        time.sleep(0.5)
        held = sqlite3.connect(database, isolation_level=None, check_same_thread=False)
        held.execute("BEGIN IMMEDIATE")
        os.kill(publisher_id, signal.SIGCONT)
        until(lambda: "record held by another process" in text(log), "a record that is held")
        time.sleep(60)
        assert "document taken" not in text(log)
        held.execute("ROLLBACK")
        held.close()
        until(lambda: text(log).count("document taken") >= 6, "all that was fetched stored")
        said(f"record held for a minute under a collector: said {text(log).count('held by another')} times, then all stored")
        yield process


def full_disk(folder):
    disk = os.path.join(folder, "disk")
    os.mkdir(disk)
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", disk], stderr=subprocess.DEVNULL).returncode:
        print("passed over: a full disk, since no tmpfs could be mounted", flush=True)
        return
    try:
        log, database = os.path.join(folder, "log"), os.path.join(disk, "record.sqlite")
        with publisher() as address:
            command("status", "--database", database)
            # Room for the empty record and not for what comes.
            command("reparse", "--database", database, expect=0)
            free = shutil.disk_usage(disk).free
            ballast = os.path.join(disk, "ballast")
            with open(ballast, "wb") as file:
                file.write(b"\0" * max(0, free - 60_000))
            refused = command("poll", "--ha-url", address, "--database", database, expect=1)
            assert "free space" in refused.stderr, refused.stderr
            said(f"full disk: {refused.stderr.strip().splitlines()[-1]}")
            with collector(address, database, "--no-serve", log=log) as process:
                until(lambda: "kept in memory" in text(log), "a capture kept in memory")
                os.remove(ballast)
                until(lambda: "record takes captures again" in text(log), "the captures stored", seconds=200)
                until(lambda: readings(database) >= 18, "the readings")
                said("full disk under a collector: kept in memory, and stored when there was room")
                ends(process, "after a full disk")
        command("verify", "--database", database, expect=0)
    finally:
        subprocess.run(["umount", disk], check=True)


with tempfile.TemporaryDirectory() as here:
    for part in (signals, files, full_disk):
        place = os.path.join(here, part.__name__)
        os.mkdir(place)
        os.chmod(here, 0o755)
        part(place)
