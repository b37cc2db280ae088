"""Moving what belongs to one listing to another: rows, counts, saved programs, addresses, chosen values."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from django.contrib.auth.models import User

from directory.curation import by_hand, overrides
from directory.curation.merging.belongings import (
    belongings_of,
    clicks_of,
    column_of,
    going,
    readers_of_both,
)
from directory.curation.merging.fields import columns_of_choice
from directory.curation.merging.ledger import Ledger, write
from directory.curation.public_addresses import official_program_slug
from directory.models import (
    Accreditation,
    AccreditationStatement,
    ClickCount,
    FormerSlug,
    Override,
    Program,
    SavedProgram,
    School,
)
from directory.models.saved_program import LONGEST_NOTE

Listing = Program | School
BETWEEN_NOTES: Final = "\n\n"
#: Where a listing is that readers see no more: an address that nobody has and no file makes.
AWAY: Final = "merged-{kind}-{pk}-away"


def move_rows(ledger: Ledger, *, gone: Listing, survivor: Listing) -> None:
    """Everything of `belongings` but counts and saved programs."""
    for each in belongings_of(type(gone)):
        to: dict[str, Any] = {f"{column_of(gone)}_id": survivor.pk}
        if isinstance(survivor, Program) and each.model in (Accreditation, AccreditationStatement):
            to["school_id"] = survivor.school_id
        ledger.move(going(each, gone=gone, survivor=survivor), **to)


def move_clicks(ledger: Ledger, *, gone: Listing, survivor: Listing) -> None:
    """Counts of the same day and kind add up; no click is counted twice or lost."""
    held = {(row.day, row.kind): row.pk for row in clicks_of(survivor)}
    school = survivor.school_id if isinstance(survivor, Program) else survivor.pk
    to = {"school_id": school} | ({"program_id": survivor.pk} if isinstance(survivor, Program) else {})
    moving = []
    for row in clicks_of(gone).order_by("pk"):
        if (there := held.get((row.day, row.kind))) is None:
            moving.append(row.pk)
            continue
        ledger.add(type(row), key=there, column="count", amount=row.count)
        ledger.drop(row)
    ledger.move(clicks_of(gone).filter(pk__in=moving), **to)


def move_saved(ledger: Ledger, *, gone: Program, survivor: Program) -> None:
    """Readers find the survivor on their lists. Who had saved both has both notes at the one that stays.

    The other row of such a reader stays where it is, unseen: a note is the reader's and goes with the account, so no
    copy of it is kept for the way back.
    """
    both = {row.reader_id: row for row in readers_of_both(gone, survivor)}
    for kept in SavedProgram.objects.filter(program=survivor, reader__in=both):
        note = both[kept.reader_id].note
        if note and note not in kept.note:
            joined = BETWEEN_NOTES.join(filter(None, (kept.note, note)))
            SavedProgram.objects.filter(pk=kept.pk).update(note=joined[:LONGEST_NOTE])
    ledger.move(SavedProgram.objects.filter(program=gone).exclude(reader__in=both), program_id=survivor.pk)


def move_address(ledger: Ledger, *, gone: Listing, survivor: Listing) -> None:
    """The present address becomes a former one of the survivor: it leads there at once, without a chain."""
    address = gone.slug
    away = AWAY.format(kind=column_of(gone), pk=gone.pk)
    ledger.move(type(gone)._default_manager.filter(pk=gone.pk), slug=away)
    former = FormerSlug.objects.create(slug=address, **{column_of(survivor): survivor})
    ledger.made(former)


def move_program(ledger: Ledger, *, program: Program, to: School) -> None:
    """A program that staff entered goes along to the other school, and keeps its address.

    Unless that is the one which an import would give a program of the school that is gone.
    """
    columns: dict[str, Any] = {"school_id": to.pk}
    if program.slug == official_program_slug(program):
        address = program.slug
        program.school = to
        columns["slug"] = by_hand.program_slug(program)
        ledger.move(Program.objects.filter(pk=program.pk), **columns)
        ledger.made(FormerSlug.objects.create(slug=address, program=program))
    else:
        ledger.move(Program.objects.filter(pk=program.pk), **columns)
    for rows in (Accreditation.objects, AccreditationStatement.objects, ClickCount.objects):
        ledger.move(rows.filter(program=program), school_id=to.pk)


def take_over(
    ledger: Ledger, *, gone: Listing, survivor: Listing, choices: Collection[str], by: User | None, why: str
) -> list[str]:
    """Give the survivor the other's values in the chosen fields; returns the columns. Raises ValueError.

    What an official file says of the survivor is corrected by an override as everywhere, so imports keep it.
    """
    taken = []
    for choice in choices:
        for column in columns_of_choice(survivor, gone, choice):
            value = getattr(gone, column)
            if getattr(survivor, column) == value:
                continue
            if by_hand.is_by_hand(survivor):
                before = {column: getattr(survivor, column)}
                write(survivor, {column: value}, by=by, why=why)
                ledger.note(
                    {"do": "own", "table": type(survivor).__name__, "key": survivor.pk, "column": column,
                     "before": before[column], "after": value}
                )  # fmt: skip
            else:
                _correct(ledger, survivor, column, value, by=by, why=why)
            taken.append(column)
    return taken


def _correct(ledger: Ledger, survivor: Listing, column: str, value: Any, *, by: User | None, why: str) -> None:
    former = Override.objects.filter(**{column_of(survivor): survivor}, column=column, active=True).first()
    before = (
        {"value": former.value, "reason": former.reason, "evidence_url": former.evidence_url, "by": former.made_by_id}
        if former
        else None
    )
    made = overrides.correct(target=survivor, column=column, value=value, reason=why, by=by)
    ledger.note({"do": "correct", "override": made.pk, "value": made.value, "before": before})


def put_back_own(step: dict[str, Any], *, by: User | None, why: str) -> str:
    """Undo a value that a listing entered by staff took over."""
    model = Program if step["table"] == "Program" else School
    row: Any = model._default_manager.select_for_update().filter(pk=step["key"]).first()
    field = model._meta.get_field(step["column"])
    if row is None or getattr(row, step["column"]) != field.to_python(step["after"]):  # type: ignore[union-attr]
        return f"“{field.verbose_name}” has been changed meanwhile and stays as it is."  # type: ignore[union-attr]
    write(row, {step["column"]: field.to_python(step["before"])}, by=by, why=why)  # type: ignore[union-attr]
    return ""


def give_back(step: dict[str, Any], *, by: User | None, why: str) -> str:
    """Undo a correction that a merge made; one that was changed since stays."""
    override = Override.objects.select_related("school", "program").filter(pk=step["override"]).first()
    if override is None or not override.active or override.value != step["value"]:
        return "A value that was taken over has been corrected again meanwhile and stays as it is."
    before = step["before"]
    if before is None:
        overrides.give_up(override=override, by=by, why=why)
        return ""
    maker = User.objects.filter(pk=before["by"]).first()
    overrides.correct(
        target=override.target,
        column=override.column,
        value=before["value"],
        reason=before["reason"],
        by=maker,
        evidence_url=before["evidence_url"],
    )
    return ""
