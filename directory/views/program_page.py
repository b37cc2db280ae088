"""The pieces of the program list's page, each a stencil that the question fills.

A piece whose field has something to complain about is rendered in full; that is rare and may take its time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from html import escape  # Django's own asks each time whether the text is a lazy one; ours are texts
from typing import Any, Final

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from directory.filters.applied import Chip
from directory.filters.program import SORTS, ProgramFilter
from directory.filters.query_string import address, carried
from directory.profiles.program_list import Results
from directory.views.facet_panel import CHECKED, GROUPS, OPEN, facet_groups, price_bands
from directory.views.stencil import Stencil, stencil

Errors = Mapping[str, Sequence[str]]
#: Parameters that the panel of facets has no field for.
CARRIED: Final = ("q", "where", "within", "sort", "cip", "per_page")
FRAME: Final = ("heading", "canonical", "search", "filters", "results", "saved_badge")


class Frames:
    """What surrounds the results, the same for every question until the data change (the foot says when)."""

    def __init__(self) -> None:
        self._held: dict[str, Stencil] = {}

    def of(self, request: HttpRequest, token: str) -> Stencil:
        held = self._held.get(token)
        if held is None:
            held = Stencil("directory/program_list.html", FRAME, {}, request)
            self._held = {token: held}
        return held


frames = Frames()


# --- the search form -------------------------------------------------------------------------------


def search_form(chosen: ProgramFilter, errors: Errors) -> SafeString:
    """The form over the results, with what the reader typed."""
    q, where, within = (chosen.asked.get(name, "") for name in ("q", "where", "within"))
    # What the reader chose, not what the text was read as: the text stands in the form and may be changed.
    # Nearest first is the usual order near a place, and no order at all when the place is taken out of the form.
    nearest = ("sort",) if chosen.asked.get("sort") == "distance" else ()
    hidden = _hidden(carried(chosen.asked, but=("q", "where", "within", *nearest)))
    wrong = {name: errors[name] for name in ("q", "where", "within") if name in errors}
    if wrong:
        context = {"q": q, "where": where, "within": within, "hidden": hidden, "errors": wrong}
        return render_to_string("directory/program_search.html", context)
    return _search(within).fill(q=escape(q), where=escape(where), hidden=hidden)


@lru_cache(maxsize=16)
def _search(within: str) -> Stencil:
    return Stencil("directory/program_search.html", ("q", "where", "hidden"), {"within": within})


def _hidden(pairs: Iterable[tuple[str, str]]) -> SafeString:
    """The rest of a question, for a form that asks only a part of it."""
    fields = [f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">' for name, value in pairs]
    return SafeString("".join(fields))


# --- the filters -----------------------------------------------------------------------------------


def filter_panel(chosen: ProgramFilter, found: Results, errors: Errors) -> SafeString:
    """Every facet with its counts, the limits of price, and what the place allows."""
    rest = [(name, value) for name in CARRIED for value in chosen.data.getlist(name)]
    mistaken = not errors.keys().isdisjoint((*GROUPS, "min_price", "max_price"))
    return _filters(bool(chosen.place)).fill(
        open=OPEN if mistaken else "",
        applied=f" ({len(found.chips)} applied)" if found.chips else "",
        hidden=_hidden(rest),
        confirmed=CHECKED if chosen.chosen("confirmed") else "",
        online_too=CHECKED if chosen.chosen("online_too") else "",
        price=_price_range(chosen, errors),
        bands=price_bands(chosen, found.facets["price"]),
        **facet_groups(found.facets, errors),
    )


@cache
def _filters(place: bool) -> Stencil:
    holes = ("open", "applied", "hidden", "confirmed", "online_too", "price", "bands", *GROUPS)
    return Stencil("directory/program_filters.html", holes, {"place": place})


def _price_range(chosen: ProgramFilter, errors: Errors) -> SafeString:
    limits = {name: chosen.data.get(name, "") for name in ("min_price", "max_price")}
    wrong = {f"{name}_errors": errors[name] for name in limits if name in errors}
    if wrong:
        return render_to_string("directory/program_price.html", {**limits, **wrong})
    filled = {name: escape(value) for name, value in limits.items()}
    return stencil("directory/program_price.html", ("min_price", "max_price")).fill(**filled)


# --- the results -----------------------------------------------------------------------------------


def sort_form(chosen: ProgramFilter, errors: Errors) -> SafeString:
    """The choice of an order."""
    near = chosen.place is not None and chosen.place.is_point
    hidden = _hidden(carried(chosen.asked, but=["sort"]))  # the same question, in another order
    if "sort" in errors:
        context = {"options": _sorts(chosen.sort_key, near=near), "hidden": hidden, "errors": errors["sort"]}
        return render_to_string("directory/program_sort.html", context)
    return _sort(chosen.sort_key, near).fill(hidden=hidden)


@cache
def _sort(chosen: str, near: bool) -> Stencil:
    return Stencil("directory/program_sort.html", ("hidden",), {"options": _sorts(chosen, near=near)})


def _sorts(chosen: str, *, near: bool) -> list[dict[str, Any]]:
    return [
        {"value": value, "label": label, "selected": value == chosen}
        for value, label in SORTS.items()
        if near or value != "distance"
    ]


def chip_line(chips: Sequence[Chip], clear_url: str) -> SafeString:
    """What is applied, each a link that takes it away."""
    if not chips:
        return mark_safe("")
    one = stencil("directory/program_chip.html", ("url", "label")).pattern
    links = "".join([one % {"url": escape(chip.remove_url), "label": escape(chip.label)} for chip in chips])
    return stencil("directory/program_chips.html", ("chips", "clear_url")).fill(
        chips=links, clear_url=escape(clear_url)
    )


def sentences(said: Iterable[str]) -> SafeString:
    """What the reader should know about how the question was read."""
    return format_html_join("", '<p class="muted">{}</p>', ((sentence,) for sentence in said))


def other_readings(readings: Sequence[tuple[str, str]], unconfirmed: tuple[str, str] | None = None) -> SafeString:
    """Links to pages that answer, to programs of which nothing is said, and to what the text could also mean."""
    pages = [each for each in readings if not each[1].startswith("?")]
    questions = [each for each in readings if each not in pages]
    silent = [unconfirmed] if unconfirmed else []
    return _links("Look here: {}", pages) + _links("Not counted: {}", silent) + _links("Or instead: {}", questions)


def _links(words: str, links: Sequence[tuple[str, str]]) -> SafeString:
    if not links:
        return mark_safe("")
    listed = format_html_join(", ", '<a href="{}">{}</a>', ((url, label) for label, url in links))
    return format_html(f"<p>{words}</p>", listed)


def csv_link(chosen: ProgramFilter, errors: Errors) -> SafeString:
    """The address of all results as a file, as far as the question could be read."""
    readable = address(chosen.asked, without=["per_page", *errors])
    return SafeString(escape(f"{_csv_path()}{readable}".removesuffix("?")))


@cache
def _csv_path() -> str:
    return reverse("program_csv")


def place_field(chosen: ProgramFilter, errors: Errors) -> SafeString:
    """The place that was asked for, carried to the comparison, which then says how far each school is."""
    where = "" if "where" in errors else chosen.asked.get("where", "")
    return _hidden([("where", where)] if where else [])


def alert_link(chosen: ProgramFilter) -> SafeString:
    """The address of the page that saves this search."""
    return SafeString(escape(f"{_alert_path()}?{chosen.lasting}"))


@cache
def _alert_path() -> str:
    return reverse("saved_search_new")


def pager(chosen: ProgramFilter, found: Results) -> SafeString:
    """The pages around this one; nothing for a single page."""
    if found.pages == 1:
        return mark_safe("")
    base = address(chosen.asked)
    return _pager(found.number, found.pages).fill(base=escape(base if base == "?" else f"{base}&"))


@lru_cache(maxsize=512)
def _pager(number: int, pages: int) -> Stencil:
    return Stencil("partials/pager.html", ("base",), {"page": Paginator(range(pages), 1).page(number)})
