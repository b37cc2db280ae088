"""DAPIP: what accreditors recognised by the US Department of Education say about schools and programs.

Three tables in one file: locations, records, actions. Telephone numbers, administrators and free text stand
in them and are not among the columns that are read. Absence from DAPIP says nothing about CAHIIM, which is
not in it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from django.db import connection

from directory.importers.base import Apply, Importer, Job, Known, Layout, Vintage
from directory.importers.dapip_agencies import Tally, name_agencies
from directory.importers.dapip_rows import (
    KEY,
    PREFIX,
    RECORD_COLUMNS,
    ActionLayout,
    RecordRow,
    parse_action,
    parse_record,
)
from directory.importers.dapip_schools import LocationLayout, Schools, dapip_number, parse_location
from directory.importers.errors import BadCell, Refused
from directory.importers.merge import SAMPLES, Absent, Changes, Loss, merge
from directory.importers.reading import Row, Table
from directory.importers.registry import find_table, register
from directory.importers.stage import Stage, TemporaryTable
from directory.importers.vintages import month_stamp
from directory.models import Accreditation, AccreditationAction, Release
from directory.vocab import Source

SAID = ("program_name", "status", "since", "ended_on", "next_review", "note")
DONE = ("description", "reason", "on", "on_text")
RECORDS_DEFINITION = (
    "(line integer, external_key varchar(80), school_id bigint, agency integer, program_name varchar(255), "
    "status varchar(24), since date, ended_on date, next_review varchar(40), note text)"
)
ACTIONS_DEFINITION = (
    "(line integer, external_key varchar(120), record_key varchar(80), description varchar(255), "
    "reason varchar(255), on_date date, on_text varchar(40))"
)
DELETED_AT_ONCE = 500


@register
class DapipImporter(Importer):
    """The table that is looked for is that of the records; the other two are opened beside it."""

    source = Source.DAPIP
    needs = (Source.IPEDS_HD,)
    feeds_listings = False
    columns = RECORD_COLUMNS

    def vintage(self, table: Table) -> Vintage | None:
        return month_stamp(table)

    def parse(self, row: Row) -> Iterable[RecordRow]:
        yield parse_record(row)

    @contextmanager
    def stage(self, job: Job, known: Known) -> Iterator[Apply]:
        schools = _schools(job)
        with _Records() as records, _Actions() as actions:
            agencies = _read_records(job, records, schools)
            _read_actions(job, actions, records, schools)
            yield lambda release: _bring_in(job, records, actions, agencies, release)


class _Records(TemporaryTable):
    def __init__(self) -> None:
        super().__init__("records", ("external_key", "school_id", "agency", *SAID), RECORDS_DEFINITION)


class _Actions(TemporaryTable):
    def __init__(self) -> None:
        columns = ("external_key", "record_key", "description", "reason", "on_date", "on_text")
        super().__init__("actions", columns, ACTIONS_DEFINITION)


@contextmanager
def _part(job: Job, layout: Layout) -> Iterator[Job]:
    """Another table of the same file, as a job whose counts are added to the file's."""
    tables = find_table(job.table.path, layout)
    table, index = next(tables)
    part = Job(table, index, job.scope, job.vintage, last_line_ends=layout.last_line_ends, progress=job.progress)
    try:
        yield part
    finally:
        tables.close()  # type: ignore[attr-defined]
        name = table.sheet or table.name.rsplit("/", 1)[-1]
        job.read += part.read
        job.skipped += part.skipped
        job.rejected += part.rejected
        job.unreadable += part.unreadable
        job.first_fault = job.first_fault or part.first_fault
        job.rejects += [replace(each, column=f"{name} {each.column}") for each in part.rejects]


def _schools(job: Job) -> dict[str, int | None]:
    """DAPIP number of each location -> id of the school, if two identifiers confirm that it is one of ours."""
    schools = Schools()
    found: dict[str, int | None] = {}
    with _part(job, LocationLayout()) as part:
        for row in part.rows():
            try:
                location = parse_location(row)
                found[location.dapip_id] = None
                found[location.dapip_id] = schools.find(location)
            except BadCell as error:
                part.reject(row.line, error)
                continue
            part.skipped += found[location.dapip_id] is None
    return found


def _school(row: Row, schools: Mapping[str, int | None]) -> int | None:
    """The school that a record or an action is about; None when it is none of ours."""
    number = dapip_number(row, "DapipId")
    if number not in schools:
        raise BadCell("DapipId", number, "no such location in the file")
    return schools[number]


def _read_records(job: Job, records: TemporaryTable, schools: Mapping[str, int | None]) -> dict[int, Tally]:
    """Records of our schools; returns their agencies by DAPIP number."""
    agencies: dict[int, Tally] = {}
    before = (job.read, job.rejected)
    for row in job.rows():
        try:
            school = _school(row, schools)
            if school is None:
                job.skipped += 1
                continue
            record = parse_record(row)
        except BadCell as error:
            job.reject(row.line, error)
            continue
        tally = agencies.setdefault(record.agency_id, Tally(record.agency))
        tally.programs += bool(record.program_name)
        tally.schools += not record.program_name
        said = (record.program_name, record.status, _iso(record.since), _iso(record.ended_on))
        records.add(row.line, record.key, school, record.agency_id, *said, record.next_review, record.note)
    if job.read == before[0]:
        raise Refused(f"{job.table.path.name} has no accreditation records.")
    if not agencies and job.rejected > before[1]:
        first = job.rejects[-1]
        raise Refused(
            f"None of the accreditation records can be loaded; line {first.line}, {first.column} "
            f"{first.value!r}: {first.reason}."
        )
    records.finish("external_key")
    job.reject_repeats(records.drop_repeats("external_key"), column=" ".join(KEY))
    return agencies


def _read_actions(
    job: Job, actions: TemporaryTable, records: TemporaryTable, schools: Mapping[str, int | None]
) -> None:
    """Actions of the records that are held; the file repeats some word for word."""
    with _part(job, ActionLayout()) as part:
        for row in part.rows():
            try:
                if _school(row, schools) is None:
                    part.skipped += 1
                    continue
                action = parse_action(row)
            except BadCell as error:
                part.reject(row.line, error)
                continue
            done = (action.description, action.reason, _iso(action.on), action.on_text)
            actions.add(row.line, action.key, action.record_key, *done)
        actions.finish("external_key")
        part.skipped += len(actions.drop_repeats("external_key"))
        with connection.cursor() as cursor:
            cursor.execute(
                f"DELETE FROM {actions.table} WHERE record_key NOT IN (SELECT external_key FROM {records.table})"
            )
            part.skipped += cursor.rowcount


def _bring_in(
    job: Job,
    records: TemporaryTable,
    actions: TemporaryTable,
    agencies: Mapping[int, Tally], release: Release,
) -> Changes:  # fmt: skip
    """Agencies, their records, the history of those; what the release no longer has is deleted."""
    changes = name_agencies(agencies)
    always = {"release": release.pk}
    with (
        Stage(Accreditation, ("external_key", "school", "agency", *SAID)) as current,
        Stage(AccreditationAction, ("external_key", "accreditation", *DONE)) as past,
    ):
        current.fill(
            f"SELECT r.line, r.external_key, r.school_id, a.id, {', '.join(f'r.{name}' for name in SAID)} "
            f"FROM {records.table} AS r JOIN directory_agency AS a ON a.dapip_id = r.agency"
        )
        current.finish("external_key", "school")
        changes.changed += _move(current)
        # The school stands in the key because it is indexed; the external key alone is only in part.
        records_now = merge(current, key=("school", "external_key"), always=always)
        changes += records_now
        past.fill(
            "SELECT a.line, a.external_key, r.id, a.description, a.reason, a.on_date, a.on_text "
            f"FROM {actions.table} AS a JOIN directory_accreditation AS r ON r.external_key = a.record_key"
        )
        past.finish("external_key", "accreditation")
        gone = Absent(within="t.external_key LIKE %s", params=(f"{PREFIX}%",))
        changes += merge(past, key=("accreditation", "external_key"), always=always, absent=gone)
        if job.whole:
            changes += _clear(current, added=records_now.added)
    return changes


def _move(current: Stage) -> int:
    """Point records at the school that their location is now found to be; returns how many."""
    same = f"{current.table} AS s WHERE s.external_key = directory_accreditation.external_key"
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE directory_accreditation SET school_id = (SELECT s.school_id FROM {same}) "
            f"WHERE EXISTS (SELECT 1 FROM {same} AND s.school_id <> directory_accreditation.school_id)"
        )
        return cursor.rowcount


def _clear(current: Stage, *, added: int) -> Changes:
    """Delete records that the release no longer has, with all that hangs on them."""
    held = Accreditation.objects.filter(external_key__startswith=PREFIX).count() - added
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, external_key FROM directory_accreditation WHERE external_key LIKE %s "
            f"AND external_key NOT IN (SELECT external_key FROM {current.table}) ORDER BY id",
            [f"{PREFIX}%"],
        )
        gone = cursor.fetchall()
    for start in range(0, len(gone), DELETED_AT_ONCE):
        keys = [pk for pk, _ in gone[start : start + DELETED_AT_ONCE]]
        Accreditation.objects.filter(pk__in=keys).delete()
    samples = [f"removed: accreditation {key}" for _, key in gone[:SAMPLES]]
    return Changes(removed=len(gone), samples=samples, losses=[Loss("records", len(gone), held, added)])


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
