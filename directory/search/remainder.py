"""What stays of a text when the words of its filters are taken out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from directory.search.normalize import Token
from directory.search.recognizers.base import Reading

#: Marks that join what stands on both sides, and say nothing at an end.
MARKS: Final = " ,;-–$/&|+"


def without(used: Collection[Reading], chain: Sequence[Reading], tokens: Sequence[Token], text: str) -> str:
    """The text without the words of some readings; filling words at its ends go with them."""
    gone = [reading in used for reading in chain]
    kinds = [reading.kind for reading in chain]
    if any(gone):
        for order in (range(len(gone)), reversed(range(len(gone)))):
            for at in order:
                if not gone[at] and kinds[at] != "filler":
                    break
                gone[at] = True
    spans = [(tokens[reading.start].start, tokens[reading.end - 1].end) for reading in chain]
    staying = [span for span, left in zip(spans, gone, strict=True) if not left]
    pieces, at = [], 0
    for (start, end), left in zip(spans, gone, strict=True):
        # Words that a synonym replaced may have become a filter and a term: they stay for the term.
        if left and start >= at and not any(low < end and start < high for low, high in staying):
            pieces.append(text[at:start])
            at = end
    pieces.append(text[at:])
    return " ".join(" ".join(pieces).replace(" ,", ",").split()).strip(MARKS)
