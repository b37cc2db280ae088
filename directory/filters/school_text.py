"""The text of a school question: read as on the program list, but that a name of a school is likelier here.

What differs: a city that is most of a school's name is that name, an order that only programs have is not used, and
words that say too little beside others are looked for where they stand alone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Final

from directory.search.normalize import name_words
from directory.search.recognizers.schools import PLURALS
from directory.search.school_names import school_words
from directory.search.understand import understand
from directory.search.understanding import Alternative, Inferred, Term, Understanding
from directory.search.vocabulary import Vocabulary
from directory.vocab import STATES

#: A bare city is the name of a school when it is so much of it: "Birch Valley" of Birch Valley College.
NAMED_SO: Final = 0.8


def read(text: str, vocabulary: Vocabulary, *, explicit: Collection[str] = ()) -> Understanding:
    """The text as understood on the school list; the parts mean what they mean on the program list.

    A term without fields, schools and programs is to be looked for as it stands, in names and places.
    """
    found = _name_before_place(text, vocabulary, frozenset(explicit))
    if useless := [each for each in found.inferred if each.name == "sort" and each.values != ("distance",)]:
        named = _name_before_place(text, vocabulary, frozenset((*explicit, "sort")))
        found = replace(
            found,
            rest=named.rest,  # the words stay
            inferred=tuple(each for each in found.inferred if each not in useless),
            notes=(*found.notes, *map(_not_used, useless)),
        )
    if found.terms or found.inferred or found.unmatched or found.notes:
        return found
    words = [word for said in found.ignored for word in said.split()]
    loose = [word for word in words if word.casefold() not in PLURALS]
    return replace(found, terms=tuple(Term(word, "word", word) for word in loose), ignored=()) if loose else found


def _not_used(order: Inferred) -> str:
    return f"“{order.said}” was not used: schools have no such order. The list of programs has it."


def _name_before_place(text: str, vocabulary: Vocabulary, explicit: frozenset[str]) -> Understanding:
    """A bare city as the school that is called so, in the state that follows; "near Columbus" stays a place.

    What is chosen already has no say in it.
    """
    whole = understand(text, vocabulary)
    placed = understand(text, vocabulary, explicit=explicit) if explicit else whole
    where = next((each for each in whole.inferred if each.name == "where"), None)
    if where is None or "," not in where.values[0] or any(each.name == "within" for each in whole.inferred):
        return placed
    city, _, usps = where.values[0].rpartition(", ")
    size = len(name_words(city))
    words = where.said.replace(",", " ").split()
    said, state = " ".join(words[:size]), " ".join(words[size:])
    if name_words(said) != name_words(city):
        return placed
    schools = called(said, vocabulary)
    if max(schools.values(), default=0.0) < NAMED_SO:
        return placed
    found = understand(text, vocabulary, explicit=explicit - {"where"}) if explicit else whole
    others = tuple(each for each in found.inferred if each.name != "where")
    notes = found.notes
    if state and "where" in explicit:
        notes = (*notes, f"“{state}” was not used: the place is chosen already.")
    elif state:
        others = (Inferred("where", (usps,), state, f"In {STATES[usps]}"), *others)
    near = Alternative(f"Near {where.values[0]}", text.replace(where.said, f"near {where.values[0]}", 1))
    alternatives = (near, *(each for each in found.alternatives if f'"{city}"' not in each.q))
    return replace(
        found,
        inferred=others,
        terms=(*found.terms, Term(said, "school", f"Schools named “{said}”", {}, schools)),
        rest=f"{said} {found.rest}".strip(),
        alternatives=tuple(dict.fromkeys(alternatives)),
        notes=notes,
    )


def called(said: str, vocabulary: Vocabulary) -> Mapping[int, float]:
    """School.pk -> how much of its name the words are."""
    run = school_words(said)
    return vocabulary.schools.holding(" ".join(run), vocabulary.schools.stretch(run)) if run else {}
