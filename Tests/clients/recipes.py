#!/usr/bin/env python3
"""Runs the recipes of docs/data.md, as they stand there, on a copy of a record.

usage: recipes.py WAITKEEPER RECORD

A recipe is a fenced block whose info string ends with its tool: sqlite3, duckdb, pandas, R, datasette or QGIS. Of QGIS only what is
made for it is run, and ogrinfo reads it, which is of the library that QGIS reads by. Ends with 1 and a sentence for each recipe that
fails, shows nothing, or whose tool is not installed.
"""
import importlib.util
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import closing

PAGE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "docs", "data.md")
SECONDS = 120
VIEWS = ["hospital", "clinic", "facility", "ae_wait", "ae_top_wait", "ae_phrase", "clinic_quota", "capture", "revision",
         "quarantine"]


class Failure(Exception):
    pass


class Recipe:
    def __init__(self, language, tool, line, text):
        self.language, self.tool, self.line, self.text = language, tool, line, text
        # A page may say that there may be nothing to show.
        self.may_be_empty = False


def recipes(page):
    found, block, before = [], None, ""
    for number, line in enumerate(page.split("\n"), 1):
        fence = re.fullmatch(r"```(\w*) ?(\w*)", line)
        if block is None and fence and fence[1]:
            block = Recipe(fence[1], fence[2], number, "")
            block.may_be_empty = "may be none" in before
        elif block is not None and line == "```":
            if block.tool:
                found.append(block)
            block = None
        elif block is not None:
            block.text += line + "\n"
        elif line:
            before = line
    return found


def is_installed(tool):
    if tool == "R":
        return shutil.which("Rscript") is not None and subprocess.run(
            ["Rscript", "-e", "library(DBI); library(RSQLite)"], capture_output=True).returncode == 0
    if tool == "QGIS":
        return shutil.which("ogrinfo") is not None
    if tool in ("duckdb", "pandas"):
        return importlib.util.find_spec(tool) is not None
    return shutil.which(tool) is not None


def shown(arguments, text, folder):
    """What a program prints that is given `text`; raises where it fails or has something to complain of."""
    done = subprocess.run(
        arguments, input=text, capture_output=True, text=True, cwd=folder, env=environment(folder), timeout=SECONDS)
    if done.returncode != 0:
        raise Failure(f"ended with {done.returncode}: {complaint(done.stderr) or complaint(done.stdout)}")
    return done.stdout


def complaint(text):
    """The line that says what is wrong, without a full stop."""
    lines = text.strip().split("\n")
    return next((line for line in lines if "Error" in line), lines[-1]).rstrip(".")


def environment(folder):
    return os.environ | {"PATH": f"{folder}/bin:{os.environ['PATH']}", "WAITKEEPER_DATABASE": f"{folder}/waitkeeper.sqlite"}


def run_shell(recipe, folder):
    output = shown(["bash", "-euo", "pipefail"], recipe.text, folder)
    files = re.findall(r" -o (\S+)", recipe.text)
    for file in files:
        if not os.path.getsize(os.path.join(folder, file)):
            raise Failure(f"left {file} empty")
        if recipe.tool == "QGIS":
            shown(["ogrinfo", "-so", "-al", file], "", folder)
    return output or " ".join(files)


def run_duckdb(recipe, folder):
    # One after another in one database, as people do; the last statement is the one that shows something.
    program = """
import duckdb, sys
answer = duckdb.connect("recipes.duckdb").execute(sys.stdin.read()).fetchall()
print("\\n".join(map(str, answer)))
"""
    return shown([sys.executable, "-c", program], recipe.text, folder)


def run_datasette(recipe, folder):
    """Serves, asks every view for a row, and ends the server by its pid."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    if "8001" not in recipe.text:
        raise Failure("does not name the port 8001, which this script has to change")
    command = "exec " + recipe.text.replace("8001", str(port))
    with open(os.path.join(folder, "datasette.log"), "w+") as log:
        server = subprocess.Popen(["bash", "-c", command], cwd=folder, stdout=log, stderr=log)
        try:
            for view in VIEWS:
                answer(f"http://127.0.0.1:{port}/waitkeeper/{view}.json?_size=1", server, log)
        finally:
            server.terminate()
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
    return f"{len(VIEWS)} views"


def answer(address, server, log):
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        try:
            return urllib.request.urlopen(address, timeout=20).read()
        except urllib.error.HTTPError as error:
            raise Failure(f"{address} answers {error.code}") from error
        except (urllib.error.URLError, ConnectionError):
            if server.poll() is not None:
                log.seek(0)
                raise Failure(f"ended by itself: {complaint(log.read())}")
            time.sleep(0.2)
    raise Failure(f"{address} did not answer within {SECONDS} seconds")


def run(recipe, folder):
    if recipe.tool == "datasette":
        return run_datasette(recipe, folder)
    if recipe.language == "sh":
        return run_shell(recipe, folder)
    if recipe.language == "sql":
        return run_duckdb(recipe, folder)
    if recipe.language == "python":
        return shown([sys.executable, "-"], recipe.text, folder)
    if recipe.language == "r":
        return shown(["Rscript", "-"], recipe.text, folder)
    raise Failure(f"is in {recipe.language}, which this script cannot run")


def copy(record, folder):
    """A copy of what is in the record, also while somebody writes to it, and the command beside it."""
    with closing(sqlite3.connect(f"file:{record}?mode=ro", uri=True)) as source:
        with closing(sqlite3.connect(os.path.join(folder, "waitkeeper.sqlite"))) as target:
            source.backup(target)


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    waitkeeper, record = map(os.path.abspath, sys.argv[1:])
    for path in (waitkeeper, record):
        if not os.path.isfile(path):
            sys.exit(f"recipes.py: there is no file {path}.")
    with open(PAGE, encoding="utf-8") as page:
        found = recipes(page.read())
    missing = {"sqlite3", "duckdb", "pandas", "R", "datasette", "QGIS"} ^ {recipe.tool for recipe in found}
    failures = [f"docs/data.md has no recipe, or this script no way, for {tool}." for tool in sorted(missing)]
    installed = {tool: is_installed(tool) for tool in {recipe.tool for recipe in found} - missing}
    with tempfile.TemporaryDirectory() as folder:
        copy(record, folder)
        os.mkdir(os.path.join(folder, "bin"))
        os.symlink(waitkeeper, os.path.join(folder, "bin", "waitkeeper"))
        for recipe in found:
            name = f"docs/data.md:{recipe.line} ({recipe.tool})"
            if not installed.get(recipe.tool):
                failures.append(f"{name}: {recipe.tool} is not installed.")
                continue
            try:
                output = run(recipe, folder).strip()
                if not output and not recipe.may_be_empty:
                    raise Failure("shows nothing")
                print(f"{name}: runs, {len(output.splitlines())} lines.")
            except (Failure, OSError, subprocess.TimeoutExpired) as error:
                failures.append(f"{name}: {error}.")
    for failure in failures:
        print(f"Failed: {failure}", file=sys.stderr)
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
