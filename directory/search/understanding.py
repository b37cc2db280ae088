"""What a text was understood as: filters, terms, and what was left out, each with the reader's own words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Inferred:
    """A filter that the text asks for. `values` stand as they would in the address.

    `where` is a ZIP code, "Columbus, OH", or a USPS code for a state. `said` is what was typed, several places of
    the text joined by " … " when the words do not stand together.
    """

    name: str
    values: tuple[str, ...]
    said: str
    label: str


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand for fields of study, schools or programs; terms are AND-ed.

    Weights run from just above 0 to 1; keys of `fields` are six-digit CIP codes (a family stands for its fields).
    `corrected` is what was read instead of mistyped words.
    """

    said: str
    kind: str  # "field", "career", "school" or "word"
    label: str
    fields: Mapping[str, float] = field(default_factory=dict)
    schools: Mapping[int, float] = field(default_factory=dict)
    programs: Mapping[int, float] = field(default_factory=dict)
    corrected: str = ""


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another reading: its words for the reader, and the whole text that asks for it."""

    label: str
    q: str


@dataclass(frozen=True, slots=True)
class Understanding:
    """The whole of a text. Every word that was typed is in exactly one of these, or in a note.

    `rest` is the text without the words of `inferred`; understanding it again gives the same terms.
    """

    inferred: tuple[Inferred, ...] = ()
    terms: tuple[Term, ...] = ()
    rest: str = ""
    unmatched: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    notes: tuple[str, ...] = ()
