"""Which pairs of listings staff are asked about, and which they are not."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from directory.curation.duplicates import keeping
from directory.curation.duplicates.keeping import ask_again, find_pairs, open_pairs, tell_apart
from directory.curation.duplicates.names import nearness
from directory.curation.duplicates.programs import likely_programs
from directory.curation.duplicates.schools import likely_schools
from directory.curation.merging.merge import merge
from directory.models import DuplicatePair, ProgramFact
from directory.vocab import AwardLevel, ListingState, SchoolState, Source
from tests.directory.invented import fact, field_of_study, program, release, school


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("Maple Fork College", "The Maple Fork College", True),
        ("Maple Fork Comm. Coll.", "Maple Fork Community College", True),
        ("St. Anne's College", "Saint Annes College", True),
        ("Maple Fork College", "Mapel Fork College", True),
        ("Maple Fork Community College", "Oak Hill Community College", False),
        ("Community College", "Technical College", False),
        ("", "", False),
    ],
)
def test_names_are_near_by_their_own_words(one, other, near):
    assert (nearness(one, other) >= 0.8) is near


@pytest.mark.django_db
class TestSchools:
    def pairs(self):
        return [(each.one, each.other) for each in likely_schools()]

    def test_a_school_that_staff_entered_is_near_the_official_one_of_that_name_and_town(self):
        own = school(None, name="Maple Fork Coll", slug="own", release=release(Source.STAFF, "2025"))
        official = school()
        (found,) = likely_schools()
        assert {found.one, found.other} == {own.pk, official.pk}
        assert any("Staff entered" in reason for reason in found.reasons)

    def test_campuses_in_different_towns_are_schools_of_their_own(self):
        school(opeid="00100100", website="https://maplefork.example/")
        school(
            100002, name="Maple Fork College", city="Oak Hill", opeid="00100101", website="https://maplefork.example/"
        )
        assert self.pairs() == []

    def test_a_closed_school_and_the_one_that_the_directory_names_as_its_successor_are_asked_about(self):
        school(opeid="00100100", status=SchoolState.COMBINED, successor_unitid=100002)
        school(100002, name="Maple Fork College of Health", opeid="00100100")
        (found,) = likely_schools()
        assert any("successor" in reason for reason in found.reasons)

    def test_schools_of_one_town_with_nothing_else_in_common_are_not(self):
        school()
        school(100002, name="Mountain Business Institute")
        assert self.pairs() == []

    def test_a_chain_with_one_site_and_number_is_not_compared_with_itself(self):
        for number in range(20):
            school(100001 + number, name=f"Beauty School {number}", opeid="00100100")
        assert self.pairs() == []


@pytest.mark.django_db
class TestPrograms:
    @pytest.fixture
    def at(self):
        return school()

    def test_two_that_have_one_page_are_asked_about(self, at):
        one = program(at, slug="one")
        other = program(at, field=field_of_study("51.0713", "Coder"), slug="other")
        for each in (one, other):
            fact(each, ProgramFact.Kind.PROGRAM_URL, "https://maplefork.example/coding/")
            fact(each, ProgramFact.Kind.APPLY_URL, "https://maplefork.example/apply/")
        (found,) = likely_programs()
        assert (found.one, found.other) == (one.pk, other.pk)
        assert "Both have the page https://maplefork.example/coding" in found.reasons

    def test_one_that_staff_entered_is_near_the_official_one_of_that_title(self, at):
        own = field_of_study("51.0799", "Health Information")
        program(at, field=own, slug="own", title="Health Information Tech", release=release(Source.STAFF, "2025"))
        program(at, slug="official", title="Health Information Technology")
        (found,) = likely_programs()
        assert any("Staff entered" in reason for reason in found.reasons)

    def test_one_that_began_in_the_year_after_another_ended_is_asked_about(self, at):
        program(at, slug="old", state=ListingState.NOT_REPORTED, first_year=2020, last_year=2022)
        new = field_of_study("51.0713", "Coder")
        program(at, field=new, slug="new", first_year=2023)
        (found,) = likely_programs()
        assert found.reasons[0] == "The school stopped reporting 51.0707 and began with 51.0713 in the year after"

    def test_programs_that_a_school_reports_side_by_side_are_two(self, at):
        program(at, slug="one")
        program(at, slug="certificate", award_level=AwardLevel.values[0])
        program(at, field=field_of_study("51.0713", "Coder"), slug="other")
        assert list(likely_programs()) == []

    def test_it_asks_as_often_for_many_as_for_few(self, at, django_assert_num_queries):
        def double(number):
            code = field_of_study(f"51.07{number}", f"Field {number}")
            program(at, field=code, slug=f"old-{number}", state=ListingState.NOT_REPORTED, last_year=2022)
            own = field_of_study(f"51.07{number + 50}", f"Field {number + 50}")
            program(at, field=own, slug=f"new-{number}", first_year=2023)

        double(20)
        with django_assert_num_queries(5):
            assert len(list(likely_programs())) == 1
        for number in range(21, 40):
            double(number)
        with django_assert_num_queries(5):
            assert len(list(likely_programs())) > 20


@pytest.mark.django_db
class TestKeeping:
    @pytest.fixture
    def two(self):
        own = release(Source.STAFF, "2025")
        return school(None, name="Maple Fork Coll", slug="own", release=own), school()

    def test_pairs_are_kept_once_and_go_when_nothing_speaks_for_them_any_more(self, two):
        assert find_pairs() == (1, 0)
        assert find_pairs() == (0, 0)
        own, _ = two
        own.name = "Oak Hill Institute"
        own.save()
        assert find_pairs() == (0, 1)

    def test_pairs_of_schools_and_of_programs_are_kept_together_or_not_at_all(self, two, monkeypatch):
        def fail():
            raise OSError("The disk is full.")

        monkeypatch.setattr(keeping, "likely_programs", fail)
        with pytest.raises(OSError, match="disk"):
            find_pairs()
        assert not DuplicatePair.objects.exists()

    def test_two_that_staff_told_apart_stay_told_apart(self, two):
        find_pairs()
        curator = User.objects.create_user("curator")
        with pytest.raises(ValueError, match="why they are two"):
            tell_apart(pair=DuplicatePair.objects.get(), reason="  ", by=curator)
        tell_apart(pair=DuplicatePair.objects.get(), reason="Two towns of one name", by=curator)
        assert find_pairs() == (0, 0)
        assert not open_pairs().exists()
        two[0].delete()
        assert not DuplicatePair.objects.exists()

    def test_a_pair_can_be_asked_about_again(self, two):
        find_pairs()
        pair = tell_apart(pair=DuplicatePair.objects.get(), reason="Two", by=None)
        ask_again(pair=pair)
        assert open_pairs().get() == pair

    def test_what_became_one_is_no_open_pair(self, two):
        find_pairs()
        merge(gone=two[0], survivor=two[1], reason="One", by=None)
        assert not open_pairs().exists()
        find_pairs()
        assert not DuplicatePair.objects.exists()
