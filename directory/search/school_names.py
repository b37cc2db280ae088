"""Names of schools: official, other and former, found by any run of their words."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from directory.search.normalize import LITTLE, listed, name_words
from directory.search.phrases import Phrases
from directory.search.stems import singular
from directory.search.texts import Grouped, Index, Texts

EXPANSIONS: Final[dict[str, tuple[str, ...]]] = {
    "st": ("saint",),
    "ste": ("sainte",),
    "mt": ("mount",),
    "ft": ("fort",),
    "univ": ("university",),
    "inst": ("institute",),
    "coll": ("college",),
    "comm": ("community",),
    "cc": ("community", "college"),
    "ctr": ("center",),
}
#: Words that half of all schools have in their names. They count little, but they do count.
GENERIC: Final = listed(
    """
    university college community institute institution school academy center campus main district system branch inc
    llc office central program training career education global online
    """
)
#: What people call the schools of one system, whose names all begin so: "SUNY Oswego", "Cal State Fullerton".
SYSTEMS: Final[dict[tuple[str, ...], tuple[tuple[str, ...], ...]]] = {
    ("state", "university", "new", "york"): (("suny",),),
    ("suny",): (("state", "university", "new", "york"),),
    ("city", "university", "new", "york"): (("cuny",),),
    ("cuny",): (("city", "university", "new", "york"),),
    ("california", "state", "university"): (("cal", "state"), ("csu",)),
    ("university", "california"): (("uc",),),
    ("university", "cincinnati"): (("uc",),),
    ("pennsylvania", "state", "university"): (("penn", "state"), ("psu",)),
    ("university", "texa"): (("ut",),),
    ("university", "north", "carolina"): (("unc",),),
    ("university", "wisconsin"): (("uw",),),
    ("louisiana", "state", "university"): (("lsu",),),
    ("southern", "illinoi", "university"): (("siu",),),
}
_CAMPUS: Final = re.compile(r"-|\s+at\s+|,\s")
OF_GENERIC: Final = 0.15
OF_CAMPUS: Final = 0.3  # "-Phoenix North": which of a school's places, not which school
MOST_HITS: Final = 400
MOST_BRANCHES: Final = 60
MOST_REMEMBERED: Final = 40_000  # schools, in all answers together
MOST_INITIALS: Final = 60  # more names than that, and the letters mean none of them
FEW_INITIALS: Final = 4  # so many names at most, and the letters mean them wherever they stand


def school_words(name: str) -> list[str]:
    """The folded words of a school's name: abbreviations written out, little words left out, singular."""
    words = []
    for word in name_words(name):
        if word not in LITTLE:
            words += [singular(each) for each in EXPANSIONS.get(word, (word,))]
    return words


def importance(word: str) -> float:
    return OF_GENERIC if word in GENERIC else 1.0


def _by_system(words: list[str]) -> list[list[str]]:
    """The same name with what people call its system in place of the front."""
    for front, short in SYSTEMS.items():
        if tuple(words[: len(front)]) == front and len(words) > len(front):
            return [[*each, *words[len(front) :]] for each in short]
    return []


class Labels(Mapping[int, str]):
    """Official names by School.pk; `pks` are sorted."""

    def __init__(self, pks: array[int], names: Iterable[str]) -> None:
        self._pks, self._names = pks, Texts(names)

    def __getitem__(self, pk: int) -> str:
        at = bisect_left(self._pks, pk)
        if at == len(self._pks) or self._pks[at] != pk:
            raise KeyError(pk)
        return self._names[at]

    def __iter__(self) -> Iterator[int]:
        return iter(self._pks)

    def __len__(self) -> int:
        return len(self._pks)


class SchoolNames:
    """`rows` are (School.pk, official name, other names)."""

    def __init__(self, rows: Iterable[tuple[int, str, Sequence[str]]]) -> None:
        self._pks = array("i")
        self._owner = array("i")
        self._total = array("f")
        self._found: dict[str, dict[int, float]] = {}
        self._held = 0
        labels: list[str] = []
        names: list[str] = []
        core: defaultdict[str, set[int]] = defaultdict(set)
        initials: defaultdict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
        fronts: set[str] = set()
        for pk, official, others in sorted(rows):
            self._pks.append(pk)
            labels.append(official)
            for name in (official, *others):
                words = school_words(name)
                if not words:
                    continue
                front = school_words(_CAMPUS.split(name, maxsplit=1)[0]) if name is official else words
                for called in (words, *(_by_system(words) if name is official else ())):
                    names.append(" ".join(called))
                    self._owner.append(pk)
                    own = max(1, len(front) + len(called) - len(words))
                    self._total.append(
                        sum(map(importance, called[:own])) + OF_CAMPUS * sum(map(importance, called[own:]))
                    )
                if 1 < len(front) < len(words):
                    fronts.add(" ".join(front))
                if name is official and len(front) >= 3:
                    initials["".join(word[0] for word in front)][" ".join(front)].add(pk)
                kept = [word for word in front if word not in GENERIC]
                if 0 < len(kept) < len(front):
                    core[" ".join(kept)].add(pk)
        self.label = Labels(self._pks, labels)
        self.phrases = Phrases(names)
        self._core = Grouped((key, sorted(pks)) for key, pks in core.items())
        self._initials = Grouped(
            (letters, sorted(pk for pks in by_name.values() for pk in pks))
            for letters, by_name in initials.items()
            if len(by_name) <= MOST_INITIALS
        )
        self._few = frozenset(letters for letters, by_name in initials.items() if len(by_name) <= FEW_INITIALS)
        self._fronts = Index(sorted(fronts))
        self._universities: dict[str, list[int]] | None = None

    def __len__(self) -> int:
        return len(self._pks)

    def holding(self, run: str, stretch: tuple[int, int]) -> dict[int, float]:
        """Schools in one of whose names the run stands -> how much of the name it is, up to 1."""
        held = self._found.get(run)
        if held is not None:
            return held
        found: dict[int, float] = {}
        weight = sum(map(importance, run.split(" ")))
        for name, offset in self.phrases.at(stretch, MOST_HITS):
            share = min(1.0, weight / self._total[name]) if self._total[name] else 1.0
            if offset and share < 1.0:
                share *= 0.9
            pk = self._owner[name]
            if share > found.get(pk, 0.0):
                found[pk] = round(share, 3)
        self._held += len(found)
        if self._held > MOST_REMEMBERED:
            self._found.clear()
            self._held = len(found)
        self._found[run] = found
        return found

    def stretch(self, run: Sequence[str]) -> tuple[int, int]:
        """Where these words follow one another in names."""
        found = self.phrases.start(run[0]) if run else (0, 0)
        for size in range(2, len(run) + 1):
            found = self.phrases.narrow(found, " ".join(run[:size]))
        return found

    def has(self, run: Sequence[str]) -> bool:
        low, high = self.stretch(run)
        return low < high

    def beginning(self, run: Sequence[str]) -> dict[int, float]:
        """Schools whose names begin so ("university of"), each as well as the other."""
        low, high = self.stretch(run)
        hits = self.phrases.at((low, high), high - low)
        return {self._owner[name]: 0.5 for name, offset in hits if not offset and " " in self.phrases.names[name]}

    def is_brand(self, word: str) -> bool:
        """Whether a word that many schools share begins their names: Rasmussen, not Los."""
        stretch = self.phrases.start(word)
        hits = list(self.phrases.at(stretch, MOST_BRANCHES + 1))
        return 0 < len(hits) <= MOST_BRANCHES and sum(not offset for _, offset in hits) >= 0.6 * len(hits)

    def called(self, core: str) -> tuple[int, ...]:
        """Schools whose name is these words and generic ones: "cuyahoga" for Cuyahoga Community College."""
        return self._core.get(core)

    def by_initials(self, letters: str, *, many: bool = False) -> tuple[int, ...]:
        """Schools whose official name begins with these letters, when there are few; `many`: some dozens too."""
        return self._initials.get(letters) if many or letters in self._few else ()

    def universities(self, letter: str) -> list[int]:
        """Schools whose official name is "University of" and goes on with a letter."""
        if self._universities is None:
            found: defaultdict[str, list[int]] = defaultdict(list)
            for pk in sorted(self.beginning(["university"])):
                words = school_words(self.label[pk])
                if len(words) > 1 and words[0] == "university":
                    found[words[1][0]].append(pk)
            self._universities = dict(found)
        return self._universities.get(letter, [])

    def is_front(self, run: str) -> bool:
        """Whether several places of a school, or schools of a system, are called so before the hyphen."""
        return run in self._fronts
