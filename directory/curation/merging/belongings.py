"""What belongs to a listing and goes along when it becomes another one; what stays, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from directory.models import (
    Accreditation,
    AccreditationStatement,
    ClickCount,
    ErrorReport,
    FeaturedEntry,
    FormerSlug,
    LinkUse,
    Program,
    ProgramFact,
    Review,
    SavedProgram,
    School,
)


class Belonging(NamedTuple):
    """Rows of one table. `once` are the columns of which the survivor may hold a row already: that one then stands,
    and the row stays with the listing that is gone. `stays` says what becomes of such rows.
    """

    model: type[Any]
    noun: str
    once: tuple[str, ...] = ()
    stays: str = ""


OF_PROGRAM: Final = (
    Belonging(FormerSlug, "former addresses"),
    Belonging(
        Review,
        "reviews",
        ("reader",),
        "the same reader reviewed both: the review of the one that is kept stands, the other is shown no more",
    ),
    Belonging(ErrorReport, "reported errors"),
    Belonging(
        ProgramFact,
        "facts with evidence",
        ("kind", "evidence_url"),
        "the same page says the same kind of fact of both: the one that is kept stands",
    ),
    Belonging(Accreditation, "accreditation records"),
    Belonging(AccreditationStatement, "statements about accreditation"),
    Belonging(
        FeaturedEntry,
        "entries of featured lists",
        ("featured_list",),
        "the list names both: the entry of the one that is kept stands",
    ),
    Belonging(LinkUse, "uses of links"),
)
OF_SCHOOL: Final = (
    Belonging(FormerSlug, "former addresses"),
    Belonging(ErrorReport, "reported errors"),
    # What an official file keys by the school's own number comes back with the file, so it stays there.
    Belonging(Accreditation, "accreditation records entered by staff"),
    Belonging(
        AccreditationStatement,
        "statements about accreditation",
        ("agency_as_stated", "program_title_as_stated", "evidence_url", "status_as_stated"),
        "the same page says the same of both",
    ),
    Belonging(LinkUse, "uses of links"),
)


def column_of(listing: Program | School) -> str:
    """The column by which other tables name such a listing."""
    return "program" if isinstance(listing, Program) else "school"


def belongings_of(kind: type[Program | School]) -> Sequence[Belonging]:
    return OF_PROGRAM if kind is Program else OF_SCHOOL


def rows_of(each: Belonging, listing: Program | School) -> QuerySet[Any]:
    """The rows of one table that belong to the listing itself."""
    rows: QuerySet[Any] = each.model._default_manager.filter(**{column_of(listing): listing})
    if isinstance(listing, School):
        columns = {field.name for field in each.model._meta.concrete_fields}
        if "program" in columns:
            rows = rows.filter(program=None)
        if each.model is Accreditation:
            rows = rows.filter(external_key="")
    return rows


def going(each: Belonging, *, gone: Program | School, survivor: Program | School) -> QuerySet[Any]:
    """Of these rows, those that can go along."""
    rows = rows_of(each, gone)
    if not each.once:
        return rows
    same = {name: OuterRef(name) for name in each.once}
    return rows.filter(~Exists(rows_of(each, survivor).filter(**same)))


def readers_of_both(gone: Program, survivor: Program) -> QuerySet[SavedProgram]:
    """What readers saved of the program that is gone who have saved the other one too."""
    other = SavedProgram.objects.filter(program=survivor, reader=OuterRef("reader"))
    return SavedProgram.objects.filter(Exists(other), program=gone)


def clicks_of(listing: Program | School) -> QuerySet[ClickCount]:
    """The counts of leaves of the listing's own page."""
    if isinstance(listing, Program):
        return ClickCount.objects.filter(program=listing)
    return ClickCount.objects.filter(Q(school=listing) & Q(program=None))
