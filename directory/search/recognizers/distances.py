"""How far: "within 25 miles of", "50 mile radius", "an hour from"."""

from __future__ import annotations

from typing import Final

from directory.search.normalize import Token
from directory.search.recognizers.base import Filter, Reading, numbers

#: The distances that can be chosen.
MILES: Final = (10, 25, 50, 100, 250)
#: Miles of one; an hour is one on the road.
MILES_OF: Final = {
    **dict.fromkeys(("mile", "miles", "mi"), 1.0), **dict.fromkeys(("km", "kilometers"), 1 / 1.609),
    **dict.fromkeys(("hour", "hours", "hr", "hrs"), 50.0),
    **dict.fromkeys(("minute", "minutes", "mins", "min"), 50 / 60),
}  # fmt: skip
DRIVEN: Final = (50.0, 50 / 60)
BEFORE: Final = ("within", "a", "up", "to", "less", "than", "under", "about", "max", "in")
AFTER: Final = ("radius", "of", "from", "away", "around", "near", "drive", "driving", "distance", "to")
NEARLY: Final = 1  # mile: 40 km is 25 miles
MOST_BEFORE: Final = 3


def distance(tokens: tuple[Token, ...], at: int) -> Reading | None:
    """The next of the distances that can be chosen, when a length of way starts with this token."""
    start = at
    while (
        at < len(tokens)
        and tokens[at].word in BEFORE
        and not (tokens[at].word == "a" and at + 1 < len(tokens) and tokens[at + 1].word in MILES_OF)
    ):
        at += 1
    amount = numbers(tokens, at)
    if amount is None and at < len(tokens):
        amount = {"an": 1.0, "a": 1.0, "one": 1.0, "half": 0.5, "two": 2.0}.get(tokens[at].word)
        at += tokens[at].word == "half" and at + 1 < len(tokens) and tokens[at + 1].word in ("a", "an")
    if amount is None or at + 1 >= len(tokens) or at - start > MOST_BEFORE:
        return None
    per = MILES_OF.get(tokens[at + 1].word)
    if per is None or (per in DRIVEN and not _is_drive(tokens, start, at + 2)):
        return None
    miles = amount * per
    end = at + 2
    while end < len(tokens) and tokens[end].word in AFTER:
        end += 1
    within = next((each for each in MILES if each >= miles - 0.5), MILES[-1])
    asked = "" if abs(within - miles) <= NEARLY else f"{miles:.0f} miles cannot be chosen: {within} miles is used."
    filter_ = Filter("within", (str(within),), f"Within {within} miles", asked)
    return Reading(start, end, "filter", 1.6 * (end - start), filter_)


def _is_drive(tokens: tuple[Token, ...], start: int, end: int) -> bool:
    """Whether hours or minutes are a way and not the length of a course: "within an hour of", "30 minutes from"."""
    follows = tokens[end].word if end < len(tokens) else ""
    return follows in ("of", "from", "drive", "driving", "away") or (not follows and tokens[start].word == "within")
