"""The text of a school question: places and kinds of school become parameters, the rest names schools.

The words are read as on the program list, by the same vocabulary. What differs is what a school can be asked: a city
that is most of a school's name is that name, a subject stands for the schools that teach it, and a filter that only
programs have is not used, which a note says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from django.http import QueryDict

from directory.filters.fields import quoted
from directory.search.composing import WORDS
from directory.search.freshness import Snapshot
from directory.search.normalize import name_words
from directory.search.recognizers.schools import PLURALS
from directory.search.school_names import school_words
from directory.search.table.matching import match
from directory.search.table.question import Meaning, Question
from directory.search.understand import understand
from directory.search.understanding import Alternative, Inferred, Term, Understanding
from directory.search.vocabulary import Vocabulary
from directory.vocab import STATES

LONGEST: Final = 200
#: Parameters that a text may set here.
USABLE: Final = frozenset(("where", "within", "state", "control"))
#: A bare city is the name of a school when it is so much of it: "Birch Valley" of Birch Valley College.
NAMED_SO: Final = 0.8
#: Whose name has the words stands before who teaches what they mean.
BY_NAME: Final = 1.0


@dataclass(frozen=True, slots=True)
class Wanted:
    """Words that a school must answer to: School.pk -> how well, more is better."""

    said: str
    label: str
    schools: Mapping[int, float]


@dataclass(frozen=True, slots=True)
class SchoolText:
    """A question with its text understood.

    `data` has what the text asks for as parameters and the rest of it in `q`. `wanted` are AND-ed; so are `loose`
    words, which say too little by themselves and are looked for in names and places as they stand.
    """

    data: QueryDict
    wanted: tuple[Wanted, ...] = ()
    loose: tuple[str, ...] = ()
    nothing: tuple[str, ...] = ()  # words without any meaning, where no other word has one: then nothing is found
    notes: tuple[str, ...] = ()
    alternatives: tuple[Alternative, ...] = ()


def read_text(asked: QueryDict, snapshot: Snapshot) -> SchoolText:
    """The question as understood. What was chosen wins over what the text says, and a note names those words."""
    text = str(asked["q"])
    vocabulary = snapshot.vocabulary
    found = understand(text, vocabulary, explicit=frozenset(asked))
    useless = [each for each in found.inferred if each.name not in USABLE and not _is_order(each, found)]
    if useless:  # their words stay in the text
        explicit = frozenset((*asked, *(each.name for each in useless)))
        found = replace(
            found,
            rest=understand(text, vocabulary, explicit=explicit).rest,
            inferred=tuple(each for each in found.inferred if each not in useless),
        )
    found, name = _name_before_place(found, text, vocabulary)
    wanted = [_wanted(term, snapshot) for term in found.terms]
    if name is not None:
        wanted.append(name)
    alone = not (wanted or found.inferred or found.unmatched or useless)
    words = [word for said in found.ignored for word in said.split()]
    loose = tuple(word for word in words if alone and word.casefold() not in PLURALS)
    nothing = () if wanted or found.inferred else found.unmatched
    return SchoolText(
        _merged(asked, found),
        tuple(wanted),
        loose,
        nothing,
        tuple(_notes(found, useless, loose=bool(loose), nothing=bool(nothing))),
        found.alternatives,
    )


def _is_order(inferred: Inferred, found: Understanding) -> bool:
    """ "Nearest" with a place to count from; schools have neither price nor earnings to be sorted by."""
    has_place = any(each.name == "where" and each.values[0] not in STATES for each in found.inferred)
    return inferred.name == "sort" and inferred.values == ("distance",) and has_place


def _name_before_place(found: Understanding, text: str, vocabulary: Vocabulary) -> tuple[Understanding, Wanted | None]:
    """A bare city as the school that is called so, in the state that follows; "near Columbus" stays a place."""
    where = next((each for each in found.inferred if each.name == "where"), None)
    if where is None or "," not in where.values[0] or any(each.name == "within" for each in found.inferred):
        return found, None
    city, _, usps = where.values[0].rpartition(", ")
    size = len(name_words(city))
    words = where.said.replace(",", " ").split()
    if name_words(" ".join(words[:size])) != name_words(city):
        return found, None
    schools = _called(" ".join(words[:size]), vocabulary)
    if max(schools.values(), default=0.0) < NAMED_SO:
        return found, None
    said = " ".join(words[:size])
    state = " ".join(words[size:])
    others = tuple(each for each in found.inferred if each is not where)
    if state:
        others = (Inferred("where", (usps,), state, f"In {STATES[usps]}"), *others)
    near = Alternative(f"Near {where.values[0]}", text.replace(where.said, f"near {where.values[0]}", 1))
    rest = f"{said} {found.rest}".strip()
    alternatives = tuple(each for each in found.alternatives if f'"{city}"' not in each.q)
    meant = replace(found, inferred=others, rest=rest, alternatives=tuple(dict.fromkeys((near, *alternatives))))
    return meant, Wanted(said, f"“{said}”", schools)


def _called(said: str, vocabulary: Vocabulary) -> Mapping[int, float]:
    run = school_words(said)
    return vocabulary.schools.holding(" ".join(run), vocabulary.schools.stretch(run)) if run else {}


def _wanted(term: Term, snapshot: Snapshot) -> Wanted:
    """The schools of a term: those that are called so, and those that teach it."""
    said = term.corrected or term.said
    label = f"“{term.said.strip('“”')}”"
    if term.corrected:
        label = f"“{term.corrected}” for {label}"
    if term.kind == "school":
        return Wanted(term.said, label, {pk: BY_NAME + share for pk, share in term.schools.items()})
    schools = _teaching(term, snapshot)
    for pk, share in (*term.schools.items(), *_called(said, snapshot.vocabulary).items()):
        schools[pk] = BY_NAME + share
    if term.kind in ("field", "career") and term.label.casefold() != said.casefold():
        label = f"{label}: {term.label}"
    return Wanted(term.said, label, schools)


def _teaching(term: Term, snapshot: Snapshot) -> dict[int, float]:
    """School.pk -> how well its best listed program fits the term."""
    if not (term.fields or term.programs):
        return {}
    columns = snapshot.columns
    matching = match(Question(meanings=(Meaning(term.fields, {}, term.programs),)), columns)
    rows = np.arange(len(columns)) if matching.rows is None else matching.rows
    best = np.zeros(len(columns.schools.latitude), np.float32)
    np.maximum.at(best, columns.school[rows], matching.conditions[0].weights(columns, rows))
    return {pk: float(best[at]) for pk, at in columns.schools.position.items() if best[at] > 0}


def _merged(asked: QueryDict, found: Understanding) -> QueryDict:
    data = asked.copy()
    values: defaultdict[str, list[str]] = defaultdict(list)
    for inferred in found.inferred:
        values[inferred.name] += inferred.values
    for name, asked_for in values.items():
        data.setlist(name, asked_for)
    if found.rest:
        data["q"] = found.rest
    else:
        del data["q"]
    return data


def _notes(found: Understanding, useless: Iterable[Inferred], *, loose: bool, nothing: bool) -> Iterator[str]:
    yield from found.notes
    for each in useless:
        yield f"“{each.said}” was not used: the {WORDS[each.name]} belongs to a program. Search the programs for it."
    if found.unmatched:
        yield f"No match for {quoted(found.unmatched)}" + ("." if nothing else ": these are the results without.")
    if found.ignored and not loose:
        they = "it says" if len(found.ignored) == 1 else "they say"
        yield f"Not searched for, because {they} too little: {', '.join(found.ignored)}."


def together(wanted: Iterable[Wanted]) -> dict[int, float]:
    """School.pk -> how well it answers to all of them, on average to a hundredth; only those that answer to each."""
    every = [each.schools for each in wanted]
    first, *others = every
    return {
        pk: round(sum(each[pk] for each in every) / len(every), 2) for pk in first if all(pk in each for each in others)
    }
