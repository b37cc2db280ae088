"""The words of a review or a reply: cleaned of what cannot be seen, measured, compared. Asks no database."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import Final

#: Characters. Shorter says nothing that the ratings do not say; longer is not read to its end.
SHORTEST: Final = 60
LONGEST: Final = 5_000
LONGEST_REPLY: Final = 3_000
#: A review may name a page or two; more is an advertisement. They are shown as text, never as links.
MOST_LINKS: Final = 2
#: Turns the order of letters around, so that a text is read otherwise than it stands there.
_TURNING: Final = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_BLANK_LINES: Final = re.compile(r"\n{3,}")
_LINK: Final = re.compile(
    r"https?://|www\.|\b[a-z0-9-]+\.(?:com|net|org|info|biz|shop|online|site|xyz|top|io|ru|cn)\b", re.IGNORECASE
)
_SAID: Final = re.compile(r"[^\w]+")


def cleaned(text: str) -> str:
    """The text as it will be kept: line ends of one kind, at most one empty line, nothing that cannot be seen."""
    plain = _TURNING.sub("", unicodedata.normalize("NFC", text)).replace("\r\n", "\n").replace("\r", "\n")
    seen = "".join(each for each in plain if each in "\n\t" or unicodedata.category(each) not in ("Cc", "Cs", "Co"))
    lines = "\n".join(line.rstrip() for line in seen.split("\n"))
    return _BLANK_LINES.sub("\n\n", lines).strip()


def link_count(text: str) -> int:
    """How many addresses of pages a text names; "https://www.x.com" is one."""
    return sum(1 for word in text.split() if _LINK.search(word))


def digest(text: str) -> str:
    """The same for texts that differ only in case, blanks and punctuation; 32 hexadecimal digits."""
    said = _SAID.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def trouble(text: str, *, shortest: int = SHORTEST, longest: int = LONGEST) -> str:
    """What is wrong with a cleaned text, in words for its writer; "" when nothing is."""
    length = len(text)
    if not length:
        return "Write what you saw. A few sentences are enough."
    if length < shortest:
        return f"Say a little more: this has {_counted(length)}, and a reader needs at least {shortest}."
    if length > longest:
        return (
            f"This has {_counted(length)}; at most {longest:,} fit. Nothing of it is lost: it all stands in the field. "
            f"Take out about {length - longest:,}."
        )
    links = link_count(text)
    if links > MOST_LINKS:
        return f"This names {links} web addresses; at most {MOST_LINKS} are taken. Take the others out."
    return ""


def _counted(length: int) -> str:
    return f"{length:,} character{'' if length == 1 else 's'}"
