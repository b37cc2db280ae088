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
    found = understand(text, vocabulary, explicit=explicit)
    if useless := [each for each in found.inferred if each.name == "sort" and each.values != ("distance",)]:
        found = replace(
            found,
            rest=understand(text, vocabulary, explicit=frozenset((*explicit, "sort"))).rest,  # the words stay
            inferred=tuple(each for each in found.inferred if each not in useless),
            notes=(*found.notes, *map(_not_used, useless)),
        )
    found = _name_before_place(found, text, vocabulary)
    if found.terms or found.inferred or found.unmatched or found.notes:
        return found
    words = [word for said in found.ignored for word in said.split()]
    loose = [word for word in words if word.casefold() not in PLURALS]
    return replace(found, terms=tuple(Term(word, "word", word) for word in loose), ignored=()) if loose else found


def _not_used(order: Inferred) -> str:
    return f"“{order.said}” was not used: schools have no such order. The list of programs has it."


def _name_before_place(found: Understanding, text: str, vocabulary: Vocabulary) -> Understanding:
    """A bare city as the school that is called so, in the state that follows; "near Columbus" stays a place."""
    where = next((each for each in found.inferred if each.name == "where"), None)
    if where is None or "," not in where.values[0] or any(each.name == "within" for each in found.inferred):
        return found
    city, _, usps = where.values[0].rpartition(", ")
    size = len(name_words(city))
    words = where.said.replace(",", " ").split()
    said, state = " ".join(words[:size]), " ".join(words[size:])
    if name_words(said) != name_words(city):
        return found
    schools = called(said, vocabulary)
    if max(schools.values(), default=0.0) < NAMED_SO:
        return found
    others = tuple(each for each in found.inferred if each is not where)
    if state:
        others = (Inferred("where", (usps,), state, f"In {STATES[usps]}"), *others)
    near = Alternative(f"Near {where.values[0]}", text.replace(where.said, f"near {where.values[0]}", 1))
    alternatives = (near, *(each for each in found.alternatives if f'"{city}"' not in each.q))
    return replace(
        found,
        inferred=others,
        terms=(*found.terms, Term(said, "school", f"Schools named “{said}”", {}, schools)),
        rest=f"{said} {found.rest}".strip(),
        alternatives=tuple(dict.fromkeys(alternatives)),
    )


def called(said: str, vocabulary: Vocabulary) -> Mapping[int, float]:
    """School.pk -> how much of its name the words are."""
    run = school_words(said)
    return vocabulary.schools.holding(" ".join(run), vocabulary.schools.stretch(run)) if run else {}
