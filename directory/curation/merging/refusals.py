"""When two listings cannot be made one, or two again, in words for whoever tried."""

from __future__ import annotations

import hashlib
from typing import Final

from directory.curation import by_hand
from directory.curation.merging.belongings import belongings_of, rows_of
from directory.curation.merging.fields import side_by_side
from directory.curation.merging.names import names_of
from directory.models import FormerSlug, Merge, Program, School
from directory.vocab import ListingState, SchoolState

SCHOOLS_FIRST: Final = "merge the schools, and their programs come along."
#: More of them nobody reads.
NAMED = 5


class CannotMergeError(Exception):
    """What was asked cannot be; `str()` says why."""


class ChangedMeanwhileError(Exception):
    """Something about one of the two is not as the person saw it."""


def check_kinds(*, gone: Program | School, survivor: Program | School) -> None:
    """Raises CannotMergeError for a school and a program."""
    if type(gone) is not type(survivor):
        raise CannotMergeError("A school and a program are never one.")


def check(*, gone: Program | School, survivor: Program | School) -> None:
    """Raises CannotMergeError with everything that speaks against it."""
    if said := against(gone=gone, survivor=survivor):
        raise CannotMergeError(" ".join(said))


def against(*, gone: Program | School, survivor: Program | School) -> list[str]:
    """Why the one cannot become the other; empty when it can."""
    if gone.pk == survivor.pk:
        return ["These are one and the same already."]
    names = names_of(gone, survivor)
    going, staying = names
    said = [
        f"{name} is another listing by now: {each.merged_into}."
        for name, each in zip(names, (gone, survivor), strict=True)
        if each.merged_into_id is not None
    ]
    if isinstance(gone, Program) and isinstance(survivor, Program) and gone.school_id != survivor.school_id:
        one, other = names_of(gone.school, survivor.school)
        return [*said, f"They are at different schools, {one} and {other}: {SCHOOLS_FIRST}"]
    if _is_draft(survivor) and not _is_draft(gone):
        said.append(f"{staying} is a draft, and readers of {going} would find no page: publish it first.")
    if not by_hand.is_by_hand(gone) and by_hand.is_by_hand(survivor):
        said.append(
            f"The official files name {going} and not {staying}: their figures would reach the one that nobody sees. "
            "Keep the other one, and take over the values that are right."
        )
    if not said and isinstance(gone, School) and isinstance(survivor, School):
        said += _two_for_the_files(gone, survivor)
    return said


def _is_draft(listing: Program | School) -> bool:
    return (listing.state if isinstance(listing, Program) else listing.status) in (
        ListingState.DRAFT,
        SchoolState.DRAFT,
    )


def against_undoing(merge: Merge) -> list[str]:
    """Why a merge cannot be undone now; empty when it can."""
    said = []
    survivor, gone = merge.survivor, merge.gone
    if survivor.merged_into_id is not None:
        said.append(f"{survivor} has become {survivor.merged_into} since: undo that merge first.")
    for step in merge.steps:
        if step["do"] == "set" and set(step["before"]) == {"slug"} and step["keys"] == [gone.pk]:
            address = step["before"]["slug"]
            others = type(gone)._default_manager.filter(slug=address).exists()
            column = "program" if isinstance(gone, Program) else "school"
            led = FormerSlug.objects.filter(slug=address, **{f"{column}__isnull": False})
            if others or led.exclude(**{column: survivor.pk}).exists():
                said.append(f"The address {address} belongs to another listing by now.")
    return said


def fingerprint(*, gone: Program | School, survivor: Program | School) -> str:
    """Changes when something that a person decides by does: any field of the two, or a row that staff keep of either.

    Not when a reader clicks or saves.
    """
    parts = [f"{row.columns}{row.one}{row.other}" for row in side_by_side(gone, survivor)]
    for listing in (gone, survivor):
        for each in belongings_of(type(listing)):
            if hasattr(each.model, "history"):
                keys = rows_of(each, listing).order_by("pk").values_list("pk", flat=True)
                parts += [each.noun, *map(str, keys)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def check_seen(*, gone: Program | School, survivor: Program | School, seen: str) -> None:
    """Raises ChangedMeanwhileError unless nothing was said to be seen, or it is still so."""
    if seen and seen != fingerprint(gone=gone, survivor=survivor):
        raise ChangedMeanwhileError


def _two_for_the_files(gone: School, survivor: School) -> list[str]:
    """Programs on the lists that an official file names at the one and that have no counterpart at the other."""
    there = {
        (program.field_id, program.award_level)
        for program in Program.objects.filter(school=survivor, merged_into=None).select_related("release")
        if not by_hand.is_by_hand(program)
    }
    listed = Program.objects.filter(school=gone, merged_into=None, state=ListingState.LISTED)
    reported = [
        str(program)
        for program in listed.select_related("field", "release").order_by("pk")
        if (program.field_id, program.award_level) not in there and not by_hand.is_by_hand(program)
    ]
    if not reported:
        return []
    more = f" and {len(reported) - NAMED} more" if len(reported) > NAMED else ""
    named = f"{', '.join(reported[:NAMED])}{more}"
    return [
        f"The official files still name programs of {gone} that {survivor} does not have: {named}.",
        "These are two schools for as long as that is so.",
    ]
