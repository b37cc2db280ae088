"""Where an award level's tab is cut and what it says: place, colour and always the word."""

from __future__ import annotations

from typing import Any, Final

from django import template

from directory.vocab import LEVEL_GROUP

register = template.Library()

LEVEL_CSS: Final[dict[str, str]] = {
    "certificate": "lv-cert",
    "associate": "lv-assoc",
    "bachelors": "lv-bach",
    "postbacc-certificate": "lv-bach",
    "masters": "lv-mast",
    "doctorate": "lv-mast",
}

#: Shorter than the labels of the vocabulary where those would not fit a third-cut tab on a phone.
TAB_WORDS: Final[dict[str, str]] = {
    "certificate": "Certificate",
    "associate": "Associate",
    "bachelors": "Bachelor’s",
    "postbacc-certificate": "Post-degree certificate",
    "masters": "Master’s",
    "doctorate": "Doctorate",
}


def group_of(level: Any) -> str:
    """The level group ("associate") of a group or of an IPEDS award level code (3); "" when it is neither."""
    text = str(level)
    if text in LEVEL_CSS:
        return text
    return str(LEVEL_GROUP.get(int(text), "")) if text.isdecimal() else ""


@register.filter
def level_class(level: Any) -> str:
    """The css class of a level group or IPEDS award level: lv-cert, lv-assoc, lv-bach, lv-mast, or ""."""
    return LEVEL_CSS.get(group_of(level), "")


@register.filter
def level_tab(level: Any) -> str:
    """The word on the tab of a level group or IPEDS award level, or ""."""
    return TAB_WORDS.get(group_of(level), "")
