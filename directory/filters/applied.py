"""What is applied, as chips that take it away again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from directory.filters.fields import Repeatable
from directory.filters.program import ProgramFilter
from directory.filters.query_string import address
from directory.filters.question import QuestionFilter
from directory.search.terms import QUOTES
from directory.search.understanding import Inferred, Term
from directory.vocab import CONTROL_CHOICES, STATES, Delivery, Length, LevelGroup, Standing, VeteranFact

LABELS: Final[dict[str, dict[str, str]]] = {
    "level": {str(value): str(label) for value, label in LevelGroup.choices},
    "length": {str(value): str(label) for value, label in Length.choices},
    "accreditation": {str(value): str(label) for value, label in Standing.choices},
    "delivery": {
        **{str(value): str(label) for value, label in Delivery.choices},
        Delivery.UNKNOWN.value: "Delivery not known",
    },
    "control": dict(CONTROL_CHOICES),
    "state": STATES,
    "veterans": {str(value): str(label) for value, label in VeteranFact.choices},
}
FLAGS: Final = {"confirmed": "Meets every condition of the exam", "online_too": "Online programs elsewhere too"}
REPEATABLE: Final = frozenset(
    name for name, filter_ in ProgramFilter.base_filters.items() if issubclass(filter_.field_class, Repeatable)
)
#: Kind of a term -> kind of its chip in the API; a plain word is a part of `q`.
TERM_KINDS: Final = {"field": "field", "career": "career", "school": "school"}
#: In this order on the page; the last ones are numbers and codes.
NARROWING: Final = (
    "where", "level", "length", "accreditation", "leads_to", "confirmed", "delivery", "online_too", "control",
    "state", "veterans", "cip", "max_price", "min_price",
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


def chips(chosen: QuestionFilter) -> list[Chip]:
    """Every choice that is in force, in a fixed order; what the text asked for names the reader's words."""
    found = [_term_chip(chosen, term) for term in chosen.terms]
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


def _term_chip(chosen: QuestionFilter, term: Term) -> Chip:
    label = f"“{term.said.strip(QUOTES)}”"
    if term.corrected:
        label = f"“{term.corrected}” for {label}"
    elif term.kind in ("field", "career") and term.label.casefold() != term.said.casefold():
        label = f"{label}: {term.label}"
    # With the last of its terms goes the text: filling words and words without a match are no question of their own.
    rest = chosen.without(term) if len(chosen.terms) > 1 else ""
    url = address(chosen.data, q=rest) if rest else address(chosen.data, without=["q"])
    return Chip(TERM_KINDS.get(term.kind, "q"), term.label, label, term.said, url)


def _chip(chosen: QuestionFilter, name: str, value: Any) -> Chip:
    inferred = _inferred(chosen, name, str(value))
    typed = chosen.data.get(name, "") if name == "where" else str(value)
    kind, text = name, str(value)
    if name == "where":
        kind, text = ("place", value.label) if value.is_point else ("state", value.state)
    origin = inferred.said if inferred else typed
    return Chip(kind, text, _label(chosen, name, value), origin, address(chosen.data, drop=(name, text)), name)


def _together(chosen: QuestionFilter, name: str) -> Chip | None:
    """One chip for what one word asked for, though it takes several values ("accredited", "degree")."""
    if chosen.understood is None or name not in REPEATABLE or name in chosen.asked:
        return None
    asking = [each for each in chosen.understood.inferred if each.name == name]
    if len(asking) != 1 or len(asking[0].values) == 1:
        return None
    (word,) = asking
    return Chip(name, ",".join(word.values), word.label, word.said, address(chosen.data, without=[name]), name)


def _inferred(chosen: QuestionFilter, name: str, value: str) -> Inferred | None:
    """What in the text asked for this value; None when the reader chose it."""
    if chosen.understood is None or name in chosen.asked:
        return None
    asking = [each for each in chosen.understood.inferred if each.name == name]
    return next((each for each in asking if name == "where" or value in each.values), None)


def _label(chosen: QuestionFilter, name: str, value: Any) -> str:
    if name == "where":
        return f"Within {chosen.miles} miles of {value.label}" if value.is_point else str(value.label)
    if name == "leads_to":
        return f"Opens the {chosen.snapshot.columns.acronyms[value]}"
    if name in ("max_price", "min_price"):
        return f"{'Up to' if name == 'max_price' else 'From'} ${value:,}"
    if name == "cip":
        return f"CIP {value}"
    if name == "sort":
        return f"{chosen.sorts[value]} first" if value == "distance" else chosen.sorts[value]
    return FLAGS.get(name) or LABELS[name][value]
