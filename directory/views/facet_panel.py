"""The panel of filters beside the results: a hundred choices, each a stencil that only its count fills."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from html import escape  # Django's own asks each time whether the text is a lazy one; ours are texts
from typing import Final, NamedTuple
from urllib.parse import urlencode

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from directory.facets import Choice
from directory.filters.program import ProgramFilter
from directory.filters.query_string import address
from directory.search.table.codes import PRICE_UNKNOWN, band_limits
from directory.templatetags.levels import level_class
from directory.views.stencil import Stencil, stencil


class Group(NamedTuple):
    """A facet as the page shows it; a long one is folded away unless something in it is chosen."""

    legend: str
    hint: str = ""
    long: bool = False


#: In the order of the page.
GROUPS: Final[dict[str, Group]] = {
    "level": Group("Award"),
    "accreditation": Group("CAHIIM accreditation", "The RHIT and RHIA exams ask for it."),
    "leads_to": Group("Opens the exam", "Programs after which you may sit, as far as the rules are known."),
    "delivery": Group("Classes", "Most schools report this for the whole school only."),
    "length": Group("Length of a certificate"),
    "control": Group("Kind of school"),
    "veterans": Group("For veterans", "What the school says it offers. None of it is a seal.", long=True),
    "state": Group("State", long=True),
}
ZERO: Final = mark_safe(' class="zero"')
CHECKED: Final = mark_safe(" checked")
OPEN: Final = mark_safe(" open")
BAND: Final = ("label", "url", "current", "count", "noun")
EMPTY_BAND: Final = ("label", "count", "noun")
CURRENT: Final = mark_safe(' aria-current="true"')


def facet_groups(
    facets: Mapping[str, Sequence[Choice]], problems: Mapping[str, Sequence[str]]
) -> dict[str, SafeString]:
    """Facet -> its group, ready for the page."""
    return {name: _group(name, facets[name], problems.get(name, ())) for name in GROUPS}


def _group(name: str, choices: Sequence[Choice], problems: Sequence[str]) -> SafeString:
    errors = ""
    if problems:
        told = {"id": f"{name}-error", "messages": problems}
        errors = render_to_string("partials/field_error.html", told)
    options = "".join([_option(name, choice) for choice in choices])
    shown = problems or (GROUPS[name].long and any(choice.selected for choice in choices))
    return _group_stencil(name).fill(errors=errors, options=options, open=OPEN if shown else "")


@cache
def _group_stencil(name: str) -> Stencil:
    group = GROUPS[name]
    context = {"legend": group.legend, "hint": group.hint, "long": group.long}
    return Stencil("directory/program_facet.html", ("errors", "options", "open"), context)


@lru_cache(maxsize=8_192)
def _option(name: str, choice: Choice) -> str:
    """One choice. Most are seen again: none in most of the states, few in the others."""
    return _option_stencil(name, choice.value, choice.label).fill(
        zero="" if choice.count or choice.selected else ZERO,
        checked=CHECKED if choice.selected else "",
        count=f"{choice.count:,}",
        noun=_noun(choice),
    )


@lru_cache(maxsize=512)
def _option_stencil(name: str, value: str, label: str) -> Stencil:
    css = level_class(value) if name == "level" else ""
    context = {"name": name, "value": value, "label": label, "css": css}
    return Stencil("partials/facet_option.html", ("zero", "checked", "count", "noun"), context)


def price_bands(chosen: ProgramFilter, choices: Sequence[Choice]) -> SafeString:
    """The bands of prices as links: each sets both limits, or lifts them when it is the one chosen."""
    rest = escape(address(chosen.data, min_price="", max_price=""))
    return mark_safe("".join([_band(rest, choice) for choice in choices]))  # noqa: S308 - stencils of our own


def _band(rest: str, choice: Choice) -> str:
    count, label, noun = f"{choice.count:,}", escape(choice.label), _noun(choice)
    if choice.value == PRICE_UNKNOWN or not (choice.count or choice.selected):
        return stencil("directory/price_band_empty.html", EMPTY_BAND).fill(label=label, count=count, noun=noun)
    url = rest if choice.selected else f"{rest}{'' if rest == '?' else '&amp;'}{_limits(choice.value)}"
    current = CURRENT if choice.selected else ""
    return stencil("directory/price_band.html", BAND).fill(
        label=label, url=url, current=current, count=count, noun=noun
    )


@cache
def _limits(band: str) -> str:
    """Both limits of a band as they stand in an address."""
    low, high = band_limits(band)
    limits = {"min_price": low, "max_price": high}
    return escape(urlencode({name: limit for name, limit in limits.items() if limit}))


def _noun(choice: Choice) -> str:
    """What is counted, as a screen reader says it after the number."""
    return "program" if choice.count == 1 else "programs"
