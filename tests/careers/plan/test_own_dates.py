"""A reader's own day of a step: kept, printed everywhere, later days count from it, and what does not fit is said."""

from __future__ import annotations

import csv
import datetime as dt
import io
from fractions import Fraction

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from careers.models import SharedPlan
from careers.plan.dates import Course, Exam, timeline
from careers.plan.own import OwnProblem, conflicts, read_day
from directory.engagement.readers import BACKEND
from tests.careers.plan.asking import SLUG, begin, press, text, words

START, TODAY = dt.date(2027, 1, 11), dt.date(2026, 11, 22)
RHIT = Exam("RHIT", "AHIMA", last_term=True, window_days=120, renewal_years=2)
TWO_YEARS = Course(Fraction(24))


def days(own: dict[str, dt.date] | None = None) -> dict[str, dt.date]:
    return {step.key: step.on for step in timeline(START, 45, TWO_YEARS, RHIT, own) if step.on}


class TestDays:
    def test_what_follows_a_step_counts_from_the_readers_day(self):
        usual = days()
        moved = days({"exam-apply": dt.date(2030, 3, 1)})
        assert moved["exam-apply"] == dt.date(2030, 3, 1)
        assert moved["exam"] == dt.date(2030, 3, 1) + dt.timedelta(days=56)
        assert moved["exam-by"] == dt.date(2030, 3, 1) + dt.timedelta(days=120)
        assert {key: moved[key] for key in ("apply", "papers", "finish")} == {
            key: usual[key] for key in ("apply", "papers", "finish")
        }

    def test_a_later_end_moves_the_exam_and_its_renewal(self):
        end = dt.date(2029, 12, 14)
        moved = days({"finish": end})
        assert moved["exam-apply"] == end - dt.timedelta(days=60)
        assert moved["renewal"] == dt.date(moved["exam"].year + 2, moved["exam"].month, moved["exam"].day)

    def test_a_program_of_unknown_length_gets_its_dates_from_the_readers_end(self):
        unknown = Course(None)
        assert {step.key: step.on for step in timeline(START, 45, unknown, RHIT)}["exam"] is None
        steps = {step.key: step.on for step in timeline(START, 45, unknown, RHIT, {"finish": dt.date(2028, 12, 15)})}
        assert steps["exam"] is not None

    @given(
        key=st.sampled_from(["apply", "papers", "finish", "placement", "exam-apply", "exam", "exam-by", "renewal"]),
        day=st.dates(dt.date(2026, 1, 1), dt.date(2057, 12, 31)),
    )
    def test_the_step_itself_stands_on_that_day_and_the_rest_is_in_order(self, key, day):
        steps = timeline(START, 45, TWO_YEARS, RHIT, {key: day})
        mine = next(step for step in steps if step.key == key)
        assert (mine.on, mine.own) == (day, True)
        assert mine.by_rule == days()[key]
        dated = [step.on for step in steps if step.on]
        assert dated == sorted(dated)

    @given(key=st.sampled_from(["finish", "exam-apply", "exam"]), later=st.integers(0, 2_000))
    def test_a_later_day_brings_no_later_step_forward(self, key, later):
        usual = days()
        moved = days({key: usual[key] + dt.timedelta(days=later)})
        after = ("finish", "exam-apply", "exam", "renewal")
        for step in after[after.index(key) :]:
            assert moved[step] >= usual[step]


class TestConflicts:
    def said(self, own):
        return conflicts(timeline(START, 45, TWO_YEARS, RHIT, own), timeline(START, 45, TWO_YEARS, RHIT))

    def test_the_rules_alone_never_clash(self):
        assert self.said({}) == {}
        assert self.said({"exam": days()["exam"]}) == {}

    def test_applying_after_the_classes_begin_is_said(self):
        said = self.said({"apply": dt.date(2027, 2, 1)})
        assert said == {
            "apply": "This does not fit: it is after “Term 1 of 4 begins”, 11 January 2027. Check both.",
        }

    def test_an_exam_after_its_last_day_is_said(self):
        said = self.said({"exam": days()["exam-by"] + dt.timedelta(days=1)})
        assert "it is after “Last day to take the RHIT exam”" in said["exam"]

    def test_an_exam_before_the_end_is_no_conflict_where_students_may_sit_it(self):
        assert self.said({"exam-apply": days()["exam-apply"] - dt.timedelta(days=10)}) == {}

    def test_both_steps_say_it_when_both_days_are_the_readers(self):
        said = self.said({"exam-apply": dt.date(2029, 6, 1), "exam": dt.date(2029, 5, 1)})
        assert said.keys() >= {"exam-apply", "exam"}


@pytest.mark.parametrize(
    ("key", "typed", "said"),
    [
        ("exam", "", "Choose a day, or go back to the rule’s."),
        ("exam", "soon", "That is no day of the calendar."),
        ("exam", "2027-02-29", "There is no 29 February in 2027."),
        ("exam", "2026-11-21", "21 November 2026 is over. Choose 22 November 2026, or a later day."),
        ("exam", "9999-12-31", "That is too far ahead to plan. Choose a day up to the end of 2057."),
        ("exam", "2026-12-01", "That is before your classes begin, 11 January 2027."),
        ("term-1", "2038-01-01", "That is too far ahead to plan. Choose a day up to the end of 2036."),
    ],
)
def test_what_is_wrong_with_a_day_is_said_in_words(key, typed, said):
    read = read_day(key, typed, start=START, today=TODAY)
    assert isinstance(read, OwnProblem)
    assert read.words.startswith(said)
    assert (read.key, read.typed) == (key, typed)


@pytest.mark.parametrize("typed", ["2028-02-29", "2/29/2028"])
def test_29_february_of_a_leap_year_is_a_day(typed):
    assert read_day("exam", typed, start=START, today=TODAY) == dt.date(2028, 2, 29)


def test_what_comes_before_the_start_may_stand_before_it_and_a_day_that_passed_may_stay():
    assert read_day("apply", "2026-12-01", start=START, today=TODAY) == dt.date(2026, 12, 1)
    gone = dt.date(2026, 10, 13)
    assert read_day("apply", "2026-10-13", start=START, today=TODAY, kept=gone) == gone


@pytest.mark.django_db
@pytest.mark.usefixtures("catalogue")
class TestPage:
    @pytest.fixture(autouse=True)
    def clock(self):
        with time_machine.travel(dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC), tick=False):
            yield

    def own(self, client: Client, key: str, on: str = "", **more: str):
        return press(client, "/plan/date/", step=key, on=on, **more)

    def test_a_day_is_kept_and_said_and_taken_back(self, client):
        begin(client)
        usual = words(client)
        assert self.own(client, "apply", "2026-12-01")["Location"] == "/plan/#step-apply"
        said = words(client)
        assert "Tue 1 Dec 2026" in said
        assert "Your own date. By the rule it would be 13 Oct 2026" in said
        assert "What changed" not in said
        self.own(client, "apply", rule="1")
        assert words(client) == usual

    def test_days_that_move_with_it_are_shown_as_changed(self, client):
        begin(client)
        self.own(client, "exam-apply", "2031-06-02")
        page = client.get("/plan/").content.decode()
        changed = page[page.index('id="changed"') : page.index('id="steps"')]
        assert "Take the RHIT exam" in changed
        assert "Apply for the RHIT exam" not in changed

    def test_a_day_that_is_refused_stands_there_as_it_was_typed(self, client):
        begin(client)
        before = words(client)
        answer = self.own(client, "apply", "13 o'clock")
        assert answer.status_code == 422
        page = answer.content.decode()
        assert 'value="13 o&#x27;clock"' in page
        assert "That is no day of the calendar" in text(answer)
        assert words(client) == before

    def test_the_first_day_of_classes_moves_the_plan(self, client):
        begin(client)
        self.own(client, "term-1", "2027-08-23")
        page = client.get("/plan/").content.decode()
        assert 'name="start" type="date" autocomplete="off" value="2027-08-23"' in page

    def test_a_clash_is_said_on_the_page_in_the_files_and_in_the_copy(self, client):
        begin(client)
        self.own(client, "apply", "2027-03-01")
        clash = "This does not fit: it is after “Term 1"
        assert clash in words(client)
        book = Calendar.from_ical(client.get("/plan/my-plan.ics").content)
        entry = next(each for each in book.walk("VEVENT") if each["summary"] == "Apply to the school")
        assert entry.decoded("dtstart") == dt.date(2027, 3, 1)
        assert clash in str(entry["description"])
        rows = list(csv.DictReader(io.StringIO(client.get("/plan/my-plan.csv").content.decode("utf-8-sig"))))
        row = next(each for each in rows if each["step"] == "Apply to the school")
        assert (row["date"], clash in row["how_the_date_came_about"]) == ("2027-03-01", True)
        press(client, "/plan/share/")
        token = client.get("/plan/").context["shares"][0]["url"]
        copy = text(Client().get(token))
        assert clash in copy
        assert "Set my own date" not in copy

    def test_a_copy_from_before_there_were_own_days_can_be_read(self, client):
        begin(client)
        press(client, "/plan/share/")
        copy = SharedPlan.objects.get()
        for line in copy.document["lines"]:
            del line["own"], line["warning"]
        copy.save()
        assert "Apply to the school" in text(Client().get(client.get("/plan/").context["shares"][0]["url"]))

    def test_another_goal_drops_the_days_of_the_exam_and_keeps_those_of_the_program(self, client):
        begin(client)
        self.own(client, "apply", "2026-12-01")
        self.own(client, "exam", "2031-09-01")
        begin(client, goal="cca")
        said = words(client)
        assert "1 Dec 2026" in said
        assert said.count("Your own date.") == 1

    @pytest.mark.parametrize("key", ["", "nothing-like-it", "exam-apply\0"])
    def test_a_step_that_is_not_there_changes_nothing(self, client, key):
        begin(client)
        assert self.own(client, key, "2027-01-01")["Location"].startswith("/plan/?done=nothing")

    def test_without_a_plan_it_says_so(self, client):
        assert self.own(client, "apply", "2027-01-01")["Location"] == "/plan/?done=nothing"

    def test_it_follows_the_reader_to_the_account(self, client):
        begin(client)
        self.own(client, "apply", "2026-12-01")
        client.force_login(User.objects.create_user("reader"), BACKEND)
        begin(client)
        self.own(client, "papers", "2026-12-02")
        assert "2 Dec 2026" in words(client)

    def test_another_site_cannot_set_a_day(self, client):
        begin(client)
        strict = Client(enforce_csrf_checks=True)
        strict.cookies = client.cookies
        elsewhere = {"sec-fetch-site": "cross-site"}
        answer = strict.post("/plan/date/", {"step": "apply", "on": "2026-12-01"}, headers=elsewhere)
        assert answer.status_code == 403
        assert "1 Dec 2026" not in words(client)
        assert SLUG in client.get("/plan/").content.decode()
