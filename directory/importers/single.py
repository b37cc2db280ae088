"""Importers whose rows end in one table: the common case."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, ClassVar

from django.db.models import Model

from directory.importers.base import Apply, Importer, Job, Known
from directory.importers.errors import BadCell
from directory.importers.merge import Absent, Changes, merge
from directory.importers.stage import Stage
from directory.models import Release


class SingleTableImporter(Importer):
    """Stages the records of every row into `model` and merges them by `key`."""

    model: ClassVar[type[Model]]
    key: ClassVar[tuple[str, ...]]
    values: ClassVar[tuple[str, ...]]
    #: Column of the model that points to the release.
    release_column: ClassVar[str] = "release"
    #: Whether the file brings rows, or only columns of rows that another source brings.
    insert: ClassVar[bool] = True
    #: Value -> the official column it is read from, for columns that some years of the file do not have. Rows that are
    #: held keep such a value when the file lacks the column: it says nothing about it.
    drifting: ClassVar[Mapping[str, str]] = {}

    def wanted(self, record: Any, job: Job) -> bool:
        """Whether the record belongs to the chosen fields of study."""
        return True

    @abstractmethod
    def place(self, record: Any, known: Known) -> tuple[Any, ...]:
        """The record as values of `key` and `values`, with ids for schools and fields. Raises BadCell."""

    def absent(self, job: Job, release: Release) -> Absent | None:
        """What happens to rows that this release should hold and does not. Nothing, unless an importer says so."""
        return None

    def bring_in(self, stage: Stage, job: Job, release: Release) -> Changes:
        return merge(
            stage,
            key=self.key,
            always={self.release_column: release.pk},
            insert=self.insert,
            absent=self.absent(job, release),
        )

    @contextmanager
    def stage(self, job: Job, known: Known) -> Iterator[Apply]:
        names = (*self.key, *self.values)
        lacking = {name for name, column in self.drifting.items() if column not in job.index}
        told = [at for at, name in enumerate(names) if name not in lacking]
        with Stage(self.model, [names[at] for at in told]) as stage:
            for row in job.rows():
                try:
                    records = [record for record in self.parse(row) if self.wanted(record, job)]
                    placed = [self.place(record, known) for record in records]
                except BadCell as error:
                    job.reject(row.line, error)
                    continue
                if not placed:
                    job.skipped += 1
                for values in placed:
                    stage.add(row.line, *(values[at] for at in told))
            stage.finish(*self.key)
            job.reject_repeats(stage.drop_repeats(*self.key), column=" ".join(self.key))
            yield lambda release: self.bring_in(stage, job, release)
