"""What a reader does not want: "not online", "no texas", "coding -ohio". Never read as its opposite."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Final

from directory.search.normalize import LITTLE, Token, listed
from directory.search.recognizers.base import Filter, Reading
from directory.vocab import Delivery, LevelGroup

WORDS: Final = listed("not no non without except excluding minus dont never wo")
PHRASES: Final = frozenset(
    ("w o", "other than", "anything but", "everything but", "all but", "instead of", "rather than")
)
#: After these a "not" denies nothing that follows: "why not coding", "online or not".
ASKING: Final = listed("why or if whether")
#: "Not only online" asks for online too.
ONLY: Final = listed("only just")
GOING_ON: Final = listed("or nor")
#: So many filling words may stand between: "not located in Ohio", "without having to go online".
MOST_BETWEEN: Final = 4
#: Parameters whose values are few: without one of them the others are left. How most programs are taught is not known:
#: who wants nothing online has no reason to lose those.
ALL_VALUES: Final[dict[str, tuple[str, ...]]] = {
    "delivery": (Delivery.CAMPUS.value, Delivery.HYBRID.value, Delivery.ONLINE.value, Delivery.UNKNOWN.value),
    "level": tuple(LevelGroup.values),
    "control": ("public", "nonprofit", "for-profit"),
}
OPPOSITE: Final = {"min_price": "max_price", "max_price": "min_price"}
UNWANTED: Final = frozenset(("place", "filter", "filters", "school", "subject", "code"))


@dataclass(frozen=True, slots=True)
class Denied:
    """A reading that the reader's own word denies."""

    reading: Reading

    @property
    def filters(self) -> tuple[Filter, ...]:
        """The filters that are denied; none for a place, a school or a subject."""
        if self.reading.kind == "filters":
            return tuple(self.reading.data)
        return (self.reading.data,) if self.reading.kind == "filter" else ()

    @property
    def can_be_left_out(self) -> bool:
        return bool(self.filters) and all(each.name in ALL_VALUES or each.name in OPPOSITE for each in self.filters)


def others(filters: Collection[Filter]) -> Filter:
    """The filter that is left when some of one parameter are denied."""
    first = next(iter(filters))
    denied = {value for each in filters for value in each.values}
    if denied >= {LevelGroup.BACHELORS.value, LevelGroup.MASTERS.value}:
        denied.add(LevelGroup.DOCTORATE.value)  # who wants neither wants no degree
    label = "Not " + " or ".join(dict.fromkeys(_small(each.label) for each in filters))
    return Filter(first.name, tuple(value for value in ALL_VALUES[first.name] if value not in denied), label)


def turned(filter_: Filter) -> Filter:
    """ "Not over $5,000" is up to $5,000."""
    amount = int(filter_.values[0])
    name = OPPOSITE[filter_.name]
    return Filter(name, filter_.values, f"{'Up to' if name == 'max_price' else 'From'} ${amount:,}")


def _small(label: str) -> str:
    return label[:1].lower() + label[1:]


def with_denials(chain: list[Reading], tokens: tuple[Token, ...]) -> list[Reading]:
    """The chain with each denied reading joined to the word that denies it, as one reading of the kind "denied"."""
    found: list[Reading] = []
    at = 0
    while at < len(chain):
        first = chain[at]
        end = at
        if first.kind == "denial" and not (found and tokens[found[-1].end - 1].word in ASKING):
            end = _what_is_denied(chain, at + 1, tokens)
        elif first.kind in UNWANTED and tokens[first.start].after_minus:
            end = at + 1
        if end == at:
            found.append(replace(first, kind="filler") if first.kind == "denial" else first)
            at += 1
            continue
        start = first.start
        while True:
            found.append(_denied(start, chain[end - 1]))
            # "Not Ohio or Kentucky" wants neither; "not medical coding" may be two readings.
            joined = end + (end < len(chain) and _word(chain[end], tokens) in GOING_ON)
            same = joined < len(chain) and _alike(chain[joined], chain[end - 1])
            if not same or (joined == end and chain[end].kind != "subject"):
                break
            start, end = chain[end].start, joined + 1
        at = end
    return found


def _what_is_denied(chain: list[Reading], at: int, tokens: tuple[Token, ...]) -> int:
    """The end, in the chain, of what a denying word before `at` denies; the place of that word when nothing is."""
    start = at
    between: list[str] = []
    while at < len(chain) and chain[at].kind == "filler" and at - start < MOST_BETWEEN:
        between += [token.word for token in tokens[chain[at].start : chain[at].end]]
        at += 1
    if at == len(chain) or chain[at].kind not in UNWANTED or ONLY & set(between):
        return start - 1
    if chain[at].kind not in ("place", "filter", "filters") and not set(between) <= LITTLE | {"any"}:
        return start - 1
    return at + 1


def _denied(start: int, reading: Reading) -> Reading:
    return Reading(start, reading.end, "denied", reading.score, Denied(reading), reading.read)


def _alike(one: Reading, other: Reading) -> bool:
    """Whether both are of one kind, and of one parameter when they are filters."""
    return one.kind == other.kind and getattr(one.data, "name", "") == getattr(other.data, "name", "")


def _word(reading: Reading, tokens: tuple[Token, ...]) -> str:
    return tokens[reading.start].word if reading.end - reading.start == 1 else ""
