"""A load that keeps, and its revert, killed at many points: a process that forks one worker per point.

A point is a statement sent to the database, counted as they come: the worker is killed with SIGKILL before the n-th.
`python -m tests.directory.pipeline.change_log.killing FOLDER POINTS` works on the database of DATABASE_URL, which holds
what the file in FOLDER needs, and prints what was found as JSON.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

PATH = "c2025_a.csv"


def main(folder: Path, points: int) -> None:
    import django

    django.setup()
    from django.db import connection

    from directory.models import ImportRun, KeptChange
    from directory.pipeline import change_log
    from directory.pipeline.load import Order, load
    from tests.directory.pipeline.change_log.rows import state

    def bring() -> None:
        load(Order(folder / PATH, "ipeds-completions", keep=True, force="a test’s few rows"))

    def take_back() -> None:
        run = ImportRun.objects.filter(kept__isnull=False).latest("pk")
        change_log.revert(run, by=None)

    before = state()
    statements = counted(bring)  # in a worker of its own, which ends well
    after, kept = state(), KeptChange.objects.count()
    found: dict[str, Any] = {"changed": before != after, "kept": kept > 0, "statements": statements}
    back = counted(take_back)
    found["whole"] = state() == before and not KeptChange.objects.exists()
    found["load"] = [
        killed(bring, at) and state() == before and not KeptChange.objects.exists()
        for at in range(1, statements + 1, max(1, statements // points))
    ]
    counted(bring)
    after, kept = state(), KeptChange.objects.count()
    found["revert"] = [
        killed(take_back, at) and state() == after and KeptChange.objects.count() == kept
        for at in range(1, back + 1, max(1, back // points))
    ]
    found["then"] = bool(counted(take_back)) and state() == before
    connection.close()
    print(json.dumps(found))  # noqa: T201 - what the test reads


def killed(work: Callable[[], None], at: int) -> bool:
    """Whether a worker was killed before its n-th statement."""
    return fork(work, at)[0] == -signal.SIGKILL


def counted(work: Callable[[], None]) -> int:
    """Let a worker come to its end; how many statements it sent."""
    code, statements = fork(work, 0)
    assert code == 0, code
    return statements


def fork(work: Callable[[], None], at: int) -> tuple[int, int]:
    """Run the work in a child that is killed before statement `at`; its end and the number of statements."""
    from django.db import connection

    connection.close()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        sent = 0

        def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            nonlocal sent
            sent += 1
            if sent == at:
                os.kill(os.getpid(), signal.SIGKILL)
            return execute(sql, params, many, context)

        code = 1
        try:
            with connection.execute_wrapper(watch):
                work()
            os.write(writing, str(sent).encode())
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)
    os.close(writing)
    _, status = os.waitpid(child, 0)
    with os.fdopen(reading) as said:
        return os.waitstatus_to_exitcode(status), int(said.read() or 0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
