"""How often somebody may send a form in an hour, without keeping who it was.

In the cache stands a digest of the sender's address whose key holds the hour and the purpose, with a count; it is
gone after the hour. Without a cache nothing is refused: a reader's word is worth more than a spammer's trouble.
"""

from __future__ import annotations

import logging
import time
from typing import Final

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from directory.engagement.counting import address_of

logger = logging.getLogger(__name__)

HOUR: Final = 3_600


def seconds_to_wait(request: HttpRequest, purpose: str, *, most: int, now: float | None = None) -> int:
    """Count one more sending; 0 while there were at most so many in this hour, else the seconds until the next."""
    moment = time.time() if now is None else now
    hour, passed = divmod(int(moment), HOUR)
    key = salted_hmac(f"directory.engagement.limits/{purpose}/{hour}", address_of(request), algorithm="sha256")
    name = f"limit:{key.hexdigest()[:32]}"
    try:
        cache.add(name, 0, timeout=HOUR)
        count = cache.incr(name)
    except Exception as error:
        logger.warning("A form was not counted: %s", type(error).__name__)
        return 0
    return 0 if count <= most else HOUR - passed
