"""What is applied, and what to lift: chips, and the way on when nothing is found."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Final
from urllib.parse import urlencode

from django.http import QueryDict

from directory.filters.fields import Repeatable, quoted
from directory.filters.program import FACETS, MILES, SORTS, ProgramFilter
from directory.search.table.answer import Answer
from directory.search.table.question import Question
from directory.search.terms import QUOTES
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
#: Of a parameter with more values than this, what would be found without each is not counted one by one.
FEW_VALUES: Final = 3
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
    parameter: str = "q"

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
        if together := _together(chosen, name):
            found.append(together)
            continue
        every = value if isinstance(value, list) else [value]
        found += [_chip(chosen, name, each) for each in every if each not in (None, "")]
    if _inferred(chosen, "sort", chosen.sort_key):  # "cheap": an order that was chosen needs no chip, it has a field
        found.append(_chip(chosen, "sort", chosen.sort_key))
    return found


def _term_chip(chosen: ProgramFilter, term: Term) -> Chip:
    label = f"“{term.said.strip(QUOTES)}”"
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
        text = re.sub(rf"(?<![^\W_]){re.escape(piece)}(?![^\W_])", " ", text, count=1)
    return " ".join(text.split())


def _chip(chosen: ProgramFilter, name: str, value: Any) -> Chip:
    inferred = _inferred(chosen, name, str(value))
    typed = chosen.data.get(name, "") if name == "where" else str(value)
    kind, text = name, str(value)
    if name == "where":
        kind, text = ("place", value.label) if value.is_point else ("state", value.state)
    origin = inferred.said if inferred else typed
    return Chip(kind, text, _label(chosen, name, value), origin, address(chosen.data, drop=(name, text)), name)


def _together(chosen: ProgramFilter, name: str) -> Chip | None:
    """One chip for what one word asked for, though it takes several values ("accredited", "degree")."""
    if chosen.understood is None or name not in REPEATABLE or name in chosen.asked:
        return None
    asking = [each for each in chosen.understood.inferred if each.name == name]
    if len(asking) != 1 or len(asking[0].values) == 1:
        return None
    (word,) = asking
    return Chip(name, ",".join(word.values), word.label, word.said, address(chosen.data, without=[name]), name)


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
    if name == "sort":
        return f"{SORTS[value]} first" if value == "distance" else SORTS[value]
    return FLAGS.get(name) or LABELS[name][value]


def address(
    data: QueryDict, *, drop: tuple[str, str] | None = None, without: Collection[str] = (), **change: Any
) -> str:
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
    kept |= {name: [] for name in without}
    kept |= {name: [str(value)] for name, value in change.items()}
    return "?" + urlencode([(name, value) for name, values in kept.items() for value in values if any(values)])


def ways_on(chosen: ProgramFilter) -> list[WayOn]:
    """When nothing is found: wider circles first, then each filter whose removal finds something, most first.

    Where no single removal helps, the way on is to clear them all. Of a parameter with many values all are lifted
    together, so that a page without results costs no more than a dozen counts.
    """
    wider = list(_wider(chosen))
    lifted = [way for label, url, question in _lifted(chosen) if (way := _way(chosen, label, url, question))]
    if not wider and not lifted and (everything := _way(chosen, "All programs, without any filter", "?", Question())):
        return [everything]
    return [*wider[:2], *sorted(lifted, key=lambda way: -way.count)]


def _wider(chosen: ProgramFilter) -> Iterator[WayOn]:
    circle = chosen.question.circle
    for miles in MILES:
        if circle is not None and int(miles) > circle.miles:
            question = replace(chosen.question, circle=replace(circle, miles=int(miles)))
            if way := _way(chosen, f"Within {miles} miles", address(chosen.data, within=miles), question):
                yield way


def _lifted(chosen: ProgramFilter) -> Iterator[tuple[str, str, Question]]:
    """Label, address and question without each thing that is applied."""
    question, every = chosen.question, chips(chosen)
    terms = len(chosen.understood.terms) if chosen.understood else 0
    for at, chip in enumerate(every[:terms]):  # the words of the text come first
        yield _lifting(chip), chip.remove_url, replace(question, meanings=_but(question.meanings, at))
    if chosen.understood and chosen.says_nothing:
        words = quoted(chosen.understood.unmatched)
        yield f"Without {words}", address(chosen.data, drop=("q", "")), replace(question, meanings=())
    by_parameter = groupby(every[terms:], key=lambda chip: "where" if chip.kind == "place" else chip.parameter)
    for name, group in by_parameter:
        several = list(group)
        if len(several) > FEW_VALUES:
            yield (
                f"Without the {len(several)} values of “{name}”",
                address(chosen.data, without=[name]),
                _without(question, name),
            )
            continue
        for chip in several:
            together = "," in chip.value and name in REPEATABLE
            yield _lifting(chip), chip.remove_url, _without(question, name, None if together else chip.value)


def _but(items: tuple[Any, ...], at: int) -> tuple[Any, ...]:
    return (*items[:at], *items[at + 1 :])


def _without(question: Question, name: str, value: str | None = None) -> Question:
    """The question without a parameter, or without one of its values."""
    if name in FACETS:
        left = tuple(each for each in question.facets[name] if value is not None and each != value)
        return replace(question, facets={**question.facets, name: left})
    if name == "cip":
        return replace(question, cips=tuple(each for each in question.cips if value is not None and each != value))
    lifted: dict[str, dict[str, Any]] = {
        "where": {"circle": None, "usps": "", "online_too": False},
        "confirmed": {"confirmed": False},
        "online_too": {"online_too": False},
        "min_price": {"min_price": None},
        "max_price": {"max_price": None},
    }
    return replace(question, **lifted.get(name, {}))


def _lifting(chip: Chip) -> str:
    if chip.kind == "place":
        return f"Anywhere, not only {chip.label[0].lower()}{chip.label[1:]}"
    return f"Without “{chip.label.strip('“”')}”"


def _way(chosen: ProgramFilter, label: str, url: str, question: Question) -> WayOn | None:
    """The way to an address, when something is found there."""
    count = Answer(question, chosen.snapshot.columns).count
    return WayOn(label, count, url) if count else None
