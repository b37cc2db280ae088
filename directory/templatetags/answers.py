"""The engine's answers on pages that show several exams."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def answer_for(answers: Mapping[str, Mapping[str, Any]], slug: str) -> Mapping[str, Any] | None:
    """The answer for one exam, None where nothing was asked."""
    return answers.get(slug)
