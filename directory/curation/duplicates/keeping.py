"""The pairs that staff decide about: looked for anew, told apart with a reason, asked about again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from directory.curation.duplicates.programs import likely_programs
from directory.curation.duplicates.schools import likely_schools
from directory.curation.duplicates.signs import Candidate
from directory.models import DuplicatePair, DuplicateSearch

#: Of the strongest pairs so many are kept: nobody works through more, and no file may fill the table.
MOST: Final = 5_000
BATCH: Final = 500
OF_PROGRAMS: Final = ("program_id", "other_program_id")
OF_SCHOOLS: Final = ("school_id", "other_school_id")


def open_pairs() -> QuerySet[DuplicatePair]:
    """Pairs that nobody has decided about, the likeliest first."""
    gone = Q(program__merged_into__isnull=False) | Q(other_program__merged_into__isnull=False)
    gone |= Q(school__merged_into__isnull=False) | Q(other_school__merged_into__isnull=False)
    return DuplicatePair.objects.filter(not_because="").exclude(gone)


@transaction.atomic
def find_pairs() -> tuple[int, int]:
    """Look for pairs anew; returns how many came and how many went. What staff told apart stays told apart.

    All or nothing, with a row that says when. Callers hold the import lock: of listings that are just being loaded
    pairs would be half right.
    """
    begun = timezone.now()
    schools = _keep(OF_SCHOOLS, likely_schools())
    programs = _keep(OF_PROGRAMS, likely_programs())
    came, went = schools[0] + programs[0], schools[1] + programs[1]
    DuplicateSearch.objects.create(started_at=begun, ended_at=timezone.now(), came=came, went=went)
    return came, went


@transaction.atomic
def tell_apart(*, pair: DuplicatePair, reason: str, by: User | None) -> DuplicatePair:
    """Remember that these are two, and why. Raises ValueError without a reason."""
    if not reason.strip():
        raise ValueError("Say why they are two.")
    held = DuplicatePair.objects.select_for_update(of=("self",)).get(pk=pair.pk)
    held.not_because, held.told_apart_at, held.told_apart_by = reason.strip(), timezone.now(), by
    held.save(update_fields=["not_because", "told_apart_at", "told_apart_by"])
    return held


@transaction.atomic
def ask_again(*, pair: DuplicatePair) -> DuplicatePair:
    """Forget that somebody told them apart."""
    held = DuplicatePair.objects.select_for_update(of=("self",)).get(pk=pair.pk)
    held.not_because, held.told_apart_at, held.told_apart_by = "", None, None
    held.save(update_fields=["not_because", "told_apart_at", "told_apart_by"])
    return held


def _keep(columns: tuple[str, str], candidates: Iterable[Candidate]) -> tuple[int, int]:
    """Bring the table in line with what was found; rows that are right already are not written."""
    best = sorted(candidates, key=lambda each: (-each.score, each.one, each.other))[:MOST]
    wanted = {(each.one, each.other): each for each in best}
    rows = DuplicatePair.objects.filter(**{f"{columns[0]}__isnull": False})
    held: dict[tuple[Any, Any], DuplicatePair] = {
        (getattr(row, columns[0]), getattr(row, columns[1])): row for row in rows
    }
    gone = [row.pk for key, row in held.items() if key not in wanted and not row.not_because]
    for start in range(0, len(gone), BATCH):
        DuplicatePair.objects.filter(pk__in=gone[start : start + BATCH]).delete()
    changed = []
    for key in wanted.keys() & held.keys():
        row, given = held[key], wanted[key]
        if (row.score, row.reasons) != (given.score, list(given.reasons)):
            row.score, row.reasons = given.score, list(given.reasons)
            changed.append(row)
    DuplicatePair.objects.bulk_update(changed, ["score", "reasons"], batch_size=BATCH)
    now = timezone.now()
    new = [
        DuplicatePair(
            **dict(zip(columns, key, strict=True)), score=given.score, reasons=list(given.reasons), found_at=now
        )
        for key, given in wanted.items()
        if key not in held
    ]
    DuplicatePair.objects.bulk_create(new, batch_size=BATCH, ignore_conflicts=True)
    return len(new), len(gone)
