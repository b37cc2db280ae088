"""Locks after wrong tries at the staff sign-in; django-axes calls, this counts and says what.

Five tries for one name from one network; fifty from one network for all names, and for one name from all networks. Of a
try only the name, the network and the time are kept, until it counts no more. Names that no account has are counted and
answered like all others.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterator
from ipaddress import IPv6Address, ip_address
from typing import Any, Final

from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import F, OuterRef, QuerySet, Subquery, Sum
from django.http import HttpRequest
from django.utils import timezone

from directory.engagement.counting import address_of

logger = logging.getLogger(__name__)

#: Somebody with an IPv6 network has 2^64 addresses in it.
NETWORK_BITS: Final = 64
LONGEST_NAME: Final = 255
#: So few tries are said to be left.
FEW: Final = 3


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
        name = _kept(credentials.get("username"))
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

    def is_locked(self, request: Any, credentials: dict | None = None) -> bool:
        name = _kept((credentials or {}).get("username"))
        return any(_count(rows) >= most for rows, most in _counted(network_of(request), name))

    def user_logged_in(self, sender: Any, request: Any, user: Any, **_: Any) -> None:
        # What others tried stands: else an account of one's own would clear it between two tries at another.
        if user.is_staff:
            own = AccessAttempt.objects.filter(username=user.get_username(), ip_address=network_of(request))
            own.delete()

    def user_logged_out(self, *_: Any, **__: Any) -> None:
        """Nothing: nobody asks when staff went home."""


def with_sums(rows: QuerySet[AccessAttempt]) -> QuerySet[AccessAttempt]:
    """Rows with the tries that count for their name (`of_name`) and their network (`of_network`)."""
    counting = AccessAttempt.objects.filter(attempt_time__gte=timezone.now() - settings.AXES_COOLOFF_TIME).order_by()
    sums = {
        f"of_{noun}": Subquery(
            counting.filter(**{column: OuterRef(column)})
            .values(column)
            .annotate(all=Sum("failures_since_start"))
            .values("all")
        )
        for noun, column in (("name", "username"), ("network", "ip_address"))
    }
    return rows.annotate(**sums)


def is_locked(request: HttpRequest, name: str) -> bool:
    """Whether tries for this name from this browser's network are refused now."""
    return not AxesProxyHandler.is_allowed(request, {"username": name})


def count_wrong(request: HttpRequest, name: str) -> None:
    """A wrong second factor counts as a wrong password does."""
    AxesProxyHandler.user_login_failed(sender=__name__, credentials={"username": name}, request=request)


def open_again_at(request: HttpRequest, name: str) -> dt.datetime | None:
    """When the lock for this name or network ends; None when there is none."""
    ends = [_end(rows, most) for rows, most in _counted(network_of(request), name)]
    return max((end for end in ends if end), default=None)


def tries_left(request: HttpRequest, name: str) -> int:
    """How many more wrong tries are taken for this name from this browser's network; 0 when it is locked."""
    return max(0, min(most - _count(rows) for rows, most in _counted(network_of(request), name)))


def left_in_words(request: HttpRequest, name: str) -> str:
    """What somebody is told who has few tries left, the same for names that exist and that do not; else ""."""
    left = tries_left(request, name)
    if not 0 < left <= FEW:
        return ""
    if left == 1:
        return f"One try is left: after another wrong one the sign-in is locked for {_minutes()}."
    return f"{left} tries are left, then the sign-in is locked for {_minutes()}."


def _counted(network: str | None, name: str) -> Iterator[tuple[QuerySet, int]]:
    """The rows that count towards each lock, and how many tries it takes."""
    since = timezone.now() - settings.AXES_COOLOFF_TIME
    rows = AccessAttempt.objects.filter(attempt_time__gte=since)
    named = rows.filter(username=_kept(name))
    yield named.filter(ip_address=network), settings.AXES_FAILURE_LIMIT
    yield named, settings.STAFF_TRIES_IN_ALL
    if network:
        yield rows.filter(ip_address=network), settings.STAFF_TRIES_IN_ALL


def _kept(name: Any) -> str:
    """The name as a row has room for it."""
    return str(name or "")[:LONGEST_NAME].replace("\0", "")


def _count(rows: QuerySet) -> int:
    return rows.aggregate(all=Sum("failures_since_start"))["all"] or 0


def _end(rows: QuerySet, most: int) -> dt.datetime | None:
    """The moment at which so few tries count that another is taken."""
    tries = list(rows.order_by("attempt_time").values_list("attempt_time", "failures_since_start")[:1000])
    left = sum(count for _, count in tries)
    end = None
    for at, count in tries:
        if left < most:
            break
        left -= count
        end = at + settings.AXES_COOLOFF_TIME
    return end


def _minutes() -> str:
    minutes = round(settings.AXES_COOLOFF_TIME / dt.timedelta(minutes=1))
    return "1 minute" if minutes == 1 else f"{minutes} minutes"


def forget_tries(*, now: dt.datetime) -> None:
    """Remove tries that lock nobody any more; `manage.py forget` calls this."""
    AccessAttempt.objects.filter(attempt_time__lt=now - settings.AXES_COOLOFF_TIME).delete()


def words(request: HttpRequest, name: str) -> str:
    """What somebody is told whose name or network is locked, the same for names that exist and that do not."""
    end = open_again_at(request, name)
    until = f" It opens again at {timezone.localtime(end):%H:%M %Z}." if end else ""
    return (
        f"Too many wrong tries, so the sign-in is locked for {_minutes()} after the last one that counted.{until} "
        "An administrator can open it sooner."
    )


def lift(*, tries: Any, by: User) -> int:
    """Open again what these rows lock; returns how many rows went."""
    count, _ = tries.delete()
    logger.warning("An administrator lifted %d locks of the staff sign-in.", count)
    return int(count)
