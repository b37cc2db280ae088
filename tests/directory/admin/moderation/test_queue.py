"""One queue of what readers and schools wrote: what is due first comes first, and each leads to its page and back."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.admin.moderation import queue
from directory.models import CaseDecision, Review
from directory.vocab import Role
from tests.directory.admin.conftest import address, filled_in
from tests.directory.admin.moderation.conftest import A_DAY, NOON, member
from tests.directory.admin.test_error_reports import report
from tests.directory.invented import program, school
from tests.directory.reviews.people import reader

pytestmark = pytest.mark.django_db
QUEUE = "/admin/moderation/"


def keys(page):
    return [row["case"].key for row in page.context["rows"]]


def test_what_is_due_first_comes_first_whatever_it_is(ann, review, reply, reported):
    page = ann.get(QUEUE)
    assert keys(page) == [f"reply-{reply.pk}", f"review-{review.pk}", f"report-{reported.pk}"]
    assert [row["due"] for row in page.context["rows"]] == ["Overdue by 1 day", "Due in 3 days", "Due in 4 days"]
    assert (page.context["count"], page.context["late"]) == (3, 1)
    assert b"writer@example.org" not in page.content


def test_a_report_is_in_the_queue_from_its_first_day(ann, at):
    made = report(at)
    assert keys(ann.get(QUEUE)) == [f"report-{made.pk}"]


def test_two_reports_about_one_fact_are_told_apart_by_number_and_by_what_their_readers_wrote(ann, at):
    one, other = report(at), report(at, should_be="", words=f"It is\n{'Birch ' * 30}")
    first, second = (row["case"] for row in ann.get(QUEUE).context["rows"])
    assert (first.subject, second.subject) == (f"{one.number}, County: {at.name}",
                                               f"{other.number}, County: {at.name}")  # fmt: skip
    assert "the reader writes “Elm County”" in first.reason
    assert "the reader writes “It is Birch" in second.reason
    assert "Birch…”" in second.reason
    assert len(second.reason) < 260


def test_the_queue_is_read_by_kind_and_by_whose_it_is(ann, review, reported):
    assert keys(ann.get(f"{QUEUE}?kind=reviews")) == [f"review-{review.pk}"]
    mark = ann.get(f"{QUEUE}?kind=reports").context["rows"][0]["mark"]
    assert ann.post(f"{QUEUE}?kind=reports", {"take": mark})["Location"] == f"{QUEUE}?kind=reports"
    assert keys(ann.get(f"{QUEUE}?who=me")) == [f"report-{reported.pk}"]
    assert keys(ann.get(f"{QUEUE}?who=nobody")) == [f"review-{review.pk}"]
    page = ann.get(f"{QUEUE}?kind=links&who=99")
    assert len(keys(page)) == 2
    assert "no such filter" in str(next(iter(page.context["messages"])))


def test_who_takes_a_case_second_is_told_who_has_it(ann, bob, review):
    mark = ann.get(QUEUE).context["rows"][0]["mark"]
    ann.post(QUEUE, {"take": mark})
    page = bob.post(QUEUE, {"take": mark}, follow=True)
    assert "ann has given it to ann on 2 Mar" in str(next(iter(page.context["messages"])))
    assert str(CaseDecision.objects.get().assignee) == "ann"
    assert "Given to ann" in page.content.decode()


def test_deciding_leads_back_to_the_queue(ann, review):
    url = ann.get(QUEUE).context["rows"][0]["url"]
    page = ann.get(url)
    assert "Back to “Moderation”" in page.content.decode()
    saved = ann.post(url, {**filled_in(page), "decision": "shown"})
    assert saved["Location"] == QUEUE
    assert keys(ann.get(QUEUE)) == []


def test_what_was_put_off_is_counted_and_not_shown(ann, review):
    mark = ann.get(QUEUE).context["rows"][0]["mark"]
    ann.post("/admin/worklists/?kind=reviews", {"case": mark, "do": "snooze", "until": "2026-03-09"})
    page = ann.get(QUEUE)
    assert (keys(page), page.context["put_off"]) == ([], 1)


def test_each_role_takes_what_it_decides_about_and_nobody_else_comes_in(review, reported, client):
    for role, may in (
        (Role.MODERATOR, {"reviews", "reports"}), (Role.CURATOR, {"reports"}), (Role.VIEWER, set()),
        (Role.ADMINISTRATOR, {"reviews", "reports"}),
    ):  # fmt: skip
        browser = member(role, f"a-{role}")
        page = browser.get(QUEUE)
        assert {row["case"].kind for row in page.context["rows"] if row["may"]} == may
        mark = next(row["mark"] for row in page.context["rows"] if row["case"].kind == "reviews")
        assert browser.post(QUEUE, {"take": mark}).status_code == (302 if "reviews" in may else 403)
    assert client.get(QUEUE)["Location"].startswith("/admin/login/")


def test_pages_begin_after_the_last_case_that_was_shown(ann, at, monkeypatch):
    monkeypatch.setattr(queue, "PAGE", 2)
    made = [report(at, received_at=NOON - days * A_DAY) for days in (9, 7, 5, 3, 1)]
    first = ann.get(QUEUE)
    second = ann.get(QUEUE + first.context["next"])
    third = ann.get(QUEUE + second.context["next"])
    assert keys(first) + keys(second) + keys(third) == [f"report-{each.pk}" for each in made]
    assert third.context["next"] == ""


def test_the_queue_asks_as_often_for_many_as_for_one_and_at_most_twenty_times(desk, review, reply, reported):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(QUEUE).status_code == 200
        return len(queries)

    desk.get(QUEUE)
    few = asked()
    for number in range(20):
        at = school(100100 + number)
        report(at)
        Review.objects.create(
            reader=reader(f"writer-{number}@example.org"), program=program(at), role="graduate", year=2025, overall=2,
            text="Fine.", written_at=NOON, sent_at=NOON,
        )  # fmt: skip
    assert asked() == few <= 20


def test_the_front_page_leads_to_what_a_person_may_open(review):
    for role, log in ((Role.MODERATOR, True), (Role.VIEWER, False)):
        text = member(role, f"a-{role}").get("/admin/").content.decode()
        assert f'href="{QUEUE}"' in text
        assert (f'href="{QUEUE}log/"' in text) == log
    assert address(review)  # the page of the row stays where it was
