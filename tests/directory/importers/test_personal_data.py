"""Names, telephone numbers and addresses of people stand in official files. Nothing of them is kept anywhere."""

from __future__ import annotations

import logging
import tempfile
from pathlib import Path

import pytest
from django.apps import apps

from directory.models import ImportRun
from directory.pipeline.load import Order, load
from tests.directory.importers.files import Sample
from tests.directory.importers.samples_dapip import DAPIP, PEOPLE, action, location
from tests.directory.importers.samples_ipeds import HD, hd, school

pytestmark = pytest.mark.django_db
#: Made up; each stands in the columns that name or reach people in the samples of HD and DAPIP.
CANARIES = ("Canary", "canary-mail", "5550100")
OFFICER = {"CHFNM": "Pat Canary-Name", "CHFTITLE": "Canary-Title", "GENTELE": "5550100999"}


def everything_kept() -> str:
    """All tables as text."""
    return "\n".join(
        repr(row) for model in apps.get_models() for row in model._base_manager.order_by("pk").values_list()
    )


def people_in(text: str) -> list[str]:
    return [canary for canary in CANARIES if canary in text]


def damaged(sample: Sample) -> list[Sample]:
    """The sample with one row that is rejected for a cell of its own, and one that has lost its shape."""
    part = sample.part
    wrong = part.with_cell(0, sample.keys[0], "no number")
    key = part.header.index(sample.keys[0])
    moved = tuple((*row[:key], *row[key + 1 :], "") for row in part.rows[:1])
    torn = tuple(row[:-1] for row in part.rows[:1])
    return [sample.but(wrong), *(sample.but(part_of(part, rows)) for rows in (moved, torn))]


def part_of(part, rows):
    return type(part)(part.name, part.header, (*rows, *part.rows[1:]))


@pytest.mark.parametrize("sample", [HD, DAPIP], ids=["hd", "dapip"])
def test_the_samples_hold_people_so_that_the_test_can_fail(sample):
    text = "".join(part.csv() for part in sample.parts)
    assert "Canary" in text
    assert "5550100" in text


def test_no_table_log_or_file_keeps_people_of_hd(tmp_path, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    before = set(Path(tempfile.gettempdir()).glob("*"))
    for sample in (HD, hd(school(100404, "Brook College", **OFFICER)), *damaged(HD)):
        load(Order(sample.write(tmp_path), sample.source, force="test"))
    assert ImportRun.objects.filter(rejected__gt=0).exists()
    out, err = capfd.readouterr()
    assert people_in(everything_kept() + caplog.text + out + err) == []
    new = set(Path(tempfile.gettempdir()).glob("*")) - before
    assert [path for path in new if path.is_file() and people_in(path.read_text(errors="replace"))] == []


def test_no_table_log_or_file_keeps_people_of_dapip(tmp_path, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    HD.load(tmp_path)
    people = location("900500", "Brook College", unitids="100303", **PEOPLE)
    wrong = location("900600", "Clean School", unitids="no number", **PEOPLE)
    contrary = location("900700", "Elsewhere", unitids="100101", opeid="09999900", **PEOPLE)
    free_text = action("900100", JustificationOther="Ask Robin Canary-Admin, 5550100222, robin@canary-mail.example")
    shapeless = action("900100")[:-1]
    records, campus, actions = DAPIP.parts
    wider = [
        records,
        type(campus)(campus.name, campus.header, (*campus.rows, people, wrong, contrary)),
        type(actions)(actions.name, actions.header, (*actions.rows, shapeless, free_text)),
    ]
    sample = Sample(source=DAPIP.source, name=DAPIP.name, parts=tuple(wider), needs=DAPIP.needs)
    run = load(Order(sample.write(tmp_path), sample.source)).run
    assert (run.state, run.rejected) == (ImportRun.State.APPLIED, 3)
    out, err = capfd.readouterr()
    assert people_in(everything_kept() + caplog.text + out + err) == []
