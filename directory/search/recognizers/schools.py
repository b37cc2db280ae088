"""Schools by any run of words of their names, by initials, and by their own words beside generic ones."""

from __future__ import annotations

from typing import Final

from directory.search.forms import SHORT
from directory.search.normalize import LITTLE, Token, listed
from directory.search.place_names import CITY_NICKNAMES, STATE_CODES, STATE_NAMES
from directory.search.recognizers.base import LONGEST_RUN, Form, Reading
from directory.search.recognizers.phrases import FILLING
from directory.search.school_names import GENERIC, school_words
from directory.search.stems import singular, stem
from directory.search.vocabulary import Vocabulary
from directory.vocab import STATES

STATE_WORDS: Final = frozenset(singular(word) for name in STATES.values() for word in name.casefold().split(" "))
#: Kinds of schools that no filter knows; their names have the words.
OF_KIND: Final = frozenset(("adult school", "adult education"))
#: Words of many schools' names that name none of them alone.
NOT_ALONE: Final = listed(
    "state national american international north south east west northern southern eastern western city county valley"
    " tech saint new great first united northeast northwest southeast southwest central middle rural upstate"
)
_STATES: Final = frozenset(" ".join(singular(word) for word in name.split(" ")) for name in STATE_NAMES)
MOST_WAYS: Final = 4
MOST_ALIKE: Final = 12  # schools: a single word that more of them have names none
MOSTLY: Final = 0.7  # of a name
NEARLY_ALL: Final = 0.9
OF_BEGINNING: Final = 0.85
OF_INITIALS: Final = 0.7
OF_CORE: Final = 0.8
OF_SLIP: Final = 0.4  # a word among others that was mistyped is rather of the subject
OF_LETTERS: Final = 1.3  # in words
OF_UNIVERSITY: Final = 6.0
PLURALS: Final = frozenset(("colleges", "universities", "schools", "institutes", "programs"))

Way = tuple[tuple[str, ...], tuple[int, int], float, bool]


def school_readings(
    tokens: tuple[Token, ...], ways: tuple[tuple[Form, ...], ...], at: int, vocabulary: Vocabulary
) -> list[Reading]:
    """Readings that start at a token, one for each length that some school's name continues to."""
    alone = len(tokens) == 1
    found = [*_initials(tokens[at], at, vocabulary, alone=alone), *_of_letter(tokens, at, vocabulary)]
    held: list[Way] = [((), (0, 0), 0.0, False)]
    for end in range(at + 1, min(len(tokens), at + LONGEST_RUN) + 1):
        token = tokens[end - 1]
        if (
            token.kind not in ("word", "number")
            or token.quoted
            or ((token.after_comma or token.after_minus) and end - 1 > at)
        ):
            break
        if token.word in LITTLE and token.word != "in":
            if end - 1 == at:
                break
            continue  # names are held without them; the reading ends at the next word
        usable = [form for form in ways[end - 1] if not (alone and form.slip)]
        nearer = [way for before in held for form in usable if (way := _onward(before, form, vocabulary))]
        held = sorted(nearer, key=lambda way: way[2])[:MOST_WAYS]
        letters = token.is_upper and len(token.said) == 2 and token.word not in STATE_CODES  # "UC", "KU"
        found += [
            reading
            for way in held
            if (reading := _reading(at, end, way, vocabulary, alone=alone, said=token.word, letters=letters))
        ]
        if not held:
            found += _by_core(tokens, ways, at, end, vocabulary)
        if not held and end > at + 1:
            break
    return found


def _onward(way: Way, form: Form, vocabulary: Vocabulary) -> Way | None:
    """The way with one token more, where some name continues so."""
    run, stretch, cost, corrected = way
    folded = [singular(word) for word in form.words if word not in LITTLE]
    for word in folded:
        run = (*run, word)
        phrases = vocabulary.schools.phrases
        stretch = phrases.narrow(stretch, " ".join(run)) if len(run) > 1 else phrases.start(word)
        if stretch[0] == stretch[1]:
            return None
    return (run, stretch, cost + form.cost, corrected or form.corrected) if folded else None


def _reading(
    at: int, end: int, way: Way, vocabulary: Vocabulary, *, alone: bool, said: str, letters: bool
) -> Reading | None:
    words, stretch, cost, corrected = way
    own = [word for word in words if word not in GENERIC]
    if not own or (end == at + 1 and len(words) > 1 and said in CITY_NICKNAMES):
        return None  # "SLC" by itself is no part of a school's name
    schools = vocabulary.schools.holding(" ".join(words), stretch)
    schools = _own_letters_first(said, schools, vocabulary) if len(words) == 1 else schools
    share = max(schools.values(), default=0.0)
    if share < MOSTLY and all(word in FILLING for word in own):
        return None  # "programs that" of some long name
    count = max(len(words), end - at)
    score = count * (0.35 + 1.2 * share)
    score += _of_whole(count, share, len(schools), is_front=vocabulary.schools.is_front(" ".join(words)))
    subjects = vocabulary.subjects.taught
    if words[0] in GENERIC and share < NEARLY_ALL and not vocabulary.schools.beginning(words):
        return None  # "school Dallas" of a welding school's Dallas campus
    if corrected and len(words) == 1 and not _is_own(words[0], schools, vocabulary):
        return None  # letters are not mistyped for other letters: CSULB is not CSUMB
    if " ".join(words) in OF_KIND:
        return Reading(at, end, "school", 1.6 * count - cost, schools)
    of_subject = [stem(word) in subjects and word not in STATE_WORDS for word in own]
    if of_subject[-1] and _is_state(own[:-1]) and not vocabulary.schools.beginning(words):
        return None  # "Puerto Rico medical …" is a place with a subject
    if all(of_subject):
        if share < MOSTLY or (len(own) == 1 and len(words) == 1):
            return None
        score *= 0.75
    if len(words) == 1:
        # The whole of the text finds whatever has the word.
        if not (alone and words[0] not in FILLING):
            alike = len(schools) > MOST_ALIKE and share < 0.8 and not vocabulary.schools.is_brand(words[0])
            if said in SHORT or alike or not _names_one(words[0], letters=letters):
                return None
        score -= 0.2 * vocabulary.gazetteer.is_city(words[0])
        score -= OF_SLIP * (corrected and not alone)
    read = " ".join(words) if corrected else ""
    return Reading(at, end, "school", score - cost, _beginnings_first(words, schools, vocabulary), read)


def _of_whole(count: int, share: float, schools: int, *, is_front: bool) -> float:
    """What a reading gains by being the whole of a name."""
    if count > 2 and (share > NEARLY_ALL or is_front):
        return 1.0 + 0.5 * (count - 3)  # the longer it is, the less it is a state and a shorter name
    if share > 0.99 and count == 2 and schools == 1:
        return 0.2  # the whole of a short one: "oregon tech"
    # One school alone has these words so: not another one and a stray word.
    return 0.5 if count > 2 and schools == 1 else 0.0


def _own_letters_first(word: str, schools: dict[int, float], vocabulary: Vocabulary) -> dict[int, float]:
    """Of several schools that go by some letters, first the one whose official name begins with them."""
    own = set(vocabulary.schools.by_initials(word, many=True)) & set(schools) if len(schools) > 1 else set()
    return {pk: share if pk in own else 0.8 * share for pk, share in schools.items()} if own else schools


def _is_own(word: str, schools: dict[int, float], vocabulary: Vocabulary) -> bool:
    """Whether the word stands in the official name of the likeliest school."""
    likeliest = max(schools, key=lambda pk: schools[pk])
    return word in school_words(vocabulary.schools.label[likeliest])


def _is_state(words: list[str]) -> bool:
    return " ".join(words) in _STATES


def _names_one(word: str, *, letters: bool) -> bool:
    """Whether a word among others can be a school; of two letters only an acronym can."""
    return word not in FILLING and word not in NOT_ALONE and (len(word) >= 3 or letters)


def _beginnings_first(words: tuple[str, ...], schools: dict[int, float], vocabulary: Vocabulary) -> dict[int, float]:
    """ "Washington University" is the beginning of a name sooner than the end of another."""
    if words[-1] not in GENERIC or len(words) == 1 or max(schools.values(), default=1.0) >= OF_BEGINNING:
        return schools
    begun = vocabulary.schools.beginning(words)
    return {pk: max(well, OF_BEGINNING) if pk in begun else well for pk, well in schools.items()}


def _by_core(
    tokens: tuple[Token, ...], ways: tuple[tuple[Form, ...], ...], at: int, end: int, vocabulary: Vocabulary
) -> list[Reading]:
    """ "Cuyahoga college", "college of Cuyahoga": whose name is the one word beside generic ones."""
    if end - at < 2 or end - at > 5 or any(token.word in PLURALS for token in tokens[at:end]):
        return []
    words = [
        word
        for form in (each[-1] if len(each) == 2 and not each[-1].corrected else each[0] for each in ways[at:end])
        for word in map(singular, form.words)
        if word not in LITTLE
    ]
    own = [word for word in words if word not in GENERIC]
    if not own or len(own) == len(words) or " ".join(own) in STATE_NAMES:
        return []
    if words[0] in GENERIC and tokens[at + 1].word != "of":
        return []
    if all(stem(word) in vocabulary.subjects.taught for word in own):
        return []
    called = vocabulary.schools.called(" ".join(own)) or vocabulary.schools.called(
        " ".join(word for word in own if word != "county")
    )
    if not called:
        return []
    count = max(end - at, len(words))
    score = count * (0.35 + 1.2 * OF_CORE) + (2.0 if len(own) > 2 else 1.0 if count > 3 else 0.0)
    return [Reading(at, end, "school", score, dict.fromkeys(called, OF_CORE))]


def _initials(token: Token, at: int, vocabulary: Vocabulary, *, alone: bool) -> list[Reading]:
    """Letters that many schools share mean them all where nothing else can be meant: in capitals, or "pcc"."""
    word = token.word
    if token.kind != "word" or not 3 <= len(word) <= 7 or word in FILLING or word in vocabulary.exams:
        return []
    likely = token.is_upper or word.endswith(("cc", "tc", "ctc"))
    schools = dict.fromkeys(vocabulary.schools.by_initials(word, many=alone or likely), OF_INITIALS)
    if not schools:
        return []
    stretch = vocabulary.schools.phrases.start(singular(word))
    for pk, share in vocabulary.schools.holding(singular(word), stretch).items() if stretch[1] else ():
        schools[pk] = max(share, schools.get(pk, 0.0))
    known = stem(word) in vocabulary.subjects or vocabulary.gazetteer.is_city(word)
    return [Reading(at, at + 1, "school", 0.5 if known else OF_LETTERS, schools)]


def _of_letter(tokens: tuple[Token, ...], at: int, vocabulary: Vocabulary) -> list[Reading]:
    """ "U of M": every university whose name goes on with that letter, and first those that are called so."""
    words = [token.word for token in tokens[at : at + 3]]
    if len(words) < 3 or words[0] not in ("u", "univ", "university") or words[1] != "of" or len(words[2]) != 1:
        return []
    names = vocabulary.schools
    schools: dict[int, float] = dict.fromkeys(names.universities(words[2]), OF_INITIALS)
    run = school_words(" ".join(words))
    stretch = names.stretch(run)
    for pk, share in names.holding(" ".join(run), stretch).items() if stretch[0] < stretch[1] else ():
        schools[pk] = max(share, schools.get(pk, 0.0))
    return [Reading(at, at + 3, "school", OF_UNIVERSITY, schools)] if schools else []
