"""What is applied, and what to lift: chips, and the way on when nothing is found."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.http import QueryDict

from directory.filters.fields import Repeatable, quoted
from directory.filters.program import MILES, ProgramFilter
from directory.search.understanding import Inferred, Term
from directory.vocab import CONTROL_SLUG, STATES, Control, Delivery, Length, LevelGroup, Standing

LABELS: Final[dict[str, dict[str, str]]] = {
    "level": {str(value): str(label) for value, label in LevelGroup.choices},
    "length": {str(value): str(label) for value, label in Length.choices},
    "accreditation": {str(value): str(label) for value, label in Standing.choices},
    "delivery": {
        **{str(value): str(label) for value, label in Delivery.choices},
        Delivery.UNKNOWN.value: "Delivery not known",
    },
    "control": {slug: str(Control(code).label) for code, slug in CONTROL_SLUG.items()},
    "state": STATES,
}
FLAGS: Final = {"confirmed": "Every condition confirmed", "online_too": "Online programs elsewhere too"}
REPEATABLE: Final = frozenset(
    name for name, filter_ in ProgramFilter.base_filters.items() if issubclass(filter_.field_class, Repeatable)
)
#: Kind of a term -> kind of its chip in the API; a plain word is a part of `q`.
TERM_KINDS: Final = {"field": "field", "career": "career", "school": "school"}
#: In this order on the page; the last ones are numbers and codes.
NARROWING: Final = (
    "where", "level", "length", "accreditation", "leads_to", "confirmed", "delivery", "online_too", "control",
    "state", "cip", "max_price", "min_price",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Chip:
    """One applied choice in words, with the query string that takes it away."""

    kind: str
    value: str
    label: str
    origin: str
    remove_url: str

    def as_interpretation(self) -> dict[str, str]:
        """How the API tells what it understood."""
        return {"kind": self.kind, "value": self.value, "label": self.label, "from": self.origin}


@dataclass(frozen=True, slots=True)
class WayOn:
    """A change that would find something, with what it would find."""

    label: str
    count: int
    url: str


def chips(chosen: ProgramFilter) -> list[Chip]:
    """Every choice that is in force, in a fixed order; what the text asked for names the reader's words."""
    found = [_term_chip(chosen, term) for term in chosen.understood.terms] if chosen.understood else []
    for name in NARROWING:
        value = chosen.chosen(name)
        every = value if isinstance(value, list) else [value]
        found += [_chip(chosen, name, each) for each in every if each not in (None, "")]
    return found


def _term_chip(chosen: ProgramFilter, term: Term) -> Chip:
    label = f"“{term.said}”"
    if term.corrected:
        label = f"“{term.corrected}” for {label}"
    elif term.kind in ("field", "career") and term.label.casefold() != term.said.casefold():
        label = f"{label}: {term.label}"
    rest = without_words(chosen.data.get("q", ""), term.said)
    url = address(chosen.data, q=rest) if rest else address(chosen.data, drop=("q", ""))
    return Chip(TERM_KINDS.get(term.kind, "q"), term.label, label, term.said, url)


def without_words(text: str, said: str) -> str:
    """The text without some of its words; `said` joins words that did not stand together by an ellipsis."""
    for piece in said.split(" … "):
        text = re.sub(rf"(?<!\w){re.escape(piece)}(?!\w)", " ", text, count=1)
    return " ".join(text.split())


def _chip(chosen: ProgramFilter, name: str, value: Any) -> Chip:
    inferred = _inferred(chosen, name, str(value))
    typed = chosen.data.get(name, "") if name == "where" else str(value)
    kind, text = name, str(value)
    if name == "where":
        kind, text = ("place", value.label) if value.is_point else ("state", value.state)
    origin = inferred.said if inferred else typed
    return Chip(kind, text, _label(chosen, name, value), origin, address(chosen.data, drop=(name, text)))


def _inferred(chosen: ProgramFilter, name: str, value: str) -> Inferred | None:
    """What in the text asked for this value; None when the reader chose it."""
    if chosen.understood is None or name in chosen.asked:
        return None
    asking = [each for each in chosen.understood.inferred if each.name == name]
    return next((each for each in asking if name == "where" or value in each.values), None)


def _label(chosen: ProgramFilter, name: str, value: Any) -> str:
    if name == "where":
        return f"Within {chosen.miles} miles of {value.label}" if value.is_point else str(value.label)
    if name == "leads_to":
        return f"Opens the {chosen.snapshot.columns.acronyms[value]}"
    if name in ("max_price", "min_price"):
        return f"{'Up to' if name == 'max_price' else 'From'} ${value:,}"
    if name == "cip":
        return f"CIP {value}"
    return FLAGS.get(name) or LABELS[name][value]


def address(data: QueryDict, *, drop: tuple[str, str] | None = None, **change: Any) -> str:
    """The query string without one choice, or with others changed; always back on the first page.

    Leaving a place also leaves what counts from it: distance, online programs elsewhere, the nearest first.
    """
    kept = {name: values for name, values in data.lists() if name != "page"}
    if drop:
        name, value = drop
        # A single value may be written otherwise than it is read: "9000.0", " Columbus".
        kept[name] = [each for each in kept.get(name, ()) if each != value] if name in REPEATABLE else []
        if name == "where":
            kept |= {dependent: [] for dependent in ("within", "online_too")}
            if kept.get("sort") == ["distance"]:
                kept["sort"] = []
    kept |= {name: [str(value)] for name, value in change.items()}
    return "?" + urlencode([(name, value) for name, values in kept.items() for value in values if any(values)])


def ways_on(chosen: ProgramFilter) -> list[WayOn]:
    """When nothing is found: wider circles first, then each filter whose removal finds something, most first.

    Where no single removal helps, the way on is to clear them all.
    """
    wider: list[WayOn] = []
    if chosen.place is not None and chosen.place.is_point:
        circles = [address(chosen.data, within=miles) for miles in MILES if int(miles) > chosen.miles]
        wider = [way for url in circles if (way := _way(f"Within {_miles(url)} miles", url))]
    lifted = [way for chip in chips(chosen) if (way := _way(_lifting(chip), chip.remove_url))]
    if chosen.understood and chosen.says_nothing:
        words = quoted(chosen.understood.unmatched)
        lifted += [way] if (way := _way(f"Without {words}", _wordless(chosen))) else []
    if not wider and not lifted and (everything := _way("All programs, without any filter", "?")):
        return [everything]
    return [*wider[:2], *sorted(lifted, key=lambda way: -way.count)]


def _wordless(chosen: ProgramFilter) -> str:
    return address(chosen.data, drop=("q", ""))


def _lifting(chip: Chip) -> str:
    if chip.kind == "place":
        return f"Anywhere, not only {chip.label[0].lower()}{chip.label[1:]}"
    return f"Without “{chip.label.strip('“”')}”"


def _miles(url: str) -> str:
    return QueryDict(url[1:])["within"]


def _way(label: str, url: str) -> WayOn | None:
    """The way to an address, when something is found there."""
    count = ProgramFilter(QueryDict(url[1:])).count
    return WayOn(label, count, url) if count else None
