"""SQLite files of the sizes: what ships, all of the country, a sample of it, and made-up programs on top of it.

Made-up programs are new combinations of real schools with real fields and awards; each takes over every other column
from a real program of its field and award.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

from tests.benchmarks.search.context import DATA, Run, say

SEED: Final = 20_240_601
#: Columns of the search table that belong to the school; the others come from the program that is copied.
OF_SCHOOL: Final = {
    "program_id": "n.program_id", "school_id": "n.school_id", "school_name": "s.name", "control": "s.control",
    "state": "s.state", "latitude": "s.latitude", "longitude": "s.longitude",
}  # fmt: skip


def starter(run: Run) -> Path:
    """The catalogue that ships, 3,040 programs."""
    path = run.folder / "starter.sqlite3"
    if not path.exists():
        say("making the starter database")
        run.manage(f"sqlite:///{path}", "migrate", "-v0")
        run.manage(f"sqlite:///{path}", "load_starter")
    return path


def national(run: Run) -> Path | None:
    """All programs of the country: a copy of the database that --national names, else loaded from the official files.

    None when there is neither, and in a quick run that names none.
    """
    path = run.folder / "national.sqlite3"
    if path.exists():
        return path
    if run.national is not None:
        say(f"copying {run.national}")
        copy(run.national, path)
        run.manage(f"sqlite:///{path}", "migrate", "-v0")
        refresh(run, path)
    elif DATA.is_dir() and not run.quick:
        say("loading the official files (minutes)")
        run.manage(f"sqlite:///{path}", "migrate", "-v0")
        run.manage(f"sqlite:///{path}", "import_folder", str(DATA), "--all")
    else:
        return None
    return path


def of_size(run: Run, rows: int) -> Path:
    """So many programs: a sample of the national database, or that (else the starter catalogue) with made-up ones."""
    path = run.folder / f"programs-{rows}.sqlite3"
    if path.exists():
        return path
    base = national(run) or starter(run)
    copy(base, path)
    with closing(sqlite3.connect(path)) as database:
        held = count(database)
        say(f"making {rows:,} programs out of {held:,}")
        if held > rows:
            thin_out(database, rows)
        else:
            add(database, rows - held)
        database.commit()
        database.execute("ANALYZE")
        database.commit()
    return path


def copy(source: Path, target: Path) -> None:
    """As SQLite itself copies, so that a database in use is copied whole."""
    with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)


def clone(path: Path, name: str) -> Path:
    """A copy beside it that a peer may add tables to."""
    target = path.with_name(f"{path.stem}-{name}.sqlite3")
    if not target.exists():
        shutil.copy(path, target)
    return target


def refresh(run: Run, path: Path) -> None:
    """Rebuild what the site derives; a database of an older version lacks some of it."""
    run.manage(f"sqlite:///{path}", "shell", "-v0", "-c", "from directory.pipeline.refresh import refresh; refresh()")


def count(database: sqlite3.Connection) -> int:
    return int(database.execute("SELECT count(*) FROM directory_listing").fetchone()[0])


def thin_out(database: sqlite3.Connection, rows: int) -> None:
    """Keep an even sample of the programs; whatever belongs to the others goes too."""
    database.execute("PRAGMA foreign_keys = OFF")
    database.execute(
        "CREATE TEMP TABLE gone AS SELECT program_id FROM ("
        "SELECT program_id, row_number() OVER (ORDER BY program_id) AS n, count(*) OVER () AS held"
        " FROM directory_listing) WHERE (n * ?1) / held = ((n - 1) * ?1) / held",
        (rows,),
    )
    database.execute("CREATE UNIQUE INDEX temp.gone_once ON gone (program_id)")
    tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    for table in tables:
        for _, _, parent, column, *_ in database.execute(f"PRAGMA foreign_key_list({table})").fetchall():
            if parent == "directory_program" and table != "directory_listing":
                database.execute(f"DELETE FROM {table} WHERE {column} IN (SELECT program_id FROM gone)")  # noqa: S608
    for table, column in (("directory_listing", "program_id"), ("directory_program", "id")):
        database.execute(f"DELETE FROM {table} WHERE {column} IN (SELECT program_id FROM gone)")  # noqa: S608


def add(database: sqlite3.Connection, rows: int) -> None:
    """Programs that do not exist, with their openings, as rows of the search table."""
    database.execute("PRAGMA foreign_keys = OFF")
    database.execute("CREATE TEMP TABLE fresh (program_id INTEGER PRIMARY KEY, school_id INTEGER, template INTEGER)")
    database.executemany("INSERT INTO fresh VALUES (?, ?, ?)", _combinations(database, rows))
    database.execute(
        "INSERT INTO directory_program"
        " (id, award_level, slug, title, state, first_year, last_year, field_id, release_id, school_id)"
        " SELECT n.program_id, p.award_level, 'made-up-' || n.program_id, p.title, p.state, p.first_year, p.last_year,"
        " p.field_id, p.release_id, n.school_id FROM fresh n JOIN directory_program p ON p.id = n.template"
    )
    columns = [row[1] for row in database.execute("PRAGMA table_info(directory_listing)")]
    taken = ", ".join(OF_SCHOOL.get(column, f"l.{column}") for column in columns)
    database.execute(
        f"INSERT INTO directory_listing ({', '.join(columns)}) SELECT {taken} FROM fresh n"  # noqa: S608 - our own names
        " JOIN directory_listing l ON l.program_id = n.template JOIN directory_school s ON s.id = n.school_id"
    )
    columns = [row[1] for row in database.execute("PRAGMA table_info(directory_opening)") if row[1] != "id"]
    taken = ", ".join("n.program_id" if column == "program_id" else f"o.{column}" for column in columns)
    database.execute(
        f"INSERT INTO directory_opening ({', '.join(columns)}) SELECT {taken} FROM fresh n"  # noqa: S608 - our own names
        " JOIN directory_opening o ON o.program_id = n.template"
    )


def _combinations(database: sqlite3.Connection, rows: int) -> Iterator[tuple[int, int, int]]:
    """(new key, school, program to copy), each school with each field and award at most once."""
    dice = random.Random(SEED)  # noqa: S311 - no secret, and the same programs on every run
    held = database.execute("SELECT school_id, field_id, award_level, id FROM directory_program").fetchall()
    taken = {row[:3] for row in held}
    schools = [pk for (pk,) in database.execute("SELECT id FROM directory_school WHERE latitude IS NOT NULL")]
    # Each program as often as it is common in the country; its school is replaced.
    program = max(row[3] for row in held)
    while rows:
        _, cip, level, template = dice.choice(held)
        school = dice.choice(schools)
        if (school, cip, level) not in taken:
            taken.add((school, cip, level))
            program, rows = program + 1, rows - 1
            yield program, school, template
