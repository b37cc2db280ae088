"""Programs or schools side by side: the page and the file."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from http import HTTPStatus
from io import StringIO

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from directory.compare.asked import FEWEST, MOST, Asked
from directory.compare.export import rows
from directory.compare.page import Comparison, compare, comparison_page
from directory.context_processors import Site
from directory.filters.query_string import address


@require_safe
def compare_page(request: HttpRequest) -> HttpResponse:
    """Two to four side by side. Whatever else the address asks for is answered with the way on."""
    context = comparison_page(Asked.of(request.GET))
    context["share_url"] = request.build_absolute_uri(context["all_url"])
    context["canonical"] = request.build_absolute_uri(context["canonical"])
    context["csv_query"] = address(request.GET, without=("find",)) if context["compared"] else ""
    if context["loaded_on"]:
        # The table has read it, and the foot of the page would ask again.
        context["site"] = site = Site()
        site.rebuilt_on = context["loaded_on"]
    return render(request, "directory/compare.html", context)


@require_safe
def compare_csv(request: HttpRequest) -> HttpResponse:
    """The same table as a file. An address that cannot be read in full gives 400 and says why: a file is kept and
    passed on, and nobody would see what is missing in it."""
    found = compare(Asked.of(request.GET))
    problems = _problems(found)
    if problems:
        words = "".join(f"{problem}\n" for problem in problems)
        return HttpResponse(words, status=HTTPStatus.BAD_REQUEST, content_type="text/plain; charset=utf-8")
    root = request.build_absolute_uri("/").rstrip("/")
    return HttpResponse(
        _text(rows(found, root)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="comparison.csv"'},
    )


def _problems(found: Comparison) -> list[str]:
    said = [*found.asked.problems]
    if found.asked.is_mixed:
        said.append("Programs and schools do not fit into one table.")
    if found.where.problem:
        said.append(f"where: {found.where.problem}")
    if not found.is_whole:
        said += found.selection.said()
    if len(found.heads) < FEWEST:
        said.append(f"A comparison has {FEWEST} to {MOST} {found.asked.noun}s.")
    return said


def _text(table: Iterable[list[str]]) -> str:
    # Spreadsheets take UTF-8 for their own code page unless a mark stands in front.
    out = StringIO("\ufeff")
    out.seek(0, 2)
    csv.writer(out).writerows(table)
    return out.getvalue()
