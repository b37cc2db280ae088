"""Of two moderators at the same case the second reads what the first decided, and loses nothing."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from directory.engagement.error_reports import advance
from directory.models import ErrorReportStep
from directory.vocab import RefusalReason, ReportState
from tests.directory.admin.conftest import address, errors, filled_in

pytestmark = pytest.mark.django_db


def test_the_second_reads_the_firsts_decision_about_a_review_and_keeps_what_was_typed(ann, bob, review):
    first, second = filled_in(ann.get(address(review))), filled_in(bob.get(address(review)))
    ann.post(address(review), {**first, "decision": "refused", "reason": "person", "note": "The second line."})
    page = bob.post(address(review), {**second, "decision": "refused", "reason": "abuse", "note": "Too harsh."})
    (words,) = errors(page)["__all__"]
    assert words.startswith("ann has decided meanwhile, on 2 Mar, 12:00 UTC: Refused.")
    assert "The second line." in words
    assert "Too harsh." in page.content.decode()
    review.refresh_from_db()
    assert (review.decided_by.username, review.reason) == ("ann", RefusalReason.PERSON)
    again = bob.post(address(review), {**filled_in(page), "decision": "shown", "reason": ""})
    assert again.status_code == 302
    review.refresh_from_db()
    assert (review.state, review.decided_by.username) == ("shown", "bob")


def test_the_same_holds_for_a_schools_reply(ann, bob, reply):
    second = filled_in(bob.get(address(reply)))
    ann.post(address(reply), {**filled_in(ann.get(address(reply))), "decision": "shown"})
    page = bob.post(address(reply), {**second, "decision": "shown"})
    assert "ann has decided meanwhile" in errors(page)["__all__"][0]


def test_leaving_a_review_as_it_is_meets_nobody(ann, bob, review):
    second = filled_in(bob.get(address(review)))
    ann.post(address(review), {**filled_in(ann.get(address(review))), "decision": "shown"})
    assert bob.post(address(review), {**second, "decision": ""}).status_code == 302


def test_the_second_reads_the_firsts_step_of_a_report_and_keeps_the_public_words(ann, bob, reported):
    second = filled_in(bob.get(address(reported)))
    advance(
        report=reported, to=ReportState.DECLINED, by=User.objects.get(username="ann"), words="The file says Oak."
    )  # fmt: skip
    typed = {**second, "step": "declined", "public_words": "It is Oak.", "words_shown": "true"}
    page = bob.post(address(reported), typed)
    found = " ".join(errors(page)["__all__"])
    assert "ann was here meanwhile: since 2 Mar, 12:00 UTC it is “Declined”. “The file says Oak.”" in found
    assert "It is Oak." in page.content.decode()
    assert ErrorReportStep.objects.filter(report=reported).count() == 2
    again = {**filled_in(page), "step": "checking", "public_words": "Looked at again."}
    assert bob.post(address(reported), again).status_code == 302
    reported.refresh_from_db()
    assert reported.state == ReportState.CHECKING


def test_what_readers_may_see_is_not_overwritten_either(ann, bob, reported):
    second = filled_in(bob.get(address(reported)))
    ann.post(address(reported), {**filled_in(ann.get(address(reported))), "words_shown": "false"})
    page = bob.post(address(reported), {**second, "words_shown": "true"})
    assert "meanwhile" in errors(page)["__all__"][0]
    reported.refresh_from_db()
    assert reported.words_shown is False
