"""Words about how a program is taught, as far as they leave no doubt. Pure."""

from __future__ import annotations

import re
from typing import Final

from directory.vocab import Delivery

#: Said of what is *not* asked for, so it must not count as a part on campus.
NOT_ASKED: Final = re.compile(r"\bno (?:required )?(?:campus|in[- ]person)\b[\w ]*")
ONLINE: Final = re.compile(r"\bonline\b|\binternet[- ]based\b|\bby distance\b")
#: A word of these beside "online" means that some of it is elsewhere, or that it is one way among others.
ELSEWHERE: Final = re.compile(
    r"\bexcept|\bon[- ]?site\b|\bpractic|\bplacement|\bclinical|\binternship|\bcampus|\bin[- ]person\b|"
    r"\bface[- ]to[- ]face\b|\bhybrid\b|\boption|\bavailable\b|\bpropos|\bplan(?:s|ned)?\b|\bmost|\bmain|"
    r"\bmany\b|\bsome (?:courses|classes)\b|\bone or more\b|\bpart(?:ly|ial)?\b|\bpage headed\b|\bnot\b"
)
SOME_OF_EACH: Final = re.compile(r"(?:many|most|some) courses online, (?:some|the rest|others) on campus")
ON_CAMPUS: Final = re.compile(r"(?:on |only on )?campus(?: only)?|in person(?: only)?")


def delivery_in(words: str) -> Delivery | None:
    """Online, hybrid or campus where the words allow one reading only; None for everything else.

    "Online except one placement" and "on campus or online" are None: neither fully online nor surely hybrid.
    """
    text = " ".join(re.sub(r"\([^)]*\)", " ", words.lower()).replace(" ,", ",").split()).strip(" ,.;")
    if re.match(r"hybrid\b", text) and not ONLINE.search(text):
        return Delivery.HYBRID
    if SOME_OF_EACH.fullmatch(text):
        return Delivery.HYBRID
    if ON_CAMPUS.fullmatch(text):
        return Delivery.CAMPUS
    if ONLINE.search(text) and not ELSEWHERE.search(NOT_ASKED.sub(" ", text)):
        return Delivery.ONLINE
    return None
