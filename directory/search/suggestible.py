"""Everything that can be suggested, by kind: read from the database once, and kept with its names."""

from __future__ import annotations

from collections.abc import Iterable
from math import log10
from typing import Final, NamedTuple
from urllib.parse import urlencode

from django.urls import reverse

from directory.models import School, SearchEntry
from directory.search.beginnings import Beginnings, Hit, Name
from directory.search.gazetteer import ABBREVIATED, City, Gazetteer
from directory.search.normalize import name_words
from directory.search.place_names import CITY_NICKNAMES, STATE_NAMES
from directory.search.recognizers import awards
from directory.vocab import STATES

Kind = SearchEntry.Kind
#: Kind -> what is added to the weight of an entry, which grows with the programs behind it up to about 5: an exam is
#: what the reader of these pages means before anything else.
BONUS: Final = {Kind.CERTIFICATION: 6.0, Kind.CAREER: 1.0}
#: And for an entry with names that somebody wrote for it.
CURATED: Final = 2.0
#: A lesser name (a former name, the body that issues an exam) counts half.
LESSER: Final = 0.5
#: A city of so many ZIP codes is also meant by its name alone, and found by the words inside ("orleans"). Below that
#: the postal list has many a firm and a mail room.
CITY: Final = 5


class Suggestion(NamedTuple):
    """`url` is the thing's own page, or the list of programs with the filter or the text that it stands for."""

    kind: str  # "certification", "field", "career", "level", "state", "school" or "place"
    label: str
    url: str
    note: str = ""  # what the label stands for, or the name by which it was found, where that is not plain


class Shelf:
    """The things of one kind: their names, and the suggestion that each name leads to."""

    def __init__(self, *, inner: bool = True) -> None:
        self._inner = inner
        self._names: list[Name] = []
        #: Number of a name -> the name as people write it, of subjects and careers.
        self._shown: dict[int, str] = {}
        self.things: list[Suggestion | City] = []
        self.names = Beginnings(())

    def put(self, thing: Suggestion | City) -> int:
        self.things.append(thing)
        return len(self.things) - 1

    def call(self, thing: int, names: Iterable[str], weight: float, *, show: bool = False) -> None:
        """Names of a thing that was put here."""
        for name in names:
            if words := lookup_key(name):
                if show:
                    self._shown[len(self._names)] = name
                self._names.append(Name(words, thing, weight, self._inner))

    def call_folded(self, thing: int, words: str, weight: float, *, inner: bool) -> None:
        """A name that is folded already."""
        self._names.append(Name(words, thing, weight, inner))

    def close(self) -> None:
        """No name comes after this."""
        self.names = Beginnings(self._names)
        self._names = []

    def suggestion(self, hit: Hit) -> Suggestion:
        thing = self.things[hit.owner]
        if isinstance(thing, City):
            return Suggestion("place", thing.label, programs_url(where=thing.label))
        shown = self._shown.get(hit.name, thing.label)
        if shown == thing.label:
            return thing
        shown = shown[0].upper() + shown[1:]
        if thing.kind == Kind.FIELD:  # by the name that the reader knows, with the official one beside it
            return Suggestion(thing.kind, shown, programs_url(q=shown), thing.label)
        return Suggestion(thing.kind, thing.label, thing.url, shown)


def lookup_key(name: str, *, whole: bool = True) -> str:
    """A name as it is looked up: folded words, "St." and "Mt." written out unless more letters may follow."""
    words = name_words(name)
    last = len(words) if whole else len(words) - 1
    return " ".join(ABBREVIATED.get(word, word) if at < last else word for at, word in enumerate(words))


def programs_url(**parameters: str) -> str:
    """The address of the list of programs with these parameters."""
    return f"{reverse('program_list')}?{urlencode(parameters)}"


def load_shelves(gazetteer: Gazetteer) -> dict[str, Shelf]:
    """Kind -> shelf, in the order in which kinds stand among equals. Three queries and those of the lesser names."""
    shelves = {
        "certification": Shelf(), "field": Shelf(), "career": Shelf(), "level": _levels(), "state": _states(),
        "school": Shelf(), "place": _places(gazetteer),
    }  # fmt: skip
    towns = {pk: f"{city} {state}" for pk, city, state in School.objects.values_list("pk", "city", "state")}
    rows = SearchEntry.objects.exclude(kind=Kind.PROGRAM).order_by("kind", "pk")
    columns = ("kind", "key", "label", "names", "weight", "url")
    for kind, entry, label, names, weight, url in rows.values_list(*columns).iterator(chunk_size=2_000):
        shelf, others = shelves[kind], [name for name in names.split("\n") if name]
        full = weight + BONUS.get(kind, 0.0)
        if kind == Kind.SCHOOL:
            # By its city too, behind the official name: "lincoln ne".
            town = towns.get(int(entry), "")
            number = shelf.put(Suggestion(kind, _with_town(label, town), url))
            shelf.call(number, [f"{label} {town}", *others], full)
            continue
        full += CURATED if others else 0.0
        if kind == Kind.FIELD:
            if weight <= 1 or len(entry) != 7:
                continue  # nobody teaches it here, or it is a family of fields
            thing = Suggestion(kind, label, programs_url(q=label))
        else:
            note = others[0] if kind == Kind.CERTIFICATION and others else ""
            thing = Suggestion(kind, label, url or programs_url(q=label), note)
        shelf.call(shelf.put(thing), [label, *others], full, show=kind != Kind.CERTIFICATION)
    _add_lesser_names(shelves)
    for shelf in shelves.values():
        shelf.close()
    return shelves


def _with_town(label: str, town: str) -> str:
    city, _, state = town.rpartition(" ")
    return ", ".join(filter(None, (label, city, state)))


def _add_lesser_names(shelves: dict[str, Shelf]) -> None:
    """Former names of schools and the bodies of exams. Job titles are left out: sixty thousand, mostly curious."""
    for kind in (Kind.CERTIFICATION, Kind.SCHOOL):
        shelf = shelves[kind]
        numbers = {thing.url: at for at, thing in enumerate(shelf.things) if isinstance(thing, Suggestion)}
        rows = SearchEntry.objects.filter(kind=kind).exclude(lesser_names="").order_by("pk")
        for url, names, weight in rows.values_list("url", "lesser_names", "weight"):
            if url in numbers:
                shelf.call(numbers[url], names.split("\n"), (weight + BONUS.get(kind, 0.0)) * LESSER)


def _levels() -> Shelf:
    shelf = Shelf(inner=False)
    said: dict[tuple[str, str], list[str]] = {}
    for words, filter_ in awards.PHRASES.items():
        if filter_.name == "level" and len(filter_.values) == 1:
            said.setdefault((filter_.values[0], filter_.label), []).append(words)
    for (level, label), names in said.items():
        shelf.call(shelf.put(Suggestion("level", label, programs_url(level=level))), [label, *names], 4.0)
    return shelf


def _states() -> Shelf:
    shelf = Shelf()
    nicknames: dict[str, list[str]] = {usps: [] for usps in STATES}
    for words, usps in STATE_NAMES.items():
        nicknames[usps].append(words)
    for usps, name in STATES.items():
        state = shelf.put(Suggestion("state", name, programs_url(where=usps)))
        shelf.call(state, [name, usps], 4.0)
        shelf.call(state, nicknames[usps], 3.0)
    return shelf


def _places(gazetteer: Gazetteer) -> Shelf:
    """Cities by name, the bigger the likelier: one ZIP code weighs a half, a hundred weigh one and a half."""
    shelf = Shelf()
    nicknames: dict[str, list[str]] = {}
    for nickname, label in CITY_NICKNAMES.items():
        nicknames.setdefault(label, []).append(nickname)
    for name, _ in gazetteer.names():
        for at, city in enumerate(gazetteer.cities(name)):
            number, weight, big = shelf.put(city), 0.5 + 0.5 * log10(city.size), city.size >= CITY
            shelf.call_folded(number, f"{name} {city.state.lower()}", weight, inner=big)
            if big and not at:
                shelf.call_folded(number, name, weight, inner=False)
            shelf.call(number, nicknames.get(city.label, ()), weight)
    return shelf
