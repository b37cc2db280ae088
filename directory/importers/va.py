"""VA's list of schools that pledged the 8 Keys to Veterans' Success. A pledge of its time, not an approval.

WEAMS, VA's list of approved schools, is not read: no table holds what it says yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from directory.importers.base import Apply, Importer, Job, Known, Vintage, optional, required
from directory.importers.errors import BadCell
from directory.importers.merge import Absent, Changes, merge
from directory.importers.reading import Row, Table
from directory.importers.registry import register
from directory.importers.stage import Stage
from directory.importers.vintages import month_stamp
from directory.models import Release, School
from directory.vocab import Source

UNITID_DIGITS, CAMPUS_DIGITS = 6, (7, 8)
OPEID = re.compile(r'"*[0-9]{8}"*')  # published with quotation marks of its own


@register
class EightKeysImporter(Importer):
    source = Source.EIGHT_KEYS
    needs = (Source.IPEDS_HD,)
    columns = (*required("institution of higher education", "opeid", "ipeds id"), *optional("notes"))

    def vintage(self, table: Table) -> Vintage | None:
        return month_stamp(table)  # the file itself does not tell

    def parse(self, row: Row) -> Iterable[int]:
        """The UNITID, if the row has one: campuses that IPEDS does not list have made-up, longer numbers."""
        if row["opeid"] and not OPEID.fullmatch(row["opeid"]):
            raise BadCell("opeid", row["opeid"], "not eight digits; the cells of the row may have moved")
        text = row["ipeds id"]
        match = re.fullmatch(r":?\s*([0-9]+)", text)  # a stray colon stands in the file of 2018
        if not match or len(match[1]) not in (*CAMPUS_DIGITS, UNITID_DIGITS):
            raise BadCell("ipeds id", text, "neither a UNITID of six digits nor a campus code of seven or eight")
        if len(match[1]) == UNITID_DIGITS:
            yield int(match[1])

    @contextmanager
    def stage(self, job: Job, known: Known) -> Iterator[Apply]:
        pledged: set[int] = set()  # as many as there are schools; their campuses repeat the number
        with Stage(School, ("unitid", "eight_keys")) as stage:
            for row in job.rows():
                try:
                    unitid = next(iter(self.parse(row)), None)
                except BadCell as error:
                    job.reject(row.line, error)
                    continue
                # The list is years old: schools that IPEDS no longer knows are no error of the row.
                if unitid is None or unitid in pledged or unitid not in known.schools:
                    job.skipped += 1
                    continue
                pledged.add(unitid)
                stage.add(row.line, unitid, True)
            stage.finish("unitid")
            yield lambda release: _bring_in(stage, release)


def _bring_in(stage: Stage, release: Release) -> Changes:
    """Listed schools have pledged, all others have not; the mark goes when the list drops a school."""
    gone = Absent(within="t.eight_keys", mark={"eight_keys": False, "eight_keys_release": release.pk})
    return merge(stage, key=("unitid",), always={"eight_keys_release": release.pk}, absent=gone, insert=False)
