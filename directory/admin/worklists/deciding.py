"""Doing what was asked with each of the checked cases, and saying what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction

from directory.admin.worklists.form import DecideForm, Mark, Verb
from directory.curation.worklists import decisions
from directory.curation.worklists.board import Row, forget_figures, kinds, rows
from directory.curation.worklists.case import Kind
from directory.models import CaseDecision


@dataclass(slots=True)
class Done:
    """What became of the checked cases; `trouble` says for each that was left alone why."""

    count: int = 0
    trouble: list[str] = field(default_factory=list)


def decide(*, form: DecideForm, by: User, of: Mapping[str, Kind] | None = None) -> Done:
    """All of it or, where the database fails, nothing. Cases that others have decided about meanwhile are left alone.

    `of` are the worklists that the page shows, all of them unless told otherwise.
    Raises PermissionDenied when one of them is of a worklist that `by` does not decide about.
    """
    known = kinds() if of is None else of
    wanted = {mark.kind for mark in form.marks}
    if any(slug not in known or not by.has_perm(known[slug].decided_with) for slug in wanted):
        raise PermissionDenied
    held = {(row.case.kind, row.case.key): row for row in rows(known[slug] for slug in sorted(wanted))}
    done = Done()
    with transaction.atomic():
        for mark in form.marks:
            trouble = _one(mark, held.get((mark.kind, mark.key)), form, by)
            if trouble:
                done.trouble.append(trouble)
            else:
                done.count += 1
    forget_figures(wanted)
    return done


def _one(mark: Mark, row: Row | None, form: DecideForm, by: User) -> str:
    """Why it was left alone; "" when it was done."""
    if row is None:
        return "One of the cases is no longer on the list: what was wrong has been mended."
    name = f"“{row.case.subject}”"
    if mark.fingerprint != row.case.fingerprint:
        return f"{name} has changed since you opened this page: {row.case.reason} Look at it again."
    try:
        _say(row, form, by, seen=mark.seen)
    except decisions.OvertakenError as overtaken:
        return f"{name}: {in_words(overtaken.by_now, by)} Nothing was changed there."
    return ""


def _say(row: Row, form: DecideForm, by: User, *, seen: str) -> CaseDecision:
    given: dict[str, Any] = form.cleaned_data
    case, note = row.case, given["note"].strip()
    match form.verb:
        case Verb.SNOOZE:
            return decisions.snooze(case=case, until=given["until"], by=by, seen=seen, reason=note)
        case Verb.RESOLVE:
            return decisions.resolve(case=case, note=note, by=by, seen=seen)
        case Verb.IGNORE:
            return decisions.ignore(case=case, reason=note, by=by, seen=seen)
        case Verb.UNDO:
            return decisions.undo(case=case, by=by, seen=seen)
    if given["to"] is None:
        return decisions.release(case=case, by=by, seen=seen)
    return decisions.assign(case=case, to=given["to"], by=by, seen=seen)


def in_words(said: Iterable[CaseDecision], by: User) -> str:
    """What somebody has said about a case meanwhile, as a sentence."""
    last = max(said, key=lambda row: row.pk, default=None)
    if last is None:
        return "somebody has put it back on the list meanwhile."
    who = "you have" if last.by_id == by.pk else f"{last.by or 'somebody'} has"
    when = f"on {last.made_at:%-d %b, %H:%M} UTC"
    what = {
        Verb.ASSIGN: f"given it to {last.assignee or 'somebody'}",
        Verb.SNOOZE: f"put it off until {last.until}",
        Verb.RESOLVE: "noted it as dealt with",
        Verb.IGNORE: "ignored it",
    }[Verb(last.verb)]
    return f"{who} {what} {when}{f': “{last.reason}”.' if last.reason else '.'}"


def said_in_words(verb: str, done: int, to: User | None) -> str:
    """What the page says of the cases with which it was done."""
    cases = "1 case" if done == 1 else f"{done} cases"
    return {
        Verb.ASSIGN: f"{cases} given to {to}." if to else f"{cases} given to nobody.",
        Verb.SNOOZE: f"{cases} put off.",
        Verb.RESOLVE: f"{cases} noted as dealt with.",
        Verb.IGNORE: f"{cases} ignored for as long as the facts stay as they are.",
        Verb.UNDO: f"{cases} put back on the list.",
    }[Verb(verb)]
