"""Rows below the form of a listing: what is changed or deleted there says why, and may not break a published page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from directory.curation.publishing import lost
from directory.models import Program, ProgramFact
from directory.vocab import ListingState

#: Where the admin leaves the inlines of a form, which the form judges together with itself: on the row.
BELOW: Final = "rows_below_its_form"
#: That somebody has opened a page again says itself.
OPENED: Final = frozenset({"checked_on"})
SAY_WHY: Final = "Say why: something below is changed or deleted, and the next person has to judge it."


def of(form: Any) -> list[Any]:
    """The inlines of a form, as the admin made them for this request."""
    return getattr(form.instance, BELOW, [])


def need_a_reason(formsets: Iterable[Any]) -> bool:
    """Whether something that stood there is changed or deleted; what is new brings its own evidence."""
    return any(set(form.changed_data) - OPENED for each in formsets for form in each.initial_forms)


def breaks(program: Program, formsets: Iterable[Any], state: str) -> list[str]:
    """What the page of a listed program would lack with these rows that it does not lack now, in words."""
    if state != ListingState.LISTED:
        return []
    facts = [each for each in formsets if each.model is ProgramFact and each.has_changed()]
    if not facts or not all(each.is_valid() for each in facts):
        return []
    return lost(program, [row for each in facts for row in _standing(each)])


def _standing(formset: Any) -> Iterator[Any]:
    """The rows as they would stand."""
    gone = formset.deleted_forms
    for form in formset.forms:
        if form not in gone and (form.instance.pk or form.has_changed()):
            yield form.instance


def broken_by_deleting(facts: Iterable[ProgramFact]) -> list[str]:
    """What pages of listed programs would lack without these facts, by program, in words."""
    gone = {fact.pk: fact.program for fact in facts}
    found = []
    for program in {each.pk: each for each in gone.values() if each.state == ListingState.LISTED}.values():
        words = lost(program, list(program.facts.exclude(pk__in=gone)))
        found += [f"{program}: {said}" for said in words]
    return found


def broken_by_changing(fact: ProgramFact) -> list[str]:
    """What the page of a listed program would lack with this fact as it is about to be saved."""
    stored = ProgramFact.objects.select_related("program__school").filter(pk=fact.pk).first()
    if stored is None or stored.program.state != ListingState.LISTED:
        return []
    kept = [fact] if fact.program_id == stored.program_id else []
    return lost(stored.program, [*stored.program.facts.exclude(pk=fact.pk), *kept])
