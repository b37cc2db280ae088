"""Writing: typed first, signed in later; whatever is wrong, nothing that was typed is lost."""

from __future__ import annotations

import html
import logging
import re

import pytest
from django.core import mail
from django.test import Client

from directory.models import Program, Review
from directory.vocab import ReviewState
from tests.directory.account.conftest import asks, signs_in
from tests.directory.catalogue import by_slug
from tests.directory.reviews.people import SAID, TYPED, browser_of, reader, shown

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
WRITE = "/programs/maple-hit-associate/reviews/write/"
WITHDRAW = "/programs/maple-hit-associate/reviews/withdraw/"


@pytest.fixture
def course() -> Program:
    return by_slug("maple-hit-associate")


def in_field(response, name="text"):
    """What stands in a field of the page that came back."""
    page = response.content.decode()
    found = re.search(rf'<textarea name="{name}"[^>]*>\n?(.*?)</textarea>', page, re.DOTALL)
    if found is None:
        found = re.search(rf'<input type="text" name="{name}" value="([^"]*)"', page)
    assert found, name
    return html.unescape(found[1])


def test_who_is_not_signed_in_types_confirms_and_sends_and_nothing_is_lost(course):
    browser = Client()
    response = browser.post(WRITE, TYPED)
    assert response.status_code == 302
    assert response["Location"] == f"/account/sign-in/?next={WRITE.replace('/', '%2F')}"
    assert not Review.objects.exists()
    back = signs_in(browser, "ann@mail.example", next=WRITE)
    assert back["Location"] == WRITE
    page = browser.get(WRITE)
    assert "Your text is back" in page.content.decode()
    assert (in_field(page), in_field(page, "title")) == (SAID, "Fits around work")
    assert '<option value="2025" selected>' in page.content.decode()
    assert browser.post(WRITE, TYPED)["Location"] == WRITE
    review = Review.objects.get()
    assert (review.text, review.state, review.year, review.overall, review.teaching, review.price) == (
        SAID, ReviewState.PENDING, 2025, 4, 5, None,
    )  # fmt: skip
    assert "waits to be read by us" in browser.get(WRITE).content.decode()
    assert "Your text is back" not in browser.get(WRITE).content.decode()


def test_the_pages_of_the_sign_in_say_that_the_review_waits(course):
    browser, waits = Client(), "Your review is kept in this browser, and not sent yet"
    away = browser.post(WRITE, TYPED)["Location"]
    assert waits in browser.get(away).content.decode()
    asks(browser, "ann@mail.example", next=WRITE)
    assert waits in browser.get("/account/code/", {"next": WRITE}).content.decode()
    assert waits not in Client().get(away).content.decode()
    for elsewhere in ("/account/", "/no-such-page/", "/corrections/nonsense/reply/", "//evil.example/"):
        assert waits not in browser.get("/account/sign-in/", {"next": elsewhere}).content.decode()


def test_what_is_needed_is_said_beside_the_field(course):
    page = Client().get(WRITE).content.decode()
    for label in ("You are", "Year", "What should the next student know?", "All in all"):
        assert f'{label} <span class="need">(needed)</span>' in page, label
    assert "60 to 5,000 characters" in page


@pytest.mark.parametrize(
    "typed", [None, {**TYPED, "text": "", "year": "", "role": "", "overall": "", "title": "y" * 101}]
)
def test_a_field_is_described_by_what_stands_on_the_page(course, typed):
    browser = Client()
    page = (browser.post(WRITE, typed) if typed else browser.get(WRITE)).content.decode()
    told = {each for names in re.findall(r'aria-describedby="([^"]*)"', page) for each in names.split()}
    assert told
    assert told <= set(re.findall(r'\bid="([^"]*)"', page))
    assert ("id_text_error" in told) == bool(typed)


def test_opening_the_page_starts_nothing(course):
    browser = Client()
    assert browser.get(WRITE).status_code == 200
    assert "sessionid" not in browser.cookies
    assert not Review.objects.exists()


def test_a_draft_can_be_thrown_away(course):
    browser = Client()
    browser.post(WRITE, TYPED)
    assert in_field(browser.get(WRITE)) == SAID
    browser.post(WRITE, {**TYPED, "action": "discard"})
    assert in_field(browser.get(WRITE)) == ""


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"text": "x" * 50_000}, "50,000 characters; at most 5,000"),
        ({"text": "Good."}, "Say a little more"),
        ({"text": ""}, "Write what you saw"),
        ({"text": f"{SAID} http://a.com http://b.com http://c.com"}, "3 web addresses"),
        ({"title": "y" * 101}, "at most 100 characters"),
        ({"overall": ""}, "Give one mark"),
        ({"overall": "9"}, "Choose one of the marks"),
        ({"teaching": "x"}, "Choose one of the marks"),
        ({"role": "owner"}, "Say whether you study there"),
        ({"role": ""}, "Say whether you study there"),
        ({"year": "1066"}, "one of the years"),
        ({"year": ""}, "Choose the year"),
        ({"overall": "", "text": "x"}, "at least 60"),
        ({"homepage": "http://spam.example"}, "for machines"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("signed_in", [True, False])
def test_what_is_wrong_is_said_and_everything_that_was_typed_stands_there(course, change, said, signed_in):
    browser = browser_of(reader()) if signed_in else Client()
    typed = {**TYPED, **change}
    response = browser.post(WRITE, typed)
    assert response.status_code == 200
    assert said in html.unescape(response.content.decode())
    assert in_field(response) == typed["text"]
    assert in_field(response, "title") == typed["title"]
    assert "nothing is lost" in response.content.decode()
    assert not Review.objects.exists()


@pytest.mark.parametrize("text", [f"\x00{SAID}", f"{SAID}\u202e evil", f"{SAID}\ue000\x1b[0m"])
def test_signs_that_cannot_be_seen_are_left_out_and_break_nothing(course, text):
    assert browser_of(reader()).post(WRITE, {**TYPED, "text": text}).status_code == 302
    assert not {"\x00", "\u202e"} & set(Review.objects.get().text)


def test_html_is_kept_as_text_and_shown_as_text(course):
    browser = browser_of(reader())
    text = f"{SAID} <script>alert(1)</script> & <b>bold</b>"
    browser.post(WRITE, {**TYPED, "text": text})
    assert Review.objects.get().text == text
    page = browser.get(WRITE)
    assert "<script>alert" not in page.content.decode()
    assert in_field(page) == text


@pytest.mark.parametrize("signed_in", [True, False])
def test_going_back_after_a_mistake_finds_what_was_typed_and_sends_it_once(course, signed_in):
    browser = browser_of(reader()) if signed_in else Client()
    browser.post(WRITE, {**TYPED, "year": ""})
    assert in_field(browser.get(WRITE)) == SAID
    assert "not sent yet" in browser.get(WRITE).content.decode()
    if signed_in:
        for _ in range(2):
            browser.post(WRITE, TYPED)
        assert Review.objects.get().revision == 1
        assert "not sent yet" not in browser.get(WRITE).content.decode()


def test_a_form_without_its_token_is_shown_again_with_its_words(course):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(reader(), backend="directory.engagement.readers.ReaderBackend")
    response = browser.post(WRITE, TYPED)
    assert response.status_code == 200
    assert "lain open for too long" in response.content.decode()
    assert in_field(response) == SAID
    assert not Review.objects.exists()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', response.content.decode())
    assert token
    assert browser.post(WRITE, {**TYPED, "csrfmiddlewaretoken": token[1]}).status_code == 302
    assert Review.objects.exists()


def test_the_same_form_sent_twice_is_one_review(course):
    browser = browser_of(reader())
    for _ in range(3):
        assert browser.post(WRITE, TYPED).status_code == 302
    assert Review.objects.get().revision == 1


def test_the_same_words_about_another_program_are_refused_kindly(course):
    browser = browser_of(reader())
    browser.post(WRITE, TYPED)
    response = browser.post("/programs/birch-hit-associate/reviews/write/", TYPED)
    assert "You have sent these words already" in html.unescape(response.content.decode())
    assert in_field(response) == SAID


def test_somebody_elses_review_can_be_neither_seen_nor_changed(course):
    browser_of(reader()).post(WRITE, TYPED)
    other = browser_of(reader("bob@mail.example"))
    assert in_field(other.get(WRITE)) == ""
    other.post(WITHDRAW)
    assert Review.objects.get().text == SAID


def test_withdrawing_asks_first_and_get_changes_nothing(course):
    browser = browser_of(reader())
    browser.post(WRITE, TYPED)
    assert "Withdraw your review?" in browser.get(WITHDRAW).content.decode()
    assert Review.objects.get().text == SAID
    assert "Its words and marks are deleted" in browser.post(WITHDRAW).content.decode()
    assert Review.objects.get().text == ""
    assert browser.get(WITHDRAW)["Location"] == WRITE
    assert Client().get(WITHDRAW)["Location"].startswith("/account/sign-in/")


def test_the_account_page_lists_it_and_deleting_the_account_takes_it(course):
    browser = browser_of(reader())
    browser.post(WRITE, TYPED)
    assert WRITE in browser.get("/account/").content.decode()
    browser.post("/account/delete/")
    assert not Review.objects.exists()


def test_staff_who_are_signed_in_at_the_desk_are_no_readers(course, django_user_model):
    staff = Client()
    boss = django_user_model.objects.create_user("boss", is_staff=True)
    staff.force_login(boss, backend="django.contrib.auth.backends.ModelBackend")
    assert staff.post(WRITE, TYPED)["Location"].startswith("/account/sign-in/")
    assert not Review.objects.exists()


def test_no_words_and_no_address_in_the_log(course, caplog):
    caplog.set_level(logging.DEBUG)
    browser = Client()
    browser.post(WRITE, TYPED)
    signs_in(browser, "canary@mail.example", next=WRITE)
    browser.post(WRITE, TYPED)
    own = [each.getMessage() for each in caplog.records if not each.name.startswith("django.db")]
    assert not [line for line in own if "canary" in line or "evening" in line]
    assert len(mail.outbox) == 1


def test_nobody_is_told_who_has_written(client, course):
    shown(course, 3)
    assert client.get(WRITE).status_code == 200
    assert "writer-" not in client.get("/programs/maple-hit-associate/reviews/").content.decode()
