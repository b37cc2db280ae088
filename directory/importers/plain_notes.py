"""Notes of the evidence tables as readers see them: what a page says, without how the tables were made.

Whoever reads pages for the tables notes beside it where a row came from and how it was matched. That stays in the
tables: a file's name, a row of another table, or the text in which a sentence was sought mean nothing to a reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

#: A remark about our own work: identifiers of files and columns, rows, numbers of the official files, the reading.
OURS: Final = re.compile(
    r"\w_\w|\.(csv|xlsx?|json|zip)\b|\brows? (in|of|above|below|[0-9])|\bUNITID\b|\bunique in HD\b|\bmatched by\b"
    r"|^side find$|\bin the store\b|\bnot in the (seen text|sentence)|^(street )?city \w+ in the (text|catalog)$"
    r"|^CAHIIM address\b|\bimage named\b|\bno sentence in the text\b",
    re.IGNORECASE,
)
PLAINER: Final = (
    (re.compile(r"\bnot in the text( seen)?"), "not given"),
    (re.compile(r" (in|from) the (seen text|text seen|text)\b(?! covers)"), ""),
    (re.compile(r"\bon an? ((web-)?developer('s|’s)?|unrelated) host\b"), "on another site"),
    (re.compile(r"\bon a document host\b"), "on a site that keeps documents"),
    (re.compile(r"^catalog front page; does not name"), "front page of the catalog, which does not name"),
)
NOBODY: Final = re.compile(r"\((not|none) named.*\)")
NOT_NAMED: Final = "Accreditor not named"


def for_readers(note: str) -> str:
    """The remarks of a note that are about the page, joined as before; "" when all of them are about our work."""
    kept = [_plainer(remark) for remark in _remarks(_without_our_brackets(note)) if not OURS.search(remark)]
    return "; ".join(remark for remark in kept if remark)


def accreditor(as_stated: str) -> str:
    """Who accredits by the words of the page, or that it names nobody."""
    return NOT_NAMED if NOBODY.fullmatch(as_stated) else as_stated


def _without_our_brackets(note: str) -> str:
    return re.sub(r"\s*\(([^()]*)\)", lambda found: "" if OURS.search(found[1]) else found[0], note)


def _remarks(note: str) -> Iterator[str]:
    """What stands between semicolons, but for those within brackets."""
    return (each.strip() for each in re.split(r";(?![^()]*\))", note) if each.strip())


def _plainer(remark: str) -> str:
    for pattern, words in PLAINER:
        remark = pattern.sub(words, remark)
    return remark.strip(" ,")
