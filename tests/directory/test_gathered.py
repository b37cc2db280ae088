"""Rows read as a column of the row that they belong to are the same as those that the ORM reads."""

from __future__ import annotations

import pytest
from django.db.models import OuterRef

from directory.curation.overrides import correct
from directory.models import Override, Program, ProgramFact
from directory.profiles.program_rows import for_program_page, rows_of
from directory.querysets.gathered import Gathered, instances
from tests.directory.catalogue import PROGRAMS, by_slug
from tests.directory.invented import fact

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def columns(row):
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


@pytest.mark.parametrize("slug", list(PROGRAMS))
def test_every_column_of_every_row_comes_back_as_it_is_stored(slug, django_assert_num_queries):
    of = by_slug(slug)
    correct(target=of, column="title", value="Ein “Titel” <b> 日本", reason="The catalogue’s.", by=None)
    fact(of, ProgramFact.Kind.COURSES, 'A "quoted" \\ text\nof two lines')
    for_program_page(Program.objects.filter(pk=of.pk)).get()  # Django tries once in a process whether SQLite has JSON
    with django_assert_num_queries(1):
        program = for_program_page(Program.objects.filter(pk=of.pk)).get()
        held = rows_of(program)
        files = [row.release for rows in (held.awards, held.charges, held.figures) for row in rows]
        papers = [(file.source, file.vintage) for file in files]
    for read, stored in (
        (held.facts, of.facts.order_by("kind", "pk")),
        (held.awards, of.completions.order_by("year")),
        (held.overrides, of.overrides.filter(active=True)),
        (held.statements, of.accreditation_statements.order_by("-evidence_date", "pk")),
        (held.charges, of.school.program_charges.filter(cip=of.field.cip)),
    ):
        assert [columns(row) for row in read] == [columns(row) for row in stored]
        assert all(type(ours) is type(theirs) for row, its in zip(read, stored, strict=True)
                   for ours, theirs in zip(columns(row).values(), columns(its).values(), strict=True))  # fmt: skip
    assert all(source and vintage for source, vintage in papers)


def test_what_was_not_asked_is_read_when_somebody_looks(django_assert_num_queries):
    of = by_slug("maple-hit-associate")
    some = Gathered(ProgramFact.objects.filter(program=OuterRef("pk")), "id", "kind")
    row = Program.objects.filter(pk=of.pk).annotate(read=some).get()
    first = instances(ProgramFact, row.read)[0]
    with django_assert_num_queries(1):
        assert first.value


def test_nothing_is_an_empty_list():
    of = by_slug("maple-coding-certificate")
    none = Gathered(Override.objects.filter(program=OuterRef("pk")), "id")
    assert instances(Override, Program.objects.filter(pk=of.pk).annotate(read=none).get().read) == []
