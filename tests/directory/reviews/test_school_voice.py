"""Who may answer for a school: a confirmed address at a domain that is the school's and no other's."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser

from directory.engagement.domains import registered
from directory.engagement.school_voice import speaks_for, voice
from directory.models import School
from directory.vocab import SchoolState
from tests.directory.invented import school
from tests.directory.reviews.people import reader


@pytest.mark.parametrize(
    ("host", "own"),
    [
        ("www.maplefork.edu", "maplefork.edu"), ("mail.cs.maplefork.edu", "maplefork.edu"),
        ("maplefork.edu", "maplefork.edu"),
        ("edu", ""), ("", ""), ("localhost", ""), ("www.maplefork.edu.pr", "maplefork.edu.pr"), ("edu.pr", ""),
        ("cte.carver.k12.oh.us", "carver.k12.oh.us"), ("k12.oh.us", ""), ("oh.us", ""), ("doe.oh.us", ""),
        ("maplefork.us", "maplefork.us"), ("maplefork.co.uk", ""), ("maplefork.github.io", ""), ("michigan.gov", ""),
        ("school.com", "school.com"), ("a.b.school.university", "school.university"),
    ],
)  # fmt: skip
def test_what_somebody_registered(host, own):
    assert registered(host) == own


@pytest.mark.django_db
class TestVoice:
    def at(self, website: str = "https://www.maplefork.edu/", **columns) -> School:
        return school(columns.pop("unitid", 100001), website=website, opeid=columns.pop("opeid", "00100000"), **columns)

    @pytest.mark.parametrize("email", ["dean@maplefork.edu", "Dean@MAPLEFORK.edu", "him@health.maplefork.edu"])
    def test_a_confirmed_address_at_the_schools_domain_speaks(self, email):
        assert speaks_for(reader(email), self.at())

    @pytest.mark.parametrize(
        "email",
        ["dean@gmail.com", "dean@maplefork.edu.example.com", "dean@notmaplefork.edu", "dean@edu", "dean@maplefork.com",
         "dean@www.maplefork.education", "maplefork.edu@mail.example", "dean@xmaplefork.edu"],
    )  # fmt: skip
    def test_another_domain_does_not(self, email):
        found = voice(reader(email), self.at())
        assert not found.speaks
        assert "maplefork.edu" in found.why

    def test_an_address_that_nobody_confirmed_does_not(self):
        at = self.at()
        assert not speaks_for(reader("dean@maplefork.edu", verified=False), at)
        assert not speaks_for(AnonymousUser(), at)

    @pytest.mark.parametrize("email", ["jo@student.maplefork.edu", "jo@alumni.maplefork.edu", "jo@my.maplefork.edu"])
    def test_what_students_and_alumni_get_does_not(self, email):
        found = voice(reader(email), self.at())
        assert not found.speaks
        assert "students" in found.why

    @pytest.mark.parametrize(
        "website",
        ["", "https://www.facebook.com/maplefork", "maplefork.wixsite.com/home", "dean@gmail.com", "http://10.0.0.1/",
         "https://sites.google.com/maplefork", "www.dli.pa.gov", "https://maplefork.github.io"],
    )  # fmt: skip
    def test_a_school_without_a_domain_of_its_own_has_no_voice(self, website):
        at = self.at(website)
        for email in ("dean@gmail.com", "dean@facebook.com", "dean@wixsite.com", "dean@google.com", "dean@dli.pa.gov"):
            assert not speaks_for(reader(email), at)

    def test_a_domain_of_several_schools_tells_for_none_unless_the_name_below_it_does(self):
        east = self.at("https://east.district.edu", name="East College")
        self.at("https://west.district.edu", unitid=100002, slug="west", opeid="00200000")
        found = voice(reader("dean@district.edu"), east)
        assert not found.speaks
        assert "another school" in found.why
        assert not speaks_for(reader("dean@west.district.edu"), east)
        assert speaks_for(reader("dean@east.district.edu"), east)
        assert voice(reader("dean@mail.east.district.edu"), east).domain == "mail.east.district.edu"

    def test_campuses_of_one_party_speak_for_one_another(self):
        main = self.at("https://www.maplefork.edu", opeid="00123400")
        self.at("https://lima.maplefork.edu", unitid=100002, slug="lima", opeid="00123401")
        assert speaks_for(reader("dean@maplefork.edu"), main)

    def test_a_school_with_a_name_that_holds_another_ones_is_another(self):
        at = self.at("https://www.fork.edu")
        self.at("https://www.maplefork.edu", unitid=100002, slug="other", opeid="00200000")
        assert speaks_for(reader("dean@fork.edu"), at)

    def test_nobody_speaks_for_a_closed_school(self):
        assert not speaks_for(reader("dean@maplefork.edu"), self.at(status=SchoolState.CLOSED))

    def test_it_asks_three_queries_at_most(self, django_assert_max_num_queries):
        at, who = self.at(), reader("dean@maplefork.edu")
        with django_assert_max_num_queries(3):
            assert speaks_for(who, at)
