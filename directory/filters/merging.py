"""From the text of a question to its filters: what `q` asks for joins the parameters that were chosen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Final

from django.http import QueryDict

from directory.search.freshness import Snapshot
from directory.search.normalize import LONGEST
from directory.search.understand import understand
from directory.search.understanding import Understanding

TOO_LONG: Final = f"The text has {{:,}} characters, and {LONGEST} are the most that can be searched for."


@dataclass(frozen=True, slots=True)
class Merged:
    """The question as understood: what remains of the text stays in `q`, the rest became parameters."""

    data: QueryDict
    understood: Understanding | None = None
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
    if len(text) > LONGEST:
        del data["q"]
        return Merged(data, problems={"q": [TOO_LONG.format(len(text))]})
    understood = read(text, snapshot.vocabulary, explicit=frozenset(readable))
    values: defaultdict[str, list[str]] = defaultdict(list)
    for inferred in understood.inferred:
        if inferred.name not in readable:
            values[inferred.name] += inferred.values
    for name, asked_for in values.items():
        data.setlist(name, asked_for)
    if _says_something(understood):
        data["q"] = understood.rest
    else:
        del data["q"]
    return Merged(data, understood)


def _says_something(understood: Understanding) -> bool:
    """Whether what remains of the text is more than marks and filling words."""
    said = understood.terms or understood.unmatched or understood.notes
    return bool(said) and any(map(str.isalnum, understood.rest))
