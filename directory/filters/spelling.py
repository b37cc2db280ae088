"""Ways of writing a value that mean the same: "oh" and "Ohio", "RHIT" and "rhit", "$5,000" and "5000".

Only what is understood is rewritten; everything else stays as it was typed, so that a message can name it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from django.http import QueryDict

from directory.vocab import STATES

USPS_BY_NAME: Final = {name.casefold(): usps for usps, name in STATES.items()}
DOLLARS: Final = re.compile(r"\$? ?(\d{1,3}(?:,\d{3})+|\d+)(?:\.00?)?( ?k)?", re.IGNORECASE)
CODE: Final = re.compile(r"(\d{2})\.?(\d{2}(?:\d{2})?)")


def state(text: str) -> str:
    """The two letters of a state that is named or abbreviated."""
    usps = text.upper()
    return usps if usps in STATES else USPS_BY_NAME.get(text.casefold(), text)


def slug(text: str) -> str:
    """The values of a facet are in small letters and hyphens: "Ccs P", "CCS-P"."""
    return "-".join(text.lower().split())


def dollars(text: str) -> str:
    """A price without its sign, commas and cents; "5k" is five thousand."""
    match = DOLLARS.fullmatch(text)
    if match is None:
        return text
    number = match[1].replace(",", "")
    return f"{number}000" if match[2] else number


def cip(text: str) -> str:
    """A CIP code with its point."""
    match = CODE.fullmatch(text)
    return f"{match[1]}.{match[2]}" if match else text


#: Parameter -> how its values are read.
READINGS: Final[dict[str, Callable[[str], str]]] = {
    "state": state,
    "cip": cip,
    "min_price": dollars,
    "max_price": dollars,
    **dict.fromkeys(("level", "length", "accreditation", "leads_to", "delivery", "control", "veterans", "sort"), slug),
}


def plain(data: QueryDict) -> QueryDict:
    """The question with every value in its plain spelling."""
    if data.keys().isdisjoint(READINGS):
        return data
    changed = data.copy()
    for name, read in READINGS.items():
        if name in changed:
            typed = [value.strip() for value in changed.getlist(name)]
            changed.setlist(name, [read(value) for value in typed])
    return changed
