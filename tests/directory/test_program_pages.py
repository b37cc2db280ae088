"""A program's page: every figure with its paperwork, every gap with its reason, no way out of a closed school."""

from __future__ import annotations

import datetime as dt
import html
import re

import pytest
import time_machine

from directory.curation.overrides import correct
from directory.curation.public_addresses import rename
from directory.models import (
    Accreditation,
    Agency,
    Listing,
    ProgramCharge,
    ProgramDelivery,
    ProgramFact,
    Release,
    School,
    SchoolFigure,
)
from directory.pipeline.refresh import refresh
from directory.vocab import AccreditationStatus, ListingState, Missing, Quality, SchoolMeasure, Source
from tests.directory.catalogue import BUILT_ON, PROGRAMS, by_slug
from tests.directory.invented import fact, release

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def markup(client, slug: str) -> str:
    response = client.get(f"/programs/{slug}/")
    assert response.status_code == 200
    return response.content.decode()


def text(markup_: str) -> str:
    """What a reader sees, with single blanks."""
    body = markup_[markup_.index("<main") :]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).replace("\xa0", " ").split())


def section(markup_: str, name: str) -> str:
    """The words of one leaf of the record."""
    start = markup_.index(f'id="{name}"')
    return text("<main" + markup_[start : markup_.index("</section>", start)])


def test_a_title_that_staff_corrected_is_said_to_be_ours(client):
    of = by_slug("maple-hit-associate")
    correct(target=of, column="title", value="Health Records", reason="The school’s catalogue.", by=None)
    words = section(markup(client, of.slug), "short")
    assert "Title Health Records The official file says: nothing (IPEDS " in words
    assert "2023-24). The school’s catalogue. Corrected by us" in words


class TestFigures:
    def test_the_head_says_what_it_is_and_where(self, client):
        page = markup(client, "maple-hit-associate")
        assert "<h1>Health Information/Medical Records Technology</h1>" in page
        assert "<title>Health Information/Medical Records Technology, Associate" in page
        assert "Maple Fork College , Maple Fork, OH" in text(page)
        assert 'href="/schools/maple-fork-college/"' in page
        assert 'href="/states/oh/"' in page

    def test_each_figure_of_the_head_has_source_year_and_level(self, client):
        words = text(markup(client, "maple-hit-associate"))
        assert (
            "Estimated price $8,000 Estimate: the school’s in-state tuition of $4,000 a year for 2 years "
            "IPEDS tuition and fees, custom table, 2023-24 , the whole school"
        ) in words.replace("custom table, 2023-24, the", "custom table, 2023-24 , the")
        assert "Awards given 40 awards IPEDS Completions (C_A), 2023-24, this program" in words
        assert "Median earnings $41,000 a year" in words
        assert "College Scorecard, field of study, April 2025, this field of study at this school" in words

    def test_an_estimate_never_passes_for_a_published_price(self, client):
        assert "Published price" not in text(markup(client, "maple-hit-associate"))
        words = text(markup(client, "cedar-coding-certificate"))
        assert "Published price $14,500" in words
        assert "Estimated price" not in words

    def test_what_the_agency_estimated_is_marked(self, client):
        SchoolFigure.objects.filter(school__slug="birch-valley-college").update(value_note=Quality.IMPUTED)
        assert "Estimated by the agency" in section(markup(client, "birch-hit-associate"), "cost")

    def test_the_awards_of_five_years_stand_beside_the_chart_as_words(self, client):
        words = section(markup(client, "maple-hit-associate"), "outcomes")
        for year, awards in (("2021-22", "30"), ("2022-23", "35"), ("2023-24", "40")):
            assert re.search(rf"{year}\W+{awards}\b", words), year
        assert "2020-21: not reported by the school" in words

    def test_costs_name_the_kind_of_student_and_the_year(self, client):
        words = section(markup(client, "maple-hit-associate"), "cost")
        assert "Tuition and fees, state residents $4,000" in words
        assert "Tuition and fees, other residents $9,000" in words
        assert words.count("2023-24, the whole school") == 2

    def test_a_career_schools_own_charges_come_before_the_schools(self, client):
        words = section(markup(client, "cedar-coding-certificate"), "cost")
        assert "Tuition and fees, whole program $14,500" in words
        assert "Books and supplies, whole program $1,200" in words
        assert "9 months" in words
        assert "720 clock hours" in words

    def test_the_charges_of_another_length_are_not_this_programs_price(self, client):
        listing = Listing.objects.get(program__slug="cedar-coding-long")
        assert (listing.price, listing.price_note) == (None, Missing.NOT_COLLECTED)
        head = text(markup(client, "cedar-coding-long")).partition("In short")[0]
        assert "14,500" not in head

    def test_the_table_has_the_price_of_the_head_where_a_school_has_several_in_the_field(self, client):
        at = School.objects.get(slug="cedar-ridge-institute")
        common = {"school": at, "cip": "51.0713", "year": 2023, "hour_unit": 1}
        ours = release(Source.IPEDS_IC_PY, "2023-24")
        for position, price, hours in ((2, 28_804, 1_900), (3, 2_150, 200)):
            ProgramCharge.objects.create(
                **common, position=position, price=price, hours=hours, supplies=300 + position, months=position,
                release=ours,
            )  # fmt: skip
        earlier = release(Source.IPEDS_IC_PY, "2022-23")
        ProgramCharge.objects.create(
            **{**common, "year": 2022}, position=1, price=28_804, hours=1_900, supplies_note=Missing.NOT_REPORTED,
            months=30, release=earlier,
        )  # fmt: skip
        refresh()
        for slug, shown, supplies in (
            ("cedar-coding-certificate", "$14,500", "$1,200"),
            ("cedar-coding-long", "$28,804", "$302"),
        ):
            page = markup(client, slug)
            assert f"Published price {shown}" in text(page)
            cost = section(page, "cost")
            assert f"Tuition and fees, whole program {shown}" in cost
            assert f"Books and supplies, whole program {supplies}" in cost
            assert cost.count("whole program $") == 2


class TestGaps:
    @pytest.mark.parametrize("slug", list(PROGRAMS))
    def test_no_page_shows_a_gap_as_none_or_as_a_number(self, client, slug):
        words = text(markup(client, slug))
        for nothing in ("None", "nan", "null", "True", "False", "$0", "()", ", ,"):
            assert nothing not in words, nothing

    @pytest.mark.parametrize(
        ("slug", "reason"),
        [
            ("elm-hit-associate", "Price Not reported by the school"),
            ("birch-hit-associate", "Median earnings Withheld to protect students’ privacy"),
            ("elm-him-postbacc", "Awards given Withheld to protect students’ privacy"),
            ("dunmore-informatics-masters", "Price Not collected by this source"),
        ],
    )
    def test_a_missing_figure_says_why(self, client, slug, reason):
        assert reason in text(markup(client, slug))

    def test_a_known_zero_is_shown_as_zero(self, client):
        assert "Awards given 0 awards" in text(markup(client, "maple-coding-short"))

    def test_what_nobody_has_checked_yet_says_so(self, client):
        words = section(markup(client, "maple-hit-associate"), "study")
        for label in ("Start dates", "Entry requirements", "Courses", "Placement"):
            assert f"{label} Not checked yet" in words

    def test_a_program_without_price_or_outcomes_says_so_in_a_sentence(self, client):
        page = markup(client, "dunmore-informatics-masters")
        assert "No file that we hold has a price" in section(page, "cost")
        assert "no row for this field" in section(page, "outcomes")
        assert "We know of no exam" in section(page, "exams")

    def test_unknown_delivery_is_not_campus(self, client):
        words = section(markup(client, "maple-coding-certificate"), "study")
        assert "Classes Not reported by the school IPEDS Completions, programs by distance (C_DEP), 2023-24" in words
        assert "Classes On campus" in section(markup(client, "maple-hit-associate"), "study")

    def test_nobody_has_kept_silent_about_what_no_file_asks(self, client):
        ProgramDelivery.objects.all().delete()
        Release.objects.filter(source=Source.IPEDS_DISTANCE_PROGRAMS).delete()
        words = section(markup(client, "maple-coding-certificate"), "study")
        assert "Classes Not collected by this source No file that we hold says how this program is taught" in words
        assert "Not reported by the school" not in words


class TestAccreditation:
    def test_statements_are_shown_as_stated_with_their_page_and_date(self, client):
        page = markup(client, "birch-hit-associate")
        words = section(page, "accreditation")
        assert words.count("CAHIIM: accredited , for “Health Information Technology AAS”") == 2
        assert 'href="https://www.birch.example/hit"' in page
        assert 'href="https://www.birch.example/old"' in page
        assert "own page , 2023" in words.replace("page, 2023", "page , 2023")
        assert "undated" in words
        assert "Said to be CAHIIM accredited" in words
        assert "ask CAHIIM before you enroll" in words

    def test_only_a_fresh_check_with_the_accreditor_is_confirmed(self, client):
        assert "Confirmed with the accreditor. As of 1 Jun 2025" in text(markup(client, "maple-hit-associate"))
        old = text(markup(client, "elm-hit-associate"))
        assert "Confirmed with the accreditor" not in old
        assert "Said to be CAHIIM accredited" in old
        assert "As of 1 Jun 2021" in old

    def test_a_confirmation_that_grows_too_old_falls_back(self, client):
        with time_machine.travel(BUILT_ON.replace(year=2027), tick=False):
            refresh()
        assert "Said to be CAHIIM accredited" in text(markup(client, "maple-hit-associate"))
        cca = r"Open to you with or without it .* CCA Invented CCA What decides"
        assert re.search(cca, section(markup(client, "maple-hit-associate"), "exams"))
        assert section(markup(client, "maple-hit-associate"), "exams").count("Stated, not confirmed") == 1

    def test_a_record_stands_once_with_all_its_decisions_the_newest_first(self, client):
        of = by_slug("maple-hit-associate")
        body = Agency.objects.create(name="Invented Regional Body")
        kept = Accreditation.objects.create(
            school=of.school, agency=body, status=AccreditationStatus.ACCREDITED,
            release=release(Source.DAPIP, "November 2020"),
        )  # fmt: skip
        kept.actions.create(description="Accredited for the first time", on=dt.date(1999, 3, 1))
        kept.actions.create(description="Accreditation renewed", on=dt.date(2019, 3, 1), reason="Visit")
        words = section(markup(client, of.slug), "accreditation")
        assert words.count("Invented Regional Body") == 1
        assert (
            "History (2) 1 Mar 2019: Accreditation renewed (Visit) 1 Mar 1999: Accredited for the first time" in words
        )

    def test_a_withdrawn_accreditation_is_said_with_the_day_on_which_it_ended(self, client):
        of = by_slug("maple-hit-associate")
        of.accreditations.update(ended_on=dt.date(2025, 6, 1))
        with time_machine.travel(BUILT_ON, tick=False):
            refresh()
            page = markup(client, of.slug)
        assert "Not CAHIIM accredited" in text(page)
        words = section(page, "accreditation")
        assert "Commission on Invented Programs: no longer accredited for this program, ended 1 Jun 2025" in words
        assert "by CAHIIM’s own record this one is not" in section(page, "short")
        assert "RHIT" not in section(page, "exams")

    def test_what_is_withdrawn_does_not_stand_there_as_withdrawn_since_its_first_day(self, client):
        of = by_slug("maple-hit-associate")
        days = {"since": dt.date(2015, 5, 1), "ended_on": dt.date(2025, 6, 1)}
        of.accreditations.update(status="withdrawn", **days)
        with time_machine.travel(BUILT_ON, tick=False):
            refresh()
            words = section(markup(client, of.slug), "accreditation")
        assert "withdrawn for this program; accredited from 1 May 2015, ended 1 Jun 2025" in words

    def test_what_ended_for_the_whole_school_is_left_out(self, client):
        of = by_slug("maple-hit-associate")
        regional = Agency.objects.create(name="Invented Regional Body")
        for ended_on in (dt.date(2020, 1, 1), BUILT_ON.date() + dt.timedelta(days=30)):
            Accreditation.objects.create(
                school=of.school, agency=regional, status=AccreditationStatus.ACCREDITED,
                checked_on=ended_on - dt.timedelta(days=90), ended_on=ended_on,
            )  # fmt: skip
        with time_machine.travel(BUILT_ON, tick=False):
            words = section(markup(client, of.slug), "accreditation")
        assert "Invented Regional Body: accredited , the whole school, ends 1 Oct 2025" in words
        assert words.count("Invented Regional Body") == 1

    def test_no_record_is_no_verdict(self, client):
        words = section(markup(client, "maple-coding-certificate"), "accreditation")
        assert "CAHIIM: not confirmed" in words
        assert "The absence of a record says nothing" in words
        assert "Not CAHIIM accredited" not in words

    def test_the_costly_mistake_is_named_before_applying(self, client):
        warning = "the RHIT exam asks for a program that CAHIIM has accredited"
        assert warning in section(markup(client, "birch-hit-associate"), "short")
        assert warning not in text(markup(client, "maple-hit-associate"))
        assert "Check before you apply" not in text(markup(client, "maple-coding-certificate"))

    def test_exams_say_what_decides_and_on_whose_word(self, client):
        words = section(markup(client, "birch-hit-associate"), "exams")
        assert "RHIT Invented RHIT Stated, not confirmed: ask IHB before you enroll" in words
        assert "What decides: A program accredited by CAHIIM" in words
        assert re.search(r"Open to you with or without it .* CCA Invented CCA What decides: A diploma", words)
        assert words.count("Invented Health Body , May 2025") + words.count("Invented Health Body, May 2025") == 2


class TestFactsThatPagesState:
    def test_they_stand_with_the_page_and_its_year(self, client):
        page = markup(client, "maple-hit-associate")
        assert "Credits 64 semester credits" in section(page, "study")
        assert 'href="https://maplefork.example/credits"' in page

    def test_a_page_without_a_date_is_undated(self, client):
        fact(by_slug("maple-hit-associate"), ProgramFact.Kind.START_DATES, "August and January")
        words = section(markup(client, "maple-hit-associate"), "study")
        assert re.search(r"Start dates August and January .*?undated", words)
        assert "Start dates Not checked yet" not in words

    def test_two_pages_that_disagree_are_both_shown(self, client):
        of = by_slug("maple-hit-associate")
        for place, value in (("catalog", "65"), ("leaflet", "60")):
            fact(of, ProgramFact.Kind.CREDITS, value, evidence_url=f"https://maplefork.example/{place}")
        words = section(markup(client, "maple-hit-associate"), "study")
        assert [value for value in ("64", "65", "60") if f"Credits {value}" in words] == ["64", "65", "60"]

    def test_what_a_page_states_is_text_and_no_markup(self, client):
        fact(by_slug("maple-hit-associate"), ProgramFact.Kind.COURSES, "<script>alert(1)</script> & more")
        page = markup(client, "maple-hit-associate")
        assert "<script>" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in page

    def test_an_address_that_is_no_web_address_is_no_link(self, client):
        fact(by_slug("maple-hit-associate"), ProgramFact.Kind.COURSES, "Ten", evidence_url="javascript:alert(1)")
        assert "javascript:" not in markup(client, "maple-hit-associate")


class TestLeaving:
    def test_enrol_links_lead_through_go_and_name_the_host(self, client):
        page = markup(client, "maple-hit-associate")
        assert '<a class="btn wide" href="/go/maple-hit-associate/apply/" rel="nofollow">' in page
        assert "Leads to apply.maple.example" in page
        assert client.get("/go/maple-hit-associate/apply/")["Location"] == "https://apply.maple.example"

    @pytest.mark.parametrize("slug", ["fern-coding-certificate", "birch-him-bachelors"])
    def test_a_program_off_the_list_says_why_and_offers_no_way_to_enrol(self, client, slug):
        page = markup(client, slug)
        assert "This program is no longer on the list" in page
        assert "/go/" not in page
        assert slug not in client.get("/programs/?per_page=100").content.decode()

    def test_a_program_that_is_no_longer_reported_says_since_when(self, client):
        assert "last reported this program for 2021-22" in text(markup(client, "birch-him-bachelors"))

    def test_a_closed_school_names_its_successor(self, client):
        page = markup(client, "fern-coding-certificate")
        assert "Closed" in text(page)
        assert '<a href="/schools/maple-fork-college/">Its successor: Maple Fork College</a>' in page

    def test_a_successor_that_we_do_not_hold_is_not_promised(self, client):
        School.objects.filter(slug="fern-hollow-school").update(successor_unitid=999999)
        assert "successor" not in text(markup(client, "fern-coding-certificate"))

    def test_a_program_that_staff_withdrew_offers_no_way_to_enrol(self, client):
        of = by_slug("maple-hit-associate")
        type(of).objects.filter(pk=of.pk).update(state=ListingState.WITHDRAWN)
        refresh([of.school_id])
        page = markup(client, of.slug)
        assert "Taken off the list by staff" in page
        assert "/go/" not in page


class TestAddresses:
    def test_a_former_address_leads_to_the_present_one_for_good(self, client):
        of = by_slug("maple-hit-associate")
        rename(listing=of, slug="maple-new-name", by=None, why="")
        answer = client.get("/programs/maple-hit-associate/")
        assert (answer.status_code, answer["Location"]) == (301, "/programs/maple-new-name/")
        assert client.get(answer["Location"]).status_code == 200

    @pytest.mark.parametrize("slug", ["no-such-program", "maple-hit", "x" * 250])
    def test_an_unknown_address_is_a_404_page_with_a_way_on(self, client, slug):
        answer = client.get(f"/programs/{slug}/")
        assert answer.status_code == 404
        assert "This record isn’t filed here" in answer.content.decode()
        assert 'role="search"' in answer.content.decode()

    def test_only_reading_is_possible(self, client):
        assert client.post("/programs/maple-hit-associate/").status_code == 405
        assert client.head("/programs/maple-hit-associate/").status_code == 200

    def test_the_address_without_its_slash_leads_on(self, client):
        assert client.get("/programs/maple-hit-associate").status_code == 301


def test_the_schools_own_title_is_the_heading(client):
    of = by_slug("maple-coding-short")
    of.title = "Coding Boot Camp"
    of.save()
    refresh([of.school_id])
    assert "<h1>Coding Boot Camp</h1>" in markup(client, of.slug)


def test_everything_a_page_can_hold_at_once_is_drawn(client):
    """Every measure of the school and every kind of fact: nothing collides, nothing is lost."""
    of = by_slug("maple-hit-associate")
    source = release(Source.SCORECARD_INSTITUTION, "April 2025")
    for number, measure in enumerate(SchoolMeasure.values):
        SchoolFigure.objects.create(school=of.school, measure=measure, year=2022, value=7001 + number, release=source)
    for kind in ProgramFact.Kind.values:
        value = "https://maplefork.example/there" if kind.endswith("url") else "12"
        fact(of, kind, value, unit="of something", evidence_url=f"https://paper.example/{kind}")
    page = markup(client, of.slug)
    for kind in (ProgramFact.Kind.GRADUATION_RATE, ProgramFact.Kind.RHIT_PASS_RATE, ProgramFact.Kind.PLACEMENT):
        assert str(kind.label) in page
    assert len(set(re.findall(r'id="([^"]+)"', page))) == len(re.findall(r'\bid="([^"]+)"', page))
