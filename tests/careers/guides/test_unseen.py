"""What nobody has looked at does not go out: later versions, reviews of another text, text saved after the preview."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from careers import publishing
from careers.models import GuideVersion
from careers.publishing import Later
from tests.careers.guides.samples import sections
from tests.careers.guides.test_desk import ALL, EDITOR, form_of, signed_in, url
from tests.careers.guides.test_publishing import NOON, coder, current, draft_of, stamps

__all__ = ["coder"]
pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
READ: dict[str, Any] = {"reviewer": "A Reader", "on": dt.date(2026, 3, 2)}


def scheduled_and_corrected(career, at=NOON + 3 * DAY, now=NOON):
    """A version that is scheduled, and a draft with an urgent correction."""
    planned = publishing.publish(draft=draft_of(career, setting="At sea."), at=at, now=now)
    return planned, draft_of(career, setting="Corrected.")


def at_desk(browser, version, **changes: str) -> str:
    asked = {**form_of(browser, version), **changes}
    return browser.post(url("publish", version), asked, follow=True).content.decode()


@pytest.mark.parametrize("at", [None, NOON + DAY])
def test_publishing_before_a_scheduled_version_is_asked_about_and_names_it(coder, at):
    planned, draft = scheduled_and_corrected(coder)
    with pytest.raises(publishing.WouldBeReplaced, match="version 1 from 04 Mar 2026, 12:00 UTC") as refused:
        publishing.publish(draft=draft, at=at, now=NOON)
    assert refused.value.scheduled == [planned]
    draft.refresh_from_db()
    assert draft.is_draft


def test_publishing_after_a_scheduled_version_is_not_asked_about(coder):
    planned, draft = scheduled_and_corrected(coder)
    publishing.publish(draft=draft, at=NOON + 4 * DAY, now=NOON)
    assert current(coder, NOON + 3 * DAY) == planned
    assert current(coder, NOON + 5 * DAY) == draft


def test_a_scheduled_version_is_taken_back_or_stays_as_was_chosen(coder):
    planned, draft = scheduled_and_corrected(coder)
    publishing.publish(draft=draft, now=NOON, later=Later.TAKE_BACK)
    planned.refresh_from_db()
    assert planned.is_draft
    assert current(coder, NOON + 4 * DAY) == draft

    publishing.publish(draft=planned, at=NOON + 3 * DAY, now=NOON)
    third = publishing.publish(draft=draft_of(coder), at=NOON + DAY, now=NOON, later=Later.KEEP)
    assert current(coder, NOON + 2 * DAY) == third
    assert current(coder, NOON + 4 * DAY) == planned


def test_only_one_of_several_scheduled_versions_could_be_the_draft(coder):
    _, draft = scheduled_and_corrected(coder)
    publishing.publish(draft=draft, at=NOON + 4 * DAY, now=NOON)
    last = draft_of(coder)
    with pytest.raises(publishing.Refused, match="Several"):
        publishing.publish(draft=last, now=NOON, later=Later.TAKE_BACK)
    assert GuideVersion.objects.get(publish_at=None) == last


def test_the_desk_asks_what_becomes_of_a_scheduled_version(coder):
    desk, now = signed_in(*ALL), timezone.now()
    planned, draft = scheduled_and_corrected(coder, at=now + 3 * DAY, now=now)
    assert "Version 1</a> is scheduled for" in desk.get(url("change", draft)).content.decode()
    page = at_desk(desk, draft)
    assert "Not published: readers would see it only until version 1 from" in page
    assert current(coder, now + DAY) is None
    at_desk(desk, draft, later="take-back")
    planned.refresh_from_db()
    assert planned.is_draft
    assert current(coder, now + 4 * DAY) == draft


def test_a_review_goes_with_the_text_that_was_reviewed(coder):
    draft = draft_of(coder)
    publishing.record_review(version=draft, **READ)
    draft.refresh_from_db()
    saved = publishing.save_draft(draft=draft, sections={}, details={"note": "Mine"}, seen=stamps(draft))
    assert saved.reviewer == "A Reader"  # the text is the one that was read
    saved = publishing.save_draft(draft=draft, sections={"setting": "At sea."}, details={}, seen=stamps(saved))
    assert (saved.reviewer, saved.reviewed_on) == ("", None)
    draft.refresh_from_db()
    assert (draft.reviewer, draft.reviewed_on) == ("", None)


def test_the_desk_says_that_a_review_went(coder):
    desk, draft = signed_in(*EDITOR), draft_of(coder)
    publishing.record_review(version=draft, **READ)
    asked = {**form_of(desk, draft), "setting": "At sea."}
    page = desk.post(url("change", draft), asked, follow=True).content.decode()
    assert "The review of A Reader is taken back" in page


@pytest.mark.parametrize("ahead", [dt.timedelta(0), 3 * DAY])
def test_a_reviewer_of_what_readers_see_is_named_by_those_who_may_publish(coder, ahead):
    hour = timezone.now() + ahead
    version = publishing.publish(draft=draft_of(coder), at=hour if ahead else None)
    with pytest.raises(PermissionDenied):
        publishing.record_review(version=version, may_publish=False, **READ)
    review = {"review-reviewer": "A Reader", "review-reviewed_on": "2026-03-02"}
    desk = signed_in(*EDITOR)
    assert desk.post(url("review", version), review).status_code == 403
    assert "Record the review" not in desk.get(url("change", version)).content.decode()
    version.refresh_from_db()
    assert version.reviewer == ""
    assert signed_in(*ALL, name="publisher").post(url("review", version), review).status_code == 302
    version.refresh_from_db()
    assert version.reviewer == "A Reader"


def test_an_editor_records_the_review_of_a_draft_as_they_saw_it(coder):
    desk, draft = signed_in(*EDITOR), draft_of(coder)
    asked = {**form_of(desk, draft), "review-reviewer": "A Reader", "review-reviewed_on": "2026-03-02"}
    publishing.save_draft(draft=draft, sections={"setting": "At sea."}, details={}, seen=stamps(draft))
    page = desk.post(url("review", draft), asked, follow=True).content.decode()
    assert "Somebody has changed this guide" in page
    draft.refresh_from_db()
    assert draft.reviewer == ""
    desk.post(url("review", draft), {**asked, "seen": form_of(desk, draft)["seen"]})
    draft.refresh_from_db()
    assert draft.reviewer == "A Reader"


def test_text_that_was_saved_after_the_page_was_opened_is_not_published(coder):
    desk, draft = signed_in(*ALL), draft_of(coder)
    asked = {**form_of(desk, draft), "at": ""}
    publishing.save_draft(draft=draft, sections={"setting": "Unseen."}, details={}, seen=stamps(draft))
    page = desk.post(url("publish", draft), asked, follow=True).content.decode()
    assert "Somebody has changed this guide since you opened its page" in page
    draft.refresh_from_db()
    assert draft.is_draft
    assert "Somebody has changed" in desk.post(url("publish", draft), {"at": ""}, follow=True).content.decode()
    at_desk(desk, draft)
    draft.refresh_from_db()
    assert not draft.is_draft


def test_the_stamp_covers_text_details_review_and_the_hours_beside_it(coder):
    draft = draft_of(coder)
    found = [publishing.state_stamp(draft)]
    publishing.save_draft(draft=draft, sections=sections(setting="At sea."), details={}, seen=stamps(draft))
    found.append(publishing.state_stamp(draft))
    draft = publishing.save_draft(draft=draft, sections={}, details={"author": "An Author"}, seen=stamps(draft))
    found.append(publishing.state_stamp(draft))
    draft = publishing.record_review(version=draft, **READ)
    found.append(publishing.state_stamp(draft))
    planned = publishing.publish(draft=draft, at=NOON + DAY, now=NOON)
    found.append(publishing.state_stamp(planned))
    assert len(set(found)) == 5
    assert publishing.state_stamp(planned) == found[-1]
