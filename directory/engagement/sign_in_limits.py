"""How often codes are sent and tried, so that nobody guesses one and nobody keeps the owner from signing in.

What is counted of an address is counted for each network apart, and only far above that for the address as a whole.
docs/decisions/0020 has the odds.
"""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest

from directory.engagement.counting import network_of
from directory.engagement.limits import DAY, HOUR, MINUTE, QUARTER, Limit, seconds_to_wait

#: A stranger on one network stays far below what all networks together may have of an address.
HERE: Final = Limit("codes for an address from a network", 5, QUARTER)
HERE_A_DAY: Final = Limit("codes for an address from a network", 15, DAY)
#: So many readers of one school or library sign in within an hour.
NETWORK: Final = Limit("codes from a network", 40, HOUR)
#: Of all networks: nobody's mailbox is flooded, and nobody gets many codes to guess at.
ADDRESS: Final = Limit("codes for an address", 30, HOUR)
ADDRESS_A_DAY: Final = Limit("codes for an address", 60, DAY)
TYPED: Final = Limit("codes typed on a network", 30, MINUTE)
#: The session counts tries as well, but many tries sent at once would all read the same number there.
TRIES: Final = Limit("tries of a code", 3, DAY)


def seconds_until_next_code(request: HttpRequest, email: str) -> int:
    """Count one more code for the address (in small letters); 0 when it may be sent."""
    network = network_of(request)
    both = f"{email}\n{network}"
    return seconds_to_wait(
        (HERE, both), (HERE_A_DAY, both), (NETWORK, network), (ADDRESS, email), (ADDRESS_A_DAY, email)
    )


def types_too_fast(request: HttpRequest) -> bool:
    """Count one more code that was typed on this network; whether it is one too many."""
    return bool(seconds_to_wait((TYPED, network_of(request))))


def is_used_up(request: HttpRequest, code: str) -> bool:
    """Count one more try of the code that this browser waits for; whether it had all of its tries."""
    return bool(seconds_to_wait((TRIES, f"{request.session.session_key}\n{code}")))
