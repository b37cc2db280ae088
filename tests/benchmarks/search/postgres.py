"""A throw-away PostgreSQL on a socket in the run's own folder, filled with what a SQLite file holds."""

from __future__ import annotations

import os
import pwd
import shlex
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import psycopg
from psycopg import sql

from tests.benchmarks.search.context import Run, say

#: Nothing in it outlives the run, so it need not survive a power cut; everything else is as installed.
OPTIONS: Final = "-c listen_addresses='' -c unix_socket_directories={} -c fsync=off -c max_connections=50"


class Cluster:
    """A running server; `url(name)` is a database of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def url(self, name: str) -> str:
        return f"postgresql://postgres@{quote(str(self.folder), safe='')}/{name}"

    def connect(self, name: str = "postgres") -> psycopg.Connection[Any]:
        return psycopg.connect(host=str(self.folder), user="postgres", dbname=name, autocommit=True)


def start(run: Run) -> Cluster | None:
    """A new cluster; None, with the reason as a note, on a machine that has no PostgreSQL."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not programs:
        run.notes.append("PostgreSQL left out: no initdb in /usr/lib/postgresql.")
        return None
    folder = run.folder / "postgres"
    folder.mkdir()
    if os.getuid() == 0:
        postgres = pwd.getpwnam("postgres")
        os.chown(folder, postgres.pw_uid, postgres.pw_gid)
    data, log = shlex.quote(str(folder / "data")), shlex.quote(str(folder / "log"))
    options = shlex.quote(OPTIONS.format(shlex.quote(str(folder))))
    _as_postgres(f"{programs[-1]}/initdb -D {data} -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync >{log}")
    _as_postgres(f"{programs[-1]}/pg_ctl start -w -s -t 60 -D {data} -l {log} -o {options}")
    run.stack.callback(_as_postgres, f"{programs[-1]}/pg_ctl stop -D {data} -m immediate -s")
    cluster = Cluster(folder)
    with cluster.connect() as connection:
        version = connection.info.parameter_status("server_version")
        run.notes.append(f"PostgreSQL {version}, as installed but for fsync=off.")
    return cluster


def fill(run: Run, cluster: Cluster, name: str, path: Path) -> str:
    """A database with the product's tables and the rows of a SQLite file; returns its URL."""
    say(f"copying {path.name} into PostgreSQL")
    with cluster.connect() as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    run.manage(cluster.url(name), "migrate", "-v0")
    with cluster.connect(name) as connection, closing(sqlite3.connect(path)) as source:
        # Triggers keep foreign keys; the rows come from a database in which they hold.
        connection.execute("SET session_replication_role = replica")
        connection.execute("SET TimeZone = 'UTC'")
        held = {row[0] for row in source.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        tables = {table: columns for table, columns in _tables(connection).items() if table in held}
        # All at once, before the first row: TRUNCATE takes what refers to a table with it.
        connection.execute(sql.SQL("TRUNCATE {}").format(sql.SQL(", ").join(map(sql.Identifier, tables))))
        for table, columns in tables.items():
            copy_rows(connection, source, table, columns)
        connection.execute("VACUUM ANALYZE")
    return cluster.url(name)


def copy_rows(
    connection: psycopg.Connection[Any], source: sqlite3.Connection, table: str, columns: dict[str, str]
) -> None:
    """Fill an empty table; SQLite's 0 and 1 become booleans where PostgreSQL has them."""
    into = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    named = ", ".join(f'"{column}"' for column in columns)
    flags = [number for number, kind in enumerate(columns.values()) if kind == "boolean"]
    with connection.cursor() as cursor, cursor.copy(into) as copy:
        for row in source.execute(f'SELECT {named} FROM "{table}"'):  # noqa: S608 - names of our own tables
            copy.write_row(
                [bool(cell) if n in flags and cell is not None else cell for n, cell in enumerate(row)]
                if flags
                else row
            )


def _tables(connection: psycopg.Connection[Any]) -> dict[str, dict[str, str]]:
    rows: Iterator[tuple[str, str, str]] = iter(
        connection.execute(
            "SELECT table_name, column_name, data_type FROM information_schema.columns"
            " WHERE table_schema = 'public' ORDER BY table_name, ordinal_position"
        ).fetchall()
    )
    found: dict[str, dict[str, str]] = {}
    for table, column, kind in rows:
        found.setdefault(table, {})[column] = kind
    return found


def _as_postgres(command: str) -> None:
    """Neither initdb nor postgres runs as root: root hands over to the user that Debian's package makes."""
    line = ["su", "postgres", "-s", "/bin/sh", "-c", command] if os.getuid() == 0 else ["/bin/sh", "-c", command]
    subprocess.run(line, cwd="/", check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own command line
