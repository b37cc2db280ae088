"""The programs that a reader has saved: at most fifty, each with a note, and the last one removed can come back.

Readers without an account, and staff, keep the list in their session, signed-in readers as rows (`SavedProgram`);
whoever uses a list need not know which.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from django.contrib.auth.models import User
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from directory.engagement.reader_session import carries_session, end_with_sign_in
from directory.engagement.readers import reader_of
from directory.engagement.shortlist_stores import Nowhere, Rows, Saved, SessionPart, Store
from directory.models import Program
from directory.models.saved_program import LONGEST_NOTE

LIMIT: Final = 50


class Full(Exception):
    """The list holds as many programs as it can."""


class NoteTooLong(Exception):
    """A note has more characters than are kept. `length` says how many it has."""

    def __init__(self, length: int) -> None:
        super().__init__(f"A note has at most {LONGEST_NOTE} characters, not {length}.")
        self.length = length


class Shortlist:
    """One reader's list. Reading costs no query when the request carries no session."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._held: dict[int, Saved] | None = None
        self._keys: frozenset[int] | None = None

    @property
    def saved(self) -> list[Saved]:
        """What is saved, the latest first."""
        return sorted(self._read().values(), key=lambda each: (each.saved_at, each.program), reverse=True)

    @property
    def programs(self) -> frozenset[int]:
        """The keys of the saved programs; asked for without the notes where those are not read yet."""
        if self._held is not None:
            return frozenset(self._held)
        if self._keys is None:
            self._keys = self._store.keys()
        return self._keys

    def __len__(self) -> int:
        return len(self.programs)

    def key_of(self, program: Program) -> int:
        """The key under which the program stands on this list: its own, or that of one which became this one.

        A session keeps the keys that it was given.
        """
        if program.pk in self.programs or not self.programs:
            return program.pk
        was = Program.objects.filter(merged_into=program, pk__in=self.programs).values_list("pk", flat=True).first()
        return program.pk if was is None else was

    @property
    def removed(self) -> Saved | None:
        """The program that was removed last, while that can be undone."""
        return self._store.removed()

    def save(self, *, program: int) -> Saved:
        """Put a program on the list; one that stands there already stays as it is, with its note. Raises Full."""
        with self._store.changing() as held:
            if program not in held:
                if len(held) >= LIMIT:
                    raise Full
                held[program] = Saved(program, "", timezone.now())
            self._held = dict(held)
            return held[program]

    def remove(self, *, program: int) -> Saved | None:
        """Take a program off the list and remember it for `undo`; None when it did not stand there."""
        gone = self._read().get(program)
        if gone is None:
            return None
        with transaction.atomic():
            # First, so that a session does not stand empty in between, which would end it.
            self._store.remember(gone)
            with self._store.changing() as held:
                gone = held.pop(program, gone)
                self._held = dict(held)
        return gone

    def undo(self) -> Saved | None:
        """Put back what was removed last, with its note and in its place; None when there is nothing. Raises Full."""
        gone = self.removed
        if gone is None:
            return None
        with transaction.atomic():
            with self._store.changing() as held:
                if gone.program not in held:
                    if len(held) >= LIMIT:
                        raise Full
                    held[gone.program] = gone
                self._held = dict(held)
            self._store.remember(None)
        return gone

    def write_note(self, *, program: int, note: str) -> Saved | None:
        """Set the note of a saved program; None when it is not saved. Raises NoteTooLong."""
        words = note.replace("\r\n", "\n").replace("\0", "").strip()
        if len(words) > LONGEST_NOTE:
            raise NoteTooLong(len(words))
        with self._store.changing() as held:
            if program in held:
                held[program] = replace(held[program], note=words)
            self._held = dict(held)
            return held.get(program)

    def clear(self) -> int:
        """Forget everything, notes and the way back included. The number of programs that stood there."""
        with transaction.atomic():
            with self._store.changing() as held:
                count = len(held)
                held.clear()
                self._held = {}
            self._store.remember(None)
        return count

    def _read(self) -> dict[int, Saved]:
        if self._held is None:
            self._held = self._store.read()
        return self._held


def shortlist_of(request: HttpRequest) -> Shortlist:
    """The list of the reader who asks; the same object each time within a request."""
    held: Shortlist | None = getattr(request, "reader_shortlist", None)
    if held is None:
        held = Shortlist(_store(request))
        request.reader_shortlist = held  # type: ignore[attr-defined]  # a request carries what was read for it
    return held


def bring_along(*, request: HttpRequest, reader: User) -> None:
    """What happens to this browser's list when its reader signs in (`when_a_reader_signs_in`)."""
    take_over(request.session, reader)
    end_with_sign_in(request.session)
    request.__dict__.pop("reader_shortlist", None)


def take_over(session: SessionBase, user: User) -> int:
    """Move a session's list to the reader who signs in; the number of programs that were new to the account.

    The union of both: where both hold a program, the account's note stays unless it is empty. An account that is full
    takes the latest ones that fit, and the rest stays in the session.
    """
    ours, theirs = SessionPart(session), Rows(user.pk, session)
    before = ours.read()
    if not before:
        return 0
    new, left = 0, {}
    with transaction.atomic(), theirs.changing() as held:
        for each in sorted(before.values(), key=lambda each: each.saved_at, reverse=True):
            known = held.get(each.program)
            if known is not None:
                held[each.program] = known if known.note else replace(known, note=each.note)
            elif len(held) < LIMIT:
                held[each.program], new = each, new + 1
            else:
                left[each.program] = each
        with ours.changing() as rest:
            rest.clear()
            rest.update(left)
    return new


def _store(request: HttpRequest) -> Store:
    session = getattr(request, "session", None)
    if session is None:
        return Nowhere()
    reader = reader_of(request) if hasattr(request, "user") else None
    if reader is not None:
        return Rows(reader.pk, session)
    return SessionPart(session, unread=not carries_session(request))
