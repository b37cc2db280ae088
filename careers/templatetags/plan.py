"""Words of the plan's page."""

from __future__ import annotations

from django import template

from directory.templatetags.figures import amount

register = template.Library()


@register.filter
def dollars(value: int) -> str:
    """Whole dollars with thousands separators: "$9,840"."""
    return amount(value, "usd")
