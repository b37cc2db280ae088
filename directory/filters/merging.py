"""From the text of a question to its filters: what `q` asks for joins the parameters that were chosen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from django.http import QueryDict

from directory.filters.remaining import remaining
from directory.search.freshness import Snapshot
from directory.search.normalize import LONGEST
from directory.search.understand import understand
from directory.search.understanding import Understanding

TOO_LONG: Final = (
    f"The text has {{:,}} characters, and {LONGEST} are the most that can be searched for. Left out: “{{}}”."
)
#: Of what is left out, so much is said back.
SAID_BACK: Final = 60


@dataclass(frozen=True, slots=True)
class Merged:
    """The question as understood: what remains of the text stays in `q`, the rest became parameters.

    Asked again it finds the same. The text `says_nothing` when no word of it means anything, whatever is chosen.
    """

    data: QueryDict
    understood: Understanding | None = None
    says_nothing: bool = False
    problems: dict[str, list[str]] = field(default_factory=dict)


def merge(
    asked: QueryDict,
    snapshot: Snapshot,
    *,
    readable: Collection[str],
    read: Callable[..., Understanding] = understand,
) -> Merged:
    """Read the text. A parameter that was chosen wins over one that the text asks for, if it could be read.

    `read` takes the text, the vocabulary and `explicit`, as `understand` does.
    """
    texts = list(dict.fromkeys(asked.getlist("q")))
    if len(texts) != 1:
        return Merged(asked)
    text = texts[0]
    if not any(map(str.isalnum, text)):
        return Merged(asked)  # the field says that there is nothing to search for
    data = asked.copy()
    problems: dict[str, list[str]] = {}
    if len(text) > LONGEST:
        text, problems = _shortened(text)
        data["q"] = text
    reads = _once(partial(read, vocabulary=snapshot.vocabulary))
    understood = reads(text, explicit=frozenset(readable))
    values: defaultdict[str, list[str]] = defaultdict(list)
    for inferred in understood.inferred:
        if inferred.name not in readable:
            values[inferred.name] += inferred.values
    for name, asked_for in values.items():
        data.setlist(name, asked_for)
    alone = reads(text) if readable else understood
    if alone.unmatched and not (alone.terms or alone.inferred):
        return Merged(data, understood, says_nothing=True, problems=problems)
    left = remaining(text, alone, reads, beside=frozenset((*readable, *values)))
    if left:
        data["q"] = left
    else:
        del data["q"]
    return Merged(data, understood, problems=problems)


def _shortened(text: str) -> tuple[str, dict[str, list[str]]]:
    """The words of a text that is too long that can be searched for, and what is said of the others."""
    kept = text[:LONGEST].rpartition(" ")[0] or text[:LONGEST]
    cut = " ".join(text[len(kept) :].split())
    shown = cut if len(cut) <= SAID_BACK else f"{cut[:SAID_BACK]}…"
    return kept, {"q": [TOO_LONG.format(len(text), shown)]}


def _once(read: Callable[..., Understanding]) -> Callable[..., Understanding]:
    """The same reading that remembers: most texts hold no filter, and what remains of them is the text itself."""
    held: dict[tuple[str, frozenset[str]], Understanding] = {}

    def reads(text: str, *, explicit: Collection[str] = ()) -> Understanding:
        key = (text, frozenset(explicit))
        if key not in held:
            held[key] = read(text, explicit=key[1])
        return held[key]

    return reads
