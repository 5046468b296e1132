"""Records that the pages are tried on besides the one that is given: a fresh one, and one of a hostile publisher."""
import json
import os
import subprocess
from contextlib import contextmanager
from datetime import timedelta, timezone

from browser import ended, line_of, now

FIXTURES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "Fixtures")
HONG_KONG = timezone(timedelta(hours=8))

# Does something wherever it is taken for markup: as an element, out of a quoted attribute, as an entity.
SCRIPT = "<script>window.hit=1</script>"
PICTURE = "<img src=x onerror=window.hit=1>"
QUOTE = "\"' onfocus=window.hit=1 onmouseover=window.hit=1 autofocus x="
HOSTILE = SCRIPT + PICTURE
# What no feed has said yet, so that it is shown as it is published.
PHRASE = f"{PICTURE} minutes"


def run(waitkeeper, *words, **options):
    """Runs a command to its end; what it printed is shown only where it failed."""
    done = subprocess.run([waitkeeper, *words], capture_output=True, text=True, **options)
    if done.returncode:
        raise RuntimeError(f"{' '.join(words)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")


def fresh_record(waitkeeper, folder):
    """Two simulated days up to this quarter hour."""
    record = os.path.join(folder, "fresh.sqlite")
    run(waitkeeper, "demo", "--days", "2", "--database", record, cwd=folder)
    return record


def hostile_record(waitkeeper, folder):
    """What the real pipeline makes of documents with markup in every text that a page could show; three hours old.

    A hospital that no directory knows is listed from its eighth document on, so there are eight, a quarter hour apart."""
    documents, record = os.path.join(folder, "documents"), os.path.join(folder, "hostile.sqlite")
    os.mkdir(documents)
    for quarters in reversed(range(8)):
        observed = now().astimezone(HONG_KONG) - timedelta(hours=3, minutes=15 * quarters)
        for name, text in hostile_documents(observed):
            with open(os.path.join(documents, name), "w", encoding="utf-8") as file:
                file.write(text)
        with publisher(waitkeeper, documents, folder) as address:
            run(waitkeeper, "poll", "--ha-url", address, "--database", record, cwd=folder)
    return record


@contextmanager
def publisher(waitkeeper, documents, folder):
    process = subprocess.Popen(
        [waitkeeper, "replay", "--port", "0", "--folder", documents], cwd=folder, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    with ended(process):
        yield line_of(process.stdout, r"http://127\.0\.0\.1:\d+")


def hostile_documents(observed):
    for folder, _, names in os.walk(FIXTURES):
        for name in names:
            if name.endswith(".json"):
                with open(os.path.join(folder, name), encoding="utf-8") as file:
                    document = json.load(file)
                yield name, json.dumps(made_hostile(name, document, observed), ensure_ascii=False)


def made_hostile(name, document, observed):
    if name.startswith("aedwtdata2"):
        waits = document["waitTime"]
        # One that no directory knows, so that its published name is what is shown; one phrase in each kind of cell.
        waits.append(dict(waits[0], hospName=HOSTILE))
        waits[0]["t3p50"] = PHRASE
        waits[1]["t45p50"] = PHRASE
        waits[2]["manageT1case"] = PHRASE
        hour, half = observed.hour % 12 or 12, "am" if observed.hour < 12 else "pm"
        document["updateTime"] = f"{observed.day}/{observed.month}/{observed.year} {hour}:{observed:%M}{half}"
    elif name.startswith("facility"):
        place = next((row for row in document if row["institution_eng"] == "Ruttonjee Hospital"), document[0])
        for field, mark in [("institution", HOSTILE), ("cluster", QUOTE), ("address", HOSTILE)]:
            for language in ["eng", "tc", "sc"]:
                place[f"{field}_{language}"] = f"{place[f'{field}_{language}']}{mark}"
    elif name.startswith("g0_"):
        clinic = document[0]
        fields = list(clinic)
        for field in [fields[2], fields[3]]:
            clinic[field] = f"{clinic[field]}{HOSTILE}"
        fields = list(document[1])
        document[1][fields[1]] = f"{document[1][fields[1]]}{QUOTE}"
    return document
