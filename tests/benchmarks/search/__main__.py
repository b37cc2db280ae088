"""script/bench search [part …]: the search against its goals; every part is named in PARTS, none means all.

Times mean nothing alone: sides take turns in one run, and a goal is a ratio. `--quick` is for trying out, not for the
record: few repetitions, no national size unless --national names a database, and nothing that takes a million programs.
"""

from __future__ import annotations

import argparse
import datetime as dt
import signal
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from tests.benchmarks.search import memory, parts, report
from tests.benchmarks.search.context import ROOT, Run, say, start
from tests.benchmarks.search.regression import queries

PARTS: Final[dict[str, Callable[[Run], None]]] = {
    "queries": queries, "p1": parts.p1, "p2": parts.p2, "p3": parts.p3, "p4": parts.p4, "p5": parts.p5,
    "p6": parts.p6, "memory": memory.memory_part,
}  # fmt: skip
#: At least; a multiple of the ten kinds.
REPETITIONS: Final = 400
QUICK_REPETITIONS: Final = 40


def main() -> int:
    """Run the parts and print the table; 0 also when goals are missed, because that is a finding and no failure."""
    options = arguments()
    # Ended from outside, the run still ends what it started.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    with ExitStack() as stack:
        run = start(
            stack,
            quick=options.quick,
            national=options.national,
            repetitions=options.repetitions or (QUICK_REPETITIONS if options.quick else REPETITIONS),
        )
        for name in options.part or PARTS:
            say(f"== {name}")
            if name == "queries":
                queries(run, write_not_yet=options.write_not_yet)
            else:
                PARTS[name](run)
        moment = dt.datetime.now(dt.UTC)
        target = options.raw or ROOT / "var" / "bench" / f"search-{moment:%Y%m%d-%H%M%S}.json"
        sys.stdout.write(report.write(run, " ".join(["script/bench search", *sys.argv[1:]]), target) + "\n")
    return 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="script/bench search", description="Measures the search against its goals.")
    parser.add_argument("part", nargs="*", help=f"{', '.join(PARTS)}; all of them when none is named")
    parser.add_argument("--quick", action="store_true", help="few repetitions and small sizes; not for the record")
    parser.add_argument(
        "--national", type=Path, metavar="FILE", help="a SQLite database of all programs, which is copied"
    )
    parser.add_argument("--repetitions", type=int, metavar="N", help=f"questions for each comparison ({REPETITIONS})")
    parser.add_argument("--raw", type=Path, metavar="FILE", help="where the raw times go (var/bench/)")
    parser.add_argument(
        "--write-not-yet", action="store_true", help="write what misses into tests/search_queries/not_yet.txt"
    )
    options = parser.parse_args()
    if unknown := set(options.part) - set(PARTS):
        parser.error(f"there is no part {', '.join(sorted(unknown))}")
    if options.national and not options.national.is_file():
        parser.error(f"there is no database {options.national}")
    return options


if __name__ == "__main__":
    raise SystemExit(main())
