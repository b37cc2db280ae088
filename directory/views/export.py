"""The result of any question as a CSV file."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_safe

from directory.filters.program import ProgramFilter
from directory.profiles.export import rows


class _Echo:
    """What the csv module calls a file: it hands each line back."""

    def write(self, line: str) -> str:
        return line


@require_safe
def program_csv(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """All results of the question, streamed. A question that cannot be read in full gives 400 and says why:
    a file is kept and passed on, and nobody would see that it answers another question."""
    chosen = ProgramFilter(request.GET)
    if problems := chosen.problems:
        words = "\n".join(f"{name}: {message}" for name, messages in sorted(problems.items()) for message in messages)
        return HttpResponse(f"{words}\n", status=400, content_type="text/plain; charset=utf-8")
    root = request.build_absolute_uri("/").rstrip("/")
    return StreamingHttpResponse(
        _lines(rows(chosen, root)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="programs.csv"'},
    )


def _lines(table: Iterable[list[str]]) -> Iterator[str]:
    # Spreadsheets take UTF-8 for their own code page unless a mark stands in front.
    yield "\ufeff"
    writer = csv.writer(_Echo())
    for row in table:
        yield writer.writerow(row)
