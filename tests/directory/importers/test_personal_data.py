"""Names, telephone numbers and addresses of people stand in official files. Nothing of them is kept anywhere."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

from directory.models import ImportRun
from directory.pipeline.load import Order, load
from tests.directory.importers.files import Sample, write
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


def misquoted(sample: Sample) -> Iterator[tuple[str, bytes]]:
    """The file with its first row's quotation marks damaged around each canary, and what was done."""
    header, row, *rest = sample.part.csv().encode().splitlines(keepends=True)
    for column in OFFICER:
        name = sample.part.rows[0][sample.part.header.index(column)].encode()
        for what, spoilt in (
            ("opened, not closed in the cell", b'""" ' + name + b'"'),
            ("closed, not opened", name + b'"'),
            ("swallows the next row", b'"' + name + b"\r\n" + row.strip() * 2 + b'"'),
            ("swallows up to the next mark", b'"' + name),
            ("not text", name + b"\x81\x8d"),
        ):
            yield f"{column}: {what}", header + row.replace(name, spoilt, 1) + b"".join(rest)
    for what, end in (("the last cell swallows", b'"\r\n' + row.strip() * 2 + b'"'), ("the last cell opens", b'"x')):
        yield what, header + row + b"".join(rest) + rest[-1].rstrip()[:-1] + end


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


def test_no_record_of_a_row_that_lost_its_shape_keeps_people(tmp_path, caplog, capfd):
    """What is left of a row may stand under any column: none of its text is kept, only where to look."""
    caplog.set_level(logging.DEBUG)
    seen = set()
    for what, content in misquoted(HD):
        run = load(Order(write(tmp_path / HD.name, content), HD.source, force="test")).run
        assert run.rejected or run.state == ImportRun.State.REFUSED, what
        seen |= set(run.rejects.values_list("reason", flat=True))
        out, err = capfd.readouterr()
        assert people_in(everything_kept() + caplog.text + out + err) == [], what
    assert any("stands alone" in reason for reason in seen)
    assert any("swallows" in reason for reason in seen)


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
