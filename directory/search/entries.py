"""The search table of names: what a text can mean, derived from the facts of every app that has any.

An app contributes by naming functions in its AppConfig (`search_entries`), each of which yields entries; so careers
adds occupations without the directory knowing of it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from django.apps import apps
from django.db import transaction
from django.utils.module_loading import import_string

from directory.models import Program, SearchEntry

BATCH: Final = 1_000
#: Kinds that belong to one school, and so can be rebuilt for some schools only.
OF_SCHOOLS: Final = (SearchEntry.Kind.SCHOOL, SearchEntry.Kind.PROGRAM)
COLUMNS: Final = ("label", "names", "lesser_names", "fields", "weight", "url")


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of SearchEntry before it is written; names one to a line."""

    kind: str
    key: str
    label: str
    names: str = ""
    lesser_names: str = ""
    fields: dict[str, float] = field(default_factory=dict)
    weight: float = 1.0
    url: str = ""


#: Yields the entries of one kind, of all schools or of some.
Source = Callable[[Collection[int] | None], Iterable[Entry]]


def lines(names: Iterable[str], *, without: str = "") -> str:
    """Names one to a line, each once, without those that say no more than `without`."""
    seen = {without.casefold(): None}
    kept = []
    for name in (" ".join(each.split()) for each in names):
        if name and name.casefold() not in seen:
            seen[name.casefold()] = None
            kept.append(name)
    return "\n".join(kept)


def rebuild_entries(school_ids: Collection[int] | None = None) -> int:
    """Bring the table in line with the facts, or only what belongs to some schools; returns how many rows changed.

    Rows that are right already are not written. Runs inside the caller's transaction when there is one.
    """
    wanted = {(entry.kind, entry.key): entry for entry in _every(school_ids)}
    held = {(row.kind, row.key): row for row in _held(school_ids)}
    changed = []
    for key in wanted.keys() & held.keys():
        given = _values(wanted[key])
        row = held[key]
        if any(getattr(row, name) != given[name] for name in COLUMNS):
            for name in COLUMNS:
                setattr(row, name, given[name])
            changed.append(row)
    missing = [SearchEntry(**asdict(wanted[key])) for key in sorted(wanted.keys() - held.keys())]
    gone = [held[key].pk for key in held.keys() - wanted.keys()]
    with transaction.atomic():
        for start in range(0, len(gone), BATCH):
            SearchEntry.objects.filter(pk__in=gone[start : start + BATCH]).delete()
        SearchEntry.objects.bulk_create(missing, batch_size=BATCH)
        SearchEntry.objects.bulk_update(sorted(changed, key=lambda row: row.pk), COLUMNS, batch_size=200)
    return len(missing) + len(changed) + len(gone)


def _every(school_ids: Collection[int] | None) -> Iterator[Entry]:
    for config in apps.get_app_configs():
        paths = getattr(config, "search_entries", {})
        for kind, path in paths.items():
            if school_ids is None or kind in OF_SCHOOLS:
                source: Source = import_string(path)
                yield from source(school_ids)


def _values(entry: Entry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in COLUMNS}


def _held(school_ids: Collection[int] | None) -> list[SearchEntry]:
    """The rows that are there of what is rebuilt; few programs have a title of their own, so all of those are read."""
    if school_ids is None:
        return list(SearchEntry.objects.all())
    schools = {str(pk) for pk in school_ids}
    programs = {str(pk) for pk in Program.objects.filter(school__in=school_ids).values_list("pk", flat=True)}
    keys = {SearchEntry.Kind.SCHOOL.value: schools, SearchEntry.Kind.PROGRAM.value: programs}
    return [row for row in SearchEntry.objects.filter(kind__in=OF_SCHOOLS) if row.key in keys[row.kind]]
