"""Everything that can be suggested, by kind: read from the database once, and kept with its names."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from math import log10
from typing import Final, NamedTuple
from urllib.parse import urlencode

from django.db.models import Case, TextField, Value, When
from django.urls import reverse

from directory.models import School, SearchEntry
from directory.search.beginnings import Beginnings, Hit, Name
from directory.search.gazetteer import ABBREVIATED, Gazetteer
from directory.search.normalize import name_words
from directory.search.place_names import CITY_NICKNAMES, STATE_NAMES
from directory.search.recognizers import awards
from directory.search.texts import Texts
from directory.vocab import STATES

Kind = SearchEntry.Kind
#: Kind -> what is added to the weight of an entry, which grows with the programs behind it up to about 5: an exam is
#: what the reader of these pages means before anything else.
BONUS: Final = {Kind.CERTIFICATION: 6.0, Kind.CAREER: 1.0}
#: And for an entry with names that somebody wrote for it.
CURATED: Final = 2.0
#: A lesser name (a former name, the body that issues an exam) counts half.
LESSER: Final = 0.5
#: A career's own name comes before one that only stands for it: "medic" is the medical coder.
OTHER_NAME: Final = 0.5
#: A city of so many ZIP codes is also meant by its name alone, and found by the words inside ("orleans"). Below that
#: the postal list has many a firm and a mail room.
CITY: Final = 5


class Suggestion(NamedTuple):
    """`url` is the thing's own page, or the list of programs with the filter or the text that it stands for."""

    kind: str  # "certification", "field", "career", "level", "state", "school", "place" or "search"
    label: str
    url: str
    note: str = ""  # what the label stands for, or the name by which it was found, where that is not plain


class Shelf:
    """The things of one kind: their names, and the suggestion that each name leads to."""

    def __init__(self, kind: str, *, inner: bool = True) -> None:
        self._kind, self._inner = kind, inner
        self._given: list[Name] = []
        #: Number of a name -> the name as people write it, of subjects and careers.
        self._shown: dict[int, str] = {}
        self._things: list[tuple[str, str, str]] | None = []
        self._weights = array("f")
        self._labels = self._urls = self._notes = Texts()
        self.names = Beginnings(())

    def put(self, label: str, url: str, note: str = "", weight: float = 0.0) -> int:
        assert self._things is not None  # noqa: S101 - for the type checker
        self._weights.append(weight)
        self._things.append((label, url, note))
        return len(self._things) - 1

    def call(self, thing: int, names: Iterable[str], weight: float, *, show: bool = False) -> None:
        """Names of a thing that was put here."""
        for name in names:
            if words := lookup_key(name):
                if show:
                    self._shown[len(self._given)] = name
                self._given.append(Name(words, thing, weight, self._inner))

    def thing(self, number: int) -> Suggestion:
        """What was put here under this number, by its own name."""
        label, url, note = self._labels[number], self._urls[number], self._notes[number]
        return Suggestion(self._kind, label, url or programs_url(q=label), note)

    def weight(self, number: int) -> float:
        return self._weights[number]

    def close(self) -> None:
        """No thing and no name comes after this; from now on they take little memory."""
        self.names, self._given = Beginnings(self._given), []
        labels, urls, notes = zip(*self._things or [("", "", "")], strict=True)
        self._labels, self._urls, self._notes = Texts(labels), Texts(urls), Texts(notes)
        self._things = None

    def suggestion(self, hit: Hit) -> Suggestion:
        plain = self.thing(hit.owner)
        shown = self._shown.get(hit.name, plain.label)
        if shown == plain.label:
            return plain
        shown = shown[0].upper() + shown[1:]
        if self._kind == Kind.FIELD:  # by the name that the reader knows, with the official one beside it
            return Suggestion(self._kind, shown, programs_url(q=shown), plain.label)
        return Suggestion(self._kind, plain.label, plain.url, shown)


class Cities:
    """The cities of the gazetteer, by its own numbers: the bigger, the likelier. One ZIP code weighs a half, a hundred
    weigh one and a half.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self.names = Beginnings(self._all())

    def _all(self) -> Iterator[Name]:
        nicknames: dict[str, list[str]] = {}
        for nickname, label in CITY_NICKNAMES.items():
            nicknames.setdefault(label, []).append(lookup_key(nickname))
        for name, _ in self._gazetteer.names():
            for at, number in enumerate(self._gazetteer.numbers(name)):
                city = self._gazetteer.city(number)
                weight, big = 0.5 + 0.5 * log10(city.size), city.size >= CITY
                yield Name(f"{name} {city.state.lower()}", number, weight, big)
                if big and not at:
                    yield Name(name, number, weight, inner=False)
                for nickname in nicknames.get(city.label, ()):
                    yield Name(nickname, number, weight)

    def is_small(self, hit: Hit) -> bool:
        """A hamlet, or one of the postal list's firms and mail rooms."""
        return self._gazetteer.city(hit.owner).size < CITY

    def suggestion(self, hit: Hit) -> Suggestion:
        label = self._gazetteer.city(hit.owner).label
        return Suggestion("place", label, programs_url(where=label))


def lookup_key(name: str, *, whole: bool = True) -> str:
    """A name as it is looked up: folded words, "St." and "Mt." written out unless more letters may follow."""
    words = name_words(name)
    last = len(words) if whole else len(words) - 1
    return " ".join(ABBREVIATED.get(word, word) if at < last else word for at, word in enumerate(words))


def programs_url(**parameters: str) -> str:
    """The address of the list of programs with these parameters."""
    return f"{reverse('program_list')}?{urlencode(parameters)}"


class Shelves(NamedTuple):
    """Kind -> shelf, in the order in which kinds stand among equals; School.pk -> number on the shelf of schools."""

    by_kind: dict[str, Shelf | Cities]
    schools: dict[int, int]


def load_shelves(gazetteer: Gazetteer) -> Shelves:
    """Everything that can be suggested, in two queries."""
    exams, fields, careers, schools = map(Shelf, (Kind.CERTIFICATION, Kind.FIELD, Kind.CAREER, Kind.SCHOOL))
    numbers: dict[int, int] = {}
    towns = {pk: (city, state) for pk, city, state in School.objects.values_list("pk", "city", "state")}
    # Job titles are left out: sixty thousand, mostly curious.
    lesser_names = Case(
        When(kind__in=(Kind.CERTIFICATION, Kind.SCHOOL), then="lesser_names"),
        default=Value(""),
        output_field=TextField(),
    )
    rows = SearchEntry.objects.exclude(kind=Kind.PROGRAM).order_by("kind", "pk")
    columns = ("kind", "key", "label", "names", "weight", "url", lesser_names)
    for kind, key, label, names, weight, url, lesser in rows.values_list(*columns).iterator(chunk_size=500):
        others, full = [name for name in names.split("\n") if name], weight + BONUS.get(kind, 0.0)
        full += CURATED if others and kind != Kind.SCHOOL else 0.0
        if kind == Kind.SCHOOL:
            # By its city too, behind the official name: "lincoln ne".
            town = towns.get(int(key), ("", ""))
            shelf, number = schools, schools.put(", ".join(filter(None, (label, *town))), url, weight=full)
            numbers[int(key)] = number
            schools.call(number, [" ".join((label, *town)), *others], full)
        elif kind == Kind.CERTIFICATION:
            shelf, number = exams, exams.put(label, url, others[0] if others else "")
            exams.call(number, [label, *others], full)
        elif kind == Kind.CAREER:
            shelf, number = careers, careers.put(label, url)
            careers.call(number, [label], full)
            careers.call(number, others, full - OTHER_NAME, show=True)
        elif weight > 1 and len(key) == 7:  # else nobody teaches it here, or it is a family of fields
            shelf, number = fields, fields.put(label, "")
            # The names that people use first: of two that fit alike it is the first that is shown.
            fields.call(number, [*others, label], full, show=True)
        else:
            continue
        # Former names of schools and the bodies of exams.
        shelf.call(number, lesser.split("\n"), (weight + BONUS.get(kind, 0.0)) * LESSER)
    levels, states = _levels(), _states(Counter(state for _, state in towns.values()))
    for shelf in (exams, fields, careers, levels, states, schools):
        shelf.close()
    by_kind: dict[str, Shelf | Cities] = {
        "certification": exams, "field": fields, "career": careers, "level": levels, "state": states,
        "school": schools, "place": Cities(gazetteer),
    }  # fmt: skip
    return Shelves(by_kind, numbers)


def _levels() -> Shelf:
    shelf = Shelf("level", inner=False)
    said: dict[tuple[str, str], list[str]] = {}
    for words, filter_ in awards.PHRASES.items():
        if filter_.name == "level" and len(filter_.values) == 1:
            said.setdefault((filter_.values[0], filter_.label), []).append(words)
    for (level, label), names in said.items():
        shelf.call(shelf.put(label, programs_url(level=level)), [label, *names], 4.0)
    return shelf


def _states(schools: Mapping[str, int]) -> Shelf:
    """The states; of those that begin alike ("new") the one with more schools first."""
    shelf = Shelf("state")
    nicknames: dict[str, list[str]] = {usps: [] for usps in STATES}
    for words, usps in STATE_NAMES.items():
        nicknames[usps].append(words)
    for usps, name in STATES.items():
        state = shelf.put(name, programs_url(where=usps))
        more = 0.1 * log10(1 + schools.get(usps, 0))
        shelf.call(state, [name, usps], 4.0 + more)
        shelf.call(state, nicknames[usps], 3.0 + more)
    return shelf
