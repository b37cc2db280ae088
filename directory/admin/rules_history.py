"""Who changed what in a rule set, its routes and their conditions: one list, the newest change first."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.apps import apps
from django.contrib.auth.models import User
from django.db.models import Field

from directory.models import Condition, Route, RuleSet

#: More than these nobody reads on one page; a single row's own history has them all.
SHOWN: Final = 300
CREDENTIALS: Final = "credentials_in_words"


@dataclass(frozen=True, slots=True)
class Difference:
    """One column before and after, in words."""

    column: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Change:
    """What somebody did to one row. `who` is None for the shipped table."""

    when: dt.datetime
    who: User | None
    what: str
    kind: str  # "+" added, "~" changed, "-" deleted
    differences: tuple[Difference, ...]
    reason: str = ""


def changes(rule_set: int) -> list[Change]:
    """The changes of the rule set with this key and of whatever has ever lain in it, the newest first."""
    sets = list(_records(RuleSet, id=rule_set))
    routes = list(_records(Route, rule_set_id=rule_set))
    ways = {record.id: record.code for record in reversed(routes)}
    conditions = list(_records(Condition, route_id__in=ways).select_related("agency"))
    _name_credentials(conditions)
    found = [
        *_changes(sets, lambda record: "The rule set"),
        *_changes(routes, lambda record: f"Route {record.code}"),
        *_changes(conditions, lambda record: f"Route {ways[record.route_id]}: {record.text}"),
    ]
    # A stable sort: of one moment, the whole stands before its parts.
    return sorted(found, key=lambda change: change.when, reverse=True)[:SHOWN]


def _records(model: Any, **which: Any) -> Any:
    records = model.history.filter(**which).select_related("history_user")
    return records.order_by("-history_date", "-history_id")


def _changes(records: Sequence[Any], name: Any) -> Iterator[Change]:
    """Each record against the one before it of the same row; a record that changed nothing is left out."""
    earlier: dict[int, Any] = {}
    found: list[Change] = []
    for record in reversed(records):
        before = earlier.get(record.id)
        kind = record.history_type
        differences = tuple(_differences(before, record)) if kind == "~" and before else ()
        if differences or kind != "~" or before is None:
            reason = record.history_change_reason or ""
            found.append(Change(record.history_date, record.history_user, name(record), kind, differences, reason))
        earlier[record.id] = record
    return reversed(found)


def _differences(before: Any, after: Any) -> Iterator[Difference]:
    for field in after.tracked_fields:
        old, new = words(before, field), words(after, field)
        if old != new:
            yield Difference(str(field.verbose_name), old, new)
    old, new = getattr(before, CREDENTIALS, "–"), getattr(after, CREDENTIALS, "–")
    if old != new:
        yield Difference("credentials", old, new)


def words(record: Any, field: Field) -> str:
    """What a row or a record of it says in a column."""
    if field.many_to_many:
        return _listed(map(str, getattr(record, field.name).all()))
    shown = getattr(record, f"get_{field.name}_display", None)
    value = shown() if shown else getattr(record, field.attname)
    if field.name == "agency" and value is not None:
        value = record.agency
    if isinstance(value, list):
        return _listed(map(str, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "–" if value is None or value == "" else str(value)


def _name_credentials(records: Sequence[Any]) -> None:
    """Leave on each record of a condition which credentials it named; one query for all of them."""
    kept = apps.get_model("directory", "HistoricalCondition_credentials")
    named: defaultdict[int, list[str]] = defaultdict(list)
    links = kept.objects.filter(history__in=[record.pk for record in records])
    for record, acronym in links.values_list("history_id", "certification__acronym"):
        named[record].append(acronym or "an exam that is gone")
    for record in records:
        setattr(record, CREDENTIALS, _listed(named[record.pk]))


def _listed(words: Iterable[str]) -> str:
    return ", ".join(sorted(words)) or "–"
