"""Versions of guides: drafts, publishing by the hour, two editors at once, shipped files."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from careers import publishing
from careers.models import GuideSection, GuideVersion
from careers.models.guide import State
from careers.starter import guides as shipped
from careers.vocab import PARTS
from tests.careers import world
from tests.careers.guides.samples import GUIDE, sections

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


@pytest.fixture
def coder(db):
    return world.career(world.occupation(), "medical-coder", title="Medical coder")


def draft_of(career, **changes: str) -> GuideVersion:
    draft = publishing.start_draft(career=career)
    publishing.save_draft(draft=draft, sections=sections(**changes), details={}, seen=stamps(draft))
    return draft


def stamps(version) -> dict[str, str]:
    held = publishing.texts_of(version)
    return {
        **{key: publishing.stamp(held.get(key, "")) for key in PARTS},
        **{name: publishing.stamp(getattr(version, name)) for name in publishing.DETAILS},
    }


def current(career, now=NOON):
    return GuideVersion.objects.current(career=career.pk, now=now)


def test_a_draft_is_seen_by_nobody_until_it_is_published(coder):
    draft = draft_of(coder)
    assert current(coder) is None
    publishing.publish(draft=draft, now=NOON)
    assert current(coder) == draft
    assert current(coder, NOON - dt.timedelta(seconds=1)) is None


def test_a_scheduled_version_counts_from_its_hour_by_itself(coder):
    first = publishing.publish(draft=draft_of(coder), now=NOON)
    second = publishing.publish(draft=draft_of(coder, setting="At sea."), at=NOON + dt.timedelta(hours=2), now=NOON)
    assert current(coder, NOON + dt.timedelta(hours=1)) == first
    assert second.state_at(NOON, current(coder, NOON)) == State.SCHEDULED
    later = NOON + dt.timedelta(hours=2)
    assert current(coder, later) == second
    assert first.state_at(later, current(coder, later)) == State.SUPERSEDED
    assert second.state_at(later, current(coder, later)) == State.PUBLISHED


def test_what_is_not_ready_is_not_published(coder):
    draft = draft_of(coder, faq="")
    with pytest.raises(publishing.NotReady) as refused:
        publishing.publish(draft=draft, now=NOON)
    assert [problem.section for problem in refused.value.problems] == ["faq"]
    assert current(coder) is None


def test_an_hour_that_has_passed_or_is_taken_is_refused(coder):
    with pytest.raises(publishing.Refused, match="has passed"):
        publishing.publish(draft=draft_of(coder), at=NOON, now=NOON)
    later = NOON + dt.timedelta(hours=1)
    publishing.publish(draft=draft_of(coder), at=later, now=NOON)
    with pytest.raises(publishing.Refused, match="very hour"):
        publishing.publish(draft=draft_of(coder), at=later, now=NOON)


def test_a_published_version_is_never_written_again(coder):
    version = publishing.publish(draft=draft_of(coder), now=NOON)
    with pytest.raises(publishing.Refused):
        publishing.save_draft(draft=version, sections={"setting": "Elsewhere."}, details={}, seen=stamps(version))
    with pytest.raises(publishing.Refused):
        publishing.publish(draft=version, now=NOON)
    with pytest.raises(publishing.Refused, match="Readers see"):
        publishing.take_back(scheduled=version, now=NOON)


def test_a_scheduled_version_can_be_taken_back_before_its_hour(coder):
    version = publishing.publish(draft=draft_of(coder), at=NOON + dt.timedelta(days=1), now=NOON)
    assert publishing.take_back(scheduled=version, now=NOON).is_draft
    assert current(coder, NOON + dt.timedelta(days=2)) is None


def test_a_new_draft_begins_with_the_version_that_counts_and_there_is_one_at_a_time(coder):
    publishing.publish(draft=draft_of(coder), now=timezone.now())
    draft = publishing.start_draft(career=coder)
    assert (draft.number, publishing.texts_of(draft)) == (2, sections())
    assert publishing.start_draft(career=coder) == draft


def test_an_older_version_can_be_the_beginning_of_a_draft(coder):
    first = publishing.publish(draft=draft_of(coder), now=NOON)
    publishing.publish(draft=draft_of(coder, setting="At sea."), now=NOON + dt.timedelta(hours=1))
    again = publishing.start_draft(career=coder, after=first)
    assert publishing.texts_of(again)["setting"] == sections()["setting"]


def test_two_editors_of_different_sections_both_keep_their_work(coder):
    draft = draft_of(coder)
    seen = stamps(draft)
    form = {**publishing.texts_of(draft)}
    publishing.save_draft(draft=draft, sections={**form, "setting": "At sea."}, details={}, seen=seen)
    publishing.save_draft(draft=draft, sections={**form, "pros": "- Quiet."}, details={}, seen=seen)
    assert publishing.texts_of(draft)["setting"] == "At sea."
    assert publishing.texts_of(draft)["pros"] == "- Quiet."


def test_two_editors_of_one_section_conflict_and_nothing_is_lost(coder):
    draft = draft_of(coder)
    seen = stamps(draft)
    publishing.save_draft(draft=draft, sections={"setting": "At sea."}, details={}, seen=seen)
    with pytest.raises(publishing.Conflict) as conflict:
        publishing.save_draft(
            draft=draft, sections={"setting": "On land.", "pros": "- Quiet."}, details={"note": "Mine"}, seen=seen
        )
    assert conflict.value.theirs == {"setting": "At sea."}
    assert publishing.texts_of(draft)["setting"] == "At sea."
    assert publishing.texts_of(draft)["pros"] == sections()["pros"]  # all or nothing


def test_the_same_change_twice_is_no_conflict(coder):
    draft = draft_of(coder)
    seen = stamps(draft)
    for _ in range(2):
        publishing.save_draft(draft=draft, sections={"setting": "At sea.\r\n"}, details={}, seen=seen)
    assert publishing.texts_of(draft)["setting"] == "At sea."


def test_an_emptied_section_goes_and_the_history_keeps_it(coder):
    draft = draft_of(coder)
    publishing.save_draft(draft=draft, sections={"pros": " "}, details={}, seen=stamps(draft))
    assert "pros" not in publishing.texts_of(draft)
    kept = GuideSection.history.filter(version=draft, key="pros")
    assert {row.history_type for row in kept} == {"+", "-"}


def test_a_review_has_a_name_and_a_day_that_has_come(coder):
    version = publishing.publish(draft=draft_of(coder), now=NOON)
    publishing.record_review(version=version, reviewer=" A  Reader ", on=dt.date(2026, 3, 2))
    version.refresh_from_db()
    assert (version.reviewer, version.reviewed_on) == ("A Reader", dt.date(2026, 3, 2))
    with pytest.raises(publishing.Refused, match="a name and a day"):
        publishing.record_review(version=version, reviewer="A Reader", on=None)
    with pytest.raises(publishing.Refused, match="not come"):
        publishing.record_review(version=version, reviewer="A", on=timezone.localdate() + dt.timedelta(days=1))


def test_the_database_keeps_the_rules_by_itself(coder):
    draft = draft_of(coder)
    guide = draft.guide
    for columns in (
        {"number": 2},  # a second draft
        {"number": 1, "publish_at": NOON},
        {"number": 0, "publish_at": NOON},
        {"number": 2, "publish_at": NOON, "reviewer": "A"},
        {"number": 2, "publish_at": NOON, "origin": "shipped"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            GuideVersion.objects.create(guide=guide, **columns)
    for key, text in (("setting", ""), ("nonsense", "text"), ("day", "twice")):
        with pytest.raises(IntegrityError), transaction.atomic():
            GuideSection.objects.create(version=draft, key=key, text=text)


def test_shipped_guides_are_added_renewed_and_left_alone(coder, tmp_path):
    path = tmp_path / "medical-coder.md"
    path.write_text(GUIDE, encoding="utf-8")
    assert shipped.load_guides([path]).added == ["medical-coder"]
    assert shipped.load_guides([path]).kept == ["medical-coder"]
    version = current(coder, timezone.now())
    assert (version.origin, version.author, version.reviewer) == ("shipped", "", "")
    assert publishing.texts_of(version) == sections()

    path.write_text(GUIDE.replace("Quiet work.", "Quiet work, mostly."), encoding="utf-8")
    assert shipped.load_guides([path]).renewed == ["medical-coder"]
    publishing.start_draft(career=coder)
    path.write_text(GUIDE.replace("Quiet work.", "Loud work."), encoding="utf-8")
    assert shipped.load_guides([path]).kept == ["medical-coder"]


def test_a_reviewed_guide_is_not_renewed(coder, tmp_path):
    path = tmp_path / "medical-coder.md"
    path.write_text(GUIDE, encoding="utf-8")
    shipped.load_guides([path])
    publishing.record_review(version=current(coder, timezone.now()), reviewer="A Reader", on=dt.date(2026, 3, 2))
    path.write_text(GUIDE.replace("Quiet work.", "Loud work."), encoding="utf-8")
    assert shipped.load_guides([path]).kept == ["medical-coder"]


def test_files_that_are_no_guides_or_have_no_career_change_nothing(coder, tmp_path, monkeypatch, capsys):
    bad, other = tmp_path / "medical-coder.md", tmp_path / "nurse.md"
    bad.write_text(GUIDE.replace("# faq", "# nonsense"), encoding="utf-8")
    other.write_text(GUIDE.replace('"medical-coder"', '"nurse"'), encoding="utf-8")
    monkeypatch.setattr(shipped, "shipped_files", lambda: [bad, other])
    with pytest.raises(CommandError):
        call_command("load_guides")
    assert "again for: nurse" in capsys.readouterr().out
    assert GuideVersion.objects.count() == 0
