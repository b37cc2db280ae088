"""Two schools that were one, with their programs."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.models import User
from django.core import serializers

from directory.curation.merging.merge import merge, schools_of, unmerge
from directory.curation.merging.refusals import CannotMergeError
from directory.models import ClickCount, FormerSlug, Listing, Merge, Override, Program, School, SearchEntry
from directory.pipeline.refresh import refresh
from directory.vocab import ListingState, SchoolState, Source
from tests.directory.invented import field_of_study, program, release, school

pytestmark = pytest.mark.django_db
DAY = dt.date(2025, 9, 1)
WHY = "One college under two names."


@pytest.fixture
def curator() -> User:
    return User.objects.create_user("curator", password="a password")


@pytest.fixture
def pair() -> tuple[School, School]:
    """A school that staff entered, which goes, and the official one."""
    own = release(Source.STAFF, "2025")
    return school(None, name="Maple Fork Coll", slug="maple-fork-coll", release=own), school()


def by_hand(at: School, **columns: object) -> Program:
    return program(at, release=release(Source.STAFF, "2025"), **columns)


def state() -> str:
    tables = (School, Program, FormerSlug, ClickCount, Override)
    return "\n".join(serializers.serialize("json", each.objects.order_by("pk"), indent=1) for each in tables)


def test_programs_of_the_same_field_and_award_become_one_and_others_come_along(pair, curator):
    gone, kept = pair
    same, counterpart = by_hand(gone, slug="hit-coll"), program(kept)
    other = by_hand(gone, field=field_of_study("51.0714", "Medical Billing"), slug="billing-coll")
    ClickCount.objects.create(day=DAY, kind="visit", school=gone, count=3)
    ClickCount.objects.create(day=DAY, kind="visit", school=kept, count=4)
    ClickCount.objects.create(day=DAY, kind="apply", school=gone, program=other, count=5)
    done = merge(gone=gone, survivor=kept, reason=WHY, by=curator)
    refresh(schools_of(done))
    same.refresh_from_db()
    other.refresh_from_db()
    assert (same.merged_into, other.school, other.slug) == (counterpart, kept, "billing-coll")
    assert set(ClickCount.objects.values_list("school", "program", "count")) == {
        (kept.pk, None, 7),
        (kept.pk, other.pk, 5),
    }
    assert set(Listing.objects.listed().values_list("program", flat=True)) == {counterpart.pk, other.pk}
    assert list(School.objects.listed()) == [kept]
    assert not SearchEntry.objects.filter(kind="school", key=str(gone.pk)).exists()
    assert "maple fork coll" in SearchEntry.objects.get(kind="school", key=str(kept.pk)).lesser_names


def test_undoing_gives_back_both_schools_with_their_programs(pair, curator):
    gone, kept = pair
    School.objects.filter(pk=gone.pk).update(apply_url="https://maplefork.example/apply")
    by_hand(gone, slug="hit-coll")
    program(kept)
    by_hand(gone, field=field_of_study("51.0714", "Medical Billing"), slug="billing-coll")
    ClickCount.objects.create(day=DAY, kind="visit", school=gone, count=3)
    before = state()
    done = merge(gone=gone, survivor=kept, reason=WHY, by=curator, choices=["take_apply_url"])
    assert Merge.objects.count() == 2
    kept.refresh_from_db()
    assert kept.apply_url == "https://maplefork.example/apply"
    part = Merge.objects.get(part_of=done)
    with pytest.raises(CannotMergeError, match="part of the merge of two schools"):
        unmerge(merge=part, reason="No", by=curator)
    assert unmerge(merge=done, reason="They are two", by=curator) == []
    Override.objects.all().delete()  # given up, it stays as history
    assert state() == before
    assert not Merge.objects.filter(undone_at=None).exists()


def test_a_point_is_taken_whole(pair, curator):
    gone, kept = pair
    School.objects.filter(pk=gone.pk).update(latitude=40.1, longitude=-83.2)
    merge(gone=gone, survivor=kept, reason=WHY, by=curator, choices=["take_latitude"])
    kept.refresh_from_db()
    assert (kept.latitude, kept.longitude) == (40.1, -83.2)


def test_the_status_of_a_draft_cannot_be_taken_over_and_that_of_a_closed_school_can(pair, curator):
    gone, kept = pair
    School.objects.filter(pk=gone.pk).update(status=SchoolState.DRAFT)
    gone.refresh_from_db()
    with pytest.raises(ValueError, match="no field that can be taken over"):
        merge(gone=gone, survivor=kept, reason=WHY, by=curator, choices=["take_status"])
    School.objects.filter(pk=gone.pk).update(status=SchoolState.CLOSED, closed_on=DAY)
    gone.refresh_from_db()
    merge(gone=gone, survivor=kept, reason=WHY, by=curator, choices=["take_status", "take_closed_on"])
    kept.refresh_from_db()
    assert (kept.status, kept.closed_on) == (SchoolState.CLOSED, DAY)


def test_two_schools_that_the_files_still_tell_apart_are_not_merged(curator):
    one, other = school(), school(100002, name="Maple Fork College Main")
    program(one)
    with pytest.raises(CannotMergeError, match="official files still name programs"):
        merge(gone=one, survivor=other, reason=WHY, by=curator)
    Program.objects.update(state=ListingState.NOT_REPORTED)
    merge(gone=one, survivor=other, reason=WHY, by=curator)


def test_a_program_that_comes_along_leaves_the_address_that_files_give_at_the_other_school(curator):
    gone, kept = school(), school(100002, name="Maple Fork College Main")
    own = by_hand(gone)
    own.slug = f"{own.field.slug}-associate-100001"
    own.save()
    merge(gone=gone, survivor=kept, reason=WHY, by=curator)
    own.refresh_from_db()
    assert own.slug == f"{own.field.slug}-associate-100002"
    assert FormerSlug.objects.get(program=own).slug.endswith("-100001")
