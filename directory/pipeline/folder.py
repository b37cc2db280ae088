"""Loading a folder of official files: which are known, which copy of a release to take, in which order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from directory.importers.base import Scope, Vintage
from directory.importers.errors import Refused
from directory.importers.registry import Found, importers, recognise
from directory.models import ImportRun, Release
from directory.pipeline.load import Order, Outcome, Progress, load

ENDINGS = (".csv", ".txt", ".zip", ".xlsx")
#: For copies that nowhere say which release they are. Any release with a date counts as newer.
UNDATED = Vintage("release not stated", 0)


@dataclass(slots=True)
class Plan:
    """Files to load, in order, and files to leave alone with the reason."""

    chosen: list[Found] = field(default_factory=list)
    left: list[tuple[Path, str]] = field(default_factory=list)

    def vintage(self, found: Found, given: Mapping[str, Vintage]) -> Vintage:
        return found.vintage or given.get(found.importer.source, UNDATED)


def plan(folder: Path, given: Mapping[str, Vintage], *, dated: Collection[str] = ()) -> Plan:
    """Look through a folder. Of several copies of one release the revised one is taken, then the largest.

    `dated` are sources of which a dated release is held: an undated copy of one is left alone.
    """
    result = Plan()
    copies: dict[tuple[str, str], list[Found]] = {}
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.name.startswith((".", "~$")):
            continue
        if path.suffix.lower() not in ENDINGS:
            result.left.append((path, "not a csv, zip or xlsx file"))
            continue
        try:
            tables = recognise(path)
        except Refused as refusal:
            result.left.append((path, str(refusal)))
            continue
        if not tables:
            result.left.append((path, "no table that an importer knows"))
        for found in tables:
            label = result.vintage(found, given).label
            copies.setdefault((found.importer.source, label), []).append(found)
    for (source, label), candidates in copies.items():
        if label == UNDATED.label and source in dated:
            # It may well be the release that is held; only a person can tell.
            why = f"does not say which release it is, and a dated one is held; say --vintage {source}=… to load it"
            result.left += [(found.path, why) for found in candidates]
            continue
        candidates.sort(key=lambda found: (found.revised, found.size), reverse=True)
        best, *others = candidates
        result.chosen.append(best)
        result.left += [
            (other.path, f"{best.path.name} has the same release ({label}) and more of it") for other in others
        ]
    place = {importer.source: at for at, importer in enumerate(importers())}
    result.chosen.sort(key=lambda found: (place[found.importer.source], result.vintage(found, given).rank))
    return result


def load_folder(
    folder: Path,
    *,
    scope: Scope,
    given: Mapping[str, Vintage],
    dry_run: bool = False,
    keep: bool = False,
    progress: Callable[[Found], Progress] | None = None,
) -> Iterator[tuple[Plan, Outcome | None]]:
    """Yields the plan first (with None), then the outcome of each file as it is done.

    A dry run loads the files for each other to see, because most refer to another one of the folder, and takes
    everything back at the end. With `keep` each load can be taken back later. Go through all of it, or close it.
    """
    dated = Release.objects.filter(rank__gt=UNDATED.rank).values_list("source", flat=True)
    work = plan(folder, given, dated=set(dated))
    yield work, None
    with _taken_back() if dry_run else nullcontext():
        for found in work.chosen:
            order = Order(
                found.path, found.importer.source, scope=scope, vintage=work.vintage(found, given),
                keep=keep and not dry_run,
            )  # fmt: skip
            outcome = load(order, progress(found) if progress else None)
            yield work, _tried(outcome) if dry_run else outcome


@contextmanager
def _taken_back() -> Iterator[None]:
    """A transaction of which nothing stays, however it ends."""
    with transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)


def _tried(outcome: Outcome) -> Outcome:
    """The outcome as that of a dry run, whose record is taken back with everything else."""
    outcome.run.pk = None
    if outcome.run.state != ImportRun.State.REFUSED:
        outcome.run.state = ImportRun.State.DRY
    return outcome
