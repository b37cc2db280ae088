"""Loading a sample after what it needs, for the tests of single importers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from directory.importers.base import Vintage
from directory.importers.registry import recognise
from directory.models import ImportRun, Release
from directory.pipeline.load import Order, Outcome, load
from tests.directory.importers.files import Sample, write


class Bring:
    """Loads what samples need once, and then each sample that it is called with."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.held: set[str] = set()

    def __call__(self, sample: Sample, *, content: bytes | str | None = None, **order: Any) -> Outcome:
        """The outcome; `content` is a text of the test's own under the sample's name."""
        self.before(sample)
        path = sample.write(self.folder) if content is None else write(self.folder / sample.name, content)
        return load(Order(path, sample.source, **order))

    def before(self, sample: Sample) -> None:
        for needed in sample.needs:
            if needed.name not in self.held:
                assert needed.load(self.folder).run.state == ImportRun.State.APPLIED
                self.held.add(needed.name)


def complaints(outcome: Outcome) -> list[tuple[int, str, str]]:
    """(line, column, reason) of each reject."""
    return [(reject.line, reject.column, reject.reason) for reject in outcome.rejects]


def told(sample: Sample, folder: Path) -> tuple[str, Vintage]:
    """The one source that recognises the sample, and the vintage that its name or header tells."""
    (found,) = recognise(sample.write(folder))
    assert found.vintage is not None
    return found.importer.source, found.vintage


def vintage_of(release: Release | None) -> str:
    """What the release calls itself; a row without one has none."""
    return release.vintage if release else ""
