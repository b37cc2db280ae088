"""The result of any question as a CSV file."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from http import HTTPStatus
from threading import BoundedSemaphore, Lock
from typing import Final

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from directory.filters.parameters import without_tracking
from directory.filters.program import ProgramFilter
from directory.profiles.export import rows

#: Up to so many rows take a second at most; such a file is always written.
SMALL: Final = 5_000
#: Longer files at once in one process. Each keeps a thread for as long as the reader takes it (267,547 rows took half a
#: minute), and eight of them kept two processes of four threads from answering anything at all.
AT_ONCE: Final = 1
#: Seconds after which the file before is probably done.
RETRY_AFTER: Final = 30
_places: Final = BoundedSemaphore(AT_ONCE)


class _Echo:
    """What the csv module calls a file: it hands each line back."""

    def write(self, line: str) -> str:
        return line


class _Place:
    """One of the places for long files, given back once: at the end, or when the reader has gone."""

    def __init__(self) -> None:
        self._lock, self._held = Lock(), True

    @classmethod
    def take(cls) -> _Place | None:
        return cls() if _places.acquire(blocking=False) else None

    def give_back(self) -> None:
        with self._lock:
            held, self._held = self._held, False
        if held:
            _places.release()


class _Lines:
    """The lines of a file. The server closes it however the answer ends, and then its place is free."""

    def __init__(self, lines: Iterator[str], place: _Place | None) -> None:
        self._lines, self._place = lines, place

    def __iter__(self) -> Iterator[str]:
        return self._lines

    def close(self) -> None:
        if self._place is not None:
            self._place.give_back()


@require_safe
def program_csv(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """All results of the question, streamed. A question that cannot be read in full gives 400 and says why:
    a file is kept and passed on, and nobody would see that it answers another question.

    503 with Retry-After while a long file is asked for and another one is being written.
    """
    chosen = ProgramFilter(without_tracking(request.GET))
    if problems := chosen.problems:
        words = "\n".join(f"{name}: {message}" for name, messages in sorted(problems.items()) for message in messages)
        return HttpResponse(f"{words}\n", status=HTTPStatus.BAD_REQUEST, content_type="text/plain; charset=utf-8")
    place = None
    if chosen.count > SMALL and request.method == "GET":
        place = _Place.take()
        if place is None:
            return _busy(request, chosen)
    root = request.build_absolute_uri("/").rstrip("/")
    return StreamingHttpResponse(
        _Lines(_lines(rows(chosen, root)), place),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="programs.csv"'},
    )


def _busy(request: HttpRequest, chosen: ProgramFilter) -> HttpResponse:
    context = {"count": chosen.count, "small": SMALL, "again": request.get_full_path()}
    response = render(request, "directory/csv_busy.html", context, status=HTTPStatus.SERVICE_UNAVAILABLE)
    response["Retry-After"] = str(RETRY_AFTER)
    response["Cache-Control"] = "no-store"
    return response


def _lines(table: Iterable[list[str]]) -> Iterator[str]:
    # Spreadsheets take UTF-8 for their own code page unless a mark stands in front.
    yield "\ufeff"
    writer = csv.writer(_Echo())
    for row in table:
        yield writer.writerow(row)
