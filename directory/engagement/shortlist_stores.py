"""Where a shortlist is kept: in the session of a reader without an account, in rows of a reader who has one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any, Final, Protocol

from django.contrib.auth import get_user_model
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.db.models import QuerySet

from directory.engagement.reader_session import changing
from directory.models import Program, SavedProgram

#: The parts of a session. What was removed last stays in the session also for a reader with an account.
SAVED: Final = "shortlist"
REMOVED: Final = "shortlist_removed"


@dataclass(frozen=True, slots=True)
class Saved:
    """A saved program: its key, the reader's note ("" for none), when it was saved (UTC)."""

    program: int
    note: str
    saved_at: dt.datetime


class Store(Protocol):
    """What a shortlist asks of the place where it is kept."""

    def read(self) -> dict[int, Saved]: ...

    def keys(self) -> frozenset[int]:
        """The programs alone: of fifty notes no page but the plan needs a word."""
        ...

    def changing(self) -> AbstractContextManager[dict[int, Saved]]:
        """What is held, to be changed in place; written whole or not at all, one change after the other."""
        ...

    def removed(self) -> Saved | None: ...

    def remember(self, gone: Saved | None) -> None:
        """Keep what was removed, for `removed`; None forgets it."""
        ...


class Nowhere:
    """For a page that is drawn without a session: holds nothing."""

    def read(self) -> dict[int, Saved]:
        return {}

    def keys(self) -> frozenset[int]:
        return frozenset()

    @contextmanager
    def changing(self) -> Iterator[dict[int, Saved]]:
        yield {}

    def removed(self) -> Saved | None:
        return None

    def remember(self, gone: Saved | None) -> None:
        """Nothing to keep it in."""


class SessionPart:
    """In the reader's session. `unread` spares the look into a session that the request did not bring."""

    def __init__(self, session: SessionBase, *, unread: bool = False) -> None:
        self._session, self._unread = session, unread

    def read(self) -> dict[int, Saved]:
        return {} if self._unread else _decoded(self._session.get(SAVED) or {})

    def keys(self) -> frozenset[int]:
        return frozenset(self.read())

    @contextmanager
    def changing(self) -> Iterator[dict[int, Saved]]:
        with changing(self._session, SAVED) as part:
            held = _decoded(part)
            yield held
            part.clear()
            part.update(_encoded(held))
        self._unread = False

    def removed(self) -> Saved | None:
        return None if self._unread else _only(self._session.get(REMOVED) or {})

    def remember(self, gone: Saved | None) -> None:
        _remember(self._session, gone)


class Rows:
    """As rows of a reader with an account; what was removed last is in the session of the moment."""

    def __init__(self, reader: int, session: SessionBase) -> None:
        self._reader, self._session = reader, session

    def read(self) -> dict[int, Saved]:
        rows = self._own().values_list("program", "note", "saved_at")
        return {row[0]: Saved(*row) for row in rows}

    def keys(self) -> frozenset[int]:
        return frozenset(self._own().order_by().values_list("program", flat=True))

    def _own(self) -> QuerySet[SavedProgram]:
        """Without what became another program that stands on the list, too: see `curation.merging`."""
        return SavedProgram.objects.filter(reader=self._reader, program__merged_into=None)

    @contextmanager
    def changing(self) -> Iterator[dict[int, Saved]]:
        with transaction.atomic():
            # One reader's changes come one after the other, also the first one, of which there is no row yet.
            get_user_model().objects.select_for_update().get(pk=self._reader)
            before = self.read()
            held = dict(before)
            yield held
            rows = SavedProgram.objects.filter(reader=self._reader)
            if gone := before.keys() - held.keys():
                rows.filter(program__in=gone).delete()
            there = _standing(held.keys() - before.keys())
            for each in held.values():
                if (program := there.get(each.program)) is not None:
                    SavedProgram.objects.get_or_create(
                        reader_id=self._reader,
                        program_id=program,
                        defaults={"note": each.note, "saved_at": each.saved_at},
                    )
                elif each != before.get(each.program, each):
                    rows.filter(program=each.program).update(note=each.note)

    def removed(self) -> Saved | None:
        return _only(self._session.get(REMOVED) or {})

    def remember(self, gone: Saved | None) -> None:
        _remember(self._session, gone)


def _standing(programs: Collection[int]) -> dict[int, int]:
    """Program -> itself, or the one that it became; without those that are gone. Waits for a merge under way."""
    rows = Program.objects.filter(pk__in=programs).select_for_update(no_key=True).order_by("pk")
    return {pk: merged_into or pk for pk, merged_into in rows.values_list("pk", "merged_into")}


def _remember(session: SessionBase, gone: Saved | None) -> None:
    with changing(session, REMOVED) as part:
        part.clear()
        part.update(_encoded({gone.program: gone}) if gone else {})


def _encoded(held: dict[int, Saved]) -> dict[str, Any]:
    return {str(each.program): [each.note, each.saved_at.isoformat()] for each in held.values()}


def _decoded(part: dict[str, Any]) -> dict[int, Saved]:
    return {int(key): Saved(int(key), note, dt.datetime.fromisoformat(at)) for key, (note, at) in part.items()}


def _only(part: dict[str, Any]) -> Saved | None:
    return next(iter(_decoded(part).values()), None)
