"""One review for each reader and program: sent, changed within a day, withdrawn at any time, within limits."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction

from directory.engagement import moderation
from directory.engagement.reviews import MOST_A_DAY, MOST_REVISIONS, ReviewNotTaken, forget, send, withdraw
from directory.models import Mail, Program, Review, ReviewReply
from directory.vocab import RefusalReason, ReviewState
from tests.directory.catalogue import by_slug
from tests.directory.reviews.people import SAID, browser_of, chief_of_reviews, reader, shown, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
NOW = dt.datetime(2025, 9, 1, 12, tzinfo=dt.UTC)


@pytest.fixture
def course() -> Program:
    return by_slug("maple-hit-associate")


def accept(review: Review) -> Review:
    return moderation.show(item=review, revision=review.revision, by=chief_of_reviews())


def test_a_new_review_waits_for_staff(course):
    review, changed = send(reader=reader(), program=course, words=words())
    assert changed
    assert (review.state, review.revision, review.overall, review.price) == (ReviewState.PENDING, 1, 4, None)
    assert not Review.objects.shown().exists()


def test_the_same_words_sent_twice_are_one_review_and_nothing_changes(course):
    first, _ = send(reader=reader(), program=course, words=words())
    again, changed = send(reader=reader(), program=course, words=words())
    assert (again.pk, changed, again.revision) == (first.pk, False, 1)


def test_a_change_within_a_day_goes_back_to_the_queue_with_the_schools_answer(course):
    with time_machine.travel(NOW, tick=False) as clock:
        review = accept(send(reader=reader(), program=course, words=words())[0])
        ReviewReply.objects.create(
            review=review, domain="maple.example", text="Thank you.", state="shown", written_at=NOW, sent_at=NOW,
            decided_at=NOW,
        )  # fmt: skip
        clock.shift(dt.timedelta(hours=23))
        changed, _ = send(reader=reader(), program=course, words=words(f"{SAID} More."))
    assert (changed.pk, changed.state, changed.revision) == (review.pk, ReviewState.PENDING, 2)
    assert (changed.decided_at, changed.decided_by) == (None, None)
    assert ReviewReply.objects.get().state == ReviewState.PENDING


def test_its_writer_hears_once_what_became_of_it(course):
    review, _ = send(reader=reader(), program=course, words=words())
    boss = chief_of_reviews()
    for _ in range(2):
        moderation.refuse(item=review, revision=1, by=boss, reason=RefusalReason.PERSON, note="The second sentence.")
    first = Mail.objects.get()
    assert first.recipient == "ann@mail.example"
    assert "was not accepted" in first.subject
    assert "It names a person" in first.text
    assert "The second sentence." in first.text
    assert "/programs/maple-hit-associate/reviews/write/" in first.text
    assert SAID not in first.text
    moderation.show(item=review, revision=1, by=boss)
    assert "is accepted" in Mail.objects.get().subject, "the letter that says otherwise is taken back"
    withdraw(review=review)
    assert not Mail.objects.exists()


def test_its_writer_hears_of_every_turn_and_the_last_word_is_the_newest(course):
    review, _ = send(reader=reader(), program=course, words=words())
    boss, said = chief_of_reviews(), []
    for turn in ("show", "refuse", "show", "refuse"):
        if turn == "show":
            moderation.show(item=review, revision=1, by=boss)
        else:
            moderation.refuse(item=review, revision=1, by=boss, reason=RefusalReason.PERSON)
        mail = Mail.objects.get(state=Mail.State.WAITING)
        said.append("is accepted" if "is accepted" in mail.subject else "was not")
        Mail.objects.update(state=Mail.State.SENT, sent_at=mail.written_at)
    assert said == ["is accepted", "was not", "is accepted", "was not"]
    assert Mail.objects.count() == 4


def test_a_letter_and_the_page_say_that_nobody_has_seen_it_only_when_that_is_so(course):
    review, _ = send(reader=reader(), program=course, words=words())
    boss, page = chief_of_reviews(), f"/programs/{course.slug}/reviews/write/"
    moderation.refuse(item=review, revision=1, by=boss, reason=RefusalReason.PERSON)
    mail = Mail.objects.latest("pk")
    unseen = [mail.text, mail.html, browser_of(reader()).get(page).content.decode()]
    assert ["obody but us" in text or "seen it but us" in text for text in unseen] == [True] * 3
    moderation.show(item=review, revision=1, by=boss)
    moderation.refuse(item=review, revision=1, by=boss, reason=RefusalReason.PERSON)
    mail = Mail.objects.latest("pk")
    seen = [mail.text, mail.html, browser_of(reader()).get(page).content.decode()]
    assert ["obody but us" in text or "seen it but us" in text for text in seen] == [False] * 3
    assert "is shown no more" in " ".join(mail.text.split())


def test_after_a_day_nothing_can_be_changed_and_the_reader_is_told_the_way(course):
    with time_machine.travel(NOW, tick=False) as clock:
        review = accept(send(reader=reader(), program=course, words=words())[0])
        clock.shift(dt.timedelta(days=1))
        with pytest.raises(ReviewNotTaken, match="withdraw"):
            send(reader=reader(), program=course, words=words(f"{SAID} More."))
    review.refresh_from_db()
    assert (review.text, review.state) == (SAID, ReviewState.SHOWN)


def test_a_refused_review_can_be_mended_later_and_keeps_no_trace_of_the_refusal(course):
    with time_machine.travel(NOW, tick=False) as clock:
        review, _ = send(reader=reader(), program=course, words=words())
        moderation.refuse(item=review, revision=1, by=chief_of_reviews(), reason=RefusalReason.PERSON, note="Line 2")
        clock.shift(dt.timedelta(days=9))
        mended, _ = send(reader=reader(), program=course, words=words(f"{SAID} Mended."))
    assert (mended.state, mended.reason, mended.note) == (ReviewState.PENDING, "", "")


def test_withdrawing_leaves_no_words_no_marks_and_no_answer(course):
    review = accept(send(reader=reader(), program=course, words=words(title="A title"))[0])
    ReviewReply.objects.create(
        review=review, domain="maple.example", text="Thanks.", written_at=NOW, sent_at=NOW, state="pending"
    )
    assert withdraw(review=review)
    assert not withdraw(review=review)
    row = Review.objects.values().get()
    assert (row["text"], row["title"], row["text_digest"], row["role"], row["year"], row["overall"]) == (
        *("", "", "", ""), None, None,
    )  # fmt: skip
    assert not ReviewReply.objects.exists()
    kept = " ".join(str(value) for line in Review.history.values() for value in line.values())
    assert "evening" not in kept
    assert "A title" not in kept


def test_a_withdrawn_review_can_be_written_anew(course):
    review, _ = send(reader=reader(), program=course, words=words())
    withdraw(review=review)
    again, changed = send(reader=reader(), program=course, words=words())
    assert (again.pk, changed, again.state) == (review.pk, True, ReviewState.PENDING)


def test_one_person_writes_three_a_day_also_by_withdrawing(course):
    slugs = ("birch-hit-associate", "birch-coding-year", "elm-hit-associate")
    with time_machine.travel(NOW, tick=False) as clock:
        for number, slug in enumerate(slugs[:MOST_A_DAY]):
            review, _ = send(reader=reader(), program=by_slug(slug), words=words(f"{SAID} {number}"))
            withdraw(review=review)
        with pytest.raises(ReviewNotTaken, match="tomorrow"):
            send(reader=reader(), program=course, words=words())
        clock.shift(dt.timedelta(days=1))
        assert send(reader=reader(), program=course, words=words())[1]


def test_a_review_is_not_changed_for_ever(course):
    for number in range(MOST_REVISIONS):
        send(reader=reader(), program=course, words=words(f"{SAID} {number}"))
    with pytest.raises(ReviewNotTaken, match="so often"):
        send(reader=reader(), program=course, words=words())


def test_the_same_words_about_another_program_are_refused_and_it_is_named(course):
    send(reader=reader(), program=course, words=words())
    with pytest.raises(ReviewNotTaken, match="Maple Fork College") as refused:
        send(reader=reader(), program=by_slug("birch-hit-associate"), words=words(SAID.upper()))
    assert refused.value.field == "text"
    assert send(reader=reader("bob@mail.example"), program=course, words=words())[1]  # staff see the copy


def test_the_database_keeps_one_review_for_each_reader_and_program(course):
    send(reader=reader(), program=course, words=words())
    row = Review.objects.get()
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


@pytest.mark.parametrize(
    "broken",
    [{"overall": 6}, {"overall": 0}, {"overall": None}, {"teaching": 9}, {"text": ""}, {"role": ""}, {"year": 1066},
     {"state": "refused"}, {"state": "shown"}, {"state": "withdrawn"}, {"reason": "person"}],
)  # fmt: skip
def test_the_database_refuses_what_cannot_be(course, broken):
    send(reader=reader(), program=course, words=words())
    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.update(**broken)


def test_a_review_goes_with_its_writers_account(course):
    shown(course, 1)
    Review.objects.get().reader.delete()
    assert not Review.objects.exists()
    assert not Review.history.exists()


def test_refused_words_are_forgotten_after_half_a_year(course):
    with time_machine.travel(NOW, tick=False):
        review, _ = send(reader=reader(), program=course, words=words())
        moderation.refuse(item=review, revision=1, by=chief_of_reviews(), reason=RefusalReason.ADVERT)
    forget(today=NOW.date() + dt.timedelta(days=180))
    assert Review.objects.exists()
    forget(today=NOW.date() + dt.timedelta(days=182))
    assert not Review.objects.exists()


def test_two_who_decide_and_write_at_once_never_show_words_that_nobody_read(course):
    review, _ = send(reader=reader(), program=course, words=words())
    send(reader=reader(), program=course, words=words(f"{SAID} And something else."))
    with pytest.raises(moderation.ChangedMeanwhile):
        moderation.show(item=review, revision=1, by=chief_of_reviews())
    assert not Review.objects.shown().exists()
