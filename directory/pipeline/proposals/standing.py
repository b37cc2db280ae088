"""What the data stand at: a preview holds for as long as nothing that it was made of was loaded or taken back since.

What it was made of are the tables that its statements named while it was made; what a load changed is in its change
log. A load of which nothing was kept may have changed anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.db import connection
from django.db.models import Count, Exists, Max, OuterRef, Q

from directory.models import ImportRun, KeptChange, Override, Release
from directory.pipeline.change_log.tables import watched

NAMES: Final = re.compile(r"\w+")
#: Every load writes its own release, and corrections are put back on top of each. Of releases, a preview asks for those
#: of its own source, and whether there is any of those that it needs: only a taking back changes that.
ANYWAY: Final = frozenset({Release._meta.db_table, Override._meta.db_table})


def now() -> str:
    """Another text after each load and each revert. Corrections by staff leave it: every load puts them back on top."""
    found = ImportRun.objects.aggregate(
        last=Max("pk", filter=Q(state=ImportRun.State.APPLIED)),
        taken_back=Count("pk", filter=Q(state=ImportRun.State.REVERTED)),
    )
    return f"{found['last'] or 0}-{found['taken_back']}"


def moved(basis: str, *, source: str, asked: Collection[str] | None) -> bool:
    """Whether something that a preview was made of was loaded or taken back since `basis`, which `now` gave then.

    `asked` are the tables that it was made of; None for a preview that does not say.
    """
    standing = now()
    if standing == basis:
        return False
    last, _, taken_back = basis.partition("-")
    if asked is None or not last.isdecimal() or taken_back != standing.partition("-")[2]:
        return True  # what was kept of a load goes when it is taken back
    kept = KeptChange.objects.filter(run=OuterRef("pk"))
    later = ImportRun.objects.filter(pk__gt=int(last), state=ImportRun.State.APPLIED)
    same = Q(source=source) | ~Exists(kept) | Exists(kept.filter(table__in=asked))
    return later.filter(same).exists()


@contextmanager
def asking() -> Iterator[set[str]]:
    """The tables of facts that are read or written while it lasts."""
    tables = watched().keys() - ANYWAY
    found: set[str] = set()

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        found.update(tables.intersection(NAMES.findall(str(sql))))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield found
