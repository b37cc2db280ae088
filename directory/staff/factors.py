"""Second factors of staff: an authenticator app, passkeys, and recovery codes for when both are lost."""

from __future__ import annotations

import datetime as dt
import logging
from typing import Final, NamedTuple, cast

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt, encrypt
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from directory.staff.adapter import Unreadable
from directory.staff.notices import told

logger = logging.getLogger(__name__)

Kind = Authenticator.Type
#: What opens the desk day by day; recovery codes alone are no factor.
FACTORS: Final = (Kind.TOTP, Kind.WEBAUTHN)
#: The time step of the last code that was taken from an app (RFC 6238, 5.2: none is taken twice).
LAST_STEP: Final = "last_step"


class Factor(NamedTuple):
    """One factor as its person sees it, without anything secret."""

    pk: int
    kind: str
    name: str
    since: dt.datetime
    last_used: dt.datetime | None


def has_any(user: User) -> bool:
    """Whether somebody has a second factor."""
    return bool(Authenticator.objects.filter(user=user, type__in=FACTORS).exists())


def held_by(user: User) -> list[Factor]:
    """The person's factors, oldest first; recovery codes are counted by `codes_left`."""
    rows = Authenticator.objects.filter(user=user, type__in=FACTORS).order_by("created_at", "pk")
    names = {Kind.TOTP: "Authenticator app"}
    return [
        Factor(row.pk, row.type, names.get(row.type) or row.data.get("name", ""), row.created_at, row.last_used_at)
        for row in rows
    ]


def codes_left(user: User) -> int:
    """How many recovery codes are still good; 0 when there are none."""
    row = Authenticator.objects.filter(user=user, type=Kind.RECOVERY_CODES).first()
    try:
        return len(RecoveryCodes(row).get_unused_codes()) if row else 0
    except Unreadable:
        return 0


def check_code(*, user: User, code: str) -> str:
    """The kind of factor that a typed code belongs to, "" when it is none or was used before.

    The row is locked while it is looked at: of two requests with one code, one is taken. Raises Unreadable.
    """
    typed = "".join(code.split()).replace("-", "")
    if not (typed.isascii() and typed.isdigit()):
        return ""
    with transaction.atomic():
        rows = Authenticator.objects.select_for_update().filter(user=user, type__in=(Kind.TOTP, Kind.RECOVERY_CODES))
        for row in rows:
            taken = _from_app(row, typed) if row.type == Kind.TOTP else RecoveryCodes(row).validate_code(typed)
            if taken:
                Authenticator.objects.filter(pk=row.pk).update(last_used_at=timezone.now())
                return str(row.type)
    return ""


def _from_app(row: Authenticator, typed: str) -> bool:
    step = _step_of(decrypt(row.data["secret"]), typed)
    if step is None or step <= row.data.get(LAST_STEP, -1):
        return False
    # Sealed anew with today's key, also what was kept before there was one.
    row.data = {**row.data, LAST_STEP: step, "secret": encrypt(decrypt(row.data["secret"]))}
    row.save(update_fields=["data"])
    return True


def _step_of(secret: str, typed: str) -> int | None:
    found = None
    for step in yield_hotp_counters_from_time():
        if constant_time_compare(typed, format_hotp_value(hotp_value(secret, step))):
            found = step
    return found


def new_secret() -> str:
    """A secret for an app, to be kept once the app has shown a right code."""
    return cast(str, generate_totp_secret())


def add_app(*, user: User, secret: str, code: str) -> bool:
    """Keep an app that shows the right code, in place of the one before; False when the code is wrong."""
    step = _step_of(secret, "".join(code.split()))
    if step is None:
        return False
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        Authenticator.objects.filter(user=user, type=Kind.TOTP).delete()
        row = TOTP.activate(user, secret).instance
        row.data[LAST_STEP] = step
        row.save(update_fields=["data"])
        what = "An authenticator app was set up as a second factor"
        told(account=user, subject="A second factor was added", what=what)
    return True


def new_codes(*, user: User) -> list[str]:
    """Ten fresh recovery codes, to be shown this once; those from before no longer work.

    Where there were some, their person is told by mail; the first ones come with the first factor, which is told of.
    """
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        anew, _ = Authenticator.objects.filter(user=user, type=Kind.RECOVERY_CODES).delete()
        codes: list[str] = RecoveryCodes.activate(user).generate_codes()
        if anew:
            what = "New recovery codes were made, and those from before stopped working,"
            told(account=user, subject="New recovery codes were made", what=what)
    return [f"{code[:5]} {code[5:]}" for code in codes]


def remove(*, user: User, pk: int, keep_one: bool) -> bool:
    """Remove one factor of one's own; False when there is no such, or `keep_one` and it is the last."""
    with transaction.atomic():
        held = list(Authenticator.objects.select_for_update().filter(user=user, type__in=FACTORS))
        gone = next((row for row in held if row.pk == pk), None)
        if gone is None or (keep_one and len(held) == 1):
            return False
        gone.delete()
        if last := len(held) == 1:
            # Recovery codes stand in for a factor and are none themselves.
            Authenticator.objects.filter(user=user).delete()
        also = ", and the recovery codes with it," if last else ""
        what = f"{_named(gone)} was removed from your second factors{also}"
        told(account=user, subject="A second factor was removed", what=what)
    return True


def _named(row: Authenticator) -> str:
    return "The authenticator app" if row.type == Kind.TOTP else f"The passkey “{row.data.get('name', '')}”"


def remove_all_of(*, account: User, by: User, reason: str) -> int:
    """Remove the lost factors of somebody else, who then has to set up another; returns how many rows went.

    The account's history says who did it and why, and its person is told by mail. Sessions that were opened with a
    factor end at their next page.
    """
    with transaction.atomic():
        count, _ = Authenticator.objects.filter(user=account).delete()
        if count:
            LogEntry.objects.log_actions(
                by.pk, [account], CHANGE, change_message=f"Second factors removed: {reason}", single_object=True
            )
            what = "All your second factors and recovery codes were removed"
            told(account=account, subject="Your second factors were removed", what=what, by=by)
    if count:
        logger.warning("An administrator removed the second factors of an account of staff.")
    return count
