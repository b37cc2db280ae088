"""The catalogue that ships with the site: it loads, it is small, it holds the field and nobody's name."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator

import pytest
import time_machine
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from directory.models import Certification, Completions, Listing, Opening, Program, Release, School, SchoolFigure
from directory.pipeline.starter import CATALOGUE, columns, tables
from directory.pipeline.starter_loading import load
from directory.vocab import DEFAULT_CIPS, SchoolState

pytestmark = pytest.mark.django_db
LARGEST = 3_000_000
PERSONAL = re.compile(
    r"phone|\btel|gentele|fax|e_?mail|contact|chf|officer|president|checked_by|made_by|admin(?!is|ssions)"
)
E_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[a-z]{2,}", re.IGNORECASE)
TELEPHONE = re.compile(
    r"(?<![\d/.-])(?:\+?1[-. ])?\(?\d{3}\)[-. ]?\d{3}[-. ]\d{4}(?!\d)|(?<![\d/.-])\d{3}[-.]\d{3}[-.]\d{4}(?!\d)"
)


@pytest.fixture(scope="module")
def tables_in_it() -> dict[str, list[dict[str, str]]]:
    with zipfile.ZipFile(CATALOGUE) as archive:
        return {
            name.removesuffix(".csv"): list(csv.DictReader(io.StringIO(archive.read(name).decode())))
            for name in archive.namelist()
        }


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[list[str]]:
    """The database with the catalogue in it, and what was said meanwhile; loaded once, then rolled back."""
    said: list[str] = []
    with django_db_blocker.unblock(), transaction.atomic():
        with time_machine.travel(dt.datetime(2026, 1, 15, 12, tzinfo=dt.UTC)):
            load(CATALOGUE, said.append)
        yield said
        transaction.set_rollback(True)


def test_it_ships_and_is_small():
    assert CATALOGUE.stat().st_size <= LARGEST


def test_it_has_a_table_for_every_table_that_the_site_reads(tables_in_it):
    assert set(tables_in_it) >= {model._meta.label_lower for model, _ in tables()} | {"directory.release"}
    for model, _ in tables():
        for row in tables_in_it[model._meta.label_lower][:1]:
            assert list(row) == [field.attname for field in columns(model)]


def test_no_column_is_about_a_person(tables_in_it):
    for name, rows in tables_in_it.items():
        for column in rows[0] if rows else ():
            assert not PERSONAL.search(column), f"{name}.{column}"


def test_no_cell_holds_an_e_mail_address_or_a_telephone_number(tables_in_it):
    found = [
        (name, column, cell)
        for name, rows in tables_in_it.items()
        for row in rows
        for column, cell in row.items()
        if column != "release_id" and (E_MAIL.search(cell) or TELEPHONE.search(cell))
    ]
    assert found == []


def test_every_fact_names_a_source_and_a_vintage(tables_in_it):
    known = {f"{row['source']}@{row['vintage']}" for row in tables_in_it["directory.release"]}
    for name, rows in tables_in_it.items():
        if rows and "release_id" in rows[0]:
            # A record that staff checked with an accreditor has the day of the check instead.
            assert {row["release_id"] for row in rows} - {""} <= known, name
            assert all(row["release_id"] or row.get("checked_on") for row in rows), name


def test_five_years_of_completions_are_in_it(tables_in_it):
    years = {row["year"] for row in tables_in_it["directory.completions"]}
    assert {"2020", "2021", "2022", "2023", "2024"} <= years


@pytest.mark.usefixtures("loaded")
class TestLoaded:
    def test_the_field_is_there_whole(self):
        """The counts that the official files give for 2023-24, first majors."""
        reported = Completions.objects.filter(year=2024, program__field__cip__in=("51.0706", "51.0707", "51.0713"))
        assert reported.values("program").distinct().count() == 1438
        assert reported.values("program__school").distinct().count() == 800
        technicians = Completions.objects.filter(year=2024, program__field__cip="51.0707")
        assert technicians.values("program__school").distinct().count() == 419

    def test_about_1_100_schools_have_listed_programs(self):
        schools = School.objects.listed().count()
        assert 1_050 <= schools <= 1_250
        assert 2_200 <= Listing.objects.listed().count() <= 3_000

    def test_only_the_family_is_in_it(self):
        assert set(Program.objects.values_list("field__cip", flat=True)) <= set(DEFAULT_CIPS)

    def test_no_listed_program_belongs_to_a_closed_school(self):
        closed = Listing.objects.listed().exclude(school__status__in=(SchoolState.OPEN, SchoolState.CAMPUS))
        assert list(closed) == []

    def test_prices_and_outcomes_came_along(self):
        assert SchoolFigure.objects.filter(value__isnull=False).count() > 10_000
        listed = Listing.objects.listed()
        assert listed.filter(price__isnull=False).count() > listed.count() / 2
        assert listed.filter(earnings__isnull=False).exists()

    def test_accreditation_is_stated_where_a_page_states_it_and_confirmed_nowhere(self):
        assert set(Listing.objects.values_list("standing", flat=True)) <= {"stated", "not-confirmed"}
        assert Listing.objects.filter(standing="stated").exists()
        assert not Opening.objects.filter(basis="confirmed", certification__slug="rhit").exists()

    def test_the_fifteen_certifications_are_there(self):
        assert Certification.objects.count() == 15

    def test_every_release_says_that_it_came_with_the_starter(self):
        own = Release.objects.exclude(source="certifications").values_list("origin", flat=True)
        assert set(own) == {Release.Origin.STARTER}

    def test_what_was_loaded_was_said(self, loaded):
        assert any("programs:" in line for line in loaded)

    @pytest.mark.parametrize(
        "address",
        ["/", "/programs/", "/programs/?where=43215&leads_to=rhit", "/programs/?q=medical+coding+certificate+ohio",
         "/schools/", "/states/", "/states/oh/", "/certifications/", "/data/",
         "/api/v1/programs/?state=tx"],
    )  # fmt: skip
    def test_its_pages_answer(self, client, address):
        assert client.get(address).status_code == 200

    def test_a_sample_of_programs_can_be_read(self, client):
        sample = Program.objects.order_by("slug").values_list("slug", flat=True)[::150]
        assert len(sample) > 15
        for slug in sample:
            assert client.get(f"/programs/{slug}/").status_code == 200, slug
