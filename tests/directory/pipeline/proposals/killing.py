"""Workers that are killed: a process of its own that forks one worker per point and kills it there.

A point is a line of our own code, counted as it runs: the worker is killed with SIGKILL before it.
`python -m tests.directory.pipeline.proposals.killing FOLDER POINTS` kills at so many points, evenly spread, of each
job and prints what was found as JSON.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import Any

WATCHED = ("pipeline/proposals/", "pipeline/load.py", "pipeline/change_log/", "importers/merge.py", "pipeline/refresh")
NEVER = 10_000_000
JUST_BEFORE_THE_END = (1, 4, 9)  # what follows the commit is a few lines


def main(folder: Path, points: int) -> None:
    import django
    from django.conf import settings

    django.setup()
    database = Path(str(settings.DATABASES["default"]["NAME"]))
    prepare(folder)
    found: dict[str, Any] = {}
    for job in ("check", "load", "revert"):
        ask_for(job)
        whole = saved(database, f"{job}.sqlite3")
        before = facts()
        lines = int(fork(NEVER, folder)[1])  # to its end, to know how long it is
        after = facts()
        assert (before == after) is (job == "check"), job
        found[job] = []
        spread = {1 + number * lines // points for number in range(points)}
        for at in sorted(spread | {lines - few for few in JUST_BEFORE_THE_END}):
            restore(database, whole)
            killed, _ = fork(at, folder)
            now = facts()
            where = "before" if now == before else "after" if now == after else "between"
            again, _ = fork(NEVER, folder)
            found[job].append(
                {"at": at, "killed": killed == -signal.SIGKILL, "where": where, "again": again,
                 "ended_well": facts() == after, "state": state(), "left": left_over()}
            )  # fmt: skip
        restore(database, whole)
        fork(NEVER, folder)
    print(json.dumps(found))  # noqa: T201 - what the test reads


def prepare(folder: Path) -> None:
    """All tables without the history of their migrations, and last year's schools."""
    from django.apps import apps
    from django.conf import settings
    from django.core.management import call_command

    settings.MIGRATION_MODULES = {config.label: None for config in apps.get_app_configs()}
    call_command("migrate", run_syncdb=True, verbosity=0)
    from tests.directory.importers.samples_ipeds import ANNE, MAPLE, hd

    hd(MAPLE, ANNE, year=2023).load(folder)


def ask_for(job: str) -> None:
    """What the worker finds: a file to check, then one that is approved, then one to be taken back."""
    from django.contrib.auth.models import User

    from directory.models import ReleaseProposal
    from directory.pipeline.proposals import deciding, store
    from directory.vocab import Source
    from tests.directory.importers.samples_ipeds import hd, school

    ada, _ = User.objects.get_or_create(username="ada")
    if job == "check":
        this_year = hd(school(100101, "Maple University", CITY="Oak"), school(100404, "Oak College"), year=2024)
        deciding.propose(
            kept=store.keep([this_year.content()]), source=Source.IPEDS_HD, name=this_year.name, scope="all", by=ada
        )
        return
    proposal = ReleaseProposal.objects.get()
    if job == "load":
        deciding.approve(proposal=proposal, by=ada, sha256=proposal.sha256, preview=proposal.preview_number)
    else:
        deciding.take_back(proposal=proposal, by=ada, reason="A draft")


def fork(at: int, folder: Path) -> tuple[int, str]:
    """Run a worker in a child and kill it before its `at`-th line: (exit code, lines that it ran)."""
    from django.db import connection

    connection.close()
    child = os.fork()
    if not child:
        try:
            from django.core.management import call_command

            reaper = Reaper(at)
            with Path(os.devnull).open("w") as nowhere:
                sys.settrace(reaper)
                call_command("work_proposals", "--once", stdout=nowhere)
                sys.settrace(None)
            (folder / "lines").write_text(str(at - reaper.left))
            os._exit(0)
        except BaseException:
            import traceback

            traceback.print_exc()
            os._exit(9)
    _, status = os.waitpid(child, 0)
    lines = folder / "lines"
    return os.waitstatus_to_exitcode(status), lines.read_text() if lines.is_file() else "0"


class Reaper:
    """Counts the lines of our code and kills the process before one of them."""

    def __init__(self, at: int) -> None:
        self.left = at

    def __call__(self, frame: FrameType, event: str, _: Any) -> Any:
        if not any(part in frame.f_code.co_filename for part in WATCHED):
            return None
        if event == "line":
            self.left -= 1
            if self.left <= 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return self


def saved(database: Path, name: str) -> Path:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return Path(shutil.copy(database, database.with_name(name)))


def restore(database: Path, whole: Path) -> None:
    from django.db import connection

    connection.close()
    for path in database.parent.glob(f"{database.name}*"):
        path.unlink()
    shutil.copy(whole, database)


def facts() -> dict[str, list[str]]:
    """What readers can see the results of: every table but the diary of the proposal itself."""
    from tests.factories.state import contents

    own = ("Proposal", "KeptChange", "auth.")
    return {name: rows for name, rows in contents().items() if not any(part in name for part in own)}


def state() -> str:
    from directory.models import ReleaseProposal

    return str(ReleaseProposal.objects.get().state)


def left_over() -> int:
    """Runs that claim to be going on."""
    from directory.models import ImportRun

    return ImportRun.objects.filter(state=ImportRun.State.RUNNING).count()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
