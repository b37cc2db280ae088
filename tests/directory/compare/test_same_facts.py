"""A program's page and a comparison never disagree: every figure and word of the page's tables stands in the table."""

from __future__ import annotations

from itertools import combinations

import pytest
from django.http import QueryDict

from directory.compare.asked import Asked
from directory.compare.page import compare
from directory.compare.table import Entry, Table
from directory.models import Program, School
from directory.profiles.program import program_profile
from directory.profiles.program_rows import for_program_page
from directory.profiles.school import school_profile
from directory.profiles.school_facts import SCHOOL_RELEASES
from tests.directory.catalogue import PROGRAMS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

PAIRS = [pair for pair in combinations(PROGRAMS, 2) if pair[0][:5] != pair[1][:5]][::5]


def entries(table: Table, column: int, label: str) -> tuple[Entry, ...]:
    rows = [row for row in table.rows if row.label == label]
    assert rows, label
    return tuple(entry for row in rows for entry in row.cells[column].entries)


def table_of(kind: str, *slugs: str) -> Table:
    return compare(Asked.of(QueryDict("&".join(f"{kind}={slug}" for slug in slugs)))).table


def assert_told(table: Table, column: int, lines) -> None:
    """Each line of a fact table stands in the column, with the same paperwork."""
    for line in lines:
        assert Entry.of(line) in entries(table, column, line["label"]), line["label"]


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_programs(pair):
    table = table_of("program", *pair)
    for column, slug in enumerate(pair):
        page = program_profile(for_program_page(Program.objects.filter(slug=slug)).get())
        for block in ("cost_rows", "study_rows", "outcome_rows", "published_rows"):
            assert_told(table, column, page[block])
        price = next(each["figure"] for each in page["keyfigs"] if "rice" in each["label"])
        assert entries(table, column, "Price of the whole program")[0].figure == price
        for figure in page["awards"]:
            assert entries(table, column, f"Awards given in {figure.year}")[0].figure == figure
        standing = entries(table, column, "CAHIIM, for the program")[0]
        assert standing.badge == page["standing"]
        for opening in page["openings"]:
            (entry,) = entries(table, column, opening.certification.acronym)
            assert opening.deciding_condition.text in entry.note
            assert ("every condition" in entry.value) == (opening.basis == "confirmed")
        opened = {opening.certification.acronym for opening in page["openings"]}
        for row in next(group for group in table.groups if group.title == "Exams it opens").rows:
            value = row.cells[column].entries[0].value
            assert (value.startswith(("Open:", "Stated,"))) == (row.label in opened)


def test_schools():
    slugs = ("maple-fork-college", "cedar-ridge-institute", "elm-grove-seminary", "fern-hollow-school")
    table = table_of("school", *slugs)
    for column, slug in enumerate(slugs):
        page = school_profile(School.objects.select_related(*SCHOOL_RELEASES).get(slug=slug))
        for block in ("offerings", "accreditors", "veterans"):
            assert_told(table, column, page[block])
        assert_told(
            table,
            column,
            [line for line in page["about"] if "Number" not in line["label"] and "number" not in line["label"]],
        )
        for line in (*page["costs"], *page["outcomes"]):
            assert Entry(figure=line.figure) in entries(table, column, line.label)
        assert entries(table, column, "All")[0].value == f"{page['count']:,}"
