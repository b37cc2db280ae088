"""Judging how a spoilt file was taken, for the importers of every app."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, islice
from pathlib import Path
from unittest import mock

from directory.models import ImportRun
from directory.pipeline.load import Order, Outcome, load
from tests.directory.importers.files import Sample, write
from tests.directory.importers.spoiling import Spoilt, spoilt
from tests.factories.state import OF_THE_ANSWER, OF_THE_FILE, contents, fingerprint, undone, writes

LOADED = (ImportRun.State.APPLIED, ImportRun.State.UNCHANGED)
FORCED = 12  # variants that are loaded once more by force


def _no_lists() -> None:
    """What is derived from the facts follows from them, and would take most of the time."""


without_lists = mock.patch("directory.pipeline.load.refresh", new=_no_lists)


@without_lists
def faults(sample: Sample, folder: Path) -> list[str]:
    """Every variant that was neither refused nor loaded as exactly its valid rows, and what happened instead."""
    for needed in sample.needs:
        assert needed.load(folder / "before").run.state in LOADED
    whole, parts = states_of_valid_rows(sample, folder)
    before = fingerprint()
    return [
        f"{each.what}: {complaint}"
        for each in spoilt(sample)
        for complaint in complaints(each, sample, folder, before=before, whole=whole, parts=parts)
    ]


@without_lists
def losses(sample: Sample, folder: Path) -> list[str]:
    """Variants whose damaged row took something away that the valid file had brought, though loaded by force."""
    for needed in sample.needs:
        needed.load(folder / "before")
    assert load(order(sample, sample.write(folder))).run.state in LOADED
    whole = state()
    found = []
    for each in islice((each for each in spoilt(sample) if each.one_row), FORCED):
        with undone():
            outcome = attempt(each, sample, folder, force="because")
            if outcome.run.state in LOADED and outcome.run.rejected and state() != whole:
                found.append(each.what)
    return found


def complaints(
    each: Spoilt,
    sample: Sample,
    folder: Path,
    *,
    before: dict[str, str],
    whole: dict[str, list[str]],
    parts: list[dict[str, list[str]]],
) -> Iterator[str]:
    """What is wrong with the way in which a spoilt file was taken; nothing, if it was taken well."""
    with undone():
        try:
            with writes() as written:
                outcome = attempt(each, sample, folder)
        except Exception as error:
            yield f"raised {error!r}"
            return
        run = outcome.run
        if run.state == ImportRun.State.REFUSED:
            if not run.message or "Traceback" in run.message:
                yield "refused without a message"
            if written and fingerprint() != before:
                yield "refused, and yet something was written"
            return
        if run.state not in LOADED:
            yield f"ended as {run.state}: {run.message}"
        if len(outcome.rejects) < min(run.rejected, 1) or any(
            reject.line < 2 or not reject.reason for reject in outcome.rejects
        ):
            yield "rejects without line or reason"
        after = state()
        if each.marks_only:
            if "=-9" in str(after) or "=-1" in str(after):
                yield "a mark of a missing value was stored as a number"
        elif after != whole and after not in parts:
            yield f"loaded something else ({run.rejected} rejected): {difference(after, whole)}"
        elif after != whole and not run.rejected and not each.what.startswith("cut at"):
            yield "left rows out without a word"


def states_of_valid_rows(sample: Sample, folder: Path) -> tuple[dict[str, list[str]], list[dict[str, list[str]]]]:
    """What the whole file leads to, and what each selection of its rows does."""
    rows = range(len(sample.part.rows))
    selections = [chosen for size in range(len(rows), 0, -1) for chosen in combinations(rows, size)]
    states = []
    for chosen in selections:
        with undone():
            selected = sample.but(sample.part.only(chosen))
            outcome = load(order(selected, selected.write(folder / "valid")))
            if chosen == tuple(rows):
                assert outcome.run.state == ImportRun.State.APPLIED, outcome.run.message
                assert outcome.run.rejected == 0, [reject.reason for reject in outcome.rejects]
            states.append(state())
    return states[0], states[1:]


def attempt(each: Spoilt, sample: Sample, folder: Path, *, force: str = "") -> Outcome:
    return load(order(sample, write(folder / "spoilt" / each.name, each.content), force=force))


def order(sample: Sample, path: Path, *, force: str = "") -> Order:
    return Order(path, sample.source, scope=sample.scope, force=force)


def state() -> dict[str, list[str]]:
    return contents(ignoring=OF_THE_FILE | OF_THE_ANSWER)


def difference(found: dict[str, list[str]], expected: dict[str, list[str]]) -> str:
    """The first rows that differ, short enough to read."""
    lines = []
    for label in sorted({*found, *expected}):
        more = sorted({*found.get(label, [])} - {*expected.get(label, [])})
        less = sorted({*expected.get(label, [])} - {*found.get(label, [])})
        if more and less:
            start = next((at for at, (a, b) in enumerate(zip(more[0], less[0], strict=False)) if a != b), 0)
            lines.append(
                f"{label}: {more[0][max(0, start - 40) : start + 60]} for {less[0][max(0, start - 40) : start + 60]}"
            )
        elif more or less:
            lines.append(f"{label}: {len(more)} rows too many, {len(less)} too few")
    return " | ".join(lines)
