"""The school list and a school's page: what is found, what is said, and where each fact comes from."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from directory.curation.overrides import correct
from directory.models import AccreditationStatement, Agency, FormerSlug, Listing, School, SchoolFigure
from directory.pipeline.refresh import refresh
from directory.vocab import AwardLevel, Reliability, SchoolMeasure, SchoolState, Source
from tests.directory.invented import field_of_study, program, release, school
from tests.templates.drawing import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
OHIO = ["Birch Valley College", "Maple Fork College"]
ALL = [
    "Birch Valley College", "Cedar Ridge Institute", "Dunmore University", "Elm Grove Seminary",
    "Maple Fork College",
]  # fmt: skip


def listed(client: Client, query: str = "") -> list[str]:
    html = client.get(f"/schools/{query}", follow=True).content.decode()
    return re.findall(r'<h2 id="card-[^"]*"><a href="[^"]*">([^<]*)</a>', html)


def page(client: Client, slug: str) -> str:
    response = client.get(reverse("school_detail", args=[slug]))
    assert response.status_code == 200
    return str(response.content.decode())


def maple_fork() -> School:
    found: School = School.objects.get(slug="maple-fork-college")
    return found


class TestTheList:
    def test_schools_with_listed_programs_stand_in_order_of_name(self, client):
        assert listed(client) == ALL

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("?q=maple", ["Maple Fork College"]),
            ("?q=COLLEGE+maple", ["Maple Fork College"]),
            ("?q=forkers", ["Maple Fork College"]),
            ("?q=birch+valley+oh", ["Birch Valley College"]),
            ("?q=oh", OHIO),
            ("?q=ohio", OHIO),
            ("?q=maple+dunmore", []),
            ("?q=dunmore,+ca", ["Dunmore University"]),
            ("?state=OH", OHIO),
            ("?state=oh", OHIO),
            ("?state=OH&state=KY", ["Birch Valley College", "Cedar Ridge Institute", "Maple Fork College"]),
            ("?control=for-profit&control=nonprofit", ALL[1:4]),
            ("?state=OH&control=nonprofit", []),
            ("?q=&state=&control=", ALL),
            ("?sort=name", ALL),
        ],
    )
    def test_words_must_all_be_found_and_choices_widen(self, client, query, found):
        assert listed(client, query) == found

    def test_two_letters_do_not_match_inside_a_word(self, client):
        assert listed(client, "?q=or") == []

    def test_most_programs_first(self, client):
        counts = [
            Listing.objects.listed().filter(school_name=name).count() for name in listed(client, "?sort=programs")
        ]
        assert counts == sorted(counts, reverse=True)
        assert len(counts) == len(ALL)

    @pytest.mark.parametrize(
        ("query", "said"),
        [
            ("?colour=red&state=OH", "There is no filter “colour”."),
            ("?stat=TX&state=OH", "Did you mean “state”?"),
            ("?control=royal&state=OH", "royal"),
            ("?sort=price&state=OH", "Sort schools by one of relevance, name, programs, distance."),
            ("?page=first&state=OH", "The page is a whole number"),
            ("?per_page=1000&state=OH", "from 1 to 100"),
            ("?page=9&state=OH", "There is only one page, and no page 9."),
        ],
    )
    def test_what_cannot_be_read_is_said_and_the_rest_applies(self, client, query, said):
        assert listed(client, query) == OHIO
        assert said in text_of(client.get(f"/schools/{query}").content.decode())

    def test_a_bad_state_takes_no_good_one_with_it(self, client):
        assert listed(client, "?state=ZZ&state=OH") == OHIO

    @pytest.mark.parametrize(("name", "value"), [("where", "Nowhereville"), ("where", "4390"), ("within", "7")])
    def test_a_bad_value_is_said_beside_its_field(self, client, name, value):
        html = client.get(f"/schools/?{name}={value}").content.decode()
        assert f'id="s-{name}-error">' in html
        assert f'aria-describedby="s-{name}-error"' in html

    def test_a_bad_state_is_said_above_the_list(self, client):
        assert "“ZZ”: no state" in text_of(client.get("/schools/?state=ZZ").content.decode())

    def test_each_chip_takes_one_choice_away(self, client):
        html = client.get("/schools/?state=OH&state=KY&q=college&page=1").content.decode()
        removed = re.findall(r'class="chip" href="([^"]*)"', html)
        assert removed == ["?state=OH&amp;state=KY", "?state=KY&amp;q=college", "?state=OH&amp;q=college"]

    def test_when_nothing_fits_the_filter_that_helps_is_named_with_its_count(self, client):
        text = text_of(client.get("/schools/?q=maple&state=CA").content.decode())
        assert "Without “maple” 1 school" in text
        assert "Without “California” 1 school" in text

    def test_a_card_names_the_source_of_what_it_says(self, client):
        text = text_of(client.get("/schools/?q=maple").content.decode())
        assert "Programs listed 3 2 certificate, 1 associate IPEDS Completions (C_A), 2023-24" in text
        assert "In-state tuition and fees $4,000 a year IPEDS tuition and fees, custom table, 2023-24" in text

    def test_pages_follow_one_another_without_a_gap(self, client):
        first, second = (listed(client, f"?per_page=3&page={number}") for number in (1, 2))
        assert first + second == ALL

    def test_one_school_costs_as_many_queries_as_many(self, client, django_assert_num_queries: DjangoAssertNumQueries):
        for query in ("?per_page=1", "?per_page=100"):
            with django_assert_num_queries(8):
                client.get(f"/schools/{query}")


class TestTheText:
    """The words are understood as on the program list."""

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("?q=mfc", ["Maple Fork College"]),  # another name of it
            ("?q=mapel+fork+college", ["Maple Fork College"]),
            ("?q=43901", ["Maple Fork College", "Birch Valley College"]),
            ("?q=within+50+miles+of+43911", ["Birch Valley College", "Maple Fork College"]),
            ("?q=birch+valley", ["Birch Valley College"]),  # the school, and not what is near the city
            ("?q=for-profit", ["Cedar Ridge Institute"]),
            ("?q=ohio+or+texas", [*OHIO[:1], "Elm Grove Seminary", *OHIO[1:]]),
            ("?q=medical+coding+kentucky", ["Cedar Ridge Institute"]),  # who teaches it
            ("?q=maple+medical+informatics", []),
            ("?q=zzqq", []),
            ("?q=texas&where=OH", OHIO),
        ],
    )
    def test_names_places_and_subjects_narrow_the_list(self, client, query, found):
        assert listed(client, query) == found

    @pytest.mark.parametrize(
        ("query", "said"),
        [
            ("?q=mapel+fork+college", "“maple fork college” for “mapel fork college”"),
            ("?q=zzqq+maple", "No match for “zzqq”: these are the results without."),
            ("?q=zzqq", "No match for “zzqq”."),
            ("?q=cheap+maple", "“cheap” was not used: schools have no such order. The list of programs has it."),
            ("?q=texas&where=OH", "“texas” was not used"),
            ("?q=birch+valley", "Or instead: Near Birch Valley, OH"),
        ],
    )
    def test_what_was_read_otherwise_or_not_used_is_said(self, client, query, said):
        assert said in text_of(client.get(f"/schools/{query}").content.decode())

    def test_what_was_typed_stays_in_its_field_and_each_part_can_be_taken_away(self, client):
        html = client.get("/schools/?q=medical+coding+ohio").content.decode()
        assert 'value="medical coding ohio"' in html
        assert re.search(r'<input [^>]*name="where"[^>]* value=""', html)
        assert re.findall(r'class="chip" href="([^"]*)"', html) == ["?where=OH", "?q=medical+coding"]

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("?q=rhit", ["Birch Valley College", "Elm Grove Seminary", "Maple Fork College"]),
            ("?leads_to=rhit&state=OH", OHIO),
            ("?q=rhit+ohio", OHIO),
            ("?q=online", ["Dunmore University"]),
            ("?q=masters", ["Dunmore University"]),
            ("?q=associate&control=nonprofit", ["Dunmore University", "Elm Grove Seminary"]),
            ("?q=masters+ohio", []),
            ("?q=maple+masters", []),  # one school has both words, and no such program
        ],
    )
    def test_what_a_program_must_be_keeps_the_schools_that_have_one(self, client, query, found):
        assert listed(client, query) == found

    def test_one_program_must_be_all_of_it(self, client):
        for name, level in (("Dunmore University", "masters"), ("Dunmore University", "associate")):
            assert name in listed(client, f"?level={level}")
        assert listed(client, "?level=masters&leads_to=rhit") == []

    def test_words_that_cannot_be_read_are_said_beside_their_field(self, client):
        assert 'id="s-q-error">' in client.get("/schools/?q=!!").content.decode()


NEAR = ["Maple Fork College", "Birch Valley College"]


class TestNearAPlace:
    """As the program list: a person who typed a ZIP at the home page types it here, too."""

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("?where=43901", NEAR),
            ("?where=Maple+Fork,+OH", NEAR),
            ("?where=43901&within=10", NEAR[:1]),
            ("?where=43901&within=100", [*NEAR, "Cedar Ridge Institute"]),
            ("?where=43911&within=100", [*reversed(NEAR), "Cedar Ridge Institute"]),
            ("?where=43911&sort=distance", NEAR[::-1]),
            ("?where=43901&within=100&sort=name", sorted([*NEAR, "Cedar Ridge Institute"])),
            ("?where=43901&within=100&state=KY", ["Cedar Ridge Institute"]),
            ("?where=43901&q=birch", ["Birch Valley College"]),
            ("?where=ohio", OHIO),
            ("?where=", ALL),
            ("?within=10", ALL),
        ],
    )
    def test_the_nearest_come_first_within_50_miles_unless_told_otherwise(self, client, query, found):
        assert listed(client, query) == found

    def test_the_page_says_the_distances_and_what_it_assumed(self, client):
        text = text_of(client.get("/schools/?where=43911").content.decode())
        assert "Maple Fork, Ohio (21 miles away)" in text.replace("\xa0", " ")
        assert "Showing schools within 50 miles, the usual distance here." in text

    @pytest.mark.parametrize(
        ("query", "said"),
        [
            ("?where=ohio&within=10", "Ohio is shown whole"),
            ("?within=10", "The distance needs a place to count from"),
            ("?where=Maple+Fork", "there is also Maple Fork, KY"),
            ("?sort=distance", "“Nearest” needs a place"),
            ("?where=09901", "military mail code"),
        ],
    )
    def test_what_cannot_be_done_is_said(self, client, query, said):
        assert said in text_of(client.get(f"/schools/{query}").content.decode())

    def test_leaving_the_place_leaves_what_counts_from_it(self, client):
        html = client.get("/schools/?where=43901&within=25&sort=distance&state=OH").content.decode()
        assert re.findall(r'class="chip" href="([^"]*)"', html)[0] == "?state=OH"
        assert "Within 25 miles of 43901 (Maple Fork, OH)" in html

    def test_when_nothing_is_near_wider_circles_are_offered_with_their_counts(self, client):
        text = text_of(client.get("/schools/?where=43901&q=cedar").content.decode())
        assert "Within 100 miles 1 school" in text
        assert "Anywhere, not only within 50 miles of 43901 (Maple Fork, OH) 1 school" in text

    def test_where_little_is_found_wider_circles_are_offered(self, client):
        text = text_of(client.get("/schools/?where=43901").content.decode())
        assert "Few results. Look further: Within 100 miles (3)" in text
        assert "Look further" not in text_of(client.get("/schools/?state=OH").content.decode())

    @pytest.mark.parametrize(
        ("query", "first"),
        [
            ("?q=medical+coding+43911&within=100", "Birch Valley College"),  # who teaches it, the nearest first
            ("?q=maple+fork+college+within+100+miles+of+43911", "Maple Fork College"),  # the school that is named
        ],
    )
    def test_a_school_that_is_named_stands_before_the_nearest(self, client, query, first):
        assert listed(client, query)[:1] == [first]

    def test_nearest_first_is_offered_where_there_is_a_place(self, client):
        assert '<option value="distance" selected>' in client.get("/schools/?where=43901").content.decode()
        assert '<option value="distance"' not in client.get("/schools/").content.decode()


def test_an_empty_list_says_what_to_do(client):
    Listing.objects.update(listed=False)
    assert "No schools are loaded yet" in client.get("/schools/").content.decode()


class TestAPage:
    def test_the_jacket_says_where_and_what(self, client):
        text = text_of(page(client, "maple-fork-college"))
        assert "Maple Fork College Maple Fork, Ohio" in text
        assert "Public, school with 3 listed programs." in text
        assert "$4,000 a year IPEDS tuition and fees, custom table, 2023-24, the whole school" in text

    def test_every_listed_program_stands_there_by_level(self, client):
        html = page(client, "maple-fork-college")
        slugs = re.findall(r'<h4 id="card-([^"]*)">', html)
        assert set(slugs) == {"maple-hit-associate", "maple-coding-certificate", "maple-coding-short"}
        assert slugs[-1] == "maple-hit-associate"
        assert "Certificate: 2 programs" in html

    def test_what_left_the_list_is_named_with_its_reason(self, client):
        text = text_of(page(client, "birch-valley-college"))
        assert "Bachelor’s degree. No longer reported by the school. Last reported for 2021-22." in text

    def test_three_prices_stand_side_by_side_and_a_missing_one_says_so(self, client):
        text = text_of(page(client, "maple-fork-college"))
        assert "2023-24 Not in this file $4,000 $9,000 IPEDS tuition and fees, custom table" in text

    def test_a_price_that_is_not_reported_is_no_zero(self, client):
        text = text_of(page(client, "elm-grove-seminary"))
        assert "Not reported" in text
        assert "$0" not in text

    def test_the_online_share_is_the_schools(self, client):
        made = {"school": maple_fork(), "year": 2024, "release": release(Source.IPEDS_DISTANCE, "2024")}
        SchoolFigure.objects.create(measure=SchoolMeasure.ENROLLED, value=800, **made)
        SchoolFigure.objects.create(measure=SchoolMeasure.DISTANCE_ALL, value=200, **made)
        text = text_of(page(client, "maple-fork-college"))
        assert "25%" in text
        assert "200 of 800 students" in text

    def test_the_way_out_leads_through_our_own_counter(self, client):
        html = page(client, "maple-fork-college")
        assert 'href="/go/maple-fork-college/apply/" rel="nofollow"' in html
        assert 'href="https://apply.maple.example' not in html

    def test_a_statement_that_fits_no_program_is_shown_with_its_page(self, client):
        AccreditationStatement.objects.create(
            school=maple_fork(), agency=Agency.objects.get(acronym="CAHIIM"), agency_as_stated="CAHIIM",
            program_title_as_stated="Health Data BS", status_as_stated="accredited", positive=True,
            award_level_basis="stated", evidence_kind="school_page", evidence_url="https://maple.example/data",
            evidence_date="2023-05", reliability=Reliability.HIGH, historical=True,
            release=release(Source.ACCREDITATION_EVIDENCE, "2025"),
        )  # fmt: skip
        text = text_of(page(client, "maple-fork-college"))
        assert "Health Data BS CAHIIM: accredited" in text
        assert "Says how things were" in text
        assert "maple.example , May 2023" in text

    def test_a_correction_says_what_the_official_file_says(self, client):
        correct(target=maple_fork(), column="city", value="Maple Forks", reason="Its own letterhead.", by=None)
        text = text_of(page(client, "maple-fork-college"))
        assert f"City Maple Forks The official file says: Maple Fork ({HD}). Its own letterhead." in text
        assert "Corrected by us" in text

    def test_a_file_that_has_come_round_to_our_value_is_said_to_say_the_same(self, client):
        school = maple_fork()
        correct(target=school, column="city", value="Maple Forks", reason="Its own letterhead.", by=None)
        school.overrides.update(official_value="Maple Forks")
        text = text_of(page(client, "maple-fork-college"))
        assert f"City Maple Forks The official file says the same by now ({HD}). Its own letterhead." in text

    def test_a_column_of_another_file_is_not_said_to_be_of_the_schools_own(self, client):
        correct(target=maple_fork(), column="open_admission", value=True, reason="Its own form.", by=None)
        assert "The official file says: nothing. Its own form." in text_of(page(client, "maple-fork-college"))

    def test_a_correction_of_a_code_is_shown_in_words(self, client):
        correct(target=maple_fork(), column="control", value=2, reason="Sold in May.", by=None)
        assert f"Private nonprofit The official file says: Public ({HD}). Sold in May." in text_of(
            page(client, "maple-fork-college")
        )

    def test_many_programs_cost_as_many_queries_as_one(
        self, client, django_assert_max_num_queries: DjangoAssertNumQueries
    ):
        with django_assert_max_num_queries(40) as few:
            page(client, "elm-grove-seminary")
        at = maple_fork()
        for number in range(60):
            program(at, slug=f"more-{number}", field=field_of_study(f"52.{number:04}", f"Field {number}"))
        refresh()
        with django_assert_max_num_queries(40) as many:
            html = page(client, "maple-fork-college")
        assert len(many) == len(few)
        assert html.count("<article") == 14
        assert html.count("/programs/more-") == 60

    def test_health_information_comes_before_other_fields(self, client):
        for number in range(20):
            program(maple_fork(), slug=f"more-{number}", field=field_of_study(f"52.{number:04}", f"Field {number}"))
        refresh()
        slugs = re.findall(r'<h4 id="card-([^"]*)">', page(client, "maple-fork-college"))
        assert slugs[2] == "maple-hit-associate"

    def test_reading_changes_nothing(self, client):
        address = reverse("school_detail", args=["maple-fork-college"])
        assert client.post(address).status_code == 405
        assert client.head(address).status_code == 200


WRITTEN = dt.datetime(2025, 9, 1, 12, tzinfo=dt.UTC)
HD = "IPEDS institution directory (HD), 2024-25"


@pytest.fixture
def written() -> Iterator[None]:
    with time_machine.travel(WRITTEN, tick=False):
        yield


@pytest.mark.usefixtures("written")
class TestWhatStaffCorrected:
    """It never passes for the official file's word: who says so, since when, and what the file says."""

    def test_the_end_of_a_school(self, client):
        for column, value in (("status", SchoolState.CLOSED), ("closed_on", dt.date(2025, 8, 31))):
            correct(target=maple_fork(), column=column, value=value, reason="Its own letter.", by=None)
        text = text_of(page(client, "maple-fork-college"))
        assert (
            "Closed. This school closed on 31 August 2025. (Corrected by us on 1 September 2025. "
            f"{HD}, says: Status: Open; Closed on: nothing)"
        ) in text
        assert f"closed on 31 August 2025. ({HD}" not in text
        assert f"Closed on 31 August 2025 The official file says: nothing ({HD}). Its own letter." in text

    def test_a_school_that_the_file_calls_closed(self, client):
        School.objects.filter(pk=maple_fork().pk).update(status=SchoolState.CLOSED)
        correct(target=maple_fork(), column="status", value=SchoolState.OPEN, reason="We rang.", by=None)
        text = text_of(page(client, "maple-fork-college"))
        assert f"This school is open. (Corrected by us on 1 September 2025. {HD}, says: Status: Closed)" in text

    @pytest.mark.parametrize(
        ("column", "value", "said"),
        [
            ("control", 2, f"Who runs it Private nonprofit The official file says: Public ({HD}) Corrected by us"),
            ("county", "Maple", f"County Maple The official file says: nothing ({HD}) Corrected by us"),
            ("open_admission", True, "The official file says: nothing Corrected by us , 1 Sep 2025"),
            ("veterans_url", "vets.maple.example", "vets.maple.example The official file says: nothing"),
            ("accreditor", "Other", "Accreditor Other The official file says: nothing Corrected by us"),
            ("city", "Maple Forks", "2024-25 City: Corrected by us , 1 Sep 2025"),
        ],
    )
    def test_each_fact_where_it_is_shown(self, client, column, value, said):
        correct(target=maple_fork(), column=column, value=value, reason="We asked.", by=None)
        assert said.replace(" ,", ",") in text_of(page(client, "maple-fork-college")).replace(" ,", ",")

    def test_a_card_of_the_list(self, client):
        correct(target=maple_fork(), column="control", value=2, reason="Sold in May.", by=None)
        text = text_of(client.get("/schools/?q=maple").content.decode()).replace(" ,", ",")
        assert f"Private nonprofit The official file says: Public ({HD}) Corrected by us, 1 Sep 2025" in text

    def test_a_second_correction_has_its_own_day(self, client):
        with time_machine.travel(WRITTEN - dt.timedelta(days=365), tick=False):
            correct(target=maple_fork(), column="county", value="Mapel", reason="We asked.", by=None)
        correct(target=maple_fork(), column="county", value="Maple", reason="We asked again.", by=None)
        told = page(client, "maple-fork-college").partition('id="corrections"')[2]
        assert ("2024" in told.replace(HD, ""), "1 Sep 2025" in told.replace("\xa0", " ")) == (False, True)


@pytest.mark.usefixtures("written")
def test_a_day_to_come_is_not_told_as_past(client):
    School.objects.filter(slug="fern-hollow-school").update(closed_on=dt.date(2031, 1, 1))
    text = text_of(page(client, "fern-hollow-school"))
    assert "This school closes on 1 January 2031." in text
    assert "closed on" not in text


class TestASchoolThatIsNotOpen:
    def test_a_closed_school_says_when_names_its_successor_and_sends_nobody_there(self, client):
        html = page(client, "fern-hollow-school")
        assert "This school closed in 2024." in html
        assert 'href="/schools/maple-fork-college/">What it became: Maple Fork College</a>' in html
        assert "/go/" not in html
        assert "fern.example" not in html

    def test_its_programs_are_named_as_ended(self, client):
        text = text_of(page(client, "fern-hollow-school"))
        assert "Fern Hollow School has no program on the list any more." in text
        assert "Last reported for 2021-22." in text

    @pytest.mark.parametrize("status", sorted({*SchoolState} - {SchoolState.OPEN, SchoolState.DRAFT}))
    def test_every_state_has_its_words(self, client, status):
        School.objects.filter(slug="fern-hollow-school").update(status=status)
        assert status.label in page(client, "fern-hollow-school")

    def test_a_campus_is_open_and_names_the_school_that_reports_for_it(self, client):
        School.objects.filter(slug="fern-hollow-school").update(status=SchoolState.CAMPUS, closed_year=None)
        html = page(client, "fern-hollow-school")
        assert "This campus is open." in html
        assert "The school it reports with: Maple Fork College" in html

    def test_a_successor_that_nobody_knows_is_left_out(self, client):
        School.objects.filter(slug="fern-hollow-school").update(successor_unitid=199998)
        assert "What it became" not in page(client, "fern-hollow-school")


class TestAddresses:
    def test_a_former_address_leads_on_for_good(self, client):
        FormerSlug.objects.create(slug="old-maple", school=maple_fork())
        response = client.get("/schools/old-maple/")
        assert (response.status_code, response["Location"]) == (301, "/schools/maple-fork-college/")

    def test_a_programs_former_address_is_none_of_a_school(self, client):
        FormerSlug.objects.create(slug="old-program", program=program(school(199997), slug="some-program"))
        assert client.get("/schools/old-program/").status_code == 404

    def test_an_unknown_school_is_not_found(self, client):
        assert client.get("/schools/no-such-school/").status_code == 404


def test_a_school_entered_by_staff_needs_no_ipeds_number(client):
    made = school(None, slug="new-school", name="New School")
    program(made, slug="new-program", award_level=AwardLevel.ASSOCIATE)
    refresh()
    assert "UNITID" not in page(client, "new-school")
