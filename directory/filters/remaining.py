"""What of a text goes on beside the filters that it asked for: words that mean by themselves what they meant in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Final

from directory.search.remainder import MARKS
from directory.search.terms import QUOTES
from directory.search.understanding import Term, Understanding

#: Between the words of a term that did not stand together.
APART: Final = " … "
#: Reads a text; `explicit` names the parameters that are chosen.
Read = Callable[..., Understanding]


def remaining(text: str, whole: Understanding, read: Read, *, beside: Collection[str]) -> str:
    """The text without its filters, to be asked beside them: it has the same terms and asks for no filter.

    `whole` is the text as it is read when nothing is chosen, `read` reads another one, `beside` names the parameters
    that go along. Words that match nothing are left out if they can be, since the list is the one without them. Where
    no shorter text means the same it stays whole: a parameter that goes along wins over what it asks for.
    """
    known = whole.rest
    for words in whole.unmatched:
        known = without_words(known, words)
    tried = [known, whole.rest] if whole.terms else [known] if whole.notes else []
    left = first_meaning(whole.terms, tried, read, beside=beside)
    return text if left is None else left


def first_meaning(terms: Sequence[Term], tried: Iterable[str], read: Read, *, beside: Collection[str]) -> str | None:
    """The first of some texts, then of the words of the terms alone, that is read as just these terms.

    None when there is none, "" when there are no terms to mean.

    Words lean on their neighbours and on what is chosen: without them they may be read otherwise, and only reading
    tells.
    """
    wanted = [_meaning(term) for term in terms]
    every = [text for text in dict.fromkeys([*tried, *_own_words(terms)]) if any(map(str.isalnum, text))]
    for text in every:
        for chosen in ((), beside):
            again = read(text, explicit=chosen)
            strays = again.inferred or (again.unmatched and not terms)
            if strays or [_meaning(term) for term in again.terms] != wanted:
                break
        else:
            return text
    return None if terms else ""


def _own_words(terms: Sequence[Term]) -> Iterator[str]:
    if terms:
        yield " ".join(_said(term) for term in terms)
        yield " ".join(term.corrected or _said(term) for term in terms)
        yield " ".join(f'"{_said(term).strip(QUOTES)}"' for term in terms)


def _said(term: Term) -> str:
    return term.said.replace(APART, " ")


def _meaning(term: Term) -> tuple[object, ...]:
    return term.fields, term.schools, term.programs


def without_words(text: str, said: str) -> str:
    """The text without some of its words; `said` joins words that did not stand together by an ellipsis."""
    for piece in said.split(APART):
        text = re.sub(rf"(?<![^\W_]){re.escape(piece)}(?![^\W_])", " ", text, count=1)
    return " ".join(text.split()).strip(MARKS)
