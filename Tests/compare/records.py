"""The records that aggregates.py asks: a part of the real collection of the old feed, and a simulated year of the new one."""
import datetime
import os
import random
import sqlite3
import subprocess
import tarfile

import numpy as np

import reference

REPOSITORY = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
COLLECTION = os.path.join(os.path.dirname(REPOSITORY), "shared", "history", "ane-hk-2024.tar.xz")
# Both ends of a financial year, and a turn of the year: 2024-12-30 is of the ISO week 1 of 2025. A debug build takes about
# six seconds for them, and a minute for all of 2024.
COLLECTED_DAYS = [("2024-03-25", "2024-04-07"), ("2024-12-16", "2024-12-31")]
COLLECTED_NAMES = """Alice-Ho-Miu-Ling-Nethersole-Hospital Caritas-Medical-Centre Kwong-Wah-Hospital North-District-Hospital
    North-Lantau-Hospital Pamela-Youde-Nethersole-Eastern-Hospital Pok-Oi-Hospital Prince-of-Wales-Hospital
    Princess-Margaret-Hospital Queen-Elizabeth-Hospital Queen-Mary-Hospital Ruttonjee-Hospital St-John-Hospital
    Tin-Shui-Wai-Hospital Tseung-Kwan-O-Hospital Tuen-Mun-Hospital United-Christian-Hospital Yan-Chai-Hospital""".split()


def minute(text):
    """Minutes since 1970-01-01T00:00Z of a Hong Kong time: `2026-01-31`, `2026-01-31T04:30`."""
    parsed = datetime.datetime.fromisoformat(text)
    return int((parsed - datetime.datetime(1970, 1, 1)).total_seconds()) // 60 - 480


def collected(binary, folder, everything):
    """Imports the collection of the old feed. Returns the record and what it is of."""
    source, what = os.path.join(folder, "collection"), "all of the real collection of 2024"
    if not os.path.exists(COLLECTION):
        make_collection(source)
        what = "a made-up collection (the real one is not beside the repository)"
    else:
        with tarfile.open(COLLECTION) as archive:
            members = archive.getmembers()
            if not everything:
                what = "30 days of the real collection of 2024"
                members = [member for member in members if is_taken(member.name)]
            archive.extraction_filter = getattr(tarfile, "data_filter", None)  # Debian 12's Python has none
            archive.extractall(source, members)
    path = os.path.join(folder, "collected.sqlite")
    run(binary, "import", "ane-hk", source, "--database", path)
    return path, what


def is_taken(name):
    day = "-".join(name.split("/")[:3])
    return any(first <= day <= last for first, last in COLLECTED_DAYS)


def make_collection(folder):
    """Files of the collection's layout: rows that stand twice, some files without a header, slots that were missed."""
    dice = random.Random(24)
    for first, last in COLLECTED_DAYS:
        day = datetime.date.fromisoformat(first)
        while day <= datetime.date.fromisoformat(last):
            place = os.path.join(folder, day.strftime("%Y/%m/%d"))
            os.makedirs(place)
            for name in COLLECTED_NAMES:
                if dice.random() < 0.05:
                    continue
                lines = [] if dice.random() < 0.2 else ["UpdateTime\tTopWait"]
                for slot in range(96):
                    if dice.random() < 0.6:
                        hours = dice.randint(0, 8)
                        row = f"{day} {slot // 4:02}:{slot % 4 * 15:02}\t" + (f"> {hours}" if hours else "< 1")
                        lines += [row] * dice.choice([1, 1, 1, 2])
                with open(os.path.join(place, name + ".tsv"), "w", encoding="utf-8") as file:
                    file.write("\n".join(lines) + "\n")
            day += datetime.timedelta(days=1)


def run(binary, *arguments):
    """What the command prints."""
    done = subprocess.run(
        [binary, *arguments], capture_output=True, text=True, cwd=os.path.dirname(arguments[-1]),
        env=os.environ | {"WAITKEEPER_CLOCK": reference.MOMENT})
    if done.returncode != 0:
        raise SystemExit(f"waitkeeper {' '.join(arguments)} ended with {done.returncode}:\n{done.stderr}")
    return done.stdout


class Phrases:
    """Phrase ids by kind, as this script itself reads the table of docs/design.md; waitkeeper must read every one the same."""

    def __init__(self):
        self.rows = []
        self.t3 = [self.add("t3", f"{n} minutes", n, n, n, "exact") for n in range(1, 300)]
        self.t3.insert(0, self.add("t3", "0 minute", 0, 0, 0, "exact"))
        self.t45 = [self.add("t45", f"{n / 2:g} hours", 30 * n, 30 * n - 30, 30 * n, "roundedUp") for n in range(1, 40)]
        self.t45.insert(0, self.add("t45", "0 hour", 0, 0, 0, "exact"))
        self.t45_chinese = self.add("t45", "3 小時", 180, 150, 180, "roundedUp")
        self.triage12 = [
            self.add("triage12", "0 minute", 0, 0, 0, "exact"),
            self.add("triage12", "less than 15 minutes", 15, 0, 15, "lessThan"),
            self.add("triage12", "Managing multiple resuscitation cases", None, None, None, "resuscitation")]
        self.flags = [self.add("flag", "Y", 1, None, None, "yes"), self.add("flag", "N", 0, None, None, "no"),
                      self.add("flag", "N/A", None, None, None, "notApplicable")]
        self.top = [self.add("top", "Around 1 hour", 0, 0, 60, "over")]
        for hours in range(1, 9):
            text = "Over 1 hour" if hours == 1 else f"Over {hours} hours"
            self.top.append(self.add("top", text, 60 * hours, 60 * hours, None if hours == 8 else 60 * hours + 60, "over"))
        self.unknown = {kind: self.add(kind, "ask at the counter", None, None, None, "unrecognised")
                        for kind in ("t3", "t45", "triage12", "flag", "top")}
        # An id beyond 16 bits makes the cells of its days wide, and a wait of four digits the table of values sparse.
        self.far = self.add("t3", "9999 minutes", 9999, 9999, 9999, "exact", id=70_001)
        self.far_unknown = self.add("t3", "no idea", None, None, None, "unrecognised", id=70_002)

    def add(self, kind, text, minutes, lower, upper, qualifier, id=None):
        id = id or len(self.rows) + 1
        self.rows.append((id, kind, text, minutes, lower, upper, qualifier))
        return id


class SimulatedYear:
    """The new feed from its trial to the end of 2026-10, and the old feed where an ISO week 53 and its own end lie.

    Written into the base tables, since documents of a year would take minutes to read.
    """
    FROM, TO = minute("2025-10-13"), minute("2026-11-01")
    # No hospital has any reading in these; two ISO weeks and more.
    SILENCE = minute("2026-01-19"), minute("2026-02-03")

    def __init__(self, binary, folder):
        self.binary, self.path = binary, os.path.join(folder, "simulated.sqlite")
        self.draws, self.phrases = np.random.default_rng(2026), Phrases()
        run(binary, "reparse", "--database", self.path)

    def write(self):
        """Returns the path of the record."""
        # A record must not be waiting for the disk here: it is thrown away at the end.
        with sqlite3.connect(self.path) as db:
            db.execute("PRAGMA synchronous = OFF")
            db.execute("PRAGMA foreign_keys = OFF")
            hospitals = db.execute("SELECT id, code FROM place WHERE kind = 'hospital' AND is_emergency ORDER BY code")
            hospitals = hospitals.fetchall()
            db.executemany("INSERT INTO phrase VALUES (?, ?, ?, ?, ?, ?, ?)", self.phrases.rows)
            for attempt, like in ((1, "%aedwtdata2-en.json"), (2, "%aedwtdata-en.json")):
                db.execute(
                    """INSERT INTO attempt (id, document_id, origin, captured_unix, outcome, http_status, seal)
                       SELECT ?, min(id), 'live', ?, 'new', 200, 0 FROM document WHERE url LIKE ?""",
                    (attempt, self.FROM * 60, like))
            for index, (id, _) in enumerate(hospitals):
                rows = self.new_feed(index, len(hospitals))
                db.executemany(f"INSERT INTO wait_reading VALUES ({id}, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)", rows)
                rows = self.old_feed(index)
                db.executemany(f"INSERT INTO top_wait_reading VALUES ({id}, ?, ?, 2)", rows)
        db.close()
        print(run(self.binary, "reparse", "--database", self.path).strip(), flush=True)
        self.check_phrases()
        return self.path

    def check_phrases(self):
        with sqlite3.connect(self.path) as db:
            stored = db.execute("SELECT * FROM phrase ORDER BY id").fetchall()
        for mine, theirs in zip(sorted(self.phrases.rows), stored, strict=True):
            if mine != theirs:
                raise SystemExit(f"waitkeeper reads a phrase otherwise: {theirs}, by the table of docs/design.md {mine}")

    def minutes(self, index, count):
        """When a hospital has readings; each of some has a way of its own."""
        slots = np.arange(self.FROM, self.TO, 15)
        kept = self.draws.random(len(slots)) > 0.01
        if index == count - 1:  # never any
            return slots[:0]
        if index == count - 2:  # begins late, in the middle of a day
            kept &= slots >= minute("2026-02-20T13:45")
        if index == count - 3:  # one reading on some days, whole weeks and a month without
            kept = (slots % 1440 == minute("2026-01-01T09:30") % 1440) & (self.draws.random(len(slots)) < 0.4)
            kept &= (slots < minute("2026-07-31T09:30")) | (slots >= minute("2026-09-01"))
        if index == count - 4:  # a slot in two, in bursts
            kept &= np.repeat(self.draws.random(len(slots) // 8 + 1) < 0.5, 8)[:len(slots)]
        if 7 <= index < count - 5:  # one hour in four
            kept &= slots // 60 % 4 == index % 4
        if index == count - 5:  # nearly nine of ten: some buckets are partial, others are not
            kept &= self.draws.random(len(slots)) > 0.1
        times = slots[kept]
        times = times[(times < self.SILENCE[0]) | (times >= self.SILENCE[1])]
        # Odd minutes, as the archive has a few, and further readings of a slot.
        odd = self.draws.random(len(times)) < 0.02
        times = times + np.where(odd, self.draws.integers(1, 15, len(times)), 0)
        again = times[self.draws.random(len(times)) < 0.01]
        edges = [minute("2025-12-31T23:59"), minute("2026-03-31T23:59"), minute("2025-12-29T04:36"),
                 minute("2025-12-29T04:37"), minute("2025-12-29T04:38")]
        more = again // 15 * 15 + self.draws.integers(0, 15, len(again))
        return np.unique(np.concatenate([times, more, edges if index < 6 else [], self.trial(index)]).astype(int))

    def trial(self, index):
        """Readings before the feed's life; they come to its last minute."""
        if index % 3:
            return []
        return list(range(minute("2025-09-01T08:00"), minute("2025-09-10T16:00"), 15)) + [minute("2025-10-12T23:59")]

    def new_feed(self, index, count):
        """Rows of `wait_reading` without hospital and attempt."""
        times, phrases, draws = self.minutes(index, count), self.phrases, self.draws
        size = len(times)
        level = 40 + index * 3 + 30 * np.sin(times / 1440 * 2 * np.pi) + draws.normal(0, 12, size)
        if index == 1:  # always the same
            level = np.full(size, 45.0)
        if index == 2:  # few values, many ties
            level = draws.choice([30.0, 60.0, 90.0], size)
        level = np.clip(level, 0, 140).astype(int)
        if index in (3, 4):  # like one another: ranks that tie
            level = np.where(level > 0, 50 + (times // 15) % 3, level)
        t3, t45 = np.array(phrases.t3), np.array(phrases.t45)
        columns = [np.full(size, phrases.triage12[0]), np.full(size, phrases.triage12[1]), t3[level], t3[level * 2],
                   t45[level // 10], t45[level // 5], np.array(phrases.flags)[(draws.random(size) > 0.2).astype(int)],
                   np.array(phrases.flags)[(draws.random(size) > 0.4).astype(int)]]
        resuscitation = draws.random(size) < 0.02
        for column, phrase in enumerate([phrases.triage12[2]] * 2 + [None] * 4 + [phrases.flags[2]] * 2):
            if phrase is None:
                continue
            columns[column] = np.where(resuscitation, phrase, columns[column])
        for column, kind in enumerate(["triage12", "triage12", "t3", "t3", "t45", "t45", "flag", "flag"]):
            columns[column] = np.where(draws.random(size) < 0.004, phrases.unknown[kind], columns[column])
        columns[2] = np.where(draws.random(size) < 0.0005, phrases.far, columns[2])
        columns[3] = np.where(draws.random(size) < 0.0005, phrases.far_unknown, columns[3])
        columns[5] = np.where(draws.random(size) < 0.001, phrases.t45_chinese, columns[5])
        return zip(times.tolist(), *(column.tolist() for column in columns))

    def old_feed(self, index):
        """Rows of `top_wait_reading`: around ISO week 53 of 2020, and across the end of the feed's life."""
        draws, phrases = self.draws, self.phrases
        if index == 7:
            return []
        spans = [("2020-12-21", "2021-01-18"), ("2025-10-06", "2025-10-15")]
        times = np.concatenate([np.arange(minute(first), minute(last), 15) for first, last in spans])
        times = times[draws.random(len(times)) > (0.3 if index % 2 else 0.02)]
        texts = np.array(phrases.top)[draws.integers(0, 9, len(times))]
        texts = np.where(draws.random(len(times)) < 0.01, phrases.unknown["top"], texts)
        return zip(times.tolist(), texts.tolist())
