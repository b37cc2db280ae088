"""What others do with a review: readers report it, its school answers it once, staff read both."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.test import Client

from directory.engagement import moderation
from directory.engagement.review_reports import MOST_A_DAY
from directory.engagement.reviews import forget, send, withdraw
from directory.models import Program, Review, ReviewReply, ReviewReport, School
from directory.vocab import RefusalReason, ReviewState
from tests.directory.catalogue import by_slug
from tests.directory.reviews.people import SAID, browser_of, chief_of_reviews, reader, shown, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
LIST = "/programs/maple-hit-associate/reviews/"
NOW = dt.datetime(2025, 9, 1, 12, tzinfo=dt.UTC)
REPORT = {"reason": "person", "note": "The second sentence names a teacher."}


@pytest.fixture
def course() -> Program:
    made = by_slug("maple-hit-associate")
    School.objects.filter(pk=made.school_id).update(website="https://www.maplefork.edu/", opeid="00100000")
    return made


@pytest.fixture
def review(course) -> Review:
    return shown(course, 3)[0]


def report_page(review):
    return f"{LIST}{review.pk}/report/"


def reply_page(review):
    return f"{LIST}{review.pk}/reply/"


class TestReports:
    def test_anybody_reports_and_the_review_stays(self, client, review):
        assert "Report a review" in client.get(report_page(review)).content.decode()
        assert "Thank you" in client.post(report_page(review), REPORT).content.decode()
        made = ReviewReport.objects.get()
        assert (made.reason, made.note, made.reader, made.outcome) == ("person", REPORT["note"], None, "")
        assert client.get(LIST).content.decode().count("<article") == 3

    def test_the_same_reader_reports_a_review_once(self, review):
        for browser in (browser_of(reader()), Client()):
            assert "Thank you" in browser.post(report_page(review), REPORT).content.decode()
            assert "open already" in browser.post(report_page(review), REPORT).content.decode()
        assert ReviewReport.objects.count() == 2

    def test_one_connection_reports_a_few_a_day_whatever_browser_it_says_it_is(self, course):
        reviews = shown(course, MOST_A_DAY + 1)
        for number, each in enumerate(reviews):
            answer = Client().post(report_page(each), REPORT, headers={"User-Agent": f"Browser/{number}"})
        assert "5 reports a day" in answer.content.decode()
        assert REPORT["note"] in answer.content.decode()
        assert ReviewReport.objects.count() == MOST_A_DAY

    def test_the_mark_of_a_connection_is_no_address_and_goes_with_the_day(self, client, review):
        with time_machine.travel(NOW, tick=False):
            client.post(report_page(review), REPORT, REMOTE_ADDR="203.0.113.7")
            mark = ReviewReport.objects.get().mark
            assert mark
            assert "203" not in mark
            forget(today=NOW.date())
            assert ReviewReport.objects.get().mark == mark
        forget(today=NOW.date() + dt.timedelta(days=1))
        assert ReviewReport.objects.get().mark == ""

    @pytest.mark.parametrize(
        ("typed", "said"),
        [({"note": "Look"}, "Choose what is wrong"), ({**REPORT, "note": "n" * 1_001}, "1,001"),
         ({**REPORT, "reason": "boring"}, "Choose what is wrong"), ({**REPORT, "homepage": "x"}, "Empty it")],
    )  # fmt: skip
    def test_what_is_wrong_is_said_and_nothing_is_lost(self, client, review, typed, said):
        page = client.post(report_page(review), typed).content.decode()
        assert said in page
        assert typed["note"] in page
        assert not ReviewReport.objects.exists()

    def test_a_decision_of_staff_answers_the_reports(self, client, review):
        client.post(report_page(review), REPORT)
        moderation.show(item=review, revision=review.revision, by=chief_of_reviews())
        assert ReviewReport.objects.get().outcome == "kept"
        browser_of(reader()).post(report_page(review), REPORT)
        moderation.refuse(item=review, revision=review.revision, by=chief_of_reviews(), reason=RefusalReason.PERSON)
        assert sorted(ReviewReport.objects.values_list("outcome", flat=True)) == ["kept", "refused"]

    def test_only_what_can_be_read_can_be_reported(self, client, course):
        first, second = shown(course, 2)
        assert client.get(report_page(first)).status_code == 404
        pending, _ = send(reader=reader("new@mail.example"), program=course, words=words(f"{SAID} New."))
        shown(course, 1, first=5)
        assert client.get(report_page(first)).status_code == 200
        assert client.get(report_page(pending)).status_code == 404
        assert client.get(f"/programs/birch-hit-associate/reviews/{second.pk}/report/").status_code == 404

    def test_the_waiting_list_of_staff_has_new_and_reported_ones(self, client, course, review):
        assert not Review.objects.waiting().exists()
        client.post(report_page(review), REPORT)
        send(reader=reader("new@mail.example"), program=course, words=words(f"{SAID} New."))
        assert Review.objects.waiting().count() == 2


class TestReplies:
    def test_the_school_answers_and_staff_read_it_before_it_is_shown(self, client, review):
        dean = browser_of(reader("dean@maplefork.edu"))
        assert "The school’s answer" in dean.get(reply_page(review)).content.decode()
        assert dean.post(reply_page(review), {"text": "Thank you. We changed the <b>placement</b>."}).status_code == 302
        reply = ReviewReply.objects.get()
        assert (reply.state, reply.domain) == (ReviewState.PENDING, "maplefork.edu")
        assert "We changed" not in client.get(LIST).content.decode()
        moderation.show(item=reply, revision=reply.revision, by=chief_of_reviews())
        page = client.get(LIST).content.decode()
        assert "We changed the &lt;b&gt;placement&lt;/b&gt;" in page
        assert "from a confirmed address at maplefork.edu" in page
        assert "dean@" not in page

    def test_there_is_one_answer_and_a_new_one_takes_its_place(self, review):
        dean = browser_of(reader("dean@maplefork.edu"))
        for text in ("First.", "First.", "Second."):
            dean.post(reply_page(review), {"text": text})
        assert (ReviewReply.objects.get().text, ReviewReply.objects.get().revision) == ("Second.", 2)

    def test_the_school_takes_its_answer_back(self, review):
        dean = browser_of(reader("dean@maplefork.edu"))
        dean.post(reply_page(review), {"text": "First."})
        browser_of(reader()).post(reply_page(review), {"text": "x", "action": "take-back"})
        assert ReviewReply.objects.exists()
        dean.post(reply_page(review), {"text": "First.", "action": "take-back"})
        assert not ReviewReply.objects.exists()

    def test_who_does_not_speak_for_the_school_is_told_why_and_keeps_the_words(self, review):
        page = browser_of(reader()).get(reply_page(review)).content.decode()
        assert "A reply needs a confirmed e-mail address at maplefork.edu." in page
        assert "<textarea" not in page
        page = browser_of(reader()).post(reply_page(review), {"text": "We are the school."}).content.decode()
        assert "maplefork.edu" in page
        assert "We are the school." in page
        assert not ReviewReply.objects.exists()

    def test_who_was_signed_out_meanwhile_loses_no_word(self, review):
        browser = Client()
        answer = browser.post(reply_page(review), {"text": "We changed the placement."})
        assert answer["Location"].startswith("/account/sign-in/")
        browser.force_login(reader("dean@maplefork.edu"), backend="directory.engagement.readers.ReaderBackend")
        assert "We changed the placement." in browser.get(reply_page(review)).content.decode()

    @pytest.mark.parametrize("typed", [{"text": "w" * 3_001}, {"text": "Thanks.", "homepage": "spam"}])
    def test_of_who_is_not_signed_in_nothing_is_kept_that_could_not_be_sent(self, review, typed):
        browser = Client()
        page = browser.post(reply_page(review), typed)
        assert (page.status_code, "sessionid" in browser.cookies) == (200, False)
        assert typed["text"] in page.content.decode()

    def test_a_long_answer_is_refused_with_its_words(self, review):
        dean = browser_of(reader("dean@maplefork.edu"))
        page = dean.post(reply_page(review), {"text": "w" * 3_001}).content.decode()
        assert "3,001 characters" in page
        assert "w" * 3_001 in page

    def test_an_answer_goes_with_its_review(self, review):
        browser_of(reader("dean@maplefork.edu")).post(reply_page(review), {"text": "Thanks."})
        withdraw(review=review)
        assert not ReviewReply.objects.exists()

    def test_an_answer_stays_when_its_writers_account_goes(self, client, review):
        dean = reader("dean@maplefork.edu")
        browser_of(dean).post(reply_page(review), {"text": "Thanks for this."})
        reply = ReviewReply.objects.get()
        moderation.show(item=reply, revision=reply.revision, by=chief_of_reviews())
        dean.delete()
        assert "Thanks for this." in client.get(LIST).content.decode()
