"""Locks after wrong tries at the staff sign-in, by name and by network; django-axes counts, this says what.

Of a try only the name, the network and the time are kept, until the lock is over.
"""

from __future__ import annotations

import datetime as dt
import logging
from ipaddress import IPv6Address, ip_address
from typing import Any, Final

from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from directory.engagement.counting import address_of

logger = logging.getLogger(__name__)

#: Somebody with an IPv6 network has 2^64 addresses in it.
NETWORK_BITS: Final = 64
LONGEST_NAME: Final = 255


def network_of(request: HttpRequest) -> str | None:
    """Where a try came from: an IPv4 address, or the first address of an IPv6 network; None when nobody knows."""
    try:
        address = ip_address(address_of(request))
    except ValueError:
        return None
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(IPv6Address(int(address) >> (128 - NETWORK_BITS) << (128 - NETWORK_BITS)))
    return str(address)


class StaffLocks(AxesDatabaseHandler):
    """Counts wrong passwords and wrong second factors alike. Readers sign in elsewhere and are not looked at."""

    def user_login_failed(self, sender: Any, credentials: dict, request: Any = None, **_: Any) -> None:
        if request is None or request.axes_locked_out:
            return
        name = str(credentials.get("username") or "")[:LONGEST_NAME].replace("\0", "")
        self.clean_expired_user_attempts(request, credentials)
        row = {"username": name, "ip_address": request.axes_ip_address, "user_agent": ""}
        again = {"failures_since_start": F("failures_since_start") + 1, "attempt_time": request.axes_attempt_time}
        if not AccessAttempt.objects.filter(**row).update(**again):
            try:
                with transaction.atomic():
                    AccessAttempt.objects.create(**row, failures_since_start=1)
            except IntegrityError:  # another try came in between
                AccessAttempt.objects.filter(**row).update(**again)
        if self.is_locked(request, {"username": name}):
            request.axes_locked_out = True
            logger.warning("The staff sign-in is locked for a name or a network after wrong tries.")

    def user_logged_in(self, sender: Any, request: Any, user: Any, **_: Any) -> None:
        # The network's count stands: else an account of one's own would clear it between two tries at another.
        if user.is_staff:
            AccessAttempt.objects.filter(username=user.get_username()).delete()

    def user_logged_out(self, *_: Any, **__: Any) -> None:
        """Nothing: nobody asks when staff went home."""


def is_locked(request: HttpRequest, name: str) -> bool:
    """Whether tries for this name from this browser's network are refused now."""
    return not AxesProxyHandler.is_allowed(request, {"username": name})


def count_wrong(request: HttpRequest, name: str) -> None:
    """A wrong second factor counts as a wrong password does."""
    AxesProxyHandler.user_login_failed(sender=__name__, credentials={"username": name}, request=request)


def open_again_at(request: HttpRequest, name: str) -> dt.datetime | None:
    """When the lock for this name or network ends; None when there is none."""
    network = network_of(request)
    ends = [_end(AccessAttempt.objects.filter(username=name))]
    if network:
        ends.append(_end(AccessAttempt.objects.filter(ip_address=network)))
    return max((end for end in ends if end), default=None)


def _end(tries: Any) -> dt.datetime | None:
    """The moment at which so few tries are left in the last quarter of an hour that another is taken."""
    recent = tries.filter(attempt_time__gte=timezone.now() - settings.AXES_COOLOFF_TIME).order_by("attempt_time")
    rows = list(recent.values_list("attempt_time", "failures_since_start")[:1000])
    left = sum(count for _, count in rows)
    end = None
    for at, count in rows:
        if left < settings.AXES_FAILURE_LIMIT:
            break
        left -= count
        end = at + settings.AXES_COOLOFF_TIME
    return end


def forget_tries(*, now: dt.datetime) -> None:
    """Remove tries that lock nobody any more; `manage.py forget` calls this."""
    AccessAttempt.objects.filter(attempt_time__lt=now - settings.AXES_COOLOFF_TIME).delete()


def words(request: HttpRequest, name: str) -> str:
    """What somebody is told whose name or network is locked, the same for names that exist and that do not."""
    end = open_again_at(request, name)
    until = f" It opens again at {timezone.localtime(end):%H:%M %Z}." if end else ""
    return (
        "Too many wrong tries for this name or from this network, so the sign-in is locked for a quarter of an hour "
        f"after the last one.{until} An administrator can open it sooner."
    )


def lift(*, tries: Any, by: User) -> int:
    """Open again what these rows lock; returns how many rows went."""
    count, _ = tries.delete()
    logger.warning("An administrator lifted %d locks of the staff sign-in.", count)
    return int(count)
