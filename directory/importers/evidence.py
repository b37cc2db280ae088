"""What the three tables of evidence share: whose program a row means, and whose rows it may replace.

These tables are the product's own: one row is what one page states, with its address. Nothing is inferred
from them; a row whose program cannot be told stays with the school, or out.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from django.db import connection
from django.db.models.functions import Coalesce

from directory.importers import cells
from directory.importers.base import Known, Vintage
from directory.importers.errors import BadCell
from directory.importers.merge import Absent
from directory.importers.reading import Row, Table
from directory.importers.stage import Stage
from directory.importers.vintages import month_stamp
from directory.models import Program, Release, School
from directory.querysets.field_of_study import FULL_CIP
from directory.vocab import LEVEL_GROUP, LevelGroup, Source

#: IPEDS award levels of the words that the tables use; "certificate" is several, and only one may fit.
LEVELS: Final[dict[str, frozenset[int]]] = {
    word: frozenset(level for level, of in LEVEL_GROUP.items() if of == group)
    for word, group in {
        "certificate": LevelGroup.CERTIFICATE,
        "associate": LevelGroup.ASSOCIATE,
        "bachelor": LevelGroup.BACHELORS,
        "master": LevelGroup.MASTERS,
    }.items()
}
UNKNOWN_LEVELS: Final = ("", "not stated")


def vintage_of(table: Table) -> Vintage | None:
    """The file does not say when it was made; its name may ("evidence-2026-11.csv")."""
    return month_stamp(table)


def levels(row: Row, column: str = "award_level") -> frozenset[int]:
    """The award levels that the row can mean; none when the page names no level."""
    word = row[column].lower()
    if word in UNKNOWN_LEVELS:
        return frozenset()
    if word not in LEVELS:
        raise BadCell(column, row[column], f"not one of {', '.join(LEVELS)}")
    return LEVELS[word]


def words(row: Row, column: str, *, limit: int) -> str:
    """Text that must be there, as a person wrote it: a spreadsheet's formula is none."""
    found = cells.text(row, column, limit=limit, required=True)
    if found.startswith("="):
        raise BadCell(column, found[:60], "a formula, not words")
    return found


def yes(row: Row, column: str) -> bool:
    """Whether the cell says yes; no and empty do not, anything else is BadCell."""
    found = row.get(column).lower()
    if found not in ("yes", "no", ""):
        raise BadCell(column, row.get(column), "not yes or no")
    return found == "yes"


def six_digits(row: Row, column: str) -> str:
    """The code of one field of study; a family names no program."""
    found = cells.cip(row, column)
    if len(found) != FULL_CIP:
        raise BadCell(column, found, "not a code of six digits")
    return found


def address(row: Row, column: str) -> str:
    """A web address, or BadCell: evidence without a page is none."""
    found = cells.text(row, column, limit=500, required=True)
    if not found.lower().startswith(("http://", "https://")):
        raise BadCell(column, found, "not a web address")
    return found


def school_in(known: Known, unitid: int, state: str) -> int:
    """The school by number and state: a row is never matched by one sign alone."""
    school = known.school(unitid, column="unitid")
    held = School.objects.values_list("state", flat=True).get(pk=school)
    if held != state:
        raise BadCell("state", state, f"school {unitid} is in {held}")
    return school


def single_program(school: int, fields: Collection[str], award_levels: Collection[int]) -> int | None:
    """The one program that the school has in these fields at these levels; None for none or several.

    One that staff have merged into another is that other one, also when this is not among these fields.
    """
    meant = Program.objects.filter(school=school, field__cip__in=fields, award_level__in=award_levels)
    found = meant.order_by().values_list(Coalesce("merged_into", "pk"), flat=True).distinct()[:2]
    return found[0] if len(found) == 1 else None


def no_longer_stated(source: Source) -> Absent:
    """Rows that came from this table before and stand in it no more; what staff have entered stays."""
    own = Release.objects.filter(source=source).exclude(origin=Release.Origin.STAFF)
    pks = list(own.values_list("pk", flat=True))
    return Absent(within=f"t.release_id IN ({', '.join(['%s'] * len(pks)) or 'NULL'})", params=tuple(pks))


def leave_to_others(stage: Stage, source: Source) -> None:
    """Take facts out of the stage that another table, or somebody of the staff, states of the same page."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {stage.table} WHERE EXISTS ("
            "SELECT 1 FROM directory_programfact AS t JOIN directory_release AS r ON r.id = t.release_id "
            f"WHERE t.program_id = {stage.table}.program_id AND t.kind = {stage.table}.kind "
            f"AND t.evidence_url = {stage.table}.evidence_url AND (r.source <> %s OR r.origin = %s))",
            (source, Release.Origin.STAFF),
        )
