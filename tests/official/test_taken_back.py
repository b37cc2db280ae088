"""Loads of real files, two years of them, taken back: every row as it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings

from directory.curation.overrides import correct
from directory.importers.base import Scope
from directory.models import ImportRun, Program, School
from directory.pipeline import change_log
from directory.pipeline.load import Order, load
from directory.vocab import ListingState, Source
from tests.directory.pipeline.change_log.rows import same, state

pytestmark = [pytest.mark.official, pytest.mark.django_db]
ROOT: Path = settings.OFFICIAL_DATA_DIR
COMPLETIONS = ROOT / "ipeds_completions"
SCOPE = Scope(("51.07",))


def bring(source: Source, path: Path, *, keep: bool = False) -> ImportRun:
    run = load(Order(path, source, scope=SCOPE, keep=keep)).run
    assert run.state == ImportRun.State.APPLIED, run.message
    return run


def test_another_years_directory_and_completions_are_taken_back():
    bring(Source.CIP, ROOT / "cip_soc" / "CIPCode2020.csv")
    bring(Source.IPEDS_HD, ROOT / "ipeds_hd" / "hd2022.csv")
    bring(Source.IPEDS_COMPLETIONS, COMPLETIONS / "c2022_a_cip5107_5127.csv")
    some = School.objects.exclude(website="").order_by("pk")[:5]
    for each in some:
        correct(target=each, column="website", value="www.corrected.example", reason="A letter", by=None)
    states, runs = [], []
    for source, path in (
        (Source.IPEDS_HD, ROOT / "ipeds_hd" / "hd2024.csv"),
        (Source.IPEDS_COMPLETIONS, COMPLETIONS / "c2023_a_cip5107_5127.csv"),
        (Source.IPEDS_COMPLETIONS, COMPLETIONS / "c2024_a_cip51.csv"),
    ):
        states.append(state())
        runs.append(bring(source, path, keep=True))
    assert Program.objects.filter(state=ListingState.NOT_REPORTED).exists()
    assert change_log.blockers(runs[1])  # the year after stands on it
    for before, run in reversed(list(zip(states, runs, strict=True))):
        assert change_log.blockers(run) == ()
        change_log.revert(run, by=None)
        assert same(before, state())
