"""Prices: "under $5,000", "between 2k and 6k", "5000 or less"."""

from __future__ import annotations

from typing import Final

from directory.search.normalize import Token, listed
from directory.search.recognizers.base import Filter, Reading, numbers

MOST_DOLLARS: Final = 1_000_000
#: A bare "under 90" is no price.
LEAST_BARE: Final = 100
UNDER: Final = frozenset(
    ("under", "below", "less than", "cheaper than", "no more than", "not more than", "at most", "up to", "max",
     "maximum", "max price", "within", "for less than", "for under", "costs less than", "cost less than",
     "costing less than", "costing under", "costs under", "cost under", "lower than", "upto", "tuition under",
     "price under", "priced under", "not over", "price below", "less then")
)  # fmt: skip
OVER: Final = frozenset(("over", "above", "more than", "at least", "min", "minimum", "starting at", "greater than"))
AFTER: Final = frozenset(("or less", "or under", "or below", "max", "maximum", "or lower", "tops", "at most"))
AFTER_OVER: Final = frozenset(("or more", "and up", "or over", "minimum", "and above"))
UNITS: Final = frozenset(("dollars", "dollar", "usd", "bucks", "total", "tuition", "in total"))
#: What a number counts when it is no price.
COUNTED: Final = listed(
    """
    week weeks wk wks month months mo year years yr yrs mile miles mi credit credits hour hours day days minutes km
    percent semester semesters
    """
)


def money(tokens: tuple[Token, ...], at: int) -> Reading | None:
    """The price filter that starts with this token, if one does."""
    return _between(tokens, at) or _bounded(tokens, at)


def _amount(tokens: tuple[Token, ...], at: int, *, sure: bool) -> int | None:
    """Whole dollars; a bare number only beside a word that makes it a price."""
    amount = numbers(tokens, at)
    if amount is None:
        return None
    token = tokens[at]
    marked = "$" in token.said or token.word.endswith("k") or _word(tokens, at + 1) in UNITS - {"total", "tuition"}
    if not marked and (not sure or amount < LEAST_BARE or _word(tokens, at + 1) in COUNTED):
        return None
    return int(min(amount, MOST_DOLLARS))


def _between(tokens: tuple[Token, ...], at: int) -> Reading | None:
    """ "between 2000 and 6000", "from $2k to $6k", "$2,000-6,000"."""
    start = at
    opened = _word(tokens, at) in ("between", "from")
    at += opened
    if numbers(tokens, at) is None:
        return None
    joined = _word(tokens, at + 1) in ("and", "to", "through")
    other = at + 1 + joined
    if not joined and not (other < len(tokens) and tokens[other].after_dash):
        return None
    marked = any("$" in token.said or token.word.endswith("k") for token in tokens[at : other + 1])
    if not (opened or marked):
        return None
    low, high = _amount(tokens, at, sure=True), _amount(tokens, other, sure=True)
    if high is not None and low is None:  # "2 to 6k"
        amount = numbers(tokens, at) or 0
        low = int(amount * 1000) if tokens[other].word.endswith("k") and amount < 1000 else None
    if low is None or high is None:
        return None
    low, high = sorted((low, high))
    end = _past_units(tokens, other + 1)
    filters = (
        Filter("min_price", (str(low),), f"From ${low:,}"),
        Filter("max_price", (str(high),), f"Up to ${high:,}"),
    )
    return Reading(start, end, "filters", 1.6 * (end - start), filters)


def _bounded(tokens: tuple[Token, ...], at: int) -> Reading | None:
    start, name = at, ""
    if tokens[at].kind == "compare":
        name, at = ("max_price" if tokens[at].said[0] in "<≤" else "min_price"), at + 1
    else:
        for size in (3, 2, 1):
            said = " ".join(token.word for token in tokens[at : at + size])
            if len(tokens) >= at + size and (said in UNDER or said in OVER):
                name, at = ("max_price" if said in UNDER else "min_price"), at + size
                break
    after = _after(tokens, at)
    amount = _amount(tokens, at, sure=bool(name or after[0]))
    if amount is None:
        return None
    end = _past_units(tokens, at + 1)
    if after[0]:
        name, end = after
    name = name or "max_price"  # "$5000 medical coding": what somebody has to spend
    label = f"Up to ${amount:,}" if name == "max_price" else f"From ${amount:,}"
    return Reading(start, end, "filter", 1.6 * (end - start), Filter(name, (str(amount),), label))


def _after(tokens: tuple[Token, ...], at: int) -> tuple[str, int]:
    end = _past_units(tokens, at + 1)
    for size in range(min(2, len(tokens) - end), 0, -1):
        said = " ".join(token.word for token in tokens[end : end + size])
        if said in AFTER:
            return "max_price", end + size
        if said in AFTER_OVER:
            return "min_price", end + size
    return "", end


def _past_units(tokens: tuple[Token, ...], at: int) -> int:
    while _word(tokens, at) in UNITS:
        at += 1
    return at


def _word(tokens: tuple[Token, ...], at: int) -> str:
    return tokens[at].word if at < len(tokens) else ""
