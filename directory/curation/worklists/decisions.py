"""What staff say about a case: whose it is, not now, dealt with, to be ignored; and the way back."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone

from directory.curation.worklists.case import Case
from directory.models import CaseDecision

Verb = CaseDecision.Verb
#: What was dealt with comes back after so many days if the facts still say the same.
RESOLVED_DAYS: Final = 30


class OvertakenError(Exception):
    """Somebody else has said something about the case since it was looked at; `by_now` is what stands now."""

    def __init__(self, by_now: list[CaseDecision]) -> None:
        super().__init__("Somebody else was quicker.")
        self.by_now = by_now


def stamp(standing: list[CaseDecision]) -> str:
    """Tells what stood when somebody looked: "" for nothing, else the keys of the rows."""
    return "-".join(str(pk) for pk in sorted(row.pk for row in standing))


def assign(*, case: Case, to: User, by: User, seen: str) -> CaseDecision:
    """Give it to somebody, in the place of whoever had it. Raises OvertakenError."""
    return _say(case, Verb.ASSIGN, by, seen, assignee=to)


def release(*, case: Case, by: User, seen: str) -> CaseDecision:
    """Give it to nobody. Raises OvertakenError."""
    return _say(case, Verb.RELEASE, by, seen)


def snooze(*, case: Case, until: dt.date, by: User, seen: str, reason: str = "") -> CaseDecision:
    """Take it off the list until the morning of a day. Raises OvertakenError."""
    return _say(case, Verb.SNOOZE, by, seen, reason=reason, until=until)


def resolve(*, case: Case, note: str, by: User, seen: str) -> CaseDecision:
    """It was dealt with; if the facts say the same after a month it comes back. Raises OvertakenError."""
    until = timezone.now().date() + dt.timedelta(days=RESOLVED_DAYS)
    return _say(case, Verb.RESOLVE, by, seen, reason=note, until=until)


def ignore(*, case: Case, reason: str, by: User, seen: str) -> CaseDecision:
    """Take it off the list for as long as the facts stay the same. Raises OvertakenError."""
    return _say(case, Verb.IGNORE, by, seen, reason=reason)


def undo(*, case: Case, by: User, seen: str) -> CaseDecision:
    """Put it back on the list, whatever took it off. Raises OvertakenError."""
    return _say(case, Verb.UNDO, by, seen)


def _say(
    case: Case,
    verb: CaseDecision.Verb,
    by: User,
    seen: str,
    *,
    reason: str = "",
    until: dt.date | None = None,
    assignee: User | None = None,
) -> CaseDecision:
    """The database keeps one row of each sort, so that of two people at once the second is refused."""
    of_case = CaseDecision.objects.filter(kind=case.kind, key=case.key, stands=True)
    try:
        with transaction.atomic():
            standing = list(of_case.select_for_update().order_by("pk"))
            if stamp(standing) != seen:
                raise OvertakenError(standing)
            CaseDecision.objects.filter(pk__in=_replaced(standing, verb)).update(stands=False)
            return CaseDecision.objects.create(
                kind=case.kind, key=case.key, fingerprint=case.fingerprint, subject=case.subject[:300], verb=verb,
                reason=reason, until=until, assignee=assignee, by=by, made_at=timezone.now(),
                stands=verb not in (Verb.RELEASE, Verb.UNDO),
            )  # fmt: skip
    except IntegrityError:
        raise OvertakenError(list(of_case.select_related("by").order_by("pk"))) from None


def _replaced(standing: list[CaseDecision], verb: CaseDecision.Verb) -> list[int]:
    """What no longer counts: whose it was, or what took it off the list."""
    about_whose = verb in (Verb.ASSIGN, Verb.RELEASE)
    return [row.pk for row in standing if (row.verb == Verb.ASSIGN) == about_whose]
