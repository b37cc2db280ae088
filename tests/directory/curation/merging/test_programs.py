"""Two programs that were one: what goes along, what stays, and the way back."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.models import User
from django.core import serializers
from django.db.models import Model
from django.utils import timezone

from directory.curation import overrides
from directory.curation.merging.merge import merge, unmerge
from directory.curation.merging.refusals import CannotMergeError, ChangedMeanwhileError, fingerprint
from directory.engagement.clicks import count_leave
from directory.models import (
    Accreditation,
    Agency,
    ClickCount,
    FeaturedEntry,
    FeaturedList,
    FormerSlug,
    Merge,
    Override,
    Program,
    ProgramFact,
    Review,
    SavedProgram,
)
from directory.pipeline.refresh import refresh
from directory.vocab import GoKind, ListingState, ReviewState, Source
from tests.directory.invented import fact, field_of_study, program, release, school

pytestmark = pytest.mark.django_db
DAY = dt.date(2025, 9, 1)
NOW = dt.datetime(2025, 9, 1, 4, tzinfo=dt.UTC)
WHY = "The school says that both names mean one program."


@pytest.fixture
def curator() -> User:
    return User.objects.create_user("curator", password="a password")


@pytest.fixture
def pair() -> tuple[Program, Program]:
    """The one that goes, and the one that stays."""
    at = school()
    gone = program(at, field=field_of_study("51.0713", "Medical Insurance Coding Specialist/Coder"), slug="coding-old")
    return gone, program(at, slug="coding-new")


def review(reader: User, of: Program, **columns: object) -> Review:
    said = {"role": "graduate", "year": 2024, "overall": 4, "title": "Good", "text": f"Words of {reader}."}
    return Review.objects.create(reader=reader, program=of, written_at=NOW, sent_at=NOW, **{**said, **columns})


def reader(number: int) -> User:
    return User.objects.create_user(f"reader{number}")


def state(*models: type[Model]) -> str:
    """Every row of some tables, to compare before and after."""
    return "\n".join(serializers.serialize("json", model._base_manager.order_by("pk"), indent=1) for model in models)


def test_everything_that_belongs_to_the_one_goes_along_to_the_other(pair, curator):
    gone, kept = pair
    words = review(reader(1), gone, state=ReviewState.PENDING)
    page = fact(gone, ProgramFact.Kind.APPLY_URL, "https://maplefork.example/apply", checked_on=DAY)
    record = Accreditation.objects.create(
        school=gone.school, program=gone, agency=Agency.objects.create(name="CAHIIM"), status="accredited",
        checked_on=DAY,
    )  # fmt: skip
    entry = FeaturedEntry.objects.create(
        featured_list=FeaturedList.objects.create(title="Coders", slug="coders", why="For coders"),
        program=gone, reason="Good", dated=DAY,
    )  # fmt: skip
    FormerSlug.objects.create(slug="coding-oldest", program=gone)
    merge(gone=gone, survivor=kept, reason=WHY, by=curator)
    for row in (words, page, record, entry):
        row.refresh_from_db()
        assert row.program == kept
    assert set(FormerSlug.objects.values_list("slug", "program")) == {
        ("coding-old", kept.pk),
        ("coding-oldest", kept.pk),
    }
    gone.refresh_from_db()
    assert (gone.merged_into, gone.state) == (kept, ListingState.WITHDRAWN)
    assert page.history.first().history_change_reason.startswith("Merged: ")
    assert page.history.first().history_user == curator


def test_leaves_add_up_day_by_day_and_kind_by_kind(pair, curator):
    gone, kept = pair
    for listing, day, times in ((gone, DAY, 3), (kept, DAY, 4), (gone, DAY + dt.timedelta(1), 5)):
        ClickCount.objects.create(day=day, kind="apply", school=kept.school, program=listing, count=times)
    ClickCount.objects.create(day=DAY, kind="aid", school=kept.school, program=gone, count=7)
    merge(gone=gone, survivor=kept, reason=WHY, by=curator)
    assert set(ClickCount.objects.values_list("program", "day", "kind", "count")) == {
        (kept.pk, DAY, "apply", 7),
        (kept.pk, DAY + dt.timedelta(1), "apply", 5),
        (kept.pk, DAY, "aid", 7),
    }
    # A click on a page that was read before the merge counts for the program that is listed.
    assert count_leave(kind=GoKind.APPLY, school=kept.school, program=gone, day=DAY)
    assert ClickCount.objects.get(day=DAY, kind="apply").count == 8


def test_a_reader_who_reviewed_both_keeps_both_and_one_is_shown(pair, curator):
    gone, kept = pair
    both = reader(1)
    review(both, gone, text="Of the old name.")
    review(both, kept, text="Of the new name.")
    review(reader(2), gone)
    merge(gone=gone, survivor=kept, reason=WHY, by=curator)
    assert Review.objects.filter(program=kept).count() == 2
    assert Review.objects.get(program=gone).text == "Of the old name."


def test_a_reader_who_saved_both_has_one_with_both_notes(pair, curator):
    gone, kept = pair
    both, one = reader(1), reader(2)
    SavedProgram.objects.create(reader=both, program=gone, note="Ask about fees.", saved_at=NOW)
    SavedProgram.objects.create(reader=both, program=kept, note="Evenings?", saved_at=NOW)
    SavedProgram.objects.create(reader=one, program=gone, saved_at=NOW)
    done = merge(gone=gone, survivor=kept, reason=WHY, by=curator)
    assert SavedProgram.objects.get(reader=one).program == kept
    assert SavedProgram.objects.get(reader=both, program=kept).note == "Evenings?\n\nAsk about fees."
    assert "fees" not in str(done.steps), "what a reader wrote is kept nowhere else"


def test_a_value_that_is_taken_over_becomes_a_correction_that_imports_keep(pair, curator):
    gone, kept = pair
    Program.objects.filter(pk=gone.pk).update(title="Medical Coding")
    merge(gone=gone, survivor=kept, reason=WHY, by=curator, choices=["take_title"])
    held = Override.objects.get()
    assert (held.program, held.column, held.value, held.reason) == (kept, "title", "Medical Coding", WHY)
    kept.refresh_from_db()
    assert kept.title == "Medical Coding"


def test_what_cannot_be_chosen_is_refused_and_nothing_is_done(pair, curator):
    gone, kept = pair
    with pytest.raises(ValueError, match="take_state"):
        merge(gone=gone, survivor=kept, reason=WHY, by=curator, choices=["take_state"])
    assert not Merge.objects.exists()


def test_undoing_gives_back_the_state_before(pair, curator):
    gone, kept = pair
    overrides.correct(target=gone, column="title", value="Medical Coding", reason="Their page", by=curator)
    for number, of in enumerate((gone, gone, kept)):
        review(reader(number), of)
    fact(gone, ProgramFact.Kind.CREDITS, "30")
    for listing, times in ((gone, 3), (kept, 4)):
        ClickCount.objects.create(day=DAY, kind="apply", school=kept.school, program=listing, count=times)
    FormerSlug.objects.create(slug="coding-oldest", program=gone)
    refresh()
    tables = (Program, Review, ClickCount, FormerSlug, ProgramFact)
    before = state(*tables)
    done = merge(gone=gone, survivor=kept, reason=WHY, by=curator, choices=["take_title"])
    assert state(*tables) != before
    assert unmerge(merge=done, reason="They are two after all", by=curator) == []
    assert state(*tables) == before
    assert not Override.objects.filter(program=kept, active=True).exists()
    assert unmerge(merge=done, reason="Again", by=curator) == [], "twice is the same as once"
    done.refresh_from_db()
    assert (done.undone_by, done.undone_because) == (curator, "They are two after all")


def test_undoing_leaves_what_came_or_changed_since(pair, curator):
    gone, kept = pair
    Program.objects.filter(pk=gone.pk).update(title="Medical Coding")
    ClickCount.objects.create(day=DAY, kind="apply", school=kept.school, program=gone, count=3)
    moved = review(reader(1), gone)
    done = merge(gone=gone, survivor=kept, reason=WHY, by=curator, choices=["take_title"])
    count_leave(kind=GoKind.APPLY, school=kept.school, program=kept, day=DAY)
    review(reader(2), kept)
    overrides.correct(target=kept, column="title", value="Coding today", reason="New page", by=curator)
    Review.objects.filter(pk=moved.pk).delete()
    stayed = unmerge(merge=done, reason="They are two", by=curator)
    assert len(stayed) == 2
    kept.refresh_from_db()
    assert kept.title == "Coding today"
    assert Review.objects.get().program == kept
    assert ClickCount.objects.get().program == gone, "the row went back with all that it counts"


def test_a_chain_of_merges_leads_to_the_last_one_and_comes_apart_again(pair, curator):
    first, second = pair
    third = program(second.school, field=field_of_study("51.0714", "Medical Billing"), slug="billing")
    merge(gone=first, survivor=second, reason=WHY, by=curator)
    later = merge(gone=second, survivor=third, reason=WHY, by=curator)
    first.refresh_from_db()
    assert first.merged_into == third
    assert set(FormerSlug.objects.values_list("slug", "program")) == {
        ("coding-old", third.pk),
        ("coding-new", third.pk),
    }
    with pytest.raises(CannotMergeError, match="undo that merge first"):
        unmerge(merge=Merge.objects.get(gone_program=first), reason="No", by=curator)
    unmerge(merge=later, reason="No", by=curator)
    first.refresh_from_db()
    assert first.merged_into == second
    assert unmerge(merge=Merge.objects.get(gone_program=first), reason="No", by=curator) == []
    assert not FormerSlug.objects.exists()


def test_a_listing_that_is_gone_cannot_be_merged_again_in_either_direction(pair, curator):
    gone, kept = pair
    merge(gone=gone, survivor=kept, reason=WHY, by=curator)
    for one, other in ((gone, kept), (kept, gone)):
        with pytest.raises(CannotMergeError, match="another listing by now"):
            merge(gone=one, survivor=other, reason=WHY, by=curator)


def test_programs_of_two_schools_and_one_program_alone_are_refused(pair, curator):
    gone, kept = pair
    elsewhere = program(school(100002, name="Oak Hill College"), slug="oak-hill")
    with pytest.raises(CannotMergeError, match="different schools"):
        merge(gone=gone, survivor=elsewhere, reason=WHY, by=curator)
    with pytest.raises(CannotMergeError, match="one and the same"):
        merge(gone=gone, survivor=gone, reason=WHY, by=curator)
    with pytest.raises(CannotMergeError, match="school and a program"):
        merge(gone=gone, survivor=kept.school, reason=WHY, by=curator)


def test_what_the_files_name_is_kept_and_not_what_only_staff_entered(pair, curator):
    official, entered = pair
    Program.objects.filter(pk=entered.pk).update(release=release(Source.STAFF, "2025"))
    with pytest.raises(CannotMergeError, match="official files name"):
        merge(gone=official, survivor=entered, reason=WHY, by=curator)
    merge(gone=entered, survivor=official, reason=WHY, by=curator)


def test_who_decided_by_another_state_hears_so_and_nothing_is_done(pair, curator):
    gone, kept = pair
    seen = fingerprint(gone=gone, survivor=kept)
    fact(gone, ProgramFact.Kind.CREDITS, "30")
    with pytest.raises(ChangedMeanwhileError):
        merge(gone=gone, survivor=kept, reason=WHY, by=curator, seen=seen)
    assert not Merge.objects.exists()
    merge(gone=gone, survivor=kept, reason=WHY, by=curator, seen=fingerprint(gone=gone, survivor=kept))


def test_the_record_says_who_when_and_why(pair, curator):
    gone, kept = pair
    before = timezone.now()
    done = merge(gone=gone, survivor=kept, reason=WHY, by=curator)
    assert (done.made_by, done.reason, done.gone, done.survivor) == (curator, WHY, gone, kept)
    assert before <= done.made_at <= timezone.now()
