"""Text into words: the same way for what readers type and for the names that they mean."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

LONGEST: Final = 200
MOST_TOKENS: Final = 40
#: Written as one word or as two; both sides are read as two.
COMPOUNDS: Final[dict[str, tuple[str, ...]]] = {
    "healthcare": ("health", "care"),
    "nonprofit": ("non", "profit"),
    "postbacc": ("post", "bacc"),
    "postbaccalaureate": ("post", "baccalaureate"),
    "elearning": ("e", "learning"),
    "parttime": ("part", "time"),
    "fulltime": ("full", "time"),
    "ehealth": ("e", "health"),
}
#: Words of names that nobody is sure to type.
LITTLE: Final = frozenset(("of", "the", "at", "and", "for", "in", "a", "an", "de", "inc", "llc"))
APOSTROPHES: Final = "'’‘`´ʼ′"
_TOKEN: Final = re.compile(
    r"""
    (?P<quote>["“”„«»])
    | (?P<address>[^\s<>@"“”()]+@[^\s<>@"“”()]+\.[^\W\d_]{2,})
    | (?P<compare>[<>≤≥]=?(?=\s?\$?\s?\d))
    | (?P<mixed>\d+(?!(?:k|yrs?|years?|wks?|weeks?|mos?|months?|mi|miles?|km|hrs?|hours?|days?)(?![^\W_]))
        [^\W\d_][^\W_]*)
    | (?P<number>(?:\$\s?)?\d+(?:[.,]\d+)*(?:[kK](?![^\W_]))?(?:\s?\$)?)
    | (?P<word>[^\W\d_](?:[^\W_]|['’‘`´ʼ′.](?=[^\W\d_])|[\u0300-\u036f])*\.?)
    | (?P<and>[&+](?!\w*=))
    | (?P<comma>[,;])
    | (?P<dash>[-–—])
    | (?P<sign>[\u2190-\u2bff\U0001f000-\U0001faff]+)
    """,
    re.VERBOSE,
)
_PLAIN: Final = re.compile(r"[^\W_]+")
_INITIALS: Final = re.compile(r"\b(?:[a-z]\.\s?){2,}(?:[a-z]\b)?")


@dataclass(frozen=True, slots=True)
class Token:
    """One word or number of the text: `start` to `end` of the cleaned text, and how it stood there."""

    said: str
    word: str
    start: int
    end: int
    kind: str = "word"  # "word", "number", "compare", "address" (of e-mail) or "sign"
    quoted: int = 0  # the number of the pair of quotation marks that it stands in
    after_comma: bool = False
    after_dash: bool = False
    after_minus: bool = False  # right before the word, with a blank before it: "-ohio", not "HIT - Ohio"

    @property
    def is_upper(self) -> bool:
        return self.said.isupper()


def listed(words: str) -> frozenset[str]:
    """The words of a text that is a list of words."""
    return frozenset(words.split())


def clean(text: str) -> str:
    """What can be shown, stored and put into an address: no NUL, no half characters, single spaces, 200 letters."""
    whole = text[: LONGEST * 20].encode("utf-8", "replace").decode()
    whole = unicodedata.normalize("NFC", "".join(" " if unicodedata.category(c) in ("Cc", "Cf") else c for c in whole))
    return " ".join(whole.split())[:LONGEST].rstrip()


def tokenize(text: str) -> tuple[Token, ...]:
    """The tokens of a cleaned text. Marks between them carry no meaning of their own, save quotes and commas."""
    found: list[Token] = []
    group, inside = 0, False
    comma = dash = minus = False
    pairs = sum(map(text.count, '"“”„«»')) // 2
    for match in _TOKEN.finditer(text):
        kind, said = match.lastgroup or "word", match[0]
        if kind == "quote":
            if inside or group < pairs:
                group, inside = (group if inside else group + 1), not inside
            continue
        if kind == "comma":
            comma = True
            continue
        if kind == "dash":
            dash, at = True, match.start()
            minus = said == "-" and text[at - 1 : at] in ("", " ") and text[at + 1 : at + 2] not in ("", " ")
            continue
        marks = {"quoted": group if inside else 0, "after_comma": comma, "after_dash": dash, "after_minus": minus}
        comma = dash = minus = False
        for part, start in _parts(kind, said, match.start()):
            known = {"and": "word", "mixed": "word"}.get(kind, kind)
            found.append(Token(part, _word(kind, part), start, start + len(part), known, **marks))  # type: ignore[arg-type]
    return tuple(found)


def _parts(kind: str, said: str, start: int) -> list[tuple[str, int]]:
    """A word with dots in it is an acronym (D.C., Ph.D) or several words (St.John)."""
    if kind == "number":  # "$ 500" and "500 $" are one amount, but its edges are not blanks
        return [(said.strip(), start + len(said) - len(said.lstrip()))]
    bare = said.rstrip(".")
    if kind != "word" or "." not in bare or all(len(part) <= 2 for part in bare.split(".")):
        return [(said, start)]
    found, at = [], 0
    for part in said.split("."):
        if part:
            found.append((part, start + at))
        at += len(part) + 1
    return found


def _word(kind: str, said: str) -> str:
    if kind == "and":
        return "and"
    if kind == "number":
        return said.strip().strip("$").replace(",", "").replace(" ", "").casefold()
    return fold(said) or said.casefold()


@lru_cache(maxsize=4096)
def fold(word: str) -> str:
    """Small letters without accents, apostrophes and dots: "D.C." is "dc", "John’s" is "johns"."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in plain if c.isalnum())


def name_words(name: str) -> list[str]:
    """The words of a name that we hold, folded: "St. John's University-Main" is st, johns, university, main."""
    if not name.isascii():
        name = unicodedata.normalize("NFKD", name)
        name = "".join(c for c in name if not unicodedata.combining(c))
    name = name.casefold()
    for mark in APOSTROPHES:
        if mark in name:
            name = name.replace(mark, "")
    if "." in name:
        name = _INITIALS.sub(lambda found: found[0].replace(".", "").replace(" ", "") + " ", name)
    words = _PLAIN.findall(name.replace("&", " and "))
    if any(word in COMPOUNDS for word in words):
        words = [part for word in words for part in COMPOUNDS.get(word, (word,))]
    return words
