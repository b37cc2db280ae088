"""Rows that would stay out, as a table that a spreadsheet opens without running anything."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import IO, Final, Self

from directory.importers.base import Reject
from directory.models import ReleaseProposal
from directory.pipeline.proposals.store import root
from directory.profiles.export import harmless

HEADER: Final = ("line", "column", "value", "reason")
#: More are counted and not listed: whoever mends a file begins with the first.
MOST: Final = 100_000
SHOWN: Final = 50


def path_of(proposal: ReleaseProposal) -> Path:
    """Where the list of the newest preview lies, or would."""
    return root() / "rejects" / f"{proposal.pk}.csv"


class RejectsFile:
    """Takes rejects one by one, in the order of the file, and puts the finished list in its place at the end."""

    def __init__(self, proposal: ReleaseProposal) -> None:
        self.path = path_of(proposal)
        self.draft = self.path.with_suffix(".part")
        self.count = 0
        self.first: list[Reject] = []
        self._file: IO[str] | None = None

    def __enter__(self) -> Self:
        self._start()
        return self

    def restart(self) -> None:
        """Forget what was listed, because the file is read once more."""
        self._end()
        self._start()

    def _start(self) -> None:
        self.count, self.first = 0, []
        self.path.parent.mkdir(exist_ok=True, mode=0o700)
        self._file = self.draft.open("w", encoding="utf-8-sig", newline="")
        self._table = csv.writer(self._file)
        self._table.writerow(HEADER)

    def add(self, reject: Reject) -> None:
        self.count += 1
        if self.count <= SHOWN:
            self.first.append(replace(reject, value=_text(reject.value), column=_text(reject.column)))
        if self.count <= MOST:
            cells = (reject.column, reject.value, reject.reason)
            self._table.writerow([reject.line, *(harmless(_text(cell)) for cell in cells)])
        elif self.count == MOST + 1:
            self._table.writerow(["", "", "", f"The list ends here, at {MOST:,} rows; more are rejected."])

    def _end(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()
        if kind is None and self.count:
            self.draft.replace(self.path)
        else:
            self.draft.unlink(missing_ok=True)
            if kind is None:
                self.path.unlink(missing_ok=True)


def _text(words: str) -> str:
    """Bytes that are no text do not fit into a file of text."""
    return words.encode("utf-8", "replace").decode()
