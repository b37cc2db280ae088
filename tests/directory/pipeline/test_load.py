"""Loading is all or nothing: dry runs, failures half-way, and two imports at once."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection

from directory.importers import locking
from directory.importers.locking import import_lock
from directory.models import ImportRun, Program, School
from directory.pipeline import load as pipeline
from directory.pipeline.load import Order, load
from directory.pipeline.refresh import refresh
from directory.vocab import Source
from tests.directory.importers.samples import SAMPLES
from tests.directory.importers.samples_cip import CIP, cip_row
from tests.directory.importers.samples_ipeds import ANNE, COMPLETIONS, HD, MAPLE, awards, completions, hd, school
from tests.factories.state import fingerprint


@pytest.mark.django_db
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: str(sample.source))
def test_a_dry_run_tells_the_changes_and_writes_nothing_at_all(tmp_path, sample):
    for needed in sample.needs:
        needed.load(tmp_path)
    before = fingerprint(without=())
    outcome = load(Order(sample.write(tmp_path), sample.source, scope=sample.scope, dry_run=True))
    assert outcome.run.state == ImportRun.State.DRY
    assert not ImportRun.objects.filter(pk=outcome.run.pk).exists()
    assert outcome.run.added + outcome.run.changed > 0
    assert outcome.samples
    assert fingerprint(without=()) == before


@pytest.mark.django_db
def test_a_dry_run_counts_adds_changes_removals_and_rejects(tmp_path):
    load(Order(hd(MAPLE, ANNE, year=2023).write(tmp_path), Source.IPEDS_HD))
    changed = school(100101, "Maple University")
    path = hd(changed, school(100404, "Oak"), school("x", "No"), year=2024).write(tmp_path)
    run = load(Order(path, Source.IPEDS_HD, dry_run=True)).run
    assert (run.added, run.changed, run.removed, run.rejected) == (1, 1, 0, 1)
    good = hd(changed, school(100404, "Oak"), year=2024).write(tmp_path)
    run = load(Order(good, Source.IPEDS_HD, dry_run=True)).run
    assert (run.added, run.changed, run.removed, run.rejected) == (1, 1, 1, 0)
    assert load(Order(good, Source.IPEDS_HD)).run.removed == 1


@pytest.mark.django_db
def test_a_dry_run_of_a_bad_file_says_why_and_writes_nothing(tmp_path):
    before = fingerprint(without=())
    path = hd(school("x", "No")).write(tmp_path)
    outcome = load(Order(path, Source.IPEDS_HD, dry_run=True))
    assert (outcome.run.state, bool(outcome.run.message)) == (ImportRun.State.REFUSED, True)
    assert fingerprint(without=()) == before


BREAKING_POINTS = ("directory.importers.ipeds_completions._awards", "directory.pipeline.load.refresh")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("place", BREAKING_POINTS)
def test_a_failure_half_way_leaves_nothing_and_is_recorded(tmp_path, monkeypatch, place):
    COMPLETIONS.load(tmp_path)
    before = fingerprint()

    def breaks(*_args: object, **_named: object) -> None:
        assert Program.objects.filter(field__cip="51.0714").exists()  # the import was well under way
        raise MemoryError("no room")

    monkeypatch.setattr(place, breaks)
    more = completions(awards(100101, "51.0707", 3, 41), awards(100101, "51.0714", 2, 9), year=2025)
    with pytest.raises(MemoryError):
        load(Order(more.write(tmp_path), Source.IPEDS_COMPLETIONS))
    assert fingerprint() == before
    run = ImportRun.objects.order_by("pk").last()
    assert run is not None
    assert (run.state, run.message) == (ImportRun.State.FAILED, "MemoryError: no room")

    monkeypatch.undo()
    assert load(Order(more.write(tmp_path), Source.IPEDS_COMPLETIONS)).run.state == ImportRun.State.APPLIED
    assert Program.objects.filter(field__cip="51.0714").count() == 1


@pytest.mark.django_db(transaction=True)
def test_readers_see_the_old_state_until_the_new_one_is_whole(tmp_path, monkeypatch):
    """Another connection looks in at the last moment before the end: it sees no new school yet."""
    load(Order(hd(MAPLE).write(tmp_path), Source.IPEDS_HD))
    seen: list[int] = []
    originally = refresh

    def look_in_and_go_on() -> None:
        assert School.objects.count() == 2
        seen.extend(in_another_connection(lambda: School.objects.count()))
        originally()

    monkeypatch.setattr(pipeline, "refresh", look_in_and_go_on)
    load(Order(hd(MAPLE, ANNE).write(tmp_path), Source.IPEDS_HD))
    if connection.vendor == "sqlite":
        # One database in memory is shared by its connections without write-ahead log: the reader is held off instead.
        assert seen in ([], [1])
    else:
        assert seen == [1]
    assert School.objects.count() == 2


def in_another_connection(question) -> list:
    """The answer as another connection sees it; nothing when the database holds it off."""
    answers: list = []

    def ask() -> None:
        try:
            answers.append(question())
        except Exception:  # noqa: S110 - "database table is locked" is the expected other answer on SQLite
            pass
        finally:
            connection.close()

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join(timeout=30)
    return answers


# --- Two at once ----------------------------------------------------------------------------------
def can_be_taken() -> bool:
    """Whether somebody else could take the import lock now, without waiting for it."""
    if connection.vendor == "postgresql":

        def ask() -> bool:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_try_advisory_lock(%s)", [locking.LOCK_NUMBER])
                (free,) = cursor.fetchone()
            return bool(free)  # closing the connection gives it back

        return in_another_connection(ask)[0]
    with locking._lock_file().open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


@pytest.mark.django_db(transaction=True)
def test_the_import_lock_is_held_by_one_and_given_back_also_after_a_failure():
    assert can_be_taken()
    with import_lock():
        assert not can_be_taken()
    assert can_be_taken()
    with pytest.raises(ZeroDivisionError), import_lock():
        raise ZeroDivisionError
    assert can_be_taken()


@pytest.mark.django_db(transaction=True)
def test_a_load_holds_the_lock_from_reading_to_the_end(tmp_path, monkeypatch):
    held: list[bool] = []
    for name in ("_digest", "refresh"):
        original = getattr(pipeline, name)

        def watched(*args, original=original):
            held.append(not can_be_taken())
            return original(*args)

        monkeypatch.setattr(pipeline, name, watched)
    load(Order(HD.write(tmp_path), Source.IPEDS_HD))
    assert held == [True, True]


@pytest.mark.django_db(transaction=True)
def test_a_second_import_waits_and_then_finds_nothing_to_change(tmp_path):
    """Two processes load the same file into one database at the same moment."""
    manage = [sys.executable, str(settings.BASE_DIR / "manage.py")]
    environment = shared_database(tmp_path)
    path = HD.write(tmp_path)
    both = [
        subprocess.Popen(  # noqa: S603 - our own command
            [*manage, "import_release", "ipeds-hd", str(path)], env=environment, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )
        for _ in range(2)
    ]  # fmt: skip
    said = [process.communicate(timeout=120) for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert sorted(out.splitlines()[0].partition(": ")[2].partition(" in ")[0] for out, _ in said) == [
        "applied",
        "nothing to change",
    ]


def shared_database(folder: Path) -> dict[str, str]:
    """The environment of a process that uses the test's database, or a copy of it where that lies in memory."""
    to = connection.settings_dict
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(folder / "shared.sqlite3")])
        url = f"sqlite:///{folder / 'shared.sqlite3'}"
    else:
        host = quote(to["HOST"], safe="")
        url = f"postgresql://{to['USER']}:{to['PASSWORD']}@{host}:{to['PORT']}/{to['NAME']}"
    return {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.test", "DATABASE_URL": url}


# --- Memory ---------------------------------------------------------------------------------------
MEASURE = """
import resource, sys
from pathlib import Path
import django
django.setup()
from directory.pipeline.load import Order, load
from directory.pipeline.refresh import refresh
folder = Path(sys.argv[1])
def bring(source, name):
    run = load(Order(folder / name, source)).run
    assert run.state == "applied", run.message
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
bring("cip", "CIPCode2020.csv")
bring("ipeds-hd", "hd2024.csv")
print(*(bring("ipeds-completions", f"c{year}_a.csv") for year in (2022, 2023, 2024)))
"""
SCHOOLS, ROWS = 300, 8_000
ALLOWED_MB = 16  # four times the rows kept in memory would take some 30 MB more


@pytest.mark.django_db(transaction=True)
def test_memory_does_not_grow_with_the_rows_of_a_file(tmp_path):
    """A small file warms up; then 8,000 rows about 300 schools, then 32,000 about 1,200."""
    codes = [f"{series}.{number:04}" for series in range(10, 50) for number in range(101, 110)]
    families = sorted({code[:5] for code in codes})
    rows = [cip_row(family, "A family") for family in families] + [cip_row(code, f"Field {code}") for code in codes]
    CIP.but(replace(CIP.part, rows=tuple(rows))).write(tmp_path)
    ids = [100_101 + number for number in range(SCHOOLS * 4)]
    hd(*(school(unitid, f"College {unitid}") for unitid in ids)).write(tmp_path)
    for year, count in ((2022, 500), (2023, ROWS), (2024, ROWS * 4)):
        chosen = [(unitid, code) for unitid in ids for code in codes[: ROWS // SCHOOLS + 1]][:count]
        completions(*(awards(unitid, code, 3, 1) for unitid, code in chosen), year=year).write(tmp_path)
    measured = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, "-c", MEASURE, str(tmp_path)],
        cwd=settings.BASE_DIR,
        env=shared_database(tmp_path),
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    ).stdout.split()
    warm, once, four_times = (int(number) for number in measured)
    assert four_times - once < ALLOWED_MB, (warm, once, four_times)
