"""Staff read what readers report, decide it with public words, and correct the field in one go."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from directory.engagement.error_reports import advance, receive
from directory.models import ErrorReport, Override, School
from directory.vocab import ReportState
from tests.directory.admin.conftest import address, errors, filled_in
from tests.directory.invented import program, school

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
QUEUE = "admin:directory_errorreport_changelist"


def report(of: School, fact: str = "county", label: str = "County", **columns: Any) -> ErrorReport:
    given: dict[str, Any] = {
        "sent": uuid.uuid4(), "kind": "school", "slug": of.slug, "title": of.name, "school": of, "fact": fact,
        "label": label, "said": "Oak", "should_be": "Elm County", "evidence_url": "https://maplefork.example/where",
    }  # fmt: skip
    return receive(report=ErrorReport(**{**given, **columns}), now=columns.pop("received_at", None))


class TestDeciding:
    def test_nobody_says_that_it_was_read_before_it_was(self, edit):
        response = edit(report(school()), step="checking")
        assert set(errors(response)) == {"words_shown"}

    def test_a_decision_needs_public_words_and_a_word_on_what_the_reader_wrote(self, edit):
        response = edit(report(school()), step="declined")
        assert set(errors(response)) == {"public_words", "words_shown"}

    def test_it_is_decided_with_words_day_and_person(self, edit, chief):
        made = report(school())
        edit(made, step="declined", public_words="The file says Oak.", words_shown="true")
        made.refresh_from_db()
        assert (made.state, made.resolution, made.words_shown) == ("declined", "The file says Oak.", True)
        assert made.steps.last().by == chief  # type: ignore[union-attr]
        assert made.history.count() >= 2

    def test_advertising_leaves_the_list_without_showing_its_words(self, edit):
        made = report(school())
        form = {"step": "declined", "public_words": "This is no report of an error.", "words_shown": "false"}
        edit(made, **form, listed="")
        made.refresh_from_db()
        assert (made.listed, made.words_shown) == (False, False)

    def test_a_fact_that_reads_the_same_is_not_corrected(self, edit, client):
        at = school(county="Oak")
        made, form = report(at), {"step": "corrected", "public_words": "Changed.", "words_shown": "true"}
        (wrong,) = errors(edit(made, **form))["step"]
        assert "The page still says “Oak”" in wrong
        assert "Correct it first" in wrong
        assert "elsewhere" in errors(edit(made, elsewhere="The address."))
        edit(made, **form, elsewhere="The address.")
        made.refresh_from_db()
        assert (made.state, made.elsewhere) == ("corrected", "The address.")
        assert "The fact was changed" not in client.get(made.get_absolute_url()).content.decode()

    def test_a_fact_that_an_import_has_changed_is_corrected_without_more(self, edit):
        at = school(county="Oak")
        made, form = report(at), {"step": "corrected", "public_words": "The new file.", "words_shown": "true"}
        School.objects.update(county="Elm County")
        assert "elsewhere" in errors(edit(made, **form, elsewhere="The address."))
        edit(made, **form)
        made.refresh_from_db()
        assert (made.state, made.elsewhere) == ("corrected", "")

    def test_one_message_names_the_new_state(self, edit, desk):
        made = report(school())
        edit(made, words_shown="true")
        assert said(desk) == [f"Saved. Report {made.number} stays: Received."]
        edit(made, step="declined", public_words="The file says Oak.")
        assert said(desk) == [f"Report {made.number} is now: Declined."]

    def test_words_without_a_step_are_asked_about(self, edit):
        assert "step" in errors(edit(report(school()), public_words="Thank you"))

    def test_reading_the_words_is_a_change_of_its_own(self, edit):
        made = report(school())
        edit(made, words_shown="true")
        made.refresh_from_db()
        assert (made.words_shown, made.state) == (True, ReportState.RECEIVED)
        edit(made)  # what was said of the words stays when the form is sent as it is
        made.refresh_from_db()
        assert made.words_shown is True

    def test_two_at_once_do_not_decide_twice(self, desk):
        made = report(school())
        page = desk.get(address(made))
        advance(report=made, to=ReportState.DECLINED, by=None, words="It is right.")
        sent = {**filled_in(page), "step": "corrected", "public_words": "Changed", "words_shown": "true"}
        response = desk.post(address(made), sent, follow=True)
        made.refresh_from_db()
        assert made.state == ReportState.DECLINED
        assert errors(response) or b"was not made" in response.content

    def test_the_readers_words_cannot_be_edited(self, edit):
        made = report(school())
        edit(made, should_be="Something else", words="Something else", said="Something else")
        made.refresh_from_db()
        assert (made.should_be, made.said) == ("Elm County", "Oak")


def said(desk: Client) -> list[str]:
    """The messages that stand above the next page of the desk."""
    return [str(each) for each in desk.get(reverse("admin:index")).context["messages"]]


class TestTheWayToTheField:
    def test_the_form_of_the_field_comes_filled_in_and_leads_back(self, desk):
        at = school(county="Oak")
        made = report(at)
        page = desk.get(address(made)).content.decode()
        way = f"{address(at)}?report={made.reference}"
        assert f"{way}#id_county" in page.replace("&amp;", "&")
        form = filled_in(desk.get(way))
        assert form["county"] == "Elm County"
        assert form["initial-county"] == "Oak"
        assert form["evidence_url"] == "https://maplefork.example/where"
        assert made.number in form["why"]
        saved = desk.post(way, form)
        assert saved["Location"] == address(made)
        at.refresh_from_db()
        made.refresh_from_db()
        assert at.county == "Elm County"
        assert (made.override, made.state) == (Override.objects.get(), ReportState.RECEIVED)
        assert filled_in(desk.get(address(made)))["step"] == "corrected"

    def test_a_field_that_is_corrected_leaves_the_report_to_be_decided(self, desk, client):
        at = school(county="Oak")
        made = report(at)
        way = f"{address(at)}?report={made.reference}"
        desk.post(way, filled_in(desk.get(way)))
        told = desk.get(address(made)).content.decode()
        assert f"Report {made.number} waits" in told
        assert "Field corrected; decide the report" in told
        assert "Field corrected; decide the report" in desk.get(reverse(QUEUE)).content.decode()
        public = client.get(made.get_absolute_url()).content.decode()
        assert "not decided yet" in public
        assert "Somebody has read it" not in public
        assert "What was corrected" not in public
        assert made.number not in client.get(reverse("correction_report")).content.decode()

    def test_the_correction_is_public_on_its_report_once_it_is_decided(self, desk, edit, client):
        at = school(county="Oak")
        made = report(at)
        way = f"{address(at)}?report={made.reference}"
        desk.post(way, filled_in(desk.get(way)))
        edit(made, step="corrected", public_words="It is Elm.", words_shown="true")
        public = client.get(made.get_absolute_url()).content.decode()
        assert "What was corrected" in public
        assert "It is Elm." in public
        assert "decide the report" not in desk.get(address(made)).content.decode()

    def test_a_corrected_field_cannot_be_declined_and_another_one_can(self, desk, edit):
        at = school(county="Oak")
        for fact, column in (("county", True), ("open", False)):
            made = report(at, fact)
            way = f"{address(at)}?report={made.reference}"
            desk.post(way, {**filled_in(desk.get(way)), "county": f"Elm {fact}"})
            response = edit(made, step="declined", public_words="It stands.", words_shown="true")
            assert ("step" in errors(response)) is column
            made.refresh_from_db()
            assert made.state == (ReportState.RECEIVED if column else ReportState.DECLINED)

    def test_a_correction_after_a_decision_is_told_and_contradicts_nothing(self, desk, client):
        at = school(county="Oak")
        made = report(at)
        advance(report=made, to=ReportState.DECLINED, by=None, words="The file says Oak.")
        way = f"{address(at)}?report={made.reference}"
        desk.post(way, filled_in(desk.get(way)))
        assert "look at it again" in desk.get(address(made)).content.decode()
        public = client.get(made.get_absolute_url()).content.decode()
        assert "The fact stands" not in public
        assert "after this was decided" in public

    def test_a_value_that_the_field_cannot_take_is_told_and_not_filled_in(self, desk):
        at = school()
        made = report(at, "who-runs-it", "Who runs it", should_be="The city")
        response = desk.get(f"{address(at)}?report={made.reference}")
        assert "A reader says: “The city”" in response.content.decode()
        assert filled_in(response)["control"] == str(at.control)

    def test_a_report_about_another_school_fills_in_nothing(self, desk):
        made = report(school())
        other = school(100002, name="Birch Valley College", slug="birch")
        assert made.number not in desk.get(f"{address(other)}?report={made.reference}").content.decode()

    def test_a_fact_of_a_program_leads_to_the_form_of_what_pages_state(self, desk):
        at = program(school())
        made = report(at.school, "start-dates", "Start dates", kind="program", slug=at.slug, program=at)
        page = desk.get(address(made)).content.decode().replace("&amp;", "&")
        assert f"{reverse('admin:directory_programfact_add')}?program={at.pk}&kind=start-dates" in page


class TestTheQueue:
    def test_the_oldest_open_report_stands_first_with_its_age(self, desk, settings):
        settings.CORRECTION_TARGET_DAYS = 5
        at = school()
        with time_machine.travel(NOON, tick=False):
            old = receive(report=_unsaved(at), now=NOON - dt.timedelta(days=9))
            new = receive(report=_unsaved(at), now=NOON)
            done = advance(report=receive(report=_unsaved(at)), to=ReportState.DECLINED, by=None, words="Right.")
            page = desk.get(reverse(QUEUE)).content.decode()
            late = desk.get(reverse(QUEUE), {"age": "late"}).content.decode()
        assert page.index(old.number) < page.index(new.number)
        assert "overdue" in page
        assert "today, due in 5 days" in page
        assert done.number not in page
        assert new.number not in late

    @pytest.mark.parametrize(
        ("hours", "said"),
        [
            (0, "today, due in 14 days"),
            (1, "today, due in 14 days"),
            (24, "1 day, due in 13 days"),
            (13 * 24, "13 days, due in 1 day"),
            (13 * 24 + 13, "14 days, due today"),
            (14 * 24 + 1, "14 days, overdue"),
        ],
    )
    def test_days_are_counted_as_readers_are_told_them(self, desk, hours, said):
        receive(report=_unsaved(school()), now=NOON)
        with time_machine.travel(NOON + dt.timedelta(hours=hours), tick=False):
            assert said in desk.get(reverse(QUEUE)).content.decode()

    @pytest.mark.parametrize("state", ["received", "checking", "corrected", "declined", "withdrawn", "all"])
    @pytest.mark.parametrize("read", ["", "words", "reply"])
    def test_every_filter_opens(self, desk, state, read):
        assert desk.get(reverse(QUEUE), {"state": state, "read": read, "age": "soon"}).status_code == 200

    def test_a_number_is_found_as_readers_write_it(self, desk):
        made = report(school())
        assert made.number in desk.get(reverse(QUEUE), {"q": made.number.lower()}).content.decode()

    def test_who_may_only_look_has_nothing_to_decide(self, staff):
        made = report(school())
        browser: Client = staff("view_errorreport")
        page = browser.get(address(made)).content.decode()
        assert 'name="step"' not in page
        assert "Correct this field" not in page
        assert browser.post(address(made), {"step": "declined"}).status_code == 403


def _unsaved(of: School) -> ErrorReport:
    return ErrorReport(
        sent=uuid.uuid4(), kind="school", slug=of.slug, title=of.name, school=of, fact="county", label="County",
        should_be="Elm",
    )  # fmt: skip
