"""An address once given leads to the same listing for ever, at once, and to no other."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.curation.public_addresses import official_program_slug, rename, slug_is_taken
from directory.models import FormerSlug, Program, School
from tests.directory.invented import program, school

pytestmark = pytest.mark.django_db

MAPLE, BIRCH = 100101, 100202


def where(client, slug: str) -> str:
    """The address at which a reader arrives; at most one redirect."""
    answer = client.get(f"/schools/{slug}/")
    if answer.status_code == 200:
        return slug
    assert answer.status_code == 301
    target = answer["Location"]
    assert client.get(target).status_code == 200  # no chain
    return target.split("/")[2]


@pytest.fixture
def maple() -> School:
    return school(MAPLE, slug=f"maple-college-{MAPLE}")


@pytest.fixture
def birch() -> School:
    return school(BIRCH, slug=f"birch-college-{BIRCH}")


class TestWhatIsRefused:
    @pytest.mark.parametrize("slug", [f"birch-college-{BIRCH}", f"anything-{BIRCH}", str(BIRCH), "zebra-999999"])
    def test_an_address_that_the_official_files_give_to_another(self, maple, birch, slug):
        assert slug_is_taken(maple, slug)
        with pytest.raises(ValueError, match="taken"):
            rename(listing=maple, slug=slug, by=None)

    def test_a_schools_own_number_may_stand_in_its_address(self, maple):
        assert not slug_is_taken(maple, f"maple-university-{MAPLE}")

    def test_the_address_of_a_program_that_may_be_reported_one_day(self, maple):
        of = program(maple, slug="some-program")
        assert not slug_is_taken(of, official_program_slug(of))
        assert slug_is_taken(of, f"other-field-51-0713-associate-{MAPLE}")

    def test_an_address_of_a_program_is_none_for_a_school(self, maple, birch):
        program(birch, slug="coding-online")
        assert slug_is_taken(maple, "coding-online")

    def test_a_former_address_of_another_kind_too(self, maple, birch):
        of = program(birch, slug="coding-online")
        rename(listing=of, slug="coding-evenings", by=None)
        assert slug_is_taken(maple, "coding-online")
        assert not slug_is_taken(of, "coding-online")

    def test_a_row_that_is_not_stored_yet_is_asked_like_any_other(self, maple, birch):
        rename(listing=birch, slug="birch", by=None)
        fresh = School(name="New", unitid=None)
        assert slug_is_taken(fresh, f"birch-college-{BIRCH}")
        assert slug_is_taken(fresh, "birch")
        assert slug_is_taken(Program(), f"any-51-0707-associate-{MAPLE}")
        assert not slug_is_taken(fresh, "new-school")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sampled_from(["maple", "birch"]), st.sampled_from("abcd")), max_size=8))
def test_whatever_is_renamed_every_address_ever_used_leads_to_its_school_at_once(client, django_db_blocker, steps):
    School.objects.all().delete()
    schools = {"maple": school(MAPLE, slug="maple"), "birch": school(BIRCH, slug="birch")}
    used = {"maple": "maple", "birch": "birch"}
    for name, slug in steps:
        listing = schools[name]
        if slug_is_taken(listing, slug):
            assert used[slug] != name
            continue
        rename(listing=listing, slug=slug, by=None)
        assert used.setdefault(slug, name) == name
    for slug, name in used.items():
        assert where(client, slug) == schools[name].slug
    assert not set(FormerSlug.objects.values_list("slug", flat=True)) & set(
        School.objects.values_list("slug", flat=True)
    )
