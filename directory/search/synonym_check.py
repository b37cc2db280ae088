"""What is wrong with a synonym, in words for whoever writes it: asked before it is kept, and of memory only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from directory.search.gazetteer import city_key
from directory.search.normalize import LITTLE, clean, listed, name_words, tokenize
from directory.search.place_names import STATE_CODES, STATE_NAMES
from directory.search.recognizers.phrases import FILTERS
from directory.search.school_names import GENERIC, school_words
from directory.search.stems import stem
from directory.search.subject_names import LESSER
from directory.search.understand import LONGEST_SYNONYM, understand
from directory.search.understanding import Understanding
from directory.search.vocabulary import Vocabulary
from directory.vocab import STATES

#: Whoever writes one of these means a school; without the school only a part of the name would be read.
NAMES_A_SCHOOL: Final = listed("university univ college institute academy state tech polytechnic")
PLACES: Final = ("where", "state")
IN: Final = frozenset(("in", "near", "around", "at"))
MOST_HIDDEN: Final = 3


@dataclass(slots=True)
class Findings:
    """Why a synonym is refused, by field, and what its author should know all the same."""

    refused: dict[str, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)


def synonym_key(text: str) -> str:
    """What two ways of writing the same words have in common: "Tri-C" and "tri c"."""
    return " ".join(token.word for token in tokenize(clean(text)))


def tidy(text: str, *, small: bool) -> str:
    """Single blanks, and small letters where their size says nothing."""
    whole = clean(text)
    return whole.lower() if small else whole


def literal(text: str, vocabulary: Vocabulary) -> Understanding:
    """How a text is read without any synonym. A synonym's own text is read so: one takes another's place only once."""
    return understand(text, replace(vocabulary, synonyms={}, memory={}, remembered=0))


def check(*, words: str, means: str, others: Mapping[str, str], vocabulary: Vocabulary) -> Findings:
    """`others` are the synonyms in force besides this one: words -> what is read instead."""
    kept = {synonym_key(left): right for left, right in others.items()}
    found = Findings()
    if refusal := _of_words(words, kept, vocabulary):
        found.refused["words"] = refusal
    if refusal := _of_means(words, means, kept, vocabulary):
        found.refused["means"] = refusal
    if not found.refused:
        found.warnings = [*_hidden(words, vocabulary), *_read_otherwise(literal(means, vocabulary))]
    return found


def _of_words(words: str, kept: Mapping[str, str], vocabulary: Vocabulary) -> str:
    key = synonym_key(words)
    count = len(key.split())
    if not count:
        return "Write at least one word: signs alone are not searched for."
    if count > LONGEST_SYNONYM:
        return f"At most {LONGEST_SYNONYM} words are looked up together; these are {count}."
    if key in kept:
        return f"These words are kept already, and read as “{kept[key]}”: change that synonym."
    read = literal(words, vocabulary)
    if all(word in LITTLE for word in key.split()) or (
        read.ignored and not (read.terms or read.inferred or read.unmatched or read.notes)
    ):
        return f"“{words}” is only filling words, which stand in searches of every kind."
    return ""


def _of_means(words: str, means: str, kept: Mapping[str, str], vocabulary: Vocabulary) -> str:
    left, right = synonym_key(words), synonym_key(means)
    if not right:
        return "Write at least one word: signs alone mean nothing to the search."
    if left == right:
        return f"“{words}” would be read as itself."
    if way := _circle(left, means, kept):
        return f"This goes in a circle: {' → '.join(f'“{each}”' for each in (words, *way))}."
    read = literal(means, vocabulary)
    if right in kept and (read.unmatched or not (read.terms or read.inferred)):
        return f"“{means}” is itself a synonym, and read as “{kept[right]}”: write that here."
    if _lacks_the_school(means, read, vocabulary):
        parts = " and ".join(f"“{label}”" for label in _labels(read))
        return f"No school in the catalogue is called “{means}”{f', so it would be read as {parts}' if parts else ''}."
    if read.unmatched:
        unknown = ", ".join(f"“{word}”" for word in read.unmatched)
        return f"{unknown} means nothing to the search: no subject, exam, career, school, place or filter is called so."
    if not (read.terms or read.inferred):
        return f"“{means}” means nothing to the search: it has only filling words."
    return ""


def _labels(read: Understanding) -> list[str]:
    return [*(each.label for each in read.inferred), *(each.label for each in read.terms)]


def _circle(left: str, means: str, kept: Mapping[str, str]) -> list[str]:
    """The way from what is read instead back to the words, when there is one."""
    way, key = [means], synonym_key(means)
    while key in kept and len(way) <= len(kept):
        way.append(kept[key])
        key = synonym_key(kept[key])
        if key == left:
            return way
    return []


def _lacks_the_school(means: str, read: Understanding, vocabulary: Vocabulary) -> bool:
    """Whether the text names a school that the catalogue lacks, so that parts of the name are read as other things."""
    words = name_words(means)
    places = [word for each in read.inferred if each.name in PLACES for word in name_words(each.said)]
    nouns = NAMES_A_SCHOOL.intersection(words).difference(places)  # "Washington State" is a place
    name = school_words(means)
    if not nouns or (name and vocabulary.schools.has(name)):
        return False
    if vocabulary.schools.called(" ".join(word for word in name if word not in GENERIC)):
        return False
    # "Ohio State University" is no wish for public universities in Ohio, "public university in Ohio" is one.
    if read.unmatched or (places and not IN.intersection(words)):
        return True
    runs = [name_words(said) for said in (*(each.said for each in read.inferred), *(each.said for each in read.terms))]
    alone = [noun for noun in nouns if max((len(run) for run in runs if noun in run), default=0) == 1]
    return bool(alone) and len(words) > 1


def _hidden(words: str, vocabulary: Vocabulary) -> list[str]:
    """What is called exactly so, and is not found by that name any more."""
    hidden = list(dict.fromkeys(_names(words, vocabulary)))
    if not hidden:
        return []
    more = f" and {len(hidden) - MOST_HIDDEN} more" if len(hidden) > MOST_HIDDEN else ""
    named = ", ".join(hidden[:MOST_HIDDEN])
    return [f"“{words}” is a name already: {named}{more}. A search for these words alone does not find that any more."]


def _names(words: str, vocabulary: Vocabulary) -> list[str]:
    key, found = synonym_key(words), []
    if exam := vocabulary.exams.get(key):
        found.append(f"the exam {exam.acronym}")
    subjects = vocabulary.subjects
    for name in subjects.named(stem(word) for word in key.split() if word not in LITTLE):
        if subjects.rank[name] != LESSER:
            subject = subjects.subjects[subjects.owner[name]]
            found.append(f"the {'career' if subject.kind == 'career' else 'subject'} {subject.label}")
    run = school_words(words)
    schools = vocabulary.schools.holding(" ".join(run), vocabulary.schools.stretch(run)) if run else {}
    found += [f"the school {vocabulary.schools.label[pk]}" for pk, share in schools.items() if share >= 1.0]
    found += [f"the city {city.label}" for city in vocabulary.gazetteer.cities(city_key(words))[:1]]
    if usps := STATE_NAMES.get(key) or STATE_CODES.get(key):
        found.append(f"the state {STATES[usps]}")
    if key in FILTERS:
        found.append(f"the filter {FILTERS[key][0].label}")
    return found


def _read_otherwise(read: Understanding) -> list[str]:
    """Words of the meaning that were put right or left out."""
    found = [f"“{term.said}” is read as “{term.corrected}”: write it so." for term in read.terms if term.corrected]
    if read.ignored:
        found.append(f"Filling words count for nothing: {', '.join(f'“{word}”' for word in read.ignored)}.")
    return found
