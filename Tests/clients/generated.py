#!/usr/bin/env python3
"""A Python client generated from the API's description, against the API of a record: generated.py WAITKEEPER DATABASE.

openapi-python-client generates it. It reads latest, a trend and rows of a dataset; each figure is a typed field, and each value is the
one that the JSON has."""

import importlib
import json
import os
import subprocess
import sys
import tempfile
import time
import typing
import urllib.request
from pathlib import Path

PACKAGE = "waitkeeper_client"
METRICS = ["t3_p50_minutes", "t3_p95_minutes", "t45_p50_minutes", "t45_p95_minutes"]
FLAGS = ["t1_managing", "t2_managing", "resuscitation"]


def address(server, log):
    """Where the server says that it listens, within a minute."""
    for _ in range(600):
        for line in log.read_text().splitlines():
            if line.startswith("Listening on "):
                return line.split()[2]
        if server.poll() is not None:
            break
        time.sleep(0.1)
    sys.exit(f"generated.py: the server does not listen: {log.read_text()}")


def answer(url, path):
    with urllib.request.urlopen(f"{url}{path}", timeout=30) as response:
        return json.load(response)


def generate(url, folder):
    """Generates the client into the folder, and makes it importable."""
    description = folder / "openapi.json"
    description.write_text(json.dumps(answer(url, "openapi.json")))
    result = subprocess.run(
        ["openapi-python-client", "generate", "--meta", "none", "--path", description, "--output-path", folder / PACKAGE],
        capture_output=True, text=True)
    # It warns of the answers that are files, which it leaves out.
    if result.returncode:
        sys.exit(f"generated.py: openapi-python-client fails: {result.stderr}")
    sys.path.insert(0, str(folder))


def get(path, client, *arguments, **parameters):
    """What the client's function for a path answers, and what came over the wire."""
    module = importlib.import_module(f"{PACKAGE}.api.default.{path}")
    response = module.sync_detailed(*arguments, client=client, **parameters)
    assert response.status_code == 200, f"{path} answers {response.status_code}"
    return response.parsed, json.loads(response.content)


def equal(fields, item, value, where):
    for field in fields:
        shown = getattr(item, field)
        assert shown == value[field], f"{where}: {field} is {shown!r}, and in JSON {value[field]!r}"


def latest(client):
    parsed, plain = get("get_v1_latest", client)
    names = [name for name in plain["data"][0] if name.endswith("_minutes") and name != "age_minutes"] + FLAGS
    types = typing.get_type_hints(type(parsed.data[0]), vars(importlib.import_module(f"{PACKAGE}.models.latest")) | {
        name: object for name in ("LatestPhrases", "LatestUsual")})
    for name in set(names + METRICS):
        kinds = typing.get_args(types[name])
        assert (bool if name in FLAGS else int) in kinds and type(None) in kinds, f"latest has {name} as {types[name]}"
    assert len(parsed.data) == len(plain["data"]) == 18
    for item, value in zip(parsed.data, plain["data"]):
        equal(["hospital", "latitude", "longitude", *names], item, value, "latest")
    return len(names)


def trend(client):
    parsed, plain = get("get_v1_hospitals_code_trend", client, "QMH")
    rows = list(zip(parsed.rows, plain["rows"], strict=True))
    assert rows, "the trend has no rows"
    for item, value in rows:
        equal(["count", "expected", "coverage", "mean", "median", "p95"], item, value, "trend")
    return len(rows)


def rows(client, url):
    count = 0
    for dataset in answer(url, "v1/datasets")["data"]:
        name = dataset["id"].replace("-", "_")
        parsed, plain = get(f"get_v1_datasets_{name}_rows", client)
        assert parsed.data, f"{dataset['id']} has no rows"
        for item, value in zip(parsed.data, plain["data"], strict=True):
            written = item.to_dict()
            assert not item.additional_properties, f"{dataset['id']}: not in its description: {item.additional_properties}"
            assert written == value, f"{dataset['id']}: {written} is in JSON {value}"
            count += 1
    return count


def main():
    waitkeeper, database = sys.argv[1:]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        log = folder / "log"
        with log.open("w") as words:
            server = subprocess.Popen(
                [waitkeeper, "serve", "--database", database, "--listen", "127.0.0.1:0"], stderr=words,
                env=os.environ | {"NO_COLOR": "1"})
        try:
            url = address(server, log)
            generate(url, folder)
            client = importlib.import_module(PACKAGE).Client(base_url=url.rstrip("/"))
            print(f"openapi-python-client: OK, latest with {latest(client)} typed figures, a trend of {trend(client)} rows, "
                  f"{rows(client, url)} rows of datasets")
        finally:
            server.terminate()
            server.wait(60)


main()
