"""The queue of reviews at the desk: what is to do, decided with a reason, about the words that were read."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.models import User

from directory.engagement.reviews import send
from directory.models import Review, ReviewReply, ReviewReport
from directory.vocab import ReviewState
from tests.directory.admin.conftest import address, errors
from tests.directory.admin.test_error_reports import said
from tests.directory.admin.test_lists import listing
from tests.directory.invented import program, school
from tests.directory.reviews.people import SAID, reader, words

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2025, 9, 1, 12, tzinfo=dt.UTC)


@pytest.fixture
def review() -> Review:
    made, _ = send(reader=reader(), program=program(school()), words=words(title="A <b>title</b>"))
    return made


def in_queue(desk, query="", model=Review):
    return [row.pk for row in desk.get(listing(model, query)).context["cl"].result_list]


def test_the_list_shows_what_is_to_do_unless_asked_for_the_rest(desk, edit, review):
    assert in_queue(desk) == [review.pk]
    edit(review, decision="shown")
    assert in_queue(desk) == []
    assert in_queue(desk, "?stands=shown") == in_queue(desk, "?stands=all") == [review.pk]
    ReviewReport.objects.create(review=review, reason="false", made_at=NOW)
    assert in_queue(desk) == [review.pk]


def test_the_page_has_the_words_as_text_and_neither_address_nor_account(desk, review):
    page = desk.get(address(review)).content.decode()
    assert SAID in page
    assert "A &lt;b&gt;title&lt;/b&gt;" in page
    assert review.reader.email not in page
    assert review.reader.username not in page


def test_accepting_shows_it_and_is_kept_with_who_and_when(edit, review, chief):
    assert edit(review, decision="shown").status_code == 302
    review.refresh_from_db()
    assert (review.state, review.decided_by) == (ReviewState.SHOWN, chief)
    history = [(each.state, each.history_user) for each in review.history.all()]
    assert history == [("shown", chief), ("pending", None)]


def test_refusing_needs_a_reason_and_its_writer_reads_it(edit, review):
    assert "reason" in errors(edit(review, decision="refused"))
    assert "note" in errors(edit(review, decision="refused", reason="other", note=" "))
    assert "reason" in errors(edit(review, decision="shown", reason="person"))
    assert Review.objects.get().state == ReviewState.PENDING
    assert edit(review, decision="refused", reason="person", note="The second  sentence.").status_code == 302
    review.refresh_from_db()
    assert (review.state, review.reason, review.note) == ("refused", "person", "The second sentence.")


def test_what_was_refused_can_be_accepted_after_all(edit, review):
    edit(review, decision="refused", reason="person")
    assert edit(review, decision="shown").status_code == 302
    review.refresh_from_db()
    assert (review.state, review.reason) == ("shown", "")


def test_nothing_decided_changes_nothing_and_one_message_says_so(desk, edit, review):
    response = edit(review, decision="")
    assert response.status_code == 302
    assert review.history.count() == 1
    assert said(desk) == ["Nothing was decided: it stays “Waiting to be read by us”."]
    edit(review, decision="shown")
    assert said(desk) == ["Decided. It is now: Accepted."]


def test_words_that_changed_after_the_page_was_opened_are_not_accepted(desk, edit, review):
    response = edit(review, decision="shown", seen=0)
    assert "Read it again" in response.content.decode()
    assert Review.objects.get().state == ReviewState.PENDING


def test_a_withdrawn_review_can_be_read_no_more_and_not_decided_about(desk, review):
    Review.objects.update(state="withdrawn", text="", title="", role="", year=None, overall=None, teaching=None)
    page = desk.get(address(review))
    assert b'name="_save"' not in page.content
    assert desk.post(address(review), {"decision": "shown", "seen": 1}).status_code == 403


def test_the_same_words_of_others_are_pointed_out(desk, review):
    other, _ = send(reader=reader("bob@mail.example"), program=review.program, words=words(SAID.upper()))
    assert f"review {review.pk}" in desk.get(address(other)).content.decode()


def test_an_answer_of_a_school_is_decided_about_in_the_same_way(desk, edit, review, chief):
    reply = ReviewReply.objects.create(review=review, domain="m.edu", text="Thanks.", written_at=NOW, sent_at=NOW)
    assert in_queue(desk, model=ReviewReply) == [reply.pk]
    assert edit(reply, decision="shown").status_code == 302
    reply.refresh_from_db()
    assert (reply.state, reply.decided_by) == (ReviewState.SHOWN, chief)


def test_who_may_only_look_decides_nothing(staff, review):
    browser = staff("view_review", "view_reviewreport")
    assert browser.get(address(review)).status_code == 200
    assert browser.post(address(review), {"decision": "shown", "seen": 1}).status_code == 403
    assert Review.objects.get().state == ReviewState.PENDING


def test_a_moderator_needs_no_other_right(staff, edit, review):
    browser = staff("view_review", "change_review")
    assert edit(review, browser=browser, decision="shown").status_code == 302
    assert Review.objects.get().state == ReviewState.SHOWN


def test_a_superuser_can_delete_the_account_of_a_reader_who_asks_and_no_account_of_staff(desk, review):
    assert desk.post(address(User.objects.get(is_superuser=True), "delete"), {"post": "yes"}).status_code == 403
    assert desk.post(address(review.reader, "delete"), {"post": "yes"}).status_code == 302
    assert not Review.objects.exists()


def test_a_review_can_be_deleted_for_whoever_asks(desk, review):
    assert desk.post(address(review, "delete"), {"post": "yes"}).status_code == 302
    assert not Review.objects.exists()
    assert User.objects.filter(pk=review.reader_id).exists()
