"""Award words and lengths as people say them."""

from __future__ import annotations

from typing import Final

from directory.search.normalize import Token
from directory.search.recognizers.base import Filter, Reading, numbers
from directory.vocab import Length, LevelGroup


def _level(label: str, *levels: LevelGroup) -> Filter:
    return Filter("level", tuple(level.value for level in levels), label)


CERTIFICATE: Final = _level("Certificate", LevelGroup.CERTIFICATE)
ASSOCIATE: Final = _level("Associate degree", LevelGroup.ASSOCIATE)
BACHELORS: Final = _level("Bachelor’s degree", LevelGroup.BACHELORS)
MASTERS: Final = _level("Master’s degree", LevelGroup.MASTERS)
DOCTORATE: Final = _level("Doctorate", LevelGroup.DOCTORATE)
POSTBACC: Final = _level("Postbaccalaureate certificate", LevelGroup.POSTBACC_CERTIFICATE)
#: "Degree" alone; a word that says which degree takes its place.
ANY_DEGREE: Final = _level("Any degree", LevelGroup.ASSOCIATE, LevelGroup.BACHELORS, LevelGroup.MASTERS)
UNDERGRADUATE: Final = _level("Undergraduate", LevelGroup.CERTIFICATE, LevelGroup.ASSOCIATE, LevelGroup.BACHELORS)
GRADUATE: Final = _level("Graduate", LevelGroup.MASTERS, LevelGroup.POSTBACC_CERTIFICATE)
SHORT: Final = Filter("length", (Length.UNDER_12_WEEKS.value, Length.UNDER_1_YEAR.value), "Under 1 year")

_SAID: Final[tuple[tuple[Filter, str], ...]] = (
    (CERTIFICATE, ("certificate, certificates, cert, certs, diploma, diplomas, certificate of completion,"
     " technical certificate, vocational certificate, certificate program, certificate programs, certificate course,"
     " undergraduate certificate, undergrad certificate, undergraduate certificates")),
    (ASSOCIATE, ("associate, associates, aas, associate in science, associate of science, associates in science,"
     " associate of applied science, associate in applied science, associate of arts, associate in arts, 2 year,"
     " two year, 2 yr, 2yr, two yr, 2 years, two years, assoc, assoc degree, foundation degree")),
    (BACHELORS, ("bachelor, bachelors, baccalaureate, bachelor of science, bachelors of science, bachelor in science,"
     " bachelors in science, bachelor of arts, bachelors of arts, bsc, 4 year, four year, 4 yr, 4yr, 4 years,"
     " four years, ba, bs, bach")),
    (MASTERS, "master, masters, master of science, masters of science, master of arts, msc, masteral"),
    (DOCTORATE, ("doctorate, doctorates, doctoral, phd, phds, ph d, doctor of, doctor of philosophy, doctoral program,"
     " doctoral programs, doctorate program, doctorate programs, doctoral degree, doctoral degrees, doctorate degree,"
     " doctorate degrees, phd degree, phd program, phd programs, dhsc")),
    (POSTBACC, ("post bacc, post bacc certificate, post baccalaureate, post baccalaureate certificate,"
     " post bachelors certificate, post bachelor certificate, graduate certificate, graduate certificates,"
     " post degree certificate")),
    (ANY_DEGREE, "degree, degrees, degree program, degree programs, college degree, university degree"),
    (UNDERGRADUATE, "undergraduate, undergrad, undergraduate degree, undergrad degree"),
    (GRADUATE, ("graduate degree, grad degree, graduate school, grad school, graduate program, graduate programs,"
     " grad program, graduate level, postgraduate, post graduate")),
    (SHORT, "short, shortest, quick, quickest, fast, fastest, fast track, short term, quick certificate"),
)  # fmt: skip
_BEFORE_DEGREE: Final = (ASSOCIATE, BACHELORS, MASTERS)
PHRASES: Final[dict[str, Filter]] = {
    phrase: filter_ for filter_, said in _SAID for phrase in map(str.strip, said.split(","))
}
PHRASES.update(
    {
        f"{phrase} {more}": filter_
        for phrase, filter_ in list(PHRASES.items())
        if filter_ in _BEFORE_DEGREE
        for more in ("degree", "degrees", "degree program", "degree programs", "program", "programs", "college")
    }
)
#: Letters that are a degree only in capitals or beside a word that says so ("AS degree", "MS in", "an MA").
LETTERS: Final[dict[str, Filter]] = {"as": ASSOCIATE, "aa": ASSOCIATE, "ms": MASTERS, "ma": MASTERS}

_WEEKS: Final = {"week": 1.0, "wk": 1.0, "month": 52 / 12, "mo": 52 / 12, "mth": 52 / 12, "year": 52.0, "yr": 52.0}
_UNDER: Final = frozenset(("under", "below", "within", "max", "maximum", "in"))
#: Length -> first and last week.
_RANGES: Final = (
    (Length.UNDER_12_WEEKS, 0.0, 12.0),
    (Length.UNDER_1_YEAR, 12.0, 52.0),
    (Length.ONE_TO_TWO_YEARS, 52.0, 104.0),
    (Length.TWO_TO_FOUR_YEARS, 104.0, 208.0),
)
_NUMBER_WORDS: Final = {
    "one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "six": 6.0, "nine": 9.0, "ten": 10.0, "twelve": 12.0,
    "eighteen": 18.0, "a": 1.0,
}  # fmt: skip


def length(tokens: tuple[Token, ...], at: int) -> Reading | None:
    """ "under 12 weeks", "less than a year", "6 month", "18 months or less", "1 year certificate"."""
    start = at
    bound = _bound(tokens, at)
    at += bound
    amount = _amount(tokens, at)
    if not bound and amount is not None and (reading := _range(tokens, at, amount)):
        return reading
    if amount is None or at + 1 >= len(tokens):
        return None
    unit = _WEEKS.get(tokens[at + 1].word.removesuffix("s"))
    if unit is None or (tokens[at].word == "a" and not bound):
        return None
    end = at + 2
    if _words(tokens, end, 2) in ("or less", "or under", "or shorter", "at most"):
        bound, end = 1, end + 2
    elif _words(tokens, end, 1) == "long":
        end += 1
    certificate = _words(tokens, end, 1) in ("certificate", "certificates", "cert", "diploma")
    weeks = amount * unit
    if unit == 52.0 and amount in (2, 4) and not bound and not certificate:
        return None  # "2 year" is an associate degree: the phrases know it
    values = _under(weeks) if bound else _around(weeks)
    if not values:
        return None
    label = " or ".join(Length(value).label.lower() for value in values)
    return Reading(start, end, "filter", 1.6 * (end - start), Filter("length", values, label.capitalize()))


def _amount(tokens: tuple[Token, ...], at: int) -> float | None:
    amount = numbers(tokens, at)
    return _NUMBER_WORDS.get(tokens[at].word) if amount is None and at < len(tokens) else amount


def _range(tokens: tuple[Token, ...], start: int, low: float) -> Reading | None:
    """ "1-2 year", "one to two years", "6 or 9 months": every length between."""
    at = start + 1
    joined = at < len(tokens) and tokens[at].word in ("to", "or")
    at += joined
    high = _amount(tokens, at)
    if high is None or high <= low or not (joined or tokens[at].after_dash) or at + 1 >= len(tokens):
        return None
    unit = _WEEKS.get(tokens[at + 1].word.removesuffix("s"))
    if unit is None or tokens[start].word == "a":
        return None
    values = tuple(length.value for length, least, most in _RANGES if least < high * unit and most > low * unit)
    if not values:
        return None
    label = " or ".join(Length(value).label.lower() for value in values)
    filter_ = Filter("length", values, label.capitalize())
    return Reading(start, at + 2, "filter", 1.7 * (at + 2 - start), filter_)


def _bound(tokens: tuple[Token, ...], at: int) -> int:
    """How many words say "less than"."""
    if tokens[at].kind == "compare":
        return int(tokens[at].said[0] in "<≤")
    if tokens[at].word in _UNDER:
        return 1
    return 2 if _words(tokens, at, 2) in ("less than", "shorter than", "at most", "up to", "no more") else 0


def _words(tokens: tuple[Token, ...], at: int, count: int) -> str:
    return " ".join(token.word for token in tokens[at : at + count])


def _under(weeks: float) -> tuple[str, ...]:
    return tuple(length.value for length, low, _ in _RANGES if low < weeks)


def _around(weeks: float) -> tuple[str, ...]:
    """The range that it falls into, and both where two meet."""
    return tuple(length.value for length, low, high in _RANGES if low <= weeks <= high)
