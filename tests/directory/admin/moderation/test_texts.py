"""Texts of ours are put into a form, changed there, and decide nothing by themselves."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

import pytest
from django.contrib.auth.models import User

from directory import migrations
from directory.models import DecisionText
from directory.vocab import Role
from tests.directory.admin.conftest import address, errors, filled_in
from tests.directory.admin.moderation.conftest import member

pytestmark = pytest.mark.django_db


@pytest.fixture
def texts(db):
    DecisionText.objects.all().delete()
    return {
        kind: DecisionText.objects.create(kind=kind, title=f"A {kind}", text=f"Words for a {kind}.")
        for kind in ("review", "reply", "report")
    }


def put_in(browser, row, text, **typed):
    given = {
        **filled_in(browser.get(address(row))),
        "own_text": text.pk if text else "",
        "_insert": "Put it in",
        **typed,
    }
    return browser.post(address(row), given)


def test_a_text_goes_into_the_note_and_nothing_is_decided(ann, review, texts):
    page = put_in(ann, review, texts["review"], decision="refused", note="The second line.")
    fields = filled_in(page)
    assert fields["note"] == "The second line.\n\nWords for a review."
    assert fields["decision"] == ["refused"]
    assert errors(page) == {}
    review.refresh_from_db()
    assert review.decided_at is None
    assert ann.post(address(review), {**fields, "reason": "person", "note": "Words, changed."}).status_code == 302
    review.refresh_from_db()
    assert review.note == "Words, changed."


def test_a_text_goes_into_the_public_words_of_a_report(ann, reported, texts):
    page = put_in(ann, reported, texts["report"], step="declined", words_shown="true")
    fields = filled_in(page)
    assert (fields["public_words"], fields["step"], fields["words_shown"]) == (
        "Words for a report.",
        "declined",
        "true",
    )
    assert errors(page) == {}
    assert ann.post(address(reported), fields).status_code == 302
    reported.refresh_from_db()
    assert reported.resolution == "Words for a report."


def test_each_form_offers_its_own_texts(ann, review, reply, reported, texts):
    for row, kind in ((review, "review"), (reply, "reply"), (reported, "report")):
        page = ann.get(address(row)).content.decode()
        assert [each.title for each in texts.values() if each.title in page] == [f"A {kind}"]


def test_the_button_without_a_choice_says_so_and_loses_nothing(ann, review, texts):
    page = put_in(ann, review, None, note="The second line.")
    assert errors(page) == {"own_text": ["Choose the text first."]}
    assert filled_in(page)["note"] == "The second line."


def test_a_text_that_was_deleted_meanwhile_is_not_put_in(ann, review, texts):
    gone = texts["review"]
    pk = gone.pk
    page = ann.get(address(review))
    gone.delete()
    page = ann.post(address(review), {**filled_in(page), "own_text": pk, "_insert": "x", "note": "Typed."})
    assert "own_text" in errors(page)
    assert filled_in(page)["note"] == "Typed."


def test_a_note_that_gets_too_long_is_refused_when_it_is_decided_and_stays(ann, review, texts):
    DecisionText.objects.filter(pk=texts["review"].pk).update(text="w" * 400)
    page = put_in(ann, review, texts["review"], note="n" * 200)
    refused = ann.post(address(review), {**filled_in(page), "decision": "refused", "reason": "person"})
    assert "note" in errors(refused)
    assert len(filled_in(refused)["note"]) == 602


def test_putting_a_text_in_takes_the_right_to_decide(review, texts):
    viewer = member(Role.VIEWER, "viewer")
    assert viewer.post(address(review), {"own_text": texts["review"].pk, "_insert": "x"}).status_code == 403


def test_a_text_for_a_writer_is_no_longer_than_a_note(ann, texts):
    add = "/admin/directory/decisiontext/add/"
    given = {"kind": "review", "title": "Long", "text": "w" * 501}
    assert "500 characters" in errors(ann.post(add, given))["text"][0]
    assert ann.post(add, {**given, "kind": "report"}).status_code == 302
    assert ann.post(add, {**given, "kind": "report"}).status_code == 200  # the same title twice


def test_moderators_and_curators_keep_the_texts_and_others_read_them(texts):
    for role in Role:
        browser = member(role, f"a-{role}")
        keeps = role in (Role.MODERATOR, Role.CURATOR, Role.ADMINISTRATOR)
        assert browser.get("/admin/directory/decisiontext/add/").status_code == (200 if keeps else 403)
        assert browser.get("/admin/directory/decisiontext/").status_code == 200
    assert User.objects.filter(is_staff=True).count() == len(Role)


@pytest.mark.parametrize(("kind", "most"), [("review", 500), ("reply", 500), ("report", 4_000)])
def test_the_first_texts_fit_where_they_go(kind, most):
    (name,) = [
        each.name for each in iter_modules(migrations.__path__) if each.name.endswith("_first_texts_for_decisions")
    ]
    texts = [text for of, _, text in import_module(f"{migrations.__name__}.{name}").TEXTS if of == kind]
    assert texts
    assert all(len(text) <= most for text in texts)
