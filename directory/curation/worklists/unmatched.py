"""What a load could not place: entries and statements that match no program, and rows that were rejected."""

from __future__ import annotations

from typing import Final

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from directory.curation.worklists.case import CANDIDATES, Asked, Case, Kind, change_page, counted, fingerprint, heaviest
from directory.curation.worklists.harm import harm
from directory.models import AccreditationStatement, AccreditorList, AccreditorListRow, ImportRun

STATEMENT: Final = 4
REJECTED: Final = 3


def find(asked: Asked) -> list[Case]:
    """Three queries."""
    return heaviest([*_statements(asked), *_entries(asked), *_rejected(asked)], asked)


def to_place(rows: QuerySet[AccreditorListRow]) -> QuerySet[AccreditorListRow]:
    """Rows nobody could place in lists that no later applied list of the accreditor has replaced."""
    later = AccreditorList.objects.filter(
        agency=OuterRef("accreditor_list__agency"), state=AccreditorList.State.APPLIED,
        applied_at__gt=OuterRef("accreditor_list__applied_at"),
    )  # fmt: skip
    applied = rows.filter(found="unmatched", accreditor_list__state=AccreditorList.State.APPLIED)
    return applied.filter(~Exists(later))


def _entries(asked: Asked) -> list[Case]:
    rows = to_place(AccreditorListRow.objects.all()).select_related("accreditor_list__agency").order_by("pk")
    return [
        Case(
            kind=KIND.slug,
            key=f"entry-{row.pk}",
            subject=f"{row}, in the {row.accreditor_list}",
            url=change_page("directory_accreditorlistrow", row.pk),
            reason=f"The accreditor names it, and nobody knows which of our programs it is: {row.why or 'no match'}",
            harm=harm(STATEMENT, days=asked.days_since(row.accreditor_list.applied_at)),
            fingerprint=fingerprint(row.key, row.label, row.why),
            since=row.accreditor_list.applied_at.date() if row.accreditor_list.applied_at else None,
        )
        for row in rows[:CANDIDATES]
    ]


def _statements(asked: Asked) -> list[Case]:
    rows = (
        AccreditationStatement.objects.filter(program=None).select_related("school", "release").order_by("pk")
    )  # fmt: skip
    return [
        Case(
            kind=KIND.slug,
            key=f"statement-{row.pk}",
            subject=f"{row.program_title_as_stated}, {row.school}",
            url=change_page("directory_accreditationstatement", row.pk),
            reason=f"A page says “{row.status_as_stated}” of a program that matches none of the school’s, so that no "
            "program shows it. Choose the program it is about.",
            harm=harm(
                STATEMENT,
                leaves=asked.reach.leaves(school=row.school_id),
                days=asked.days_since(row.release.loaded_at),
            ),
            fingerprint=fingerprint(row.status_as_stated, row.program_title_as_stated, row.evidence_url),
            since=row.release.loaded_at.date(),
        )
        for row in rows[:CANDIDATES]
    ]


def _rejected(asked: Asked) -> list[Case]:
    """Of each file the last load that was kept: an earlier one has been answered by it."""
    later = ImportRun.objects.filter(
        source=OuterRef("source"),
        file_name=OuterRef("file_name"),
        state=ImportRun.State.APPLIED,
        started_at__gt=OuterRef("started_at"),
    )
    rows = ImportRun.objects.filter(state=ImportRun.State.APPLIED, rejected__gt=0).filter(~Exists(later))
    return [
        Case(
            kind=KIND.slug,
            key=f"run-{row.pk}",
            subject=f"{row.file_name}: {row.get_source_display() or 'no source'}",
            url=f"{reverse('admin:directory_importreject_changelist')}?run__id__exact={row.pk}",
            reason=f"{counted(row.rejected, 'row')} of this file {'was' if row.rejected == 1 else 'were'} not loaded. "
            "Each says its line and why; what it is about is not on our pages, or only as it was before.",
            harm=harm(REJECTED, graduates=row.rejected, days=asked.days_since(row.started_at)),
            fingerprint=fingerprint(row.sha256, row.rejected),
            since=row.started_at.date(),
        )
        for row in rows.order_by("-started_at", "pk")[:CANDIDATES]
    ]


KIND: Final = Kind(
    "unmatched",
    "Rows that match nothing",
    "A load left something out: a row was rejected, or a statement fits none of the school’s programs.",
    "directory.view_importreject",
    "directory.change_accreditationstatement",
    find,
    asks=3,
)
