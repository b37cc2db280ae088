"""From a goal to dated steps with costs on the plan's page."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

import pytest
import time_machine
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from careers.models import ReaderPlan, SharedPlan
from careers.plan.keeping import take_over
from directory.engagement.readers import BACKEND
from directory.engagement.shortlist import LIMIT, Shortlist
from directory.engagement.shortlist_stores import SessionPart
from directory.models import CertificationFact, Listing, Program, School, SchoolFigure
from directory.models.certification import Grade
from directory.vocab import ListingState, SchoolMeasure
from tests.careers.plan.asking import CHOSEN, SLUG, begin, press, text, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

TODAY = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def _facts() -> None:
    """What the issuer of the invented exam says of fee, window and renewal."""
    exam = Program.objects.get(slug=SLUG).openings.get(certification__slug="rhit").certification
    for kind, said, amount in (
        ("fee", "$299, or $229 for members", 299),
        ("window", "120 days to take the exam once IHB has approved the application", None),
        ("renewal", "Every 2 years, with 20 units", None),
    ):
        CertificationFact.objects.create(
            certification=exam, kind=kind, text=said, amount=amount, member_amount=229 if amount else None,
            grade=Grade.ISSUER, as_of="2025-05", source_url="https://body.example/rhit",
        )  # fmt: skip


class TestTheSteps:
    @pytest.mark.usefixtures("_facts")
    def test_they_lead_from_the_application_to_the_renewal(self, client):
        response = begin(client)
        assert (response.status_code, response["Location"]) == (303, "/plan/#steps")
        said = words(client)
        for part in (
            "Steps to RHIT",
            "Tue 13 Oct 2026 Apply to the school 90 days before the start.",
            "Mon 11 Jan 2027 Term 1 of 9 begins The day you chose.",
            "Finish the program 234 weeks at 20 hours a week.",
            "Take the RHIT exam 8 weeks after the application, to prepare.",
            "Last day to take the RHIT exam 120 days after approval",
            "Renew the RHIT Every 2 years after passing.",
            "RHIT exam fee: $299",
            "This day has passed.",
        ):
            assert part in said

    def test_what_the_issuer_has_not_said_is_said_to_be_unknown(self, client):
        begin(client)
        said = words(client)
        assert "RHIT exam fee: not known" in said
        assert "Last day to take" not in said
        assert "Not counted, because nobody told us: Application fee, " in said

    def test_what_nobody_has_told_us_adds_up_to_no_dollar(self, client):
        press(client, "/plan/steps/", **{**CHOSEN, "goal": "ccs-p", "program": ""})
        said = words(client)
        assert "What it costs Not known Not counted, because nobody told us: CCS-P exam fee." in said
        assert "$0" not in said

    def test_a_job_without_a_program_has_nothing_to_add_up(self, client):
        press(client, "/plan/steps/", **{**CHOSEN, "goal": "lamp-keeper", "program": ""})
        said = words(client)
        assert "What it costs Nothing to add up yet: the costs of a plan are those of its program and its exam." in said
        assert "$0" not in said

    def test_a_cost_without_a_source_has_the_reason_and_no_source_of_none(self, client):
        begin(client)
        page = client.get("/plan/").content.decode()
        assert 'Application fee</th><td colspan="2"><span class="missing">Not known: no file' in page
        assert ">None<" not in page

    def test_the_engine_decides_whether_the_program_leads_there(self, client):
        begin(client, program="cedar-coding-certificate")
        said = words(client)
        assert "This program alone does not lead to the RHIT" in said
        assert "Take the RHIT exam No date. After this program the rules would still ask" in said

    def test_an_exam_without_a_program_comes_first(self, client):
        press(client, "/plan/steps/", **{**CHOSEN, "goal": "ccs-p", "program": ""})
        said = words(client)
        assert "You may sit the CCS-P" in said
        assert "Mon 11 Jan 2027 Apply for the CCS-P exam The day you chose" in said

    def test_a_job_ends_with_applications(self, client):
        begin(client, goal="lamp-keeper")
        said = words(client)
        assert "Steps to Lamp Keeper" in said
        assert "Apply for jobs 60 days before your program ends." in said

    def test_who_lives_in_another_state_sees_the_price_for_others(self, client):
        school = Program.objects.get(slug=SLUG).school
        held = SchoolFigure.objects.filter(school=school, measure=SchoolMeasure.TUITION_OUT_OF_STATE)
        assert held.update(value=9_000, value_note="") == 1
        begin(client, where="KY")
        said = words(client)
        assert "$18,000 Price for residents of other states. Estimate: $9,000 a year for 2 years" in said
        assert "Ask the school: when would I count as a resident of OH" in said

    def test_a_local_price_is_a_way_to_save(self, client):
        school = Program.objects.get(slug=SLUG).school
        held = SchoolFigure.objects.get(school=school, measure=SchoolMeasure.TUITION_IN_STATE)
        SchoolFigure.objects.create(
            school=school, measure=SchoolMeasure.TUITION_IN_DISTRICT, year=2023, value=1_000, release=held.release
        )
        begin(client)
        assert f"Local residents pay $1,000 a year, other residents of OH ${held.value:,}." in words(client)

    def test_what_a_school_says_of_veterans_is_passed_on_and_still_asked(self, client):
        School.objects.filter(programs__slug=SLUG).update(yellow_ribbon=True, training_credit=True)
        begin(client)
        said = words(client)
        assert "The school reports: Yellow Ribbon Program." in said
        assert "The school says that it gives credit for military training." in said
        assert "is this program approved for my benefits" in said

    def test_a_closed_school_s_program_can_still_be_read(self, client):
        begin(client, program="fern-coding-certificate", goal="cca")
        assert "Steps to CCA" in words(client)


class TestTheForm:
    @pytest.mark.parametrize(
        ("field", "typed", "message"),
        [
            ("hours", "0", "With no hours a week nothing moves."),
            ("hours", "", "Give a whole number of hours from 1 to 80"),
            ("hours", "ten", "Give a whole number of hours from 1 to 80"),
            ("hours", "-5", "Give a whole number of hours from 1 to 80"),
            ("hours", "²", "Give a whole number of hours from 1 to 80"),
            ("hours", "81", "More than 80 hours"),
            ("hours", "9" * 5_000, "More than 80 hours"),
            ("hours", "1", "At this pace the program takes 90 years; a plan reaches 20."),
            ("start", "", "Choose the day on which classes would begin."),
            ("start", "2027-02-29", "There is no 29 February in 2027."),
            ("start", "2027-13-01", "That is no day of the calendar."),
            ("start", "soon", "That is no day of the calendar."),
            ("start", "2026-11-21", "21 November 2026 is over. Choose 22 November 2026, or a later day."),
            ("start", "9999-12-31", "Choose a day up to the end of 2036."),
            ("start", "99999-01-01", "That is no day of the calendar."),
            ("where", "99999", "99999"),
            ("where", "\0<b>", "<b>"),
            ("goal", "", "Choose what you want to reach"),
            ("goal", "astronaut", "That is none of the exams and jobs here."),
            ("program", "not-saved", "That program is not on your list any more."),
        ],
    )
    def test_what_cannot_be_is_said_beside_its_field_and_nothing_typed_is_lost(self, client, field, typed, message):
        press(client, save=SLUG)
        response = press(client, "/plan/steps/", **{**CHOSEN, field: typed})
        page = response.content.decode()
        assert response.status_code == 422
        assert message in text(response)
        assert f'id="plan-{field}-error"' in page
        for name in ("hours", "start", "where"):
            if name != field and name in CHOSEN:
                assert f'value="{CHOSEN[name]}"' in page
        if field in ("hours", "start") and typed:
            assert f'value="{typed[:200]}"' in page
        assert "Steps to" not in text(response)

    def test_a_wrong_day_stands_in_a_field_that_shows_it(self, client):
        response = press(client, "/plan/steps/", **{**CHOSEN, "program": "", "start": "2027-02-29"})
        assert 'name="start" type="text"' in response.content.decode()

    def test_a_leap_day_and_the_american_form_are_days(self, client):
        begin(client, start="2/29/2028")
        assert "Tue 29 Feb 2028 Term 1" in words(client)

    def test_without_a_session_the_form_works_out_a_plan(self):
        client = Client()
        press(client, "/plan/steps/", **{**CHOSEN, "program": "", "goal": "ccs-p"})
        assert "Steps to CCS-P" in words(client)

    def test_a_mistake_makes_no_session(self):
        client = Client()
        press(client, "/plan/steps/", **{**CHOSEN, "program": "", "hours": "0"})
        assert not Session.objects.exists()

    def test_a_start_that_has_passed_since_may_stay(self, client):
        begin(client)
        with time_machine.travel(dt.datetime(2027, 3, 1, tzinfo=dt.UTC), tick=False):
            assert press(client, "/plan/steps/", **{**CHOSEN, "hours": "30"}).status_code == 303


class TestChanges:
    def test_a_new_pace_shows_old_and_new_days_until_they_are_agreed_to(self, client):
        begin(client)
        assert "What changed in your plan" not in words(client)
        press(client, "/plan/tick/", done="apply")
        press(client, "/plan/steps/", **{**CHOSEN, "hours": "45"})
        said = words(client)
        assert "What changed in your plan" in said
        assert "Finish the program 7 Jul 2031 8 Jan 2029" in said
        assert "Done 22 Nov 2026" in said
        press(client, "/plan/agree/")
        assert "What changed in your plan" not in words(client)

    def test_another_goal_is_said_and_its_steps_are_no_others_moved(self, client):
        begin(client, goal="cca")
        press(client, "/plan/steps/", **{**CHOSEN, "goal": "rhit"})
        said = words(client)
        assert "You chose another goal: RHIT, not CCA any more." in said
        changed = said[said.index("What changed") : said.index("I have seen it")]
        assert re.search(r"Take the CCA exam \d+ \w+ \d{4} Taken out", changed)
        assert re.search(r"Take the RHIT exam Not in the plan \d+ \w+ \d{4}", changed)
        press(client, "/plan/agree/")
        press(client, "/plan/steps/", **{**CHOSEN, "hours": "45"})
        assert "You chose another goal" not in words(client)

    def test_a_new_price_is_never_silent(self, client):
        begin(client)
        listing = Listing.objects.get(program__slug=SLUG)
        assert listing.price is not None
        Listing.objects.filter(pk=listing.pk).update(price=listing.price + 500)
        assert f"11 Jan 2027, ${listing.price:,} 11 Jan 2027, ${listing.price + 500:,}" in words(client)

    def test_reading_agrees_to_nothing(self, client):
        begin(client)
        press(client, "/plan/steps/", **{**CHOSEN, "hours": "45"})
        for _ in range(2):
            assert "What changed in your plan" in words(client)

    def test_a_tick_can_be_taken_away(self, client):
        begin(client)
        assert press(client, "/plan/tick/", done="apply")["Location"] == "/plan/#step-apply"
        assert "1 of" in words(client)
        press(client, "/plan/tick/", open="apply")
        assert "0 of" in words(client)

    @pytest.mark.parametrize("form", [{}, {"done": "no-such-step"}, {"done": ""}, {"open": "\0"}])
    def test_a_tick_of_no_step_changes_nothing(self, client, form):
        begin(client)
        assert press(client, "/plan/tick/", **form)["Location"] == "/plan/?done=nothing"
        assert "0 of" in words(client)

    @pytest.mark.parametrize("address", ["/plan/agree/", "/plan/tick/", "/plan/share/", "/plan/take-back/"])
    def test_without_a_plan_every_button_answers(self, client, address):
        assert press(client, address).status_code == 303
        assert client.get(address).status_code == 405


class TestKeeping:
    def test_deleting_forgets_steps_and_copies(self, client):
        begin(client)
        press(client, "/plan/share/")
        press(client, "/plan/delete/")
        assert not SharedPlan.objects.exists()
        assert not Session.objects.exists()
        assert "Steps to" not in words(client)

    def test_an_account_keeps_it_in_a_row(self, client):
        reader = User.objects.create_user("reader")
        client.force_login(reader, BACKEND)
        begin(client)
        assert "Steps to RHIT" in words(client)
        assert ReaderPlan.objects.get().reader == reader
        press(client, "/plan/delete/")
        assert not ReaderPlan.objects.exists()

    def test_signing_in_brings_it_along(self, client):
        begin(client)
        press(client, "/plan/share/")
        reader = User.objects.create_user("reader")
        session = SessionStore(client.session.session_key)
        assert take_over(session, reader)
        assert session.get("plan") is None
        other = Client()
        other.force_login(reader, BACKEND)
        assert "Steps to RHIT" in words(other)
        assert SharedPlan.objects.get().reader == reader

    def test_a_reader_who_signs_in_finds_everything_again_and_is_signed_in(self, client):
        begin(client)
        press(client, "/plan/note/", program=SLUG, note="Ask about parking")
        client.post("/account/sign-in/", {"email": "reader@example.org"})
        code = re.findall(r"^\d{4}-\d{4}$", str(mail.outbox[-1].body), re.MULTILINE)[0]
        client.post("/account/code/", {"code": code})
        assert "1, 1 of them with a note" in words(client, "/account/")
        assert "Ask about parking" in words(client)
        assert "Steps to RHIT" in words(client)
        assert (ReaderPlan.objects.count(), client.session.get("plan"), client.session.get("shortlist")) == (
            1,
            None,
            None,
        )

    def test_of_two_plans_the_one_changed_last_stays(self, client):
        reader = User.objects.create_user("reader")
        account = Client()
        account.force_login(reader, BACKEND)
        begin(client)
        with time_machine.travel(TODAY + dt.timedelta(days=1), tick=False):
            begin(account, goal="cca")
            assert not take_over(SessionStore(client.session.session_key), reader)
            assert "Steps to CCA" in words(account)


@pytest.mark.parametrize("signed_in", [False, True])
@pytest.mark.parametrize("goal", ["rhit", "cca", "lamp-keeper"])
@pytest.mark.parametrize("taken_off", [SLUG, "cedar-coding-certificate"])
def test_a_page_with_everything_on_it_asks_at_most_fifteen_times(client, signed_in, goal, taken_off):
    if signed_in:
        client.force_login(User.objects.create_user("reader"), BACKEND)
    for slug in ("birch-coding-year", "cedar-coding-certificate"):
        press(client, save=slug)
    begin(client, goal=goal)
    for _ in range(2):
        press(client, "/plan/share/", notes="1")
    press(client, remove=taken_off)
    client.get("/plan/")
    with CaptureQueriesContext(connection) as asked:
        said = words(client)
    assert said.count("Copy of 22 Nov 2026") == 2
    assert "Steps to" in said
    assert "You took " in said
    assert len(asked) <= 15, [query["sql"][:90] for query in asked]


def test_fifty_saved_programs_and_a_plan_cost_at_most_fifteen_queries(client):
    begin(client)
    session = SessionStore(client.session.session_key)
    mine = Shortlist(SessionPart(session))
    for key in Program.objects.filter(listing__isnull=False).values_list("pk", flat=True)[:LIMIT]:
        mine.save(program=key)
    client.get("/plan/")
    with CaptureQueriesContext(connection) as asked:
        assert "Steps to RHIT" in words(client)
    assert len(asked) <= 15, [query["sql"][:90] for query in asked]


def test_a_plan_for_a_program_that_left_the_list_says_so_first_and_in_its_files(client):
    press(client, save=SLUG)
    begin(client, goal="cca")
    assert "Do not count on this program" not in words(client)
    Program.objects.filter(slug=SLUG).update(state=ListingState.WITHDRAWN)
    said = words(client)
    assert "Do not count on this program. Taken off the list by staff" in said
    assert "After this program you may sit" not in said
    calendar = client.get("/plan/my-plan.ics").content.decode().replace("\r\n ", "")
    assert "Do not count on this program" in calendar
