"""Reference numbers that can be read out over the telephone: "7K3M-R9WH". Knows no database.

Eight signs in two groups. Letters that rhyme with another one (B, C, D, E, G, P, T, V, Z) or look like a digit
(I, O, S) stay out. The last sign checks the others: one wrong sign is always noticed, two that changed places
nearly always. Seven signs by chance are 268 million numbers, too many to try.
"""

from __future__ import annotations

import secrets
from typing import Final

#: Of letters that sound alike only one is here: M and not N, F and not S or X.
SIGNS: Final = "23456789FHKLMRWY"
LENGTH: Final = 8
#: What people type for a sign that we do not use, where it is clear which one they mean.
MEANT: Final = str.maketrans({"–": "-", "—": "-", "‐": "-", "−": "-"})


class Misread(ValueError):
    """A text that cannot be one of our numbers; says what is wrong with it."""


def new_reference() -> str:
    """A number by chance, without the dash: what is stored; `ErrorReport.number` has the dash."""
    drawn = "".join(secrets.choice(SIGNS) for _ in range(LENGTH - 1))
    return drawn + check_sign(drawn)


def read(text: str) -> str:
    """The stored form of a number that somebody typed, in any case, with or without blanks and dashes.

    Raises Misread with a sentence for the reader.
    """
    typed = "".join(sign for sign in text.translate(MEANT).upper() if sign not in " -\u00a0.")
    strange = sorted({sign for sign in typed if sign not in SIGNS})
    if len(typed) != LENGTH:
        raise Misread(f"A reference number has {LENGTH} signs, for example 7K3M-{_example()}.")
    if strange:
        raise Misread(f"No reference number of ours has “{strange[0]}” in it. Look at it again.")
    if check_sign(typed[:-1]) != typed[-1]:
        raise Misread("This number has a typing error: its last sign does not fit the others.")
    return typed


def check_sign(drawn: str) -> str:
    """The sign that checks the others (ISO 7064, hybrid system MOD 17,16)."""
    size = len(SIGNS)
    product = size
    for sign in drawn:
        total = (product + SIGNS.index(sign)) % size or size
        product = total * 2 % (size + 1)
    return SIGNS[(size + 1 - product) % size]


def _example() -> str:
    return f"R9W{check_sign('7K3MR9W')}"
