"""The ways to read one word: as it stands, written out, taken apart, or as what was meant."""

from __future__ import annotations

from typing import Final

from directory.search.normalize import COMPOUNDS, Token, name_words
from directory.search.place_names import CITY_NICKNAMES, STATE_CODES, STATE_NAMES, STATE_NICKNAMES
from directory.search.recognizers.base import Form
from directory.search.recognizers.phrases import FILTERS, NOTES
from directory.search.stems import singular, stem
from directory.search.vocabulary import Vocabulary

#: What readers shorten. The first of several is likelier; the word itself stays a reading.
SHORT: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    word: tuple(tuple(each.split(" ")) for each in meant.split("|"))
    for word, meant in {
        "med": "medical", "meds": "medical", "info": "information", "infor": "information", "mgmt": "management",
        "mgt": "management", "asst": "assistant", "hlth": "health", "svc": "services", "svcs": "services",
        "spec": "specialist", "rec": "records", "recs": "records", "acct": "accounting", "bus": "business",
        "comp": "computer", "sci": "science", "dept": "department", "bldg": "building", "sec": "security|secretary",
        "univ": "university", "u": "university", "uni": "university", "coll": "college", "comm": "community",
        "cmty": "community", "cc": "community college", "jr": "junior", "inst": "institute", "ctr": "center",
        "intl": "international", "st": "saint|state", "ste": "sainte", "mt": "mount", "ft": "fort", "n": "north",
        "s": "south", "e": "east", "w": "west", "hts": "heights", "phys": "physical", "pharm": "pharmacy",
        "psych": "psychology", "cosmo": "cosmetology", "voc": "vocational", "ins": "insurance",
        "admn": "administration", "adm": "administrative", "elec": "electrical", "eng": "engineering",
        "mich": "michigan", "minn": "minnesota", "penn": "pennsylvania", "mass": "massachusetts",
        "wash": "washington", "calif": "california", "fla": "florida", "ind": "indiana", "wis": "wisconsin",
        "b": "billing", "tec": "tech", "umass": "university massachusetts",
    }.items()
    for meant in (meant,)
}  # fmt: skip
#: What nobody misspells a word into: "much" is no "Mich.".
ABBREVIATIONS: Final = frozenset(
    (*SHORT, *STATE_CODES, *(word for word in STATE_NICKNAMES if len(word) <= len("calif")))
)
#: Too short to be looked up as typing errors.
SLIPS: Final = {"adn": "and", "nad": "and", "teh": "the", "fo": "of", "ot": "to", "wiht": "with", "fro": "for"}
LEAST_NICKNAME: Final = 2
OF_SHORT: Final = 0.05
OF_LETTER: Final = 0.3
OF_PREFIX: Final = 0.35
OF_PARTS: Final = 0.2
OF_SLIP: Final = 0.5
OF_BEGUN: Final = 0.2
#: What only a job's title or another name of some school has, may be a slip in that: a school is "Florda" there.
RARE: Final = 0.15


def forms(token: Token, vocabulary: Vocabulary, *, last: bool) -> tuple[Form, ...]:
    """The word as it stands first, then what else it may be, likeliest first."""
    word = token.word
    if token.kind != "word":
        return (Form((word,)),)
    found = [Form(COMPOUNDS[word]) if word in COMPOUNDS else Form((word,))]
    for at, words in enumerate(SHORT.get(word, ())):
        found.append(Form(words, OF_SHORT * (1 + 2 * at)))
    if len(word) >= LEAST_NICKNAME and (city := CITY_NICKNAMES.get(word)):  # "philly community college"
        words = tuple(name_words(city)[:-1])
        found += [Form(words, OF_SHORT)] if word not in words and " ".join(words) not in STATE_NAMES else []
    if word in SLIPS:
        found.append(Form((SLIPS[word],), 0.0, True))
    if is_known(word, vocabulary):
        if len(word) >= 5 and _only_its_stem_is(word, vocabulary):  # "codeing" has the stem of "cod"
            found += [Form((meant,), OF_LETTER * off, True) for meant, off in vocabulary.spelling.corrections(word)]
        rare = vocabulary.spelling.weight(word) <= RARE and word not in FILTERS and word not in NOTES
        found += [Form((meant,), OF_SLIP, True, not rare) for meant in vocabulary.spelling.instead(word)]
        if last and len(word) >= 3 and word not in vocabulary.spelling.core:
            found += [Form((each,), OF_BEGUN, True, True) for each in vocabulary.spelling.beginning(word, core=True)]
    elif not SHORT.get(word):
        is_acronym = token.is_upper and len(word) <= 4  # HIA is no beginning of Hialeah
        found += _unknown(word, vocabulary, last=last and not is_acronym)
    return tuple(found[:6])


def is_known(word: str, vocabulary: Vocabulary) -> bool:
    """Whether the data or the language of the filters has the word, in any form."""
    return (
        word in vocabulary.spelling
        or word in FILTERS
        or word in NOTES
        or word in STATE_CODES
        or word in STATE_NAMES
        or (stem(word) != word and stem(word) in vocabulary.subjects)
        or singular(word) in vocabulary.schools.phrases
        or word in vocabulary.exams
        or bool(vocabulary.schools.by_initials(word))
    )


def _only_its_stem_is(word: str, vocabulary: Vocabulary) -> bool:
    """Whether no name has the word itself, or another common form of it."""
    return not (
        word in vocabulary.spelling
        or word in FILTERS
        or word in NOTES
        or word in STATE_NAMES
        or word.removesuffix("s") in vocabulary.spelling
        or singular(word) in vocabulary.schools.phrases
        or bool(vocabulary.schools.by_initials(word))
    )


def _unknown(word: str, vocabulary: Vocabulary, *, last: bool) -> list[Form]:
    spelling = vocabulary.spelling
    found = []
    if len(word) >= 7 and (parts := spelling.parts(word)):
        found.append(Form(parts, OF_PARTS, True))
    if last and len(word) >= 3:
        found += [Form((meant,), OF_PREFIX, True) for meant in spelling.beginning(word)[:2]]
    found += [Form((meant,), OF_LETTER * off, True) for meant, off in spelling.corrections(word)]
    return [form for form in found if form.words[0] not in ABBREVIATIONS]
