"""Loads a server with wrk, at full and at half load."""
import datetime
import json
import os
import re
import subprocess
import urllib.error
import urllib.request

SCRIPT = """
local path, first, pause = {path}, {first}, {pause}
local asked = 0
function request()
    if first == 0 then return wrk.format("GET", path) end
    asked = asked + 1
    -- An end of its own for every request, a quarter hour before the last one's.
    local stamp = os.date("!%Y-%m-%dT%H:%M:%S", first - asked * 900 + 28800)
    return wrk.format("GET", path .. "&to=" .. stamp .. "%2B08:00")
end
if pause > 0 then
    function delay() return math.random(0, 2 * pause) end
end
"""
SECONDS = 8


class Wrk:
    """wrk against one server, from the second core."""

    def __init__(self, port, folder):
        self.address, self.script = f"http://127.0.0.1:{port}", os.path.join(folder, "wrk.lua")
        # 2026-11-01T00:00+08:00; each run goes on where the one before cannot have come.
        self.newest = 1_793_462_400

    def measure(self, path, varies):
        """Requests a second at full load, those at about half of it, and the latter's p99 in milliseconds."""
        self.check(path, varies)
        whole, _ = self.run(path, varies, connections=8 if varies else 32, pause=0)
        if whole == 0:
            raise SystemExit(f"{path}: no answer in {SECONDS} seconds")
        # n connections that each wait for `pause` between answers of `service` milliseconds give n ÷ (pause + service).
        pause, service = 100 if varies else 10, 1000 / whole
        connections = max(1, round(whole / 2 * (pause + service) / 1000))
        return whole, *self.run(path, varies, connections, round(1000 * connections / (whole / 2) - service))

    def check(self, path, varies):
        """One request by itself: an answer with something in it."""
        stamp = datetime.datetime(2026, 10, 30, 12, 15).isoformat() + "%2B08:00"
        try:
            with urllib.request.urlopen(self.address + path + (f"&to={stamp}" if varies else ""), timeout=60) as answer:
                if not json.load(answer):
                    raise SystemExit(f"{path}: an empty answer")
        except urllib.error.HTTPError as error:
            raise SystemExit(f"{path}: {error.code} {error.read()[:300]}") from error

    def run(self, path, varies, connections, pause):
        first = self.newest if varies else 0
        self.newest -= 8_000 * 900
        with open(self.script, "w", encoding="utf-8") as file:
            file.write(SCRIPT.format(path=json.dumps(path), first=first, pause=pause))
        text = subprocess.run(
            ["taskset", "-c", "1", "wrk", "-t", "1", "-c", str(connections), "-d", f"{SECONDS}s", "--timeout", "30s",
             "--latency", "-s", self.script, self.address],
            check=True, capture_output=True, text=True, timeout=SECONDS + 60).stdout
        os.remove(self.script)
        failed = re.search(r"Non-2xx.*|Socket errors.*", text)
        if failed:
            raise SystemExit(f"{path}: {failed.group()}\n{text}")
        rate = float(re.search(r"Requests/sec: +([0-9.]+)", text).group(1))
        figure, unit = re.search(r"99% +([0-9.]+)(us|ms|s|m)", text).groups()
        p99 = float(figure) * {"us": 0.001, "ms": 1, "s": 1000, "m": 60_000}[unit]
        return rate, p99


def memory(pid):
    """The most that a process has had resident, MiB."""
    with open(f"/proc/{pid}/status", encoding="ascii") as file:
        kilobytes = re.search(r"VmHWM:\s+(\d+)", file.read()).group(1)
    return str(int(kilobytes) >> 10)
