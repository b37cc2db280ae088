"""What is applied, and what to lift: chips, and the way on when nothing is found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.http import QueryDict

from directory.filters.fields import Repeatable
from directory.filters.program import DEFAULT_MILES, MILES, ProgramFilter
from directory.models import Certification
from directory.search import words
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
#: In this order on the page; the last ones are numbers and codes.
NARROWING: Final = (
    "q", "where", "level", "length", "accreditation", "leads_to", "confirmed", "delivery", "online_too", "control",
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
    """Every choice that is in force, in a fixed order."""
    found: list[Chip] = []
    for name in NARROWING:
        value = chosen.chosen(name)
        every = value if isinstance(value, list) else [value]
        found += [_chip(chosen, name, each) for each in every if each not in (None, "")]
    return found


def _chip(chosen: ProgramFilter, name: str, value: Any) -> Chip:
    typed = chosen.data.get(name, "") if name in ("q", "where") else str(value)
    kind, text = name, str(value)
    if name == "where":
        kind, text = ("place", value.label) if value.is_point else ("state", value.state)
    return Chip(kind, text, _label(chosen, name, value), typed, address(chosen.data, drop=(name, text)))


def _label(chosen: ProgramFilter, name: str, value: Any) -> str:
    if name == "q":
        return f"“{value}”"
    if name == "where":
        return f"Within {chosen.miles} miles of {value.label}" if value.is_point else str(value.label)
    if name == "leads_to":
        return f"Opens the {Certification.objects.get(slug=value).acronym}"
    if name in ("max_price", "min_price"):
        return f"{'Up to' if name == 'max_price' else 'From'} ${value:,}"
    if name == "cip":
        return f"CIP {value}"
    return FLAGS.get(name) or LABELS[name][value]


def address(data: QueryDict, *, drop: tuple[str, str] | None = None, **change: Any) -> str:
    """The query string without one choice, or with others changed; always back on the first page.

    Leaving a place also leaves what counts from it: distance, online programs elsewhere, the nearest first.
    """
    kept = data.copy()
    kept.pop("page", None)
    if drop:
        name, value = drop
        # A single value may be written otherwise than it is read: "9000.0", " Columbus".
        several = isinstance(ProgramFilter.base_filters[name].field, Repeatable)
        kept.setlist(name, [each for each in kept.getlist(name) if each != value] if several else [])
        if name == "where":
            for dependent in ("within", "online_too"):
                kept.pop(dependent, None)
            if kept.get("sort") == "distance":
                del kept["sort"]
    for name, value in change.items():
        kept[name] = str(value)
    for name in [name for name, values in kept.lists() if not any(values)]:
        del kept[name]
    return f"?{kept.urlencode()}" if kept else "?"


def ways_on(chosen: ProgramFilter) -> list[WayOn]:
    """When nothing is found: wider circles first, then each filter whose removal finds something, most first.

    Where no single removal helps, the way on is to clear them all.
    """
    wider: list[WayOn] = []
    if chosen.place is not None and chosen.place.is_point:
        circles = [address(chosen.data, within=miles) for miles in MILES if int(miles) > chosen.miles]
        wider = [way for url in circles if (way := _way(chosen, f"Within {_miles(url)} miles", url))]
    lifted = [way for chip in chips(chosen) if (way := _way(chosen, f"Without {chip.label}", chip.remove_url))]
    if not wider and not lifted and (everything := _way(chosen, "All programs, without any filter", "?")):
        return [everything]
    return [*wider[:2], *sorted(lifted, key=lambda way: -way.count)]


def _miles(url: str) -> str:
    return QueryDict(url[1:])["within"]


def _way(chosen: ProgramFilter, label: str, url: str) -> WayOn | None:
    """The way to an address, when something is found there."""
    count = ProgramFilter(QueryDict(url[1:]), chosen.queryset).qs.count()
    return WayOn(label, count, url) if count else None


def notes(chosen: ProgramFilter) -> list[str]:
    """What the reader should know about how the question was read."""
    place, within = chosen.place, chosen.chosen("within")
    said: list[str] = []
    if place is not None and place.is_point:
        if not within:
            said.append(f"Showing programs within {DEFAULT_MILES} miles, the usual distance here.")
        if place.also:
            said.append(f"{place.label} it is; there is also {', '.join(place.also)}.")
    elif place is not None and within:
        said.append(f"{place.label} is shown whole: a distance counts from a city or a ZIP code.")
    elif within and "where" not in chosen.problems:
        said.append("The distance needs a place to count from: type a city or a ZIP code.")
    if place is None and chosen.chosen("online_too") and "where" not in chosen.problems:
        said.append("Online programs elsewhere are added to those near a place, and no place is chosen.")
    if chosen.chosen("confirmed") and not chosen.chosen("leads_to"):
        said.append("“Every condition confirmed” narrows the exams, and none is chosen.")
    lowest, highest = chosen.chosen("min_price"), chosen.chosen("max_price")
    if lowest is not None and highest is not None and lowest > highest:
        said.append(f"No price is from ${lowest:,} up to ${highest:,}: the lowest is above the highest.")
    ignored = words.split(chosen.chosen("q") or "").ignored
    if ignored:
        they = "it says" if len(ignored) == 1 else "they say"
        said.append(f"Not searched for, because {they} too little: {', '.join(ignored)}.")
    return said
