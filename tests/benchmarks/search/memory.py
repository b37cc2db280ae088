"""The memory of a worker: warm, and while it reads changed data anew under questions."""

from __future__ import annotations

import itertools
import time
from pathlib import Path
from typing import Final

from tests.benchmarks.search import databases, servers
from tests.benchmarks.search.asking import Client, page, take_turns
from tests.benchmarks.search.context import Run
from tests.benchmarks.search.questions import drawn
from tests.benchmarks.search.servers import Server

MOST_MEGABYTES: Final = 200
CHANGES: Final = 3
#: Seconds in which every worker has read everything anew, also on a busy machine.
READ_ANEW: Final = 20
LONGEST_WAIT: Final = 0.3


def memory_part(run: Run) -> None:
    """A worker's memory at national size: warm, and while it reads changed data anew under questions."""
    path = databases.national(run) or databases.starter(run)
    size = "national" if path.stem == "national" else "3 k (no national database)"
    site = servers.product(run, f"sqlite:///{path}")
    for _ in range(4):  # new connections, so that every worker gets some
        take_turns({"page": (Client(site), page)}, drawn(path, run.repetitions)[0], ())
    judged = path.stem == "national"
    memory(run, site, size, judged=judged)
    changing(run, site, path, size, judged=judged)
    site.stop()


def memory(run: Run, site: Server, size: str, *, judged: bool) -> None:
    """PSS counts a page that several processes share in parts; RSS counts it whole in each."""
    found = [resident(pid) for pid in site.pids()]
    run.raw[f"memory {size}"] = found
    measured = ", ".join(f"RSS {rss:.0f} MB PSS {pss:.0f} MB" for rss, pss in found)
    met = max(rss for rss, _ in found) < MOST_MEGABYTES if judged else None
    run.goal(f"memory per worker, {size}", f"under {MOST_MEGABYTES} MB", measured, met)


def changing(run: Run, site: Server, path: Path, size: str, *, judged: bool) -> None:
    """The data change several times while readers ask: the most memory of each worker, and the longest wait."""
    asked, largest, waits = itertools.cycle(drawn(path, run.repetitions)[1]), dict.fromkeys(site.pids(), 0.0), []
    for _ in range(CHANGES):
        touched = "from directory.search.freshness import touch; touch()"
        run.manage(f"sqlite:///{path}", "shell", "-v0", "-c", touched)
        until = time.monotonic() + READ_ANEW
        while time.monotonic() < until:
            client = Client(site)  # a new connection each time, so that every worker gets some
            waits += take_turns({"page": (client, page)}, (), [next(asked) for _ in range(5)])["page"]
            client.connection.close()
            largest = {pid: max(most, resident(pid)[0]) for pid, most in largest.items()}
    run.raw[f"memory while changing {size}"] = {"largest": list(largest.values()), "waits": waits}
    most, slowest = max(largest.values()), max(waits)
    measured = f"RSS at most {most:.0f} MB, longest wait {slowest * 1000:.0f} ms (n = {len(waits)})"
    goal = f"under {MOST_MEGABYTES} MB, no wait over 300 ms"
    run.goal(
        f"{CHANGES} changes, {size}",
        goal,
        measured,
        most < MOST_MEGABYTES and slowest < LONGEST_WAIT if judged else None,
    )
    memory(run, site, f"{size}, after the changes", judged=judged)


def resident(pid: int) -> tuple[float, float]:
    """RSS and PSS of a process in megabytes."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()[1:]
    kilobytes = {line.split(":")[0]: int(line.split()[1]) for line in lines}
    return kilobytes["Rss"] / 1024, kilobytes["Pss"] / 1024
