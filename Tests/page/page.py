#!/usr/bin/env python3
"""The pages in a real browser, on a record.

usage: page.py WAITKEEPER RECORD [--prove] [WORD...]

Prints a line a check and ends with 1 where one failed; with words, only checks whose names have one of them are run. With
--prove each check is run with what it looks at broken, once for each way that it names: then it must fail.
Needs Playwright and axe (`.ci/python playwright axe_playwright_python`) and chromium, from CHROMIUM or /usr/bin/chromium.
"""
import signal
import sys

# In the order in which their checks are run.
import now  # noqa: F401
import hospital  # noqa: F401
import everywhere  # noqa: F401
import inert  # noqa: F401
import clients  # noqa: F401
from checks import ALL, Stage

# So many faults of a check are printed, and the last.
SHOWN = 8


def main(words):
    is_proof = "--prove" in words
    words = [word for word in words if word != "--prove"]
    if len(words) < 2:
        sys.exit(__doc__)
    waitkeeper, record, *named = words
    chosen = [check for check in ALL if not named or any(word in check.name for word in named)]
    if not chosen:
        sys.exit(f"No check's name has {' or '.join(named)}.")
    # Servers and the browser are ended however we are.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with Stage(waitkeeper, record) as stage:
        failed = prove(stage, chosen) if is_proof else run(stage, chosen)
    sys.exit(1 if failed else 0)


def run(stage, chosen):
    failed = 0
    for check in chosen:
        faults = stage.run(check)
        failed += bool(faults)
        print(f"{'FAILED' if faults else 'ok'}  {check.name}", flush=True)
        for fault in faults[:SHOWN] + faults[SHOWN:][-1:]:
            print(f"        {fault}", flush=True)
        if len(faults) > SHOWN + 1:
            print(f"        ({len(faults)} in all)", flush=True)
    print(f"{len(chosen) - failed} of {len(chosen)} checks passed.")
    return failed


def prove(stage, chosen):
    missed = 0
    for check in chosen:
        for number, change in enumerate(check.breaks, 1):
            stage.changes = [change]
            faults = stage.run(check, most=1)
            # What the pages no longer say cannot be changed.
            is_void = not getattr(change, "was_made", True)
            missed += is_void or not faults
            told = "this changes nothing any more" if is_void else f"fails: {faults[0]}" if faults else "PASSES although broken"
            print(f"{'MISSED' if is_void or not faults else 'ok'}  {check.name}, broken {number}: {told}"[:300], flush=True)
        if not check.breaks:
            missed += 1
            print(f"MISSED  {check.name}: no way to break it is named", flush=True)
    print("Every check can fail." if not missed else f"{missed} checks were not shown to be able to fail.")
    return missed


if __name__ == "__main__":
    main(sys.argv[1:])
