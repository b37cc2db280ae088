"""What the careers add to the search: careers, occupations, and every job title of O*NET."""

from __future__ import annotations

import pytest

from careers.entries import careers
from careers.models import AlternateTitle, Career, FieldOccupation, Occupation, OnetOccupation
from directory.models import SearchEntry
from directory.search.entries import rebuild_entries
from directory.search.understand import understand
from directory.search.vocabulary import load
from directory.vocab import Source
from tests.directory.invented import field_of_study, release

pytestmark = pytest.mark.django_db
KITES = "39-9998"


@pytest.fixture(autouse=True)
def kite_menders():
    """An occupation that one field prepares for, with two job titles and a curated career."""
    given = release(Source.SOC, "2018")
    kites = Occupation.objects.create(
        soc=KITES, title="Kite Menders", group="detailed", slug="kite-menders", release=given
    )
    onet = OnetOccupation.objects.create(
        code=f"{KITES}.00", occupation=kites, title="Kite Menders", description="They mend.", release=given
    )
    for title, short in (("String Fitter", ""), ("Certified Kite Technician (CKT)", "CKT")):
        AlternateTitle.objects.create(onet=onet, kind="alternate", title=title, short_title=short, release=given)
    field = field_of_study("38.0101", "Kiteflying")
    FieldOccupation.objects.create(field=field, occupation=kites, release=given)
    Career.objects.create(
        slug="kite-mender", title="Kite mender", occupation=kites, basis="definition", evidence="The definition",
        summary="Mends kites.", everyday_names="kite doctor, kite fixer",
    )  # fmt: skip


def test_careers_and_occupations_with_their_titles_and_fields():
    career, occupation = careers()
    assert (career.key, career.label, career.names) == ("kite-mender", "Kite mender", "kite doctor\nkite fixer")
    assert (occupation.key, occupation.label) == (KITES, "Kite Menders")
    assert set(occupation.lesser_names.split("\n")) == {"String Fitter", "Certified Kite Technician", "CKT"}
    assert career.fields["38.0101"] > occupation.fields["38.0101"] > 0
    assert career.url == occupation.url.replace("menders", "mender")


def test_an_occupation_that_is_no_longer_in_force_is_no_answer():
    Occupation.objects.update(in_force=False)
    assert [each.key for each in careers()] == ["kite-mender"]


def test_the_directory_finds_them_without_knowing_of_careers():
    rebuild_entries()
    assert SearchEntry.objects.filter(kind="career").count() == 2
    vocabulary = load()
    for typed in ("string fitters", "kite doctor", "CKT", "fitter string"):
        (term,) = understand(typed, vocabulary).terms
        assert term.kind == "career"
        assert set(term.fields) == {"38.0101"}
