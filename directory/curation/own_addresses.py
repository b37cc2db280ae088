"""A program's own addresses as columns beside its others: the page about it and the page to apply, with their days.

They stand in the program's facts (`ProgramFact`). Readers are sent to one only once somebody opened it.
"""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from django.contrib.auth.models import User
from django.db import models
from django.utils import timezone

from directory.curation import by_hand
from directory.curation.signature import begin_history, sign
from directory.links import outbound
from directory.models import Program, ProgramFact
from directory.vocab import Reliability, Source


class Own(NamedTuple):
    """Which fact a column shows, and whether its address or its day; `field` reads what somebody types."""

    kind: str
    is_day: bool
    field: Any


def _address(words: str) -> Any:
    return models.CharField(words, max_length=500, blank=False)


def _day(words: str) -> Any:
    return models.DateField(f"{words}, opened on", null=True, blank=True)


OWN: Final[Mapping[str, Own]] = {
    "program_url": Own(ProgramFact.Kind.PROGRAM_URL, False, _address("Program page")),
    "program_url_opened_on": Own(ProgramFact.Kind.PROGRAM_URL, True, _day("Program page")),
    "apply_url": Own(ProgramFact.Kind.APPLY_URL, False, _address("Application page")),
    "apply_url_opened_on": Own(ProgramFact.Kind.APPLY_URL, True, _day("Application page")),
}
#: Address -> the day beside it.
DAY_OF: Final = {"program_url": "program_url_opened_on", "apply_url": "apply_url_opened_on"}
KEPT: Final = ("value", "evidence_url", "unit", "note", "reliability", "release_id")
CANNOT_BE_EMPTY: Final = (
    "An address is not emptied here: clear the day on which it was opened, and no reader is sent there any more."
)


def value(program: Program, column: str) -> Any:
    """The address, "" for none, or its day; of several pages of a kind that to which readers are sent."""
    own = OWN[column]
    return _shown(_best(program.facts.all(), own.kind), is_day=own.is_day)


def values_of(programs: Collection[int]) -> dict[int, dict[str, Any]]:
    """Key of a program -> column -> value, of those that have any page; one query."""
    held: dict[int, list[ProgramFact]] = {}
    kinds = {own.kind for own in OWN.values()}
    for fact in ProgramFact.objects.filter(program__in=programs, kind__in=kinds).order_by("pk"):
        held.setdefault(fact.program_id, []).append(fact)
    found: dict[int, dict[str, Any]] = {}
    for key, facts in held.items():
        best = {own.kind: _best(facts, own.kind) for own in OWN.values()}
        found[key] = {name: _shown(best[own.kind], is_day=own.is_day) for name, own in OWN.items()}
    return found


def _shown(fact: ProgramFact | None, *, is_day: bool) -> Any:
    """A fact without a value says why there is no address, and its day is that of looking for one."""
    if is_day:
        return fact.checked_on if fact and fact.value else None
    return fact.value if fact else ""


def nothing(names: Iterable[str]) -> list[Any]:
    """What stands in these columns of a program without a page of its own."""
    return [None if OWN[name].is_day else "" for name in names]


def with_values(program: Program, values: Mapping[str, Any]) -> list[ProgramFact]:
    """The facts of a program as they would be with these values of columns. Writes nothing."""
    facts = list(program.facts.all()) if program.pk else []
    for name, day in DAY_OF.items():
        if not {name, day} & values.keys():
            continue
        kind = OWN[name].kind
        held = _best(facts, kind)
        made = copy.copy(held) if held else ProgramFact(program=program, kind=kind)
        was_none = not made.value
        made.value = values.get(name, made.value)
        made.checked_on = values.get(day, None if was_none else made.checked_on)
        if made.value:
            facts = [*(fact for fact in facts if fact is not held), made]
    return facts


def problems(program: Program, values: Mapping[str, Any], touched: Collection[str]) -> Iterator[tuple[str, str]]:
    """Column and words for what cannot be, as the form of the fact says it. Values of other columns are passed over."""
    today = timezone.localdate()
    facts = list(program.facts.all()) if program.pk and {*touched} & OWN.keys() else []
    for name, day in DAY_OF.items():
        own = [fact for fact in facts if fact.kind == OWN[name].kind]
        of_both = [column for column in (name, day) if column in touched and column in values]
        if len(own) > 1:
            yield from (
                (column, f"{len(own)} pages of this kind are stored: change them on the program’s own page.")
                for column in of_both
            )
            continue
        opened = values.get(day)
        if day in of_both and opened and opened > today:
            yield day, "This day has not come yet."
        elif day in of_both and opened and not values.get(name):
            yield day, "There is no address that somebody could have opened."
        if name in of_both and values[name] and day not in of_both and opened and opened != today:
            yield (
                name,
                (
                    f"It was the old address that was opened on {opened.isoformat()}: say beside it when you opened "
                    "the new one."
                ),
            )


def readers_see(program: Program, column: str, values: Mapping[str, Any]) -> str:
    """What follows for readers, where the value does not say it. `values` are those that change."""
    own = OWN[column]
    opened = next(name for name, each in OWN.items() if each.kind == own.kind and each.is_day)
    if (values[opened] if opened in values else value(program, opened)) is None:
        return "No reader is sent there until somebody says when they opened it."
    return ""


def kept(program: Program, column: str) -> dict[str, Any] | None:
    """What stands behind a column, as JSON keeps it, to compare it and to make it anew; None for nothing.

    An address and its day are one statement, so that the same stands behind both: neither goes back without the other.
    """
    own = OWN[column]
    fact = _best(program.facts.all(), own.kind)
    if fact is None or (own.is_day and not fact.value):
        return None
    day = {"checked_on": fact.checked_on.isoformat() if fact.checked_on else None}
    return {name: getattr(fact, name) for name in KEPT} | day


def stands(program: Program, column: str, then: Mapping[str, Any] | None) -> bool:
    """Whether what was kept of a column stands behind it still. Batches of earlier days have kept less of it."""
    now = kept(program, column)
    return now == then if now is None or then is None else then.items() <= now.items()


def beside(program: Program, column: str, then: Mapping[str, Any] | None) -> str:
    """What has become another beside a value that is still the same."""
    now, then = kept(program, column) or {}, then or {}
    if now.get("value") != then.get("value"):
        return "the address that it belongs to"
    return "the day beside it" if now.get("checked_on") != then.get("checked_on") else "what is stated beside it"


def put(*, program: Program, column: str, value: Any, by: User | None, why: str, evidence_url: str = "") -> ProgramFact:
    """Give a program an address, or an address its day. What a file stated is ours then, and no load changes it.

    The page on which a file found the address stays beside it: by it the next file knows the fact again.
    """
    own = OWN[column]
    fact = _best(program.facts.select_for_update(of=("self",)), own.kind)
    if own.is_day:
        if fact is None:
            raise ValueError("A day belongs to an address.")
        begin_history(fact)
        fact.checked_on = value
        return _saved(fact, by=by, why=why)
    if fact is None:
        fact = ProgramFact(program=program, kind=own.kind, evidence_url=evidence_url or outbound(value) or value)
    else:
        begin_history(fact)
        if not fact.value:
            fact.note, fact.checked_on = "", None  # why there was no address, and who looked when
        if evidence_url and fact.release.source == Source.STAFF:
            fact.evidence_url = evidence_url
    fact.value, fact.release = value, by_hand.staff_release(timezone.localdate().year)
    return _saved(fact, by=by, why=why)


def put_back(
    *, program: Program, column: str, old: Any, before: dict[str, Any] | None, by: User | None, why: str
) -> None:
    """Bring back what stood behind a column; a fact that was not there goes, and stays in the history."""
    own = OWN[column]
    fact = _best(program.facts.select_for_update(of=("self",)), own.kind)
    if fact is None:
        return
    if own.is_day:
        if not fact.value:
            return  # it says again why there is no address
        fact.checked_on = old
    elif before is None:
        sign(fact, by=by, why=why)
        fact.delete()
        return
    else:
        for name, held in before.items():
            setattr(fact, name, dt.date.fromisoformat(held) if name == "checked_on" and held else held)
    _saved(fact, by=by, why=why)


def _saved(fact: ProgramFact, *, by: User | None, why: str) -> ProgramFact:
    sign(fact, by=by, why=why)
    fact.save()
    return fact


def _best(facts: Iterable[ProgramFact], kind: str) -> ProgramFact | None:
    """Of several pages the one that readers are sent to: see `directory.links`."""
    return min((fact for fact in facts if fact.kind == kind), key=_rank, default=None)


def _rank(fact: ProgramFact) -> tuple[bool, bool, bool, int, int]:
    opened = fact.checked_on.toordinal() if fact.checked_on else 0
    return not fact.value, fact.checked_on is None, fact.reliability != Reliability.HIGH, -opened, fact.pk or 0
