"""Form fields of the lists: each says in one message what it cannot read, and keeps what it can."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from django import forms

from directory.search.freshness import current
from directory.search.places import Place, UnknownPlace, find_place
from directory.search.terms import QUOTES

#: A bad value is said back to the reader, but not all ten thousand letters of it.
SAID: Final = 40
#: Far more than anybody compares; each code is a condition, and databases end a query that has a thousand.
MOST_CODES: Final = 50


def quoted(values: Iterable[str]) -> str:
    """Bad values in words: “ZZ”, “XX” and 3 more."""
    every = [f"“{shown(value)}”" for value in dict.fromkeys(values)]
    more = f" and {len(every) - 3} more" if len(every) > 3 else ""
    return ", ".join(every[:3]) + more


def shown(value: str) -> str:
    """A bad value as it can be said back: not all of it, and no marks that a page cannot show or that turn it round."""
    cut = f"{value[:SAID]}…" if len(value) > SAID else value
    return "".join(each if each.isprintable() else "�" for each in cut)


def every_word(words: Iterable[str]) -> str:
    """All words of a text that was short enough to be read, each in one pair of quotation marks."""
    return ", ".join(f"“{word.strip(QUOTES)}”" for word in dict.fromkeys(words))


class Repeatable(forms.MultipleChoiceField):
    """A choice that can be made several times. `readable` are the values that exist, each once."""

    def to_python(self, value: Any) -> list[str]:
        return list(dict.fromkeys(super().to_python(value)))

    def validate(self, value: Any) -> None:
        bad = [each for each in value if not self.valid_value(each)]
        if bad:
            message = self.error_messages["invalid_choice"] % {"value": quoted(bad)}
            raise forms.ValidationError(message, code="invalid_choice")

    def readable(self, values: Iterable[str]) -> list[str]:
        """Of several values the good ones: one that cannot be read takes no other with it."""
        return [each for each in dict.fromkeys(values) if self.valid_value(each)]


class CipField(Repeatable):
    """CIP codes or families, any of which is enough."""

    def validate(self, value: Any) -> None:
        if bad := [code for code in value if not self.valid_value(code)]:
            raise forms.ValidationError(
                f"{quoted(bad)}: no CIP code. Use 51.0707, or 51.07 for the family.", code="invalid_choice"
            )
        if len(value) > MOST_CODES:
            raise forms.ValidationError(f"{len(value)} CIP codes are too many: {MOST_CODES} at most.")
        if strange := _not_held(value):
            raise forms.ValidationError(f"{quoted(strange)}: we know no such CIP code.", code="invalid_choice")

    def valid_value(self, value: Any) -> bool:
        return bool(re.fullmatch(r"[0-9]{2}\.[0-9]{2}(?:[0-9]{2})?", str(value)))

    def readable(self, values: Iterable[str]) -> list[str]:
        kept = super().readable(values)
        if len(kept) > MOST_CODES:
            return []
        strange = _not_held(kept)
        return [code for code in kept if code not in strange]


def _not_held(codes: Iterable[str]) -> list[str]:
    """Those that neither CIP has nor a listed program."""
    held = current()
    known, listed = held.vocabulary.subjects.by_code, held.columns.cips
    families = {cip[:5] for cip in listed}
    return [code for code in codes if not (code in known or code in families or code in listed)]


class WordsField(forms.CharField):
    """Free text with at least one letter or digit to look for."""

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        if text and not any(map(str.isalnum, text)):
            raise forms.ValidationError(f"{quoted([text])} holds no letter or digit to search for.")
        return text


class PlaceField(forms.CharField):
    """A place in the reader's words, resolved to a Place."""

    def __init__(self, **rest: Any) -> None:
        super().__init__(**rest)
        self.validators = []  # what is no letter is left out, and a place that cannot be found is said in one sentence

    def clean(self, value: Any) -> Place | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return find_place(text)
        except UnknownPlace as unknown:
            raise forms.ValidationError(str(unknown), code="unknown") from None
