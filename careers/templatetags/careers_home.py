"""Panels of careers for the home page and the pages of states."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import template

from careers.profiles import home

register = template.Library()


@register.simple_tag
def careers_at_a_glance() -> dict[str, Any]:
    """{count, ranges, entry {level: jobs}, first}; see careers.profiles.home."""
    return home.at_a_glance()


@register.simple_tag
def paths_with_careers(paths: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The lines of the home page with the work they lead to as a third stop."""
    return home.with_careers(paths)


@register.inclusion_tag("careers/state_pay.html")
def pay_in_state(usps: str, name: str) -> dict[str, Any]:
    """Pay in a state, or a sentence where no file of the state is loaded."""
    return {**home.pay_in_state(usps), "name": name}
