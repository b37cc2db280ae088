"""Copies of a plan for others: a signed address that the reader can take back."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any, Final, NamedTuple

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from careers.models import SharedPlan
from careers.plan.keeping import Kept, changing_plan
from directory.engagement.reader_session import DAYS_KEPT
from directory.engagement.readers import reader_of

SALT: Final = "careers.plan.sharing"
#: More copies than anybody shows at a time; the oldest goes.
MOST: Final = 10
#: A signature in the letters of an address: shorter than Django's own, long enough that nobody finds one.
SEPARATOR: Final = "."


class Shown(NamedTuple):
    """A copy as its owner sees it: the key to take it back by, the part of its address, and when it was made."""

    key: str
    token: str
    made_at: dt.datetime


class Forged(Exception):
    """The address is none that this site has given out."""


class TakenBack(Exception):
    """The address was ours, and its copy is no longer shown."""


def share(*, request: HttpRequest, document: dict[str, Any]) -> SharedPlan:
    """Keep a copy under a new address; with the reader's eleventh, the first one goes."""
    tidy(now=timezone.now())
    with transaction.atomic(), changing_plan(request) as state:
        copy = SharedPlan.objects.create(
            key=secrets.token_urlsafe(12), reader=reader_of(request), document=document, made_at=timezone.now()
        )
        keys = [*state.get("shares", []), copy.key]
        SharedPlan.objects.filter(key__in=keys[:-MOST]).delete()
        state["shares"] = keys[-MOST:]
        state["made"] = {**state.get("made", {}), copy.key: copy.made_at.isoformat()}
    return copy


def take_back(*, request: HttpRequest, key: str) -> bool:
    """Delete a copy of the reader's own; False when it is not theirs, or gone already."""
    with transaction.atomic(), changing_plan(request) as state:
        shares = state.get("shares", [])
        if key not in shares:
            return False
        state["shares"] = [each for each in shares if each != key]
        state.get("made", {}).pop(key, None)
        SharedPlan.objects.filter(key=key).delete()
    return True


def token_of(copy: SharedPlan) -> str:
    """The part of the address that names the copy."""
    return _token(copy.key)


def find(token: str, *, now: dt.datetime) -> SharedPlan:
    """The copy that a token names. Raises Forged or TakenBack; a copy ends after as long as a plan is kept."""
    try:
        key = _signer().unsign(token)
    except BadSignature as error:
        raise Forged from error
    copy = SharedPlan.objects.filter(key=key, made_at__gt=now - dt.timedelta(days=DAYS_KEPT)).first()
    if copy is None:
        raise TakenBack
    return copy


def shares_of(kept: Kept, *, now: dt.datetime) -> list[Shown]:
    """The copies of a plan that are still shown, the latest first; no query, as the plan knows when they were made."""
    made = {key: dt.datetime.fromisoformat(kept.made[key]) for key in reversed(kept.shares) if key in kept.made}
    if older := [key for key in kept.shares if key not in made]:
        # Copies from before plans knew that.
        made |= dict(SharedPlan.objects.filter(key__in=older).values_list("key", "made_at"))
    shown = [Shown(key, _token(key), at) for key, at in made.items() if at > now - dt.timedelta(days=DAYS_KEPT)]
    return sorted(shown, key=lambda each: each.made_at, reverse=True)


def tidy(*, now: dt.datetime) -> int:
    """Delete the copies whose time is over; how many."""
    return SharedPlan.objects.filter(made_at__lte=now - dt.timedelta(days=DAYS_KEPT)).delete()[0]


def _token(key: str) -> str:
    return _signer().sign(key)


def _signer() -> Signer:
    return Signer(salt=SALT, sep=SEPARATOR)
