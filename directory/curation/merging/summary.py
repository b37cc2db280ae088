"""What a merge would move, and what one did move, in words and numbers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from django.apps import apps
from django.db.models import Sum

from directory.curation import by_hand
from directory.curation.merging.belongings import belongings_of, clicks_of, going, readers_of_both, rows_of
from directory.models import Completions, Merge, Program, SavedProgram, School, SchoolFigure

#: Columns that say to which listing a row belongs.
OWNERS: Final = frozenset({"program_id", "school_id"})


class Going(NamedTuple):
    """So many rows go along; `staying` do not, and `why` says what becomes of them."""

    noun: str
    rows: int
    staying: int = 0
    why: str = ""


def would_go(*, gone: Program | School, survivor: Program | School) -> list[Going]:
    """What would go along and what would stay, without what there is none of. The present address counts as one."""
    found = [Going("public address that leads on", 1)]
    for each in belongings_of(type(gone)):
        every, count = rows_of(each, gone).count(), going(each, gone=gone, survivor=survivor).count()
        found.append(Going(each.noun, count, every - count, each.stays if every > count else ""))
    leaves = clicks_of(gone).aggregate(sum=Sum("count"))["sum"] or 0
    found.append(Going("leaves for the school, counted day by day", leaves))
    if isinstance(gone, Program) and isinstance(survivor, Program):
        saved, both = SavedProgram.objects.filter(program=gone).count(), readers_of_both(gone, survivor).count()
        why = "these readers had saved both, and find both notes at the one that is kept" if both else ""
        found.append(Going("saved programs of readers", saved - both, both, why))
    found.append(_files_stay(gone))
    return [each for each in found if each.rows or each.staying]


class Fate(NamedTuple):
    """What becomes of one program of a school that goes; `becomes` is None where it comes along as it is, or stays."""

    program: Program
    becomes: Program | None
    words: str


def fates(*, gone: School, survivor: School) -> list[Fate]:
    """What would become of each program of a school."""
    rows = Program.objects.filter(merged_into=None).select_related("field", "school", "release").order_by("pk")
    there = {(each.field_id, each.award_level): each for each in rows.filter(school=survivor)}
    found = []
    for program in rows.filter(school=gone):
        same = there.get((program.field_id, program.award_level))
        if same:
            words = "becomes one with the same program there"
        elif by_hand.is_by_hand(program):
            words = "comes along, with its address"
        else:
            words = "stays on record here, off the lists: no file reports it any more"
        found.append(Fate(program, same, words))
    return found


def moved(merge: Merge) -> list[tuple[str, int]]:
    """What a merge and its parts moved: noun and number of rows, the most first."""
    counts: Counter[str] = Counter()
    for each in (merge, *merge.parts.all()):
        counts += _moved(each.steps)
    return counts.most_common()


def _moved(steps: Iterable[dict[str, Any]]) -> Counter[str]:
    counts: Counter[str] = Counter()
    rows: defaultdict[str, set[int]] = defaultdict(set)
    for step in steps:
        if step["do"] == "set" and OWNERS & step["before"].keys():
            rows[step["table"]] |= set(step["keys"])
        elif step["do"] == "add":
            counts["days of leaves that were added to days of the other"] += 1
        elif step["do"] == "make" and step["table"] == "FormerSlug":
            counts["addresses that lead on"] += 1
        elif step["do"] in ("correct", "own"):
            counts["values that were taken over"] += 1
    for table, keys in rows.items():
        counts[str(apps.get_model("directory", table)._meta.verbose_name_plural)] += len(keys)
    return counts


def _files_stay(gone: Program | School) -> Going:
    if isinstance(gone, Program):
        count, noun = Completions.objects.filter(program=gone).count(), "years of awards from official files"
    else:
        count, noun = SchoolFigure.objects.filter(school=gone).count(), "yearly figures from official files"
    why = "a file's figures stay with the code under which it reports them, and are not added up"
    return Going(noun, 0, count, why if count else "")
