"""Peers on the same rows: Datasette, and the stack of the tutorials (Django REST framework with django-filter).

They live in a venv of their own under var/bench, never among the product's requirements. Both get one flat table with
an index on every column that they filter or count by; Datasette also an FTS5 table.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from tests.benchmarks.search import tutorial
from tests.benchmarks.search.asking import Address
from tests.benchmarks.search.context import ROOT, Run, say
from tests.benchmarks.search.databases import clone
from tests.benchmarks.search.postgres import Cluster, copy_rows
from tests.benchmarks.search.questions import Question
from tests.benchmarks.search.servers import Server, free_port, gunicorn, serve, without_hooks

VENV: Final = ROOT / "var" / "bench" / "peers"
PACKAGES: Final = ("datasette", "django~=5.2", "djangorestframework", "django-filter", "psycopg[binary]")
FACETS: Final = ("level", "state", "control", "delivery", "standing")
INDEXED: Final = (*FACETS, "rank_points", "latitude", "school_name")
COLUMNS: Final = {
    **dict.fromkeys(("id", "price", "earnings", "awards"), "integer"),
    **dict.fromkeys(("title", "school_name", "city", "state", "cip", "level", "length"), "text"),
    **dict.fromkeys(("control", "delivery", "standing"), "text"),
    **dict.fromkeys(("latitude", "longitude", "rank_points"), "double precision"),
}
#: In the order of COLUMNS.
FILL: Final = """
    INSERT INTO peer_program SELECT l.program_id, l.price, l.earnings, l.awards,
    l.title, l.school_name, s.city, l.state, l.cip, l.level, l.length,
    CASE l.control WHEN 1 THEN 'public' WHEN 2 THEN 'nonprofit' ELSE 'for-profit' END, l.delivery, l.standing,
    l.latitude, l.longitude, l.rank_points
    FROM directory_listing l JOIN directory_school s ON s.id = l.school_id WHERE l.listed
"""


@dataclass(frozen=True, slots=True)
class Peer:
    """A running peer: its address for a question, and how to ask it for the total alone."""

    name: str
    server: Server
    address: Address
    total_address: Address
    total: Callable[[Any], int]


def venv(run: Run) -> str:
    """The peers' Python, with the newest of each package; the server is the product's own version."""
    python = VENV / "bin" / "python"
    wanted = [*PACKAGES, f"gunicorn=={version('gunicorn')}"]
    stamp = VENV / "installed"
    if not stamp.exists() or stamp.read_text(encoding="ascii") != " ".join(wanted):
        say("installing the peers into var/bench/peers")
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=True)  # noqa: S603
        pip = [str(python), "-m", "pip", "install", "--quiet", "--no-input", *wanted]
        subprocess.run(pip, check=True)  # noqa: S603 - our own command line
        stamp.write_text(" ".join(wanted), encoding="ascii")
    listed = subprocess.run(  # noqa: S603
        [str(python), "-m", "pip", "list", "--format", "json"], check=True, capture_output=True
    )
    run.raw["peers"] = {each["name"]: each["version"] for each in json.loads(listed.stdout)}
    return str(python)


def file_of(path: Path) -> Path:
    """A copy of the product's file with the peers' table in it."""
    target = clone(path, "peers")
    with closing(sqlite3.connect(target)) as database:
        if not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'peer_program'").fetchone():
            columns = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
            database.execute(f"CREATE TABLE peer_program ({columns}, PRIMARY KEY (id))")
            database.execute(FILL)
            for column in INDEXED:
                database.execute(f"CREATE INDEX peer_{column} ON peer_program ({column})")
            database.execute(
                "CREATE VIRTUAL TABLE peer_program_fts USING fts5("
                'title, school_name, city, state, content="peer_program", content_rowid="id")'
            )
            database.execute("INSERT INTO peer_program_fts (peer_program_fts) VALUES ('rebuild')")
            database.execute("INSERT INTO peer_program_fts (peer_program_fts) VALUES ('optimize')")
            database.commit()
            database.execute("ANALYZE")
            database.commit()
    return target


# --- Datasette -------------------------------------------------------------------------------------


#: What makes Datasette fastest, beside `-i` (a file that never changes): nothing suggested, no facet cut short.
TUNED: Final = {"sql_time_limit_ms": 600_000, "facet_time_limit_ms": 600_000, "suggest_facets": "off"}


def datasette(run: Run, python: str, path: Path, *, tuned: bool) -> Peer:
    """Datasette as it comes, or with every setting that makes it quicker than that."""
    port = free_port()
    command = [python, "-m", "datasette", "serve", *(["-i"] if tuned else []), str(path), "--port", str(port)]
    for name, value in (TUNED if tuned else {}).items():
        command += ["--setting", name, str(value)]
    server = serve(run, command, port=port, env=dict(os.environ), cwd=run.folder, ready="/-/versions.json")
    return Peer(
        "Datasette, tuned" if tuned else "Datasette",
        server,
        address=lambda question: datasette_address(path, question),
        total_address=lambda question: datasette_address(path, question, extension=".json", facets=False),
        total=lambda answer: int(answer["filtered_table_rows_count"]),
    )


def datasette_address(path: Path, question: Question, *, extension: str = "", facets: bool = True) -> str:
    """The page of the table with search, filters, box and five facets."""
    asked = [(f"{name}__in", ",".join(values)) for name, values in question.filters.items()]
    if question.text:
        asked.append(("_search", f"{question.text}*" if question.kind == "prefix" else question.text))
    if question.kind == "prefix":
        asked.append(("_searchmode", "raw"))
    if question.box:
        south, north, west, east = question.box
        asked.append(("_where", f"latitude between {south} and {north} and longitude between {west} and {east}"))
    if facets:
        asked += [("_facet", name) for name in FACETS]
    return f"/{path.stem}/peer_program{extension}?{urlencode([*asked, ('_size', '20')])}"


# --- The tutorial stack ----------------------------------------------------------------------------


def tutorial_stack(run: Run, python: str, name: str, database: dict[str, str]) -> Peer:
    """A generated project on a database in Django's words, served as the product is."""
    folder = run.folder / f"tutorial-{name.split()[-1].lower()}"
    tutorial.write(folder, database, FACETS)
    port = free_port()
    env = {**os.environ, "PORT": str(port), "DJANGO_SETTINGS_MODULE": "tutorial.settings"}
    command = gunicorn(python, "tutorial.wsgi", without_hooks(run))
    server = serve(run, command, port=port, env=env, cwd=folder, ready="/programs/?page=1")
    return Peer(name, server, tutorial_address, tutorial_address, lambda answer: int(answer["count"]))


def tutorial_address(question: Question) -> str:
    """The list with search, filters and box; the view adds the counts."""
    asked = [(f"{name}__in", ",".join(values)) for name, values in question.filters.items()]
    if question.text:
        asked.append(("search", question.text))
    if question.box:
        names = ("latitude__gte", "latitude__lte", "longitude__gte", "longitude__lte")
        asked += [(name, str(value)) for name, value in zip(names, question.box, strict=True)]
    return f"/programs/?{urlencode(asked)}"


def fill_postgres(cluster: Cluster, name: str, path: Path) -> None:
    """The peers' table, with the same indexes, in a PostgreSQL database."""
    with cluster.connect(name) as connection, closing(sqlite3.connect(path)) as source:
        columns = ", ".join(f"{column} {kind}" for column, kind in COLUMNS.items())
        connection.execute(f"CREATE TABLE peer_program ({columns}, PRIMARY KEY (id))")
        copy_rows(connection, source, "peer_program", COLUMNS)
        for column in INDEXED:
            connection.execute(f"CREATE INDEX peer_{column} ON peer_program ({column})")
        connection.execute("VACUUM ANALYZE peer_program")
