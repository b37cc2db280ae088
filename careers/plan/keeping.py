"""Where a plan is kept: in the session of a reader without an account, in one row of a reader who has one."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from careers.models import ReaderPlan, SharedPlan
from directory.engagement.reader_session import carries_session, changing
from directory.engagement.readers import reader_of

PART: Final = "plan"
#: Steps whose key says no more than their place on the way to the goal, whichever that is.
OF_THE_GOAL: Final = ("exam", "renewal", "before-", "jobs")


@dataclass(frozen=True, slots=True)
class Settings:
    """What the reader chose. `program` is the key of a program, None for none; `where` as typed, `state` what it was
    read as ("" for nothing).
    """

    goal: str
    hours: int
    start: dt.date
    program: int | None = None
    where: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """A plan as it is kept. `done` is step -> day of the tick, `own` step -> day that the reader has set.

    `seen` is step -> [title, day, cost] as the reader last agreed to, on the way to `seen_goal`. `dropped` are such
    steps that stood in the plan before and do not any more: a calendar may hold them still. `made` is shared
    copy -> when it was made.
    """

    settings: Settings
    uid: str
    revision: int
    changed_at: dt.datetime
    done: dict[str, str]
    seen: dict[str, list[Any]]
    shares: list[str]
    seen_goal: str = ""
    dropped: dict[str, list[Any]] = field(default_factory=dict)
    made: dict[str, str] = field(default_factory=dict)
    own: dict[str, str] = field(default_factory=dict)


def kept_plan(request: HttpRequest) -> Kept | None:
    """The reader's plan; None without one. Asks nothing without a session."""
    if not carries_session(request) or not hasattr(request, "session"):
        return None
    reader = reader_of(request)
    if reader is None:
        return decoded(request.session.get(PART) or {})
    row = ReaderPlan.objects.filter(reader=reader).first()
    return decoded(row.state) if row else None


@contextmanager
def changing_plan(request: HttpRequest) -> Iterator[dict[str, Any]]:
    """The raw state, to be changed in place: one change after the other, written whole or not at all."""
    reader = reader_of(request)
    if reader is None:
        with changing(request.session, PART) as state:
            yield state
        return
    with _row_of(reader) as state:
        yield state


def set_settings(state: dict[str, Any], chosen: Settings) -> None:
    """Begin a plan or change what it is for; ticks, shares and what was agreed to stay.

    The reader's own days of an exam belong to that exam, those of a program to that program: with another goal or
    program they go, and what was agreed to shows what became of them.
    """
    before = state.get("settings") or {}
    if own := state.get("own"):
        goal, program = (before.get(name) == getattr(chosen, name) for name in ("goal", "program"))
        state["own"] = {
            key: day for key, day in own.items() if (goal if key.startswith(OF_THE_GOAL) else program)
        }  # fmt: skip
    state["settings"] = {
        "goal": chosen.goal,
        "hours": chosen.hours,
        "start": chosen.start.isoformat(),
        "program": chosen.program,
        "where": chosen.where,
        "state": chosen.state,
    }
    state.setdefault("uid", secrets.token_hex(8))
    stamp(state)


def agree_to(state: dict[str, Any], snapshot: dict[str, list[Any]], goal: str) -> None:
    """Remember the steps that the reader has seen (step -> [title, day, cost]), and those that are gone by now."""
    former = {**state.get("dropped", {}), **state.get("seen", {})}
    state["dropped"] = {key: step for key, step in former.items() if key not in snapshot}
    state["seen"], state["seen_goal"] = snapshot, goal


def set_day(state: dict[str, Any], key: str, day: dt.date | None, *, seen: dt.date | None) -> None:
    """Set the day of a step, or take the reader's own away (None); `seen` is the day that the step has by it.

    The reader chose it, so it is no change to be told of; the days that move with it are.
    """
    own = state.setdefault("own", {})
    if day is None:
        own.pop(key, None)
    else:
        own[key] = day.isoformat()
    if key in state.get("seen", {}):
        title, _, *cost = state["seen"][key]
        state["seen"][key] = [title, seen.isoformat() if seen else None, *cost]
    stamp(state)


def stamp(state: dict[str, Any]) -> None:
    """Count the change: a calendar knows by it that an entry is newer than the one it holds."""
    state["revision"] = int(state.get("revision", 0)) + 1
    state["changed"] = timezone.now().isoformat(timespec="seconds")


def decoded(state: dict[str, Any]) -> Kept | None:
    """A plan from its raw state; None for an empty one."""
    chosen = state.get("settings")
    if not chosen:
        return None
    settings = Settings(**{**chosen, "start": dt.date.fromisoformat(chosen["start"])})
    changed = dt.datetime.fromisoformat(state["changed"])
    done, seen, shares = state.get("done", {}), state.get("seen", {}), state.get("shares", [])
    goal, dropped = state.get("seen_goal", ""), state.get("dropped", {})
    return Kept(
        settings,
        state["uid"],
        state["revision"],
        changed,
        done,
        seen,
        shares,
        goal,
        dropped,
        state.get("made", {}),
        state.get("own", {}),
    )


def forget(request: HttpRequest) -> None:
    """Delete the plan and every copy that was shown to others."""
    with transaction.atomic(), changing_plan(request) as state:
        SharedPlan.objects.filter(key__in=state.get("shares", [])).delete()
        state.clear()


def take_over(session: SessionBase, user: User) -> bool:
    """Move a session's plan to the reader who signs in; True when it became the account's.

    Of two plans the one that was changed last stays. Copies that either has shown can still be taken back.
    """
    if not session.get(PART):
        return False
    with transaction.atomic(), changing(session, PART) as ours:
        with _row_of(user) as theirs:
            shares = [*theirs.get("shares", []), *ours.get("shares", [])]
            made = {**theirs.get("made", {}), **ours.get("made", {})}
            newer = not theirs or ours["changed"] > theirs["changed"]
            if newer:
                theirs.clear()
                theirs.update(ours)
            theirs["shares"], theirs["made"] = shares, made
        SharedPlan.objects.filter(key__in=shares).update(reader=user)
        ours.clear()
        return newer


def bring_along(*, request: HttpRequest, reader: User) -> None:
    """What happens to this browser's plan when its reader signs in (`when_a_reader_signs_in`)."""
    take_over(request.session, reader)


@contextmanager
def _row_of(reader: User) -> Iterator[dict[str, Any]]:
    with transaction.atomic():
        # The account's own row is the lock, for the first change as well, of which there is no plan yet.
        get_user_model().objects.select_for_update().get(pk=reader.pk)
        row = ReaderPlan.objects.filter(reader=reader).first() or ReaderPlan(reader=reader, state={})
        yield row.state
        if row.state:
            row.save()
        elif row.pk:
            row.delete()
