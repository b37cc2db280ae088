"""Openings of all programs: `DATABASE_URL=… script/bench eligibility` measures a filled database and changes nothing.

Prints seconds and the largest memory of the process, for three questions: the openings from nothing, the same again
when nothing has changed, and the verdicts of every program and every certification, whatever the field.
"""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Callable

import django
from django.db import connection, transaction
from django.utils import timezone


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    django.setup()
    with transaction.atomic():
        measure()
        transaction.set_rollback(True)


def measure() -> None:
    """What the module says, inside a transaction that is not kept."""
    from directory.eligibility.openings import Exam, Opener, graduates, rebuild_openings
    from directory.eligibility.reader import exam_rules
    from directory.models import Opening, Program

    today = timezone.localdate()
    Opening.objects.all().delete()
    print(f"{connection.vendor}, {Program.objects.listed().count():,} listed programs, load {os.getloadavg()[0]:.1f}")  # noqa: T201
    timed("openings from nothing", rebuild_openings)
    timed("openings, nothing changed", rebuild_openings)
    exams = [Exam(number, ("",), rules) for number, rules in enumerate(exam_rules())]
    opener = Opener(exams, today)

    def every_pair() -> int:
        programs = 0
        for some in graduates(Program.objects.listed(), [exam.rules for exam in exams], today):
            for _, graduate in some:
                opener.opened(graduate)
            programs += len(some)
        return programs * len(exams)

    timed("every program with every certification", every_pair)
    print(f"graduates that differ: {len(opener.seen):,}")  # noqa: T201


def timed(what: str, work: Callable[[], int]) -> None:
    began = time.perf_counter()
    count = work()
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{what}: {count:,} in {time.perf_counter() - began:.1f} s, {megabytes:.0f} MB")  # noqa: T201


if __name__ == "__main__":
    main()
