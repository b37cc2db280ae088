"""What is to be loaded and how, and what became of it: both sides of `pipeline.load.load`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from django.contrib.auth.models import User

from directory.importers.base import Reject, Scope, Vintage
from directory.importers.merge import Loss
from directory.importers.watching import TableChanges
from directory.models import ImportReject, ImportRun
from directory.pipeline.on_the_lists import Readers

#: Told now and then while a file is read: rows so far, and the part of the file that they are (0 to 1).
Progress = Callable[[int, float], None]


@dataclass(frozen=True, slots=True)
class Order:
    """What to load and how. `force` is the reason of a staff member who overrules the size check.

    With `keep`, what the load changes is kept, so that it can be taken back whole. `begin` is called once nobody else
    can load, with the run and the file's digest in it, and may raise Refused; `with_facts` inside the transaction: what
    it writes stays with the facts or not at all. With `for_readers`, it is found out what the lists lose and gain.
    """

    path: Path
    source: str
    scope: Scope = field(default_factory=Scope)
    vintage: Vintage | None = None
    dry_run: bool = False
    force: str = ""
    forced_by: User | None = None
    keep: bool = False
    for_readers: bool = False
    on_reject: Callable[[Reject], None] = lambda reject: None
    begin: Callable[[ImportRun], None] = lambda run: None
    with_facts: Callable[[Outcome], None] = lambda outcome: None


@dataclass(slots=True)
class Outcome:
    """What became of a file: the run (stored, unless it was a dry run), its rejects, and samples of the changes.

    `doubt` is why it was refused where a person may overrule it, `overruled` every such reason of a file that was
    forced, `vintage` what the file says it is. `readers` is known where the order asked and the source feeds the lists;
    `conflicts` are corrections of staff under which the official value has changed. `tables` counts what was written to
    each, and is empty after a dry run.
    """

    run: ImportRun
    rejects: list[ImportReject] = field(default_factory=list)
    samples: list[str] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)
    doubt: str = ""
    overruled: list[str] = field(default_factory=list)
    vintage: Vintage | None = None
    unreadable: int = 0
    readers: Readers | None = None
    conflicts: int = 0
    tables: list[TableChanges] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        """Whether every row could be read; a file that is not takes nothing off."""
        return not self.unreadable
