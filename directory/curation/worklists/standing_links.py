"""Which addresses of broken links stand at their listings at this moment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.db.models import Max, Min, OuterRef, QuerySet, Subquery

from directory.curation.links.register import OF_PROGRAMS, OF_SCHOOLS, link_of
from directory.models import LinkUse, ProgramFact

#: As what an address stands at a school -> the column that holds it; at a program -> the kind of fact.
COLUMN: Final = {label: column for column, label in OF_SCHOOLS.items()}
FACT: Final = {label: kind for kind, label in OF_PROGRAMS.items()}
#: What a use is asked for besides, without a query of its own: the dashboard has few.
BESIDES: Final = (
    *(f"school__{column}" for column in OF_SCHOOLS),
    *(f"{end}_{kind}" for kind in OF_PROGRAMS for end in ("first", "last")),
)


def with_addresses(uses: QuerySet[LinkUse]) -> QuerySet[LinkUse]:
    """Uses with the columns of BESIDES, for `still_standing`."""
    ends = {
        f"{end}_{kind}": Subquery(
            ProgramFact.objects.filter(program=OuterRef("program_id"), kind=kind)
            .order_by()
            .values("program")
            .annotate(found=of("value"))
            .values("found")
        )
        for kind in OF_PROGRAMS
        for end, of in (("first", Min), ("last", Max))
    }
    return uses.annotate(**ends)


def still_standing(uses: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Those uses whose listing still holds the address.

    The link checker renews what it knows of uses when it runs; a curator mends an address in between. Evidence, the
    addresses of exams and guides, and programs with several addresses of one kind are taken as the checker left them.
    """
    return [use for use in uses if _stands(use)]


def _stands(use: Mapping[str, Any]) -> bool:
    kind = use["kind"]
    if use["program_id"] is not None and kind in FACT:
        first, last = use[f"first_{FACT[kind]}"], use[f"last_{FACT[kind]}"]
        return first != last or link_of(first) == use["url"]
    if use["program_id"] is None and use["school_id"] is not None and kind in COLUMN:
        return link_of(use[f"school__{COLUMN[kind]}"]) == use["url"]
    return True
