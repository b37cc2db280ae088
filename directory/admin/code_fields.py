"""Form fields for columns that hold a list of codes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from directory.vocab import AwardLevel

CIP: Final = re.compile(r"\d\d(\.\d\d(\d\d)?)?")


class CipListField(forms.CharField):
    """CIP codes and families separated by commas; a list of strings in Python."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "Codes or families, separated by commas: 51.0707, 51.07")
        super().__init__(**{**kwargs, "required": False})

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) or value is None else ", ".join(value)

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        words: Iterable[str] = value if isinstance(value, list) else str(value or "").split(",")
        codes = [word.strip() for word in words if word.strip()]
        if wrong := [code for code in codes if not CIP.fullmatch(code)]:
            raise ValidationError(f"No CIP code: {', '.join(wrong)}.")
        return codes

    def run_validators(self, value: Any) -> None:
        """The codes have been looked at; the validators of text do not fit a list."""


class AwardLevelsField(forms.TypedMultipleChoiceField):
    """Award levels to tick; a list of IPEDS codes in Python."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            **{
                **kwargs,
                "choices": AwardLevel.choices,
                "coerce": int,
                "required": False,
                "widget": forms.CheckboxSelectMultiple,
            }
        )
