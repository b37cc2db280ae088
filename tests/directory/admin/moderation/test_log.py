"""The log says who decided what, when and why, to moderators and administrators, and nothing about readers."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.admin.moderation import log_page
from directory.engagement import moderation
from directory.engagement.error_reports import advance, take_back
from directory.models import Review
from directory.vocab import RefusalReason, ReportState, Role
from tests.directory.admin.moderation.conftest import A_DAY, member
from tests.directory.admin.test_error_reports import report

pytestmark = pytest.mark.django_db
LOG = "/admin/moderation/log/"


@pytest.fixture
def decided(ann, bob, review, reply, reported, noon):
    """Ann refused the review and declined the report, Bob accepted the reply."""
    held = {user.username: user for user in User.objects.filter(is_staff=True)}
    moderation.refuse(item=review, revision=1, by=held["ann"], reason=RefusalReason.PERSON, note="The second line.")
    noon.shift(A_DAY)
    moderation.show(item=reply, revision=1, by=held["bob"])
    noon.shift(A_DAY)
    advance(report=reported, to=ReportState.DECLINED, by=held["ann"], words="The file says Oak.")
    noon.shift(A_DAY)
    for browser in (ann, bob):
        browser.force_login(held["ann"] if browser is ann else held["bob"])
    return held


def lines(page):
    return [(entry.kind, str(entry.by), entry.decision, entry.why) for entry in page.context["entries"]]


def test_every_decision_stands_there_the_newest_first(ann, decided, review):
    page = ann.get(LOG)
    assert lines(page) == [
        ("report", "ann", "Declined", "The file says Oak."),
        ("reply", "bob", "Accepted", ""),
        ("review", "ann", "Refused", f"{RefusalReason.PERSON.label} The second line."),
    ]
    text = page.content.decode()
    assert "2 Mar 2026, 12:00 UTC" in text
    assert "writer@example.org" not in text
    assert review.reader.username not in text
    assert review.text not in text


@pytest.mark.parametrize(
    ("query", "kinds"),
    [
        ("?kind=review", ["review"]), ("?decision=shown", ["reply"]), ("?decision=declined", ["report"]),
        ("?kind=report&decision=shown", []), ("?kind=x", ["report", "reply", "review"]),
        ("?by=99999", ["report", "reply", "review"]), ("?before=x", ["report", "reply", "review"]),
        ("?before=0001-01-01T00:00:00%2B14:00~review~1", ["report", "reply", "review"]),
        ("?before=9999-12-31T23:59:59-14:00~review~1", ["report", "reply", "review"]),
        (f"?before=2026-03-03T00:00:00Z~review~{'9' * 5_000}", ["report", "reply", "review"]),
        ("?before=%00~review~1", ["report", "reply", "review"]),
        ("?before=2026-13-45T00:00:00Z~review~1", ["report", "reply", "review"]),
        ("?before=2026-03-03T00:00:00Z~review~1", ["review"]),
    ],
)  # fmt: skip
def test_it_is_read_by_kind_decision_and_time(ann, decided, query, kinds):
    assert [entry.kind for entry in ann.get(LOG + query).context["entries"]] == kinds


def test_it_is_read_by_who_decided(ann, decided):
    page = ann.get(f"{LOG}?by={decided['bob'].pk}")
    assert [str(entry.by) for entry in page.context["entries"]] == ["bob"]


def test_a_decision_that_was_changed_stays_with_the_one_before(ann, decided, review):
    moderation.show(item=Review.objects.get(pk=review.pk), revision=1, by=decided["bob"])
    found = [(entry.decision, str(entry.by)) for entry in ann.get(f"{LOG}?kind=review").context["entries"]]
    assert found == [("Accepted", "bob"), ("Refused", "ann")]


def test_what_readers_do_themselves_is_no_decision_of_staff(ann, at, reported):
    take_back(report=reported)
    assert lines(ann.get(LOG)) == []


def test_only_moderators_and_administrators_read_it(decided):
    for role in Role:
        page = member(role, f"a-{role}").get(LOG)
        assert page.status_code == (200 if role in (Role.MODERATOR, Role.ADMINISTRATOR) else 403), role


def test_it_is_read_and_nothing_else(ann, decided):
    assert ann.post(LOG).status_code == 405


def test_pages_lose_no_decision_of_the_same_moment(ann, decided, at, monkeypatch):
    monkeypatch.setattr(log_page, "PAGE", 2)
    for _ in range(4):
        advance(report=report(at), to=ReportState.DECLINED, by=decided["ann"], words="No.")
    seen, url = [], LOG
    while url:
        page = ann.get(url)
        seen += [entry.place for entry in page.context["entries"]]
        url = page.context["next"] and LOG + page.context["next"]
    assert len(seen) == len(set(seen)) == 7
    assert seen == sorted(seen, reverse=True)


def test_it_asks_as_often_for_many_decisions_as_for_few(ann, decided, at):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert ann.get(LOG).status_code == 200
        return len(queries)

    few = asked()
    for _ in range(20):
        advance(report=report(at), to=ReportState.DECLINED, by=decided["ann"], words="No.")
    assert asked() == few <= 12
