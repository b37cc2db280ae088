"""The verbs: two listings become one, in one transaction, and two again."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, cast

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from directory.curation import by_hand
from directory.curation.merging import moving, refusals
from directory.curation.merging.ledger import Ledger, take_back
from directory.curation.merging.refusals import CannotMergeError
from directory.models import Merge, Program, School
from directory.vocab import ListingState

Listing = Program | School


@transaction.atomic
def merge(
    *,
    gone: Program | School,
    survivor: Program | School,
    reason: str,
    by: User | None,
    choices: Collection[str] = (),
    seen: str = "",
) -> Merge:
    """Make `gone` the same listing as `survivor`: its addresses and everything that belongs to it go there.

    `choices` name fields of `fields.side_by_side` in which the survivor takes the other's value. `seen` is
    `refusals.fingerprint` of what the person saw. Raises CannotMergeError, ChangedMeanwhileError. What follows from
    the facts (`pipeline.refresh`) is the caller's to do, for `schools_of` the merge.
    """
    refusals.check_kinds(gone=gone, survivor=survivor)
    gone, survivor = _locked(gone, survivor)
    refusals.check(gone=gone, survivor=survivor)
    refusals.check_seen(gone=gone, survivor=survivor, seen=seen)
    if isinstance(gone, School):
        return _schools(gone, cast(School, survivor), choices, reason=reason, by=by)
    return _programs(gone, cast(Program, survivor), choices, reason=reason, by=by)


@transaction.atomic
def unmerge(*, merge: Merge, reason: str, by: User | None) -> list[str]:
    """Make two listings of one again; returns in words what stays with the survivor because it changed since.

    Raises CannotMergeError while a later merge stands on this one. Twice is the same as once.
    """
    held = Merge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
    if held.is_undone:
        return []
    if held.part_of_id:
        raise CannotMergeError("This is a part of the merge of two schools: undo that one.")
    _locked(held.gone, held.survivor)
    if said := refusals.against_undoing(held):
        raise CannotMergeError(" ".join(said))
    return _undo(held, reason=reason, by=by)


def schools_of(merge: Merge) -> set[int]:
    """The schools whose listings follow from a merge."""
    return {each.pk if isinstance(each, School) else each.school_id for each in (merge.gone, merge.survivor)}


def _programs(
    gone: Program,
    survivor: Program,
    choices: Collection[str],
    *,
    reason: str,
    by: User | None,
    part_of: Merge | None = None,
) -> Merge:
    why = f"Merged: {reason}"
    ledger = Ledger(by=by, why=why)
    merge = Merge(program=survivor, gone_program=gone, part_of=part_of)
    moving.take_over(ledger, gone=gone, survivor=survivor, choices=choices, by=by, why=reason)
    moving.move_rows(ledger, gone=gone, survivor=survivor)
    moving.move_clicks(ledger, gone=gone, survivor=survivor)
    moving.move_saved(ledger, gone=gone, survivor=survivor)
    moving.move_address(ledger, gone=gone, survivor=survivor)
    # What became this one before becomes the other now, so that nobody is led from one to the next.
    ledger.move(Program.objects.filter(merged_into=gone), merged_into_id=survivor.pk)
    ledger.move(Program.objects.filter(pk=gone.pk), merged_into_id=survivor.pk)
    ledger.move(Program.objects.filter(pk=gone.pk), state=ListingState.WITHDRAWN.value)
    return _keep(merge, ledger, reason=reason, by=by)


def _schools(gone: School, survivor: School, choices: Collection[str], *, reason: str, by: User | None) -> Merge:
    why = f"Merged: {reason}"
    merge = Merge.objects.create(school=survivor, gone_school=gone, reason=reason, made_by=by, made_at=timezone.now())
    ledger = Ledger(by=by, why=why)
    moving.take_over(ledger, gone=gone, survivor=survivor, choices=choices, by=by, why=reason)
    there = {(each.field_id, each.award_level): each for each in _unmerged(survivor)}
    for program in _unmerged(gone):
        if counterpart := there.get((program.field_id, program.award_level)):
            _programs(program, counterpart, (), reason=reason, by=by, part_of=merge)
        elif by_hand.is_by_hand(program):
            moving.move_program(ledger, program=program, to=survivor)
    moving.move_rows(ledger, gone=gone, survivor=survivor)
    moving.move_clicks(ledger, gone=gone, survivor=survivor)
    moving.move_address(ledger, gone=gone, survivor=survivor)
    ledger.move(School.objects.filter(merged_into=gone), merged_into_id=survivor.pk)
    ledger.move(School.objects.filter(pk=gone.pk), merged_into_id=survivor.pk)
    return _keep(merge, ledger, reason=reason, by=by)


def _keep(merge: Merge, ledger: Ledger, *, reason: str, by: User | None) -> Merge:
    merge.reason, merge.made_by, merge.steps = reason, by, ledger.steps
    merge.made_at = merge.made_at or timezone.now()
    merge.save()
    return merge


def _undo(held: Merge, *, reason: str, by: User | None) -> list[str]:
    why = f"Merge undone: {reason}"
    stayed = take_back(
        held.steps,
        by=by,
        why=why,
        verbs={
            "correct": lambda step: moving.give_back(step, by=by, why=why),
            "own": lambda step: moving.put_back_own(step, by=by, why=why),
        },
    )
    for part in held.parts.filter(undone_at=None).order_by("-pk"):
        stayed += _undo(part, reason=reason, by=by)
    held.undone_at, held.undone_by, held.undone_because = timezone.now(), by, reason
    held.save(update_fields=["undone_at", "undone_by", "undone_because"])
    return stayed


def _unmerged(school: School) -> list[Program]:
    """The programs of a school that are not some other program by now, locked."""
    rows = Program.objects.filter(school=school, merged_into=None).select_for_update(of=("self",))
    return list(rows.select_related("field", "school", "release").order_by("pk"))


def _locked(gone: Listing, survivor: Listing) -> tuple[Listing, Listing]:
    """Both as they stand now. Until the transaction ends nobody can add a row that names one of them: whoever does
    waits, and then sees where it belongs.
    """
    kind: type[Any] = type(gone)
    rows = kind._default_manager.select_for_update(of=("self",)).select_related("release")
    held = {row.pk: row for row in rows.filter(pk__in=(gone.pk, survivor.pk)).order_by("pk")}
    return held[gone.pk], held[survivor.pk]
