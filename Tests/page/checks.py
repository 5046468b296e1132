"""Named checks: a check yields a sentence for each fault that it sees."""
import itertools
import os
import tempfile
import traceback
from contextlib import ExitStack

from playwright.sync_api import TimeoutError, expect

from browser import Visit, chromium, served
from records import fresh_record, hostile_record

# Patience for a machine that does other things meanwhile.
expect.set_options(timeout=30_000)

ALL = []


class Check:
    def __init__(self, name, breaks, faults):
        self.name, self.breaks, self.faults = name, breaks, faults


def check(name, *breaks):
    """Declares a check; `breaks` are changes of what the server answers, each of which must make it fail (`page.py --prove`)."""
    def declare(faults):
        ALL.append(Check(name, breaks, faults))
        return faults
    return declare


class Stage:
    """The served records and the browser that checks look at them with."""

    def __init__(self, waitkeeper, record):
        self.waitkeeper, self.record = waitkeeper, record
        self.changes = []
        self._stack = ExitStack()
        self._sites, self._visits = {}, []

    def __enter__(self):
        self.folder = self._stack.enter_context(tempfile.TemporaryDirectory())
        self.browser = self._stack.enter_context(chromium())
        self.site = self.serve(self.record)
        return self

    def __exit__(self, *error):
        return self._stack.__exit__(*error)

    def serve(self, record, **environment):
        """A server that stays until the end."""
        return self._stack.enter_context(served(self.waitkeeper, record, **environment))

    @property
    def fresh(self):
        return self._made("fresh", fresh_record)

    @property
    def hostile(self):
        return self._made("hostile", hostile_record)

    def _made(self, name, make):
        if name not in self._sites:
            self._sites[name] = self.serve(make(self.waitkeeper, self.folder))
        return self._sites[name]

    def visit(self, path=None, site=None, **options):
        """A new visitor, who is shown to the door at the end of the check."""
        visit = Visit(self.browser, site or self.site, self.changes, **options)
        self._visits.append(visit)
        if path:
            visit.open(path)
        return visit

    def run(self, check, most=None):
        """The faults that a check saw, `most` at most; what stopped it is one, too."""
        seen = []
        try:
            seen.extend(itertools.islice(check.faults(self) or [], most))
        except Exception as error:
            place = [frame for frame in traceback.extract_tb(error.__traceback__) if "/playwright/" not in frame.filename]
            line = next((frame for frame in reversed(place) if frame.filename != __file__), place[-1])
            what = f"{type(error).__name__}: {' '.join(str(error).split())}"
            seen.append(f"{os.path.basename(line.filename)}, line {line.lineno}: {what[:400]}")
        finally:
            for visit in self._visits:
                visit.close()
            self._visits.clear()
        return seen


def until(page, condition, argument=None):
    """Waits for something to become true on a page; tells what, where it does not."""
    try:
        page.wait_for_function(condition, arg=argument)
    except TimeoutError as error:
        about = "" if argument is None else f" for {argument!r}"
        raise AssertionError(f"at {page.url} it never became true{about}: {' '.join(condition.split())}") from error


def is_shown(locator):
    expect(locator).to_be_visible()


def differences(what, seen, due, most=3):
    """Sentences about the first few places where two lists differ."""
    if len(seen) != len(due):
        yield f"{what}: {len(seen)} instead of {len(due)}"
    found = [(at, one, other) for at, (one, other) in enumerate(zip(seen, due)) if one != other]
    for at, one, other in found[:most]:
        yield f"{what}, number {at + 1}: {one!r} instead of {other!r}"
    if len(found) > most:
        yield f"{what}: {len(found)} differ"
