"""What a public page needs before a program or a school has one, said all at once. Drafts may lack any of it."""

from __future__ import annotations

import copy
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from directory.curation.own_addresses import OWN, with_values
from directory.links import says_there_is_none, ways
from directory.models import FieldOfStudy, Program, ProgramFact, School
from directory.vocab import ListingState, SchoolState

#: Columns of a school that its page and its ways out begin with.
SHOWN: Final = frozenset(
    {"name", "city", "state", "website", "apply_url", "admissions_url", "aid_url", "net_price_url"}
)
SIX_DIGITS: Final = len("51.0707")
#: Figures that mean nothing without their year, or at least the day on which somebody read them.
RATES: Final = (
    ProgramFact.Kind.GRADUATION_RATE, ProgramFact.Kind.JOB_PLACEMENT_RATE, ProgramFact.Kind.RHIT_PASS_RATE,
    ProgramFact.Kind.PRICE,
)  # fmt: skip
WAS_PUBLIC: Final = "Readers have seen this page, so it is no draft any more: take the program off the list instead."
SCHOOL_WAS_PUBLIC: Final = (
    "Readers have seen this page, so it is no draft any more: choose how the school closed instead."
)


def state_problem(program: Program, values: Mapping[str, Any], touched: Collection[str]) -> str:
    """Why the program cannot have the state that it would have, every reason in one text; empty where it can.

    Only what comes to the lists is judged: an official program that stands there already may lack what it likes.
    """
    state = values.get("state")
    if "state" not in touched or not state:
        return ""
    if state == ListingState.DRAFT:
        return WAS_PUBLIC if program.pk and program.state != ListingState.DRAFT else ""
    if state != ListingState.LISTED or (program.pk and program.state == ListingState.LISTED):
        return ""
    missing = list(_missing(program, values))
    if not missing:
        return ""
    otherwise = "" if program.pk and program.state != ListingState.DRAFT else " Until then it can be kept as a draft."
    return f"It cannot be listed yet. {' '.join(missing)}{otherwise}"


def lost(program: Program, facts: Sequence[ProgramFact]) -> list[str]:
    """What the page would lack with these facts in place of those that it has, and does not lack now."""
    lacks = list(_missing(program, {}))
    return [said for said in _missing(program, {}, facts) if said not in lacks]


def address_problems(
    program: Program, values: Mapping[str, Any], touched: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Column and words where a listed program would lose the last of its addresses by its own columns."""
    own = [name for name in OWN if name in touched]
    if not own or not program.pk or {program.state, values.get("state", program.state)} != {ListingState.LISTED}:
        return  # what comes to the lists anew is judged by its state, and what leaves them may lack what it likes
    if said := " ".join(lost(program, with_values(program, values))):
        emptied = [name for name in own if OWN[name].is_day and not values.get(name)]
        yield from ((name, said) for name in emptied or own)


def status_problem(school: School, values: Mapping[str, Any], touched: Collection[str]) -> str:
    """Why the school cannot have the status that it would have; empty where it can.

    Only what becomes public is judged. An official school is no draft, and neither is one that readers have seen.
    """
    status = values.get("status")
    if "status" not in touched or not status:
        return ""
    was_draft = not school.pk or school.status == SchoolState.DRAFT
    if status == SchoolState.DRAFT:
        return "" if was_draft else SCHOOL_WAS_PUBLIC
    missing = list(_missing_of_school(school, values)) if was_draft else []
    return f"It cannot be published yet. {' '.join(missing)} Until then it can be kept as a draft." if missing else ""


def _missing_of_school(school: School, values: Mapping[str, Any]) -> Iterator[str]:
    would = copy.copy(school)
    for name, value in values.items():
        if name in SHOWN:
            setattr(would, name, value)
    yield from _without_place(would, "It")
    found = ways(would)
    if not found:
        yield "No address leads to it: enter its website."
    elif all(way.silent_on for way in found.values()):
        yield "None of its addresses answers: mend one of them first."


def _without_place(school: School, noun: str) -> Iterator[str]:
    for name, label in (("name", "name"), ("city", "city"), ("state", "state")):
        if not getattr(school, name).strip():
            yield f"{noun} has no {label}."


def _missing(program: Program, values: Mapping[str, Any], facts: Sequence[ProgramFact] | None = None) -> Iterator[str]:
    school: School | None = values.get("school") or (program.school if program.school_id else None)
    field: FieldOfStudy | None = values.get("field") or (program.field if program.field_id else None)
    facts = with_values(program, values) if facts is None else facts
    # What a form has not got says so beside its own field.
    if field and len(field.cip) != SIX_DIGITS:
        yield "It needs a field of study with a CIP code of six digits."
    if school:
        yield from _of_school(school, facts)
    for fact in facts:
        if fact.kind in RATES and fact.value and not (fact.year or fact.checked_on):
            yield f"“{fact.get_kind_display()}” has neither a year nor the day on which it was read."


def _of_school(school: School, facts: Iterable[ProgramFact]) -> Iterator[str]:
    if school.is_closed:
        yield "The school is closed."
    if school.status == SchoolState.DRAFT:
        yield "The school is a draft: publish the school first."
    yield from _without_place(school, "The school")
    found = ways(school, facts)
    if not found and not any(says_there_is_none(fact) for fact in facts):
        yield (
            "No address leads to the program or to its school: enter the school’s website, or a program page with the "
            "day on which somebody opened it. If there is none, say so: an application page without address, with the "
            "reason in its note and the day on which somebody looked."
        )
    elif found and all(way.silent_on for way in found.values()):
        yield "None of its addresses answers: mend one of them first."
