"""A longer text whose last words are still being typed: what stands before them, and what can follow it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from directory.models import SearchEntry
from directory.search.normalize import LITTLE, listed
from directory.search.suggestible import Suggestion, programs_url
from directory.search.understand import understand
from directory.search.vocabulary import Vocabulary

#: Of a longer text only the last words can be finished, and only with what stands beside a subject.
LAST_WORDS: Final = 3
SHORTEST: Final = 2
Kind = SearchEntry.Kind
#: A place follows these and nothing else.
NEAR: Final = listed("near nearby around by from miles of")
#: A place or a subject follows these: "coding in Ohio", "degree in coding".
IN: Final = listed("in at for")
#: "Near me" is no beginning of Maine.
ME: Final = "me"
#: Kind -> the parameter that it fills; what fills one that the words before fill already is not offered.
FILLS: Final = {"place": "where", "state": "where", "level": "level", Kind.CERTIFICATION: "leads_to"}


@dataclass(frozen=True, slots=True)
class Split:
    """A text in two: the words before as they were typed, and the folded beginning of what comes."""

    before: str
    end: str


@dataclass(frozen=True, slots=True)
class Front:
    """The words before, and the kinds of things that can follow them."""

    said: str
    asks: str  # without the word that only says that a place follows
    kinds: frozenset[str]

    def with_(self, end: Suggestion) -> Suggestion:
        """The whole search. A filter that the end stands for is one in the address, so that it replaces another."""
        parameters = dict(parse_qsl(urlsplit(end.url).query)) if end.kind in ("place", "state", "level") else {}
        label = f"{self.said} {end.label}"
        url = programs_url(q=self.asks, **parameters) if parameters else programs_url(q=label)
        return Suggestion("search", label, url, end.note if end.kind == "place" else "")


def splits(typed: str, start: str) -> Iterator[Split]:
    """Where the text may be cut, longest end first. `start` is the same text as it is looked up."""
    words, said = start.split(" "), typed.split(" ")
    said = said if len(said) == len(words) else words
    for at in range(max(1, len(words) - LAST_WORDS), len(words)):
        end = " ".join(words[at:])
        if len(end) >= SHORTEST and end not in LITTLE and words[at] not in NEAR | IN and end != ME:
            yield Split(" ".join(said[:at]), end)


def front_of(split: Split, vocabulary: Vocabulary) -> Front | None:
    """None when the words before the end mean nothing: however it ends, such a search finds little."""
    read = understand(split.before, vocabulary)
    if read.unmatched or not (read.terms or read.inferred):
        return None
    words = split.before.split(" ")
    while len(words) > 1 and words[-1].casefold() in NEAR | IN:
        words.pop()
    last = split.before.rpartition(" ")[2].casefold()
    kinds = {"place", "state"}
    if last not in NEAR:
        kinds |= {"level", Kind.CERTIFICATION} if last not in IN else set()
        # Two subjects are both asked for, and hardly any program is both.
        kinds |= {Kind.FIELD} if not any(term.kind in ("field", "career") for term in read.terms) else set()
    filled = {each.name for each in read.inferred} | (
        {"where"} if any(e.name == "state" for e in read.inferred) else set()
    )
    allowed = frozenset(kind for kind in kinds if FILLS.get(kind) not in filled)
    return Front(split.before, " ".join(words), allowed)
