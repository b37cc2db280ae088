"""Reads the list of queries and refuses a line that says nothing, or something that cannot be checked."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tests.search_queries.predicates import Predicate

FOLDER: Final = Path(__file__).resolve().parent
#: The queries that do not work yet, one per line; see README.md.
NOT_YET: Final = FOLDER / "not_yet.txt"
KEYS: Final = frozenset(
    ("q", "why", "first_ten", "first", "every", "none", "count", "order", "nothing", "understood", "says")
)
EXPECTING: Final = KEYS - {"q", "why"}
ORDERS: Final = ("price", "distance", "earnings", "completions")


class BadList(ValueError):
    """The list cannot be read; names the file and the query."""


@dataclass(frozen=True, slots=True)
class Query:
    """One text with what is expected of its answer; README.md says what each part means."""

    theme: str
    text: str
    why: str
    first_ten: tuple[Predicate, ...] = ()
    first: Predicate | None = None
    every: Predicate | None = None
    none: tuple[Predicate, ...] = ()
    count: tuple[int, int] | None = None
    order: str = ""
    nothing: bool = False
    understood: tuple[tuple[str, str], ...] = ()
    says: str = ""


def read_all(folder: Path = FOLDER) -> list[Query]:
    """Every query of every file, in the order of the files' names. Raises BadList."""
    found = [query for path in sorted(folder.glob("*.toml")) for query in read(path)]
    twice = [text for text, times in Counter(query.text for query in found).items() if times > 1]
    if twice:
        raise BadList(f"Twice in the list: {', '.join(map(repr, twice))}")
    return found


def read_not_yet(path: Path = NOT_YET) -> list[str]:
    """The texts that are known not to work yet."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [line for line in lines if line.strip() and not line.startswith("# ")]


def read(path: Path) -> list[Query]:
    """The queries of one file. Raises BadList."""
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadList(f"{path.name}: {error}") from None
    theme = written.pop("theme", "")
    entries = written.pop("query", [])
    if not theme or not entries or written:
        raise BadList(f"{path.name} needs a theme and [[query]] tables, and nothing else")
    found = []
    for number, entry in enumerate(entries, 1):
        try:
            found.append(_query(theme, entry))
        except (ValueError, TypeError) as error:
            raise BadList(f"{path.name}, query {number} ({entry.get('q')!r}): {error}") from None
    return found


def _query(theme: str, entry: Mapping[str, Any]) -> Query:
    if unknown := set(entry) - KEYS:
        raise ValueError(f"there is no {', '.join(sorted(unknown))}; known: {', '.join(sorted(KEYS))}")
    for name in ("q", "why"):
        if not isinstance(entry.get(name), str) or not entry[name].strip():
            raise ValueError(f"it needs {name}")
    if not EXPECTING & set(entry):
        raise ValueError("it expects nothing")
    if entry.get("nothing") and {"first_ten", "first", "every", "count", "order"} & set(entry):
        raise ValueError("nothing is found, and still something is expected of it")
    if entry.get("order", ORDERS[0]) not in ORDERS:
        raise ValueError(f"order is one of {', '.join(ORDERS)}")
    count = entry.get("count")
    if count is not None and not (len(count) == 2 and 0 < count[0] <= count[1]):
        raise ValueError("count is [least, most]")
    return Query(
        theme=theme,
        text=entry["q"],
        why=entry["why"],
        first_ten=tuple(map(Predicate.read, entry.get("first_ten", ()))),
        first=Predicate.read(entry["first"]) if "first" in entry else None,
        every=Predicate.read(entry["every"]) if "every" in entry else None,
        none=tuple(map(Predicate.read, entry.get("none", ()))),
        count=(count[0], count[1]) if count else None,
        order=entry.get("order", ""),
        nothing=bool(entry.get("nothing", False)),
        understood=tuple((str(kind), str(value)) for kind, value in entry.get("understood", {}).items()),
        says=entry.get("says", ""),
    )
