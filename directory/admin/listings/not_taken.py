"""What a spreadsheet asked for and did not get, as rows of a page and as a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import timezone

from directory.curation.batches.apply import NotTaken
from directory.curation.batches.cells import guarded
from directory.models import ListingBatch

HEADER: Final = ("line", "column", "cell", "reason")
#: Rows on the page of a batch; the file has all that are named.
SHOWN: Final = 50


def on_page(batch: ListingBatch) -> Mapping[str, Any]:
    """The first rows for the page of a batch, how many more there are, and words for those that are not named.

    `rows` is empty for none.
    """
    rows = [dict(zip(HEADER, row, strict=True)) for row in batch.not_taken[:SHOWN]]
    more = max(0, len(batch.not_taken) - SHOWN)
    return {"rows": rows, "more": more, "unnamed": _unnamed_words(_unnamed_rows(batch))}


def _unnamed_rows(batch: ListingBatch) -> int:
    return batch.rows_not_taken - len({row[0] for row in batch.not_taken})


def _unnamed_words(rows: int) -> str:
    return f"{rows:,} more row{'s are' if rows != 1 else ' is'} not named." if rows else ""


def as_file(rows: Iterable[NotTaken], unnamed_rows: int) -> HttpResponse:
    """The same as CSV, to be mended beside the spreadsheet. No cell of it is run by a spreadsheet.

    Its last line says how many rows were not taken that it does not name.
    """
    out = io.StringIO(newline="")
    out.write("\ufeff")
    writer = csv.writer(out)
    writer.writerow(HEADER)
    writer.writerows((line, *map(guarded, words)) for line, *words in rows)
    if unnamed_rows:
        writer.writerow(("", "", "", _unnamed_words(unnamed_rows)))
    name = f"not-taken-{timezone.localdate().isoformat()}.csv"
    return HttpResponse(
        out.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def file_of(request: HttpRequest, batch: ListingBatch) -> HttpResponse:
    """The download of a batch; whether the person may look at it, the caller has asked."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    return as_file((tuple(row) for row in batch.not_taken), _unnamed_rows(batch))
