"""The whole of the official files: every school, every program, and directories of several years."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from directory.importers.base import Scope
from directory.models import Completions, FormerSlug, ImportRun, Listing, Program, Release, School
from directory.pipeline.load import Order, load
from directory.vocab import Source
from tests.factories.state import undone

pytestmark = [pytest.mark.official, pytest.mark.django_db]
ROOT: Path = settings.OFFICIAL_DATA_DIR
HD = ROOT / "ipeds_hd"
FACTS = ("unitid", "name", "status", "slug", "closed_on", "release__vintage", "latitude", "website")
MB = 1024  # in kilobytes, as Linux counts memory


def bring(source: Source, path: Path) -> ImportRun:
    run = load(Order(path, source, scope=Scope())).run
    assert run.state in (ImportRun.State.APPLIED, ImportRun.State.UNCHANGED), run.message
    return run


def test_the_whole_nation():
    """All 2024 completions with all schools: the counts, and the memory that they take."""
    before = peak_anew()
    bring(Source.CIP, ROOT / "cip_soc" / "CIPCode2020.csv")
    bring(Source.IPEDS_HD, HD / "hd2024.csv")
    run = bring(Source.IPEDS_COMPLETIONS, ROOT / "ipeds_completions" / "c2024_a_firstmajor_csv.zip")
    assert (run.rows_read, run.rows_skipped, run.rejected) == (286_979, 19_384, 0)
    assert Program.objects.count() == Listing.objects.count() == Completions.objects.count() == 267_595
    assert Completions.objects.filter(awards=0).count() == 68_140  # of 70,104 rows with 0, 1,964 are totals
    assert School.objects.count() == 6_072
    assert peak() - before < 300 * MB + database_in_memory()


def peak_anew() -> int:
    """Kilobytes that the process takes now; its peak counts from here, without what other tests took."""
    Path("/proc/self/clear_refs").write_text("5")
    return peak()


def peak() -> int:
    """Kilobytes: the most that the process has taken."""
    (line,) = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")]
    return int(line.split()[1])


def database_in_memory() -> int:
    """Kilobytes: on SQLite the test's database lies in the memory of the process, which a site's does not."""
    if connection.vendor != "sqlite":
        return 0
    with connection.cursor() as cursor:
        sizes = [cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size")]
    return int(sizes[0] * sizes[1] // 1024)


def test_both_orders_of_two_directories_end_in_the_same_schools():
    with undone():
        for name in ("hd2024.csv", "hd2022.csv"):
            bring(Source.IPEDS_HD, HD / name)
        older_last = sorted(School.objects.values_list(*FACTS), key=str)
        assert FormerSlug.objects.count() == 0
    bring(Source.IPEDS_HD, HD / "hd2022.csv")
    run = bring(Source.IPEDS_HD, HD / "hd2024.csv")
    assert (run.added, run.removed) == (133, 317)
    assert FormerSlug.objects.count() > 100  # renamed between the two
    assert sorted(School.objects.values_list(*FACTS), key=str) == older_last
    assert Release.objects.count() == 2
