"""What staff set in the admin survives the next official file, and what it says then can be seen."""

from __future__ import annotations

import pytest
from django.urls import reverse

from directory.models import FieldOfStudy, ImportRun, Listing, Override, Program, School
from directory.pipeline.load import Order, load
from directory.vocab import ListingState, SchoolState, Source
from tests.directory.admin.conftest import address, filled_in
from tests.directory.importers.samples_ipeds import MAPLE, awards, completions, hd, school

pytestmark = pytest.mark.django_db
WHY = "The school wrote to us"
CODING, RECORDS = "51.0713", "51.0707"


@pytest.fixture
def bring(tmp_path):
    """Loads a sample of an official file; nothing of it may be refused."""

    def bring_in(sample):
        run = load(Order(sample.write(tmp_path), sample.source)).run
        assert run.state in (ImportRun.State.APPLIED, ImportRun.State.UNCHANGED), run.message
        return run

    return bring_in


@pytest.fixture
def maple(bring):
    first = completions(awards(100101, RECORDS, 3, 17))
    for sample in (*first.needs, first):
        bring(sample)
    return School.objects.get(unitid=100101)


def test_a_correction_stays_and_the_new_official_value_stands_beside_it(bring, edit, desk, maple):
    edit(maple, name="Maple Fork Community College", why=WHY)
    bring(hd(school(100101, "Maple Fork University"), year=2025))
    maple.refresh_from_db()
    override = Override.objects.get()
    assert maple.name == Listing.objects.get().school_name == "Maple Fork Community College"
    assert (override.official_value, override.conflict_since is not None) == ("Maple Fork University", True)
    assert "The official file says “Maple Fork University”" in desk.get(address(maple)).content.decode()


def test_a_correction_that_was_given_up_follows_the_files_again(bring, edit, maple):
    edit(maple, city="Oak Fork", why=WHY)
    edit(maple, city="Maple Fork", why="They were right")
    bring(hd(school(100101, "Maple Fork College", CITY="Elm Fork"), year=2025))
    maple.refresh_from_db()
    assert maple.city == "Elm Fork"


def test_a_program_that_staff_took_off_stays_off(bring, edit, maple):
    at = maple.programs.get()
    edit(at, state="withdrawn", why="It has ended")
    bring(completions(awards(100101, RECORDS, 3, 12), year=2025))
    at.refresh_from_db()
    assert at.state == ListingState.WITHDRAWN
    assert not Listing.objects.get().listed


def test_what_staff_entered_stays_until_an_official_file_names_it(bring, desk, maple):
    for cip in (CODING, "51.0714"):
        page = reverse("admin:directory_program_add")
        field = FieldOfStudy.objects.get(cip=cip)
        entered = {"school": maple.pk, "field": field.pk, "award_level": 3, "title": "Our name for it", "why": WHY}
        assert desk.post(page, {**filled_in(desk.get(page)), **entered}).status_code == 302
    bring(completions(awards(100101, RECORDS, 3, 12), awards(100101, CODING, 3, 5), year=2025))
    named = Program.objects.get(field__cip=CODING)
    assert (named.release.source, named.title, named.state) == (
        *(Source.IPEDS_COMPLETIONS, "Our name for it", ListingState.LISTED),
    )
    assert named.completions.get().awards == 5
    unnamed = Program.objects.get(field__cip="51.0714")
    assert (unnamed.release.source, unnamed.state) == (Source.STAFF, ListingState.LISTED)


def test_a_school_that_staff_entered_is_not_gone_with_the_next_directory(bring, desk, maple):
    page = reverse("admin:directory_school_add")
    entered = {"name": "Elm Academy", "city": "Elm", "state": "OH", "control": 3, "why": WHY}
    assert desk.post(page, {**filled_in(desk.get(page)), **entered}).status_code == 302
    entered_ones = School.objects.filter(name="Elm Academy")
    for state in (SchoolState.DRAFT, SchoolState.OPEN):
        entered_ones.update(status=state)
        bring(hd(MAPLE, year=2025 + (state == SchoolState.OPEN)))
        assert entered_ones.get().status == state
    assert School.objects.get(unitid=100202).status == SchoolState.GONE
