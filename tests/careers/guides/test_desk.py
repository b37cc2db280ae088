"""Guides at the staff desk: who may do what, and what two people at once keep."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from careers import publishing
from careers.guides.diff import compare
from careers.models import GuideVersion
from tests.careers import world
from tests.careers.guides.samples import sections
from tests.careers.guides.test_publishing import draft_of
from tests.directory.admin.conftest import Form

pytestmark = pytest.mark.django_db
EDITOR = ("view_guideversion", "add_guideversion", "change_guideversion")
ALL = (*EDITOR, "publish_guideversion")


@pytest.fixture
def coder(db):
    return world.career(world.occupation(), "medical-coder", title="Medical coder")


def signed_in(*codenames: str, name: str = "editor") -> Client:
    user = User.objects.create_user(name, password="not used", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    assert user.user_permissions.count() == len(codenames)
    browser = Client()
    browser.force_login(user)
    return browser


def url(name: str, version: GuideVersion) -> str:
    return reverse(f"admin:careers_guideversion_{name}", args=[version.pk])


def form_of(browser: Client, version: GuideVersion) -> dict[str, str]:
    return Form(browser.get(url("change", version)).content.decode()).fields


def test_a_draft_is_begun_edited_previewed_and_published(client, coder):
    desk = signed_in(*ALL)
    begun = desk.post(reverse("admin:careers_guideversion_add"), {"career": coder.pk}, follow=True)
    draft = GuideVersion.objects.get()
    assert begun.redirect_chain[-1][0] == url("change", draft)
    assert draft.made_by == User.objects.get(username="editor")

    fields = {**form_of(desk, draft), **sections(), "author": "An Author", "note": "First words"}
    assert desk.post(url("change", draft), fields).status_code == 302
    page = desk.get(url("change", draft)).content.decode()
    assert "As saved, it can be published." in page
    assert "editor</td>" in page  # who changed the sections

    assert "Quiet work." not in client.get(coder.get_absolute_url()).content.decode()
    preview = desk.get(url("preview", draft))
    assert "Quiet work." in preview.content.decode()
    assert "Readers do not see this page" in preview.content.decode()

    desk.post(url("publish", draft), {**form_of(desk, draft), "at": ""})
    shown = client.get(coder.get_absolute_url()).content.decode()
    assert "Quiet work." in shown
    assert "Written by An Author." in shown
    assert "<b>Not yet reviewed</b>" in shown


def test_a_preview_is_for_staff_and_nothing_keeps_it(client, coder):
    draft = draft_of(coder)
    assert client.get(url("preview", draft)).status_code == 302  # to the sign-in
    assert signed_in(name="other").get(url("preview", draft)).status_code == 403
    answer = signed_in("view_guideversion").get(url("preview", draft))
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in answer["Cache-Control"]
    page = answer.content.decode()
    assert '<meta name="robots" content="noindex, nofollow">' in page
    assert "application/ld+json" not in page


def test_a_preview_shows_bad_text_harmless_and_says_what_to_mend(coder):
    draft = draft_of(coder, setting="<script>alert(1)</script> [x](javascript:alert(1)) **open", faq="")
    page = signed_in("view_guideversion").get(url("preview", draft)).content.decode()
    assert "<script>alert" not in page
    assert 'href="javascript' not in page.lower()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "things to mend before it can be published" in page
    assert "faq: must be filled" in page


@pytest.mark.parametrize(
    ("permissions", "name", "allowed"),
    [
        (("view_guideversion",), "publish", False),
        (EDITOR, "publish", False),
        (ALL, "publish", True),
        (("view_guideversion",), "review", False),
        (EDITOR, "review", True),
        (("view_guideversion",), "draft", False),
        (EDITOR, "draft", True),
        (EDITOR, "take_back", False),
    ],
)
def test_each_verb_takes_its_own_permission(coder, permissions, name, allowed):
    draft = draft_of(coder)
    answer = signed_in(*permissions).post(url(name, draft), {})
    # What is allowed is done, or refused for a reason of its own: nothing was looked at here.
    assert (answer.status_code in (302, 409)) is allowed
    assert (answer.status_code == 403) is not allowed


@pytest.mark.parametrize("name", ["publish", "review", "draft", "take_back"])
def test_a_verb_is_posted(coder, name):
    assert signed_in(*ALL).get(url(name, draft_of(coder))).status_code == 405


def test_saving_takes_the_right_to_change(coder):
    draft = draft_of(coder)
    desk = signed_in("view_guideversion")
    assert desk.post(url("change", draft), {"setting": "Mine."}).status_code == 403
    assert "<textarea" not in desk.get(url("change", draft)).content.decode()
    assert signed_in(name="other").get(url("change", draft)).status_code == 403


def test_what_is_not_ready_stays_a_draft_and_says_why(coder):
    draft = draft_of(coder, faq="")
    desk = signed_in(*ALL)
    page = desk.post(url("publish", draft), {**form_of(desk, draft), "at": ""}, follow=True).content.decode()
    assert "Not published: 1 thing to mend first" in page
    assert 'href="#id_faq">faq: must be filled' in page
    draft.refresh_from_db()
    assert draft.is_draft


def test_a_version_is_scheduled_and_taken_back(client, coder):
    desk, draft = signed_in(*ALL), draft_of(coder)
    later = timezone.now() + dt.timedelta(days=2)
    asked = {**form_of(desk, draft), "at": later.strftime("%Y-%m-%dT%H:%M")}
    page = desk.post(url("publish", draft), asked, follow=True).content.decode()
    assert "<b>Scheduled</b>, readers see it from" in page
    assert "Quiet work." not in client.get(coder.get_absolute_url()).content.decode()
    desk.post(url("take_back", draft))
    draft.refresh_from_db()
    assert draft.is_draft
    assert "cannot be read" in desk.post(url("publish", draft), {"at": "soon"}, follow=True).content.decode()


def test_the_second_of_two_editors_sees_the_conflict_and_loses_nothing(coder):
    draft = draft_of(coder)
    one, two = signed_in(*EDITOR, name="one"), signed_in(*EDITOR, name="two")
    mine, theirs = form_of(two, draft), form_of(one, draft)
    one.post(url("change", draft), {**theirs, "setting": "At sea.", "pros": "- Fresh air."})
    answer = two.post(url("change", draft), {**mine, "setting": "On <b>land</b>.", "cons": "- Mud."})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "somebody else changed “Where they work” meanwhile" in page
    assert "<del>At sea.</del>" in page.replace("<del>At</del> <del>sea.</del>", "<del>At sea.</del>")
    assert "&lt;b&gt;land" in page
    again = Form(page).fields
    assert again["setting"].strip() == "On <b>land</b>."
    assert again["cons"].strip() == "- Mud."
    assert again["pros"].strip() == "- Fresh air."  # theirs alone: taken over
    assert publishing.texts_of(draft)["setting"] == "At sea."

    assert two.post(url("change", draft), again).status_code == 302
    saved = publishing.texts_of(draft)
    assert (saved["setting"], saved["cons"], saved["pros"]) == ("On <b>land</b>.", "- Mud.", "- Fresh air.")


def test_what_was_typed_while_another_published_stands_on_the_page(coder):
    draft = draft_of(coder)
    desk = signed_in(*ALL)
    fields = form_of(desk, draft)
    publishing.publish(draft=draft)
    answer = desk.post(url("change", draft), {**fields, "setting": "At sea."})
    assert answer.status_code == 409
    assert "Yours, not saved" in answer.content.decode()
    assert "sea." in answer.content.decode()
    assert publishing.texts_of(draft)["setting"] == sections()["setting"]


def test_a_text_that_is_too_long_is_refused_and_kept_in_the_form(coder):
    draft = draft_of(coder)
    desk = signed_in(*EDITOR)
    answer = desk.post(url("change", draft), {**form_of(desk, draft), "setting": "x" * 200_001})
    assert "Nothing was saved" in answer.content.decode()
    assert "x" * 200_001 in answer.content.decode()


def test_two_versions_are_compared_word_by_word_and_escaped(coder):
    first = publishing.publish(draft=draft_of(coder))
    second = draft_of(coder, setting="Offices, or a <script>boat</script> at home.")
    page = signed_in("view_guideversion").get(url("compare", second)).content.decode()
    assert "<ins>&lt;script&gt;boat&lt;/script&gt;</ins>" in page
    assert "<del>desk</del>" in page
    assert "The same in both: Headline facts" in page
    answer = signed_in("view_guideversion", name="b").get(url("compare", first), {"with": second.pk})
    assert "(version 1)" in answer.content.decode()
    desk = signed_in("view_guideversion", name="c")
    assert desk.get(url("compare", first), {"with": "99999"}).status_code == 404
    assert desk.get(url("compare", first), {"with": "x"}).status_code == 404


def test_long_texts_are_compared_in_time_and_nothing_is_lost():
    before, after = "a b\n" * 20_000, "c\n" * 20_000
    found = compare(before, after)
    assert "".join(re.findall(r">([^<]*)<", f">{found.before}<")) == before
    assert "".join(re.findall(r">([^<]*)<", f">{found.after}<")) == after


def test_a_review_is_recorded_after_publishing(client, coder):
    version = publishing.publish(draft=draft_of(coder))
    desk = signed_in(*ALL)
    desk.post(url("review", version), {"review-reviewer": "A Reader", "review-reviewed_on": "2026-03-02"})
    assert "Reviewed by A Reader on 2\xa0Mar\xa02026." in client.get(coder.get_absolute_url()).content.decode()
    assert (
        "a name and a day"
        in desk.post(url("review", version), {"review-reviewer": "A Reader"}, follow=True).content.decode()
    )


def test_a_new_draft_begins_with_a_published_version(coder):
    version = publishing.publish(draft=draft_of(coder))
    signed_in(*EDITOR).post(url("draft", version))
    draft = GuideVersion.objects.get(publish_at=None)
    assert publishing.texts_of(draft) == publishing.texts_of(version)


def test_nothing_is_deleted_and_unknown_versions_are_not_found(coder):
    version = draft_of(coder)
    desk = signed_in(*ALL, "delete_guideversion")
    assert desk.post(url("delete", version)).status_code == 403
    for name in ("preview", "compare", "change"):
        assert desk.get(reverse(f"admin:careers_guideversion_{name}", args=[99_999])).status_code == 404
    assert desk.get("/admin/careers/guideversion/abc/change/").status_code == 404


def test_the_list_says_the_state_and_costs_the_same_for_many(coder):
    desk = signed_in("view_guideversion")
    publishing.publish(draft=draft_of(coder))
    listing = reverse("admin:careers_guideversion_changelist")
    with CaptureQueriesContext(connection) as few:
        assert "Published" in desk.get(listing).content.decode()
    for number in range(6):
        publishing.publish(draft=draft_of(coder, setting=f"Place {number}."))
    draft_of(coder)
    with CaptureQueriesContext(connection) as many:
        page = desk.get(listing).content.decode()
    assert page.count("Superseded") == 6
    assert len(many) == len(few)
    for state in ("draft", "scheduled", "out"):
        assert desk.get(listing, {"state": state}).status_code == 200


def test_the_history_names_the_person(coder):
    desk, draft = signed_in(*EDITOR), draft_of(coder)
    desk.post(url("change", draft), {**form_of(desk, draft), "note": "Mine"})
    page = desk.get(url("history", draft)).content.decode()
    assert "editor" in page


@pytest.mark.parametrize(("then", "given"), [("publish", {}), ("publish", {"at": "2020-01-01T08:00"}), ("preview", {})])
def test_every_button_of_the_editor_saves_what_was_typed_first(coder, then, given):
    draft, desk = draft_of(coder), signed_in(*ALL)
    typed = {**form_of(desk, draft), "setting": "Typed, and not saved by itself.", "then": then, **given}
    assert desk.post(url("change", draft), typed).status_code == (409 if given else 302)
    assert publishing.texts_of(draft)["setting"] == "Typed, and not saved by itself."
    draft.refresh_from_db()
    assert draft.is_draft is (then == "preview" or bool(given))


def test_a_link_to_a_career_that_does_not_exist_is_not_published(coder):
    draft = draft_of(coder, setting="See [it](/careers/medical-codr/).")
    with pytest.raises(publishing.NotReady) as refused:
        publishing.publish(draft=draft)
    assert "we have no career of that name" in str(refused.value.problems[0])


def test_two_states_of_a_version_stand_side_by_side_and_none_comes_back_by_itself(coder):
    desk = signed_in(*ALL)
    draft = draft_of(coder)
    desk.post(
        url("change", draft), {**form_of(desk, draft), **sections(), "author": "An Author", "note": "First words"}
    )
    desk.post(url("change", draft), {**form_of(desk, draft), "author": "Another Author"})
    shown = desk.get(url("history", draft)).content.decode()
    assert "<del>An Author</del>" in shown
    assert "<ins>Another Author</ins>" in shown
    assert "Go back to this" not in shown
    assert "official file" not in shown
    newest = draft.history.latest().pk
    assert (
        "nothing differs from itself"
        in desk.get(url("history", draft), {"new": newest, "old": newest}).content.decode()
    )
