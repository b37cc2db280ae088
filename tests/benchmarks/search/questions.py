"""The mix of questions: ten kinds of equal weight, many different ones of each kind, drawn from the data itself.

Each question is written twice: as a reader asks the product, and as the nearest that a peer understands.
"""

from __future__ import annotations

import math
import random
import re
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Final

KINDS: Final = (
    "filters", "rare word", "common word", "two words", "prefix", "typo", "school", "place", "text and place", "facets",
)  # fmt: skip
LEVELS: Final = ("certificate", "associate", "bachelors", "masters")
CONTROLS: Final = ("public", "nonprofit", "for-profit")
MILES_PER_DEGREE: Final = 69.0
#: Questions that are asked again: several of each kind, fewer than the pages that a worker keeps.
AGAIN: Final = 50
Pairs = tuple[tuple[str, str], ...]
Filters = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Question:
    """`product` are the public parameters; `text`, `filters` and `box` are what a peer is asked."""

    kind: str
    product: Pairs
    text: str = ""
    filters: Filters = field(default_factory=dict)
    box: tuple[float, float, float, float] | None = None  # south, north, west, east of the circle


class Mix:
    """Draws questions from the titles, schools and places of one database; the same ones for the same seed."""

    def __init__(self, path: Path, seed: int = 7) -> None:
        self.dice = random.Random(seed)  # noqa: S311 - no secret, and the same questions on every run
        with closing(sqlite3.connect(path)) as database:
            rows = database.execute(
                "SELECT DISTINCT l.title, s.name, s.city, l.state FROM directory_listing l"
                " JOIN directory_school s ON s.id = l.school_id WHERE l.listed"
            ).fetchall()
            states = database.execute(
                "SELECT state, count(*) FROM directory_listing WHERE listed GROUP BY 1"
            ).fetchall()
            self.zips: list[tuple[str, float, float]] = database.execute(
                "SELECT z.zip_code, z.latitude, z.longitude FROM directory_zippoint z WHERE z.latitude IS NOT NULL"
                " AND z.zip_code IN (SELECT substr(zip_code, 1, 5) FROM directory_school)"
            ).fetchall()
        self.states = [state for state, _ in sorted(states, key=lambda row: (-row[1], row[0]))[:40]]
        self.titles = sorted({row[0] for row in rows})
        self.schools = sorted({row[1] for row in rows})
        self.cities = sorted({(row[2], row[3]) for row in rows})
        met = Counter(word for title, name, *_ in rows for word in set(_words(f"{title} {name}")))
        ranked = sorted(met, key=lambda word: (met[word], word))
        self.rare = ranked[: max(60, len(ranked) // 2)]
        self.common = ranked[-60:]
        self.title_words = sorted({word for title in self.titles for word in _words(title)})
        self.title_pairs = sorted({pair for title in self.titles for pair in _pairs(title)})
        self.long_words = [word for word in ranked if len(word) >= 6]

    def draw(self, each: int) -> list[Question]:
        """So many questions of every kind, all different where the data has so many, kinds alternating."""
        made = {kind: self._several(kind, each) for kind in KINDS}
        return [made[kind][number] for number in range(each) for kind in KINDS]

    def _several(self, kind: str, each: int) -> list[Question]:
        one: Callable[[], Question] = getattr(self, "_" + kind.replace(" ", "_"))
        found: dict[str, Question] = {}
        for _ in range(each * 20):
            question = one()
            found.setdefault(repr(question), question)
            if len(found) == each:
                return list(found.values())
        return [*found.values(), *(one() for _ in range(each - len(found)))]

    def _filters(self) -> Question:
        return _filtered(
            "filters", level=self._some(LEVELS, 1), state=self._some(self.states, self.dice.choice((1, 2)))
        )

    def _facets(self) -> Question:
        return _filtered(
            "facets", level=self._some(LEVELS, 2), control=self._some(CONTROLS, 2), state=self._some(self.states, 6)
        )

    def _rare_word(self) -> Question:
        return _text("rare word", self.dice.choice(self.rare))

    def _common_word(self) -> Question:
        # There are not many common words: a state beside them makes the questions different.
        word, state = self.dice.choice(self.common), self.dice.choice(self.states)
        filters: Filters = {} if self.dice.random() < 0.4 else {"state": (state,)}
        return Question("common word", (("q", word), *_flat(filters)), word, filters)

    def _two_words(self) -> Question:
        filters: Filters = {} if len(self.title_pairs) > 200 else {"state": (self.dice.choice(self.states),)}
        text = " ".join(self.dice.choice(self.title_pairs))
        return Question("two words", (("q", text), *_flat(filters)), text, filters)

    def _prefix(self) -> Question:
        word = self.dice.choice(self.long_words)
        return _text("prefix", word[: self.dice.randint(4, len(word) - 1)])

    def _typo(self) -> Question:
        word = self.dice.choice(self.long_words)
        place = self.dice.randrange(1, len(word) - 1)
        wrong = self.dice.choice(
            (word[:place] + word[place + 1 :], word[:place] + word[place + 1] + word[place] + word[place + 2 :])
        )
        return _text("typo", wrong)

    def _school(self) -> Question:
        return _text("school", self.dice.choice(self.schools))

    def _place(self) -> Question:
        code, latitude, longitude = self.dice.choice(self.zips)
        miles = self.dice.choice((25, 50, 100))
        height, width = miles / MILES_PER_DEGREE, miles / (MILES_PER_DEGREE * math.cos(math.radians(latitude)))
        box = (latitude - height, latitude + height, longitude - width, longitude + width)
        return Question("place", (("where", code), ("within", str(miles))), box=box)

    def _text_and_place(self) -> Question:
        city, state = self.dice.choice(self.cities)
        word = self.dice.choice(self.title_words)
        text = f"{word} {self.dice.choice((city, state if self.dice.random() < 0.5 else city))}"
        return _text("text and place", text)

    def _some(self, values: tuple[str, ...] | list[str], count: int) -> tuple[str, ...]:
        return tuple(sorted(self.dice.sample(list(values), min(count, len(values)))))


def _text(kind: str, text: str) -> Question:
    return Question(kind, (("q", text),), text)


def _filtered(kind: str, **filters: tuple[str, ...]) -> Question:
    return Question(kind, _flat(filters), filters=filters)


def _flat(filters: Filters) -> Pairs:
    return tuple((name, value) for name, values in filters.items() for value in values)


def _words(text: str) -> list[str]:
    return [word for word in re.findall(r"[a-z]+", text.lower()) if len(word) > 3]


def _pairs(title: str) -> list[tuple[str, str]]:
    words = _words(title)
    return [(one, other) for one, other in pairwise(words) if one != other]


def drawn(path: Path, repetitions: int) -> tuple[list[Question], list[Question]]:
    """Questions to warm up with, and others to measure."""
    each = max(1, repetitions // len(KINDS))
    mix = Mix(path)
    both = mix.draw(each + max(2, each // 4))
    return both[each * len(KINDS) :], both[: each * len(KINDS)]


def asked_again(path: Path, repetitions: int) -> tuple[list[Question], list[Question]]:
    """A few questions to ask once each, and the same ones several times over: what readers share and come back to."""
    few = Mix(path, seed=11).draw(AGAIN // len(KINDS))
    return few, few * max(1, repetitions // len(few))
