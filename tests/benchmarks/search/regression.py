"""Recall and reciprocal rank on the list of real queries, asked of the site over HTTP."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

from tests.benchmarks.search import databases, servers
from tests.benchmarks.search.asking import Client
from tests.benchmarks.search.context import Run, say
from tests.search_queries.facts import CONTROL, Facts, starter_facts
from tests.search_queries.judging import Verdict, judge, mean_reciprocal_rank, recall_at_10
from tests.search_queries.reading import NOT_YET, read_all


def queries(run: Run, *, write_not_yet: bool = False) -> None:
    """The figures of the whole list and of each theme; names what misses. With --national also on all of the country,
    where more answers are right than the list, which knows the starter catalogue, expects.
    """
    verdicts = _verdicts(run, databases.starter(run), starter_facts())
    missed = [verdict for verdict in verdicts if verdict.misses]
    run.raw["queries"] = [
        {"q": each.query.text, "recall": each.recall, "rank": each.reciprocal_rank, "misses": each.misses}
        for each in verdicts
    ]
    _tell(run, "regression list", verdicts)
    themes = {verdict.query.theme: None for verdict in verdicts}
    for theme in themes:
        _tell(run, theme, [verdict for verdict in verdicts if verdict.query.theme == theme])
    _say(missed)
    if write_not_yet:
        heading = NOT_YET.read_text(encoding="utf-8").splitlines()[0]
        NOT_YET.write_text("\n".join([heading, *(verdict.query.text for verdict in missed)]) + "\n", encoding="utf-8")
    if run.national is not None and (path := databases.national(run)) is not None:
        everywhere = _verdicts(run, path, _with_schools_of(path, starter_facts()))
        _tell(run, "regression list, national", everywhere)
        _say([verdict for verdict in everywhere if verdict.misses])


def _verdicts(run: Run, path: Path, facts: Facts) -> list[Verdict]:
    site = servers.product(run, f"sqlite:///{path}")
    client = Client(site)
    found = [
        judge(query, client.json(f"/api/v1/programs/?{urlencode({'q': query.text})}"), facts) for query in read_all()
    ]
    site.stop()
    return found


def _with_schools_of(path: Path, facts: Facts) -> Facts:
    """The facts with every school of a database."""
    with closing(sqlite3.connect(path)) as database:
        rows = database.execute(
            "SELECT unitid, control, latitude, longitude FROM directory_school WHERE unitid IS NOT NULL"
        ).fetchall()
    return Facts(
        {**facts.control, **{row[0]: CONTROL.get(str(row[1]), "") for row in rows}},
        {**facts.schools, **{row[0]: (row[2], row[3]) for row in rows if row[2] is not None}},
        facts.places,
    )


def _say(missed: Sequence[Verdict]) -> None:
    for verdict in missed:
        say(f"    misses: {verdict.query.text!r}: {'; '.join(verdict.misses)}")


def _tell(run: Run, name: str, verdicts: Sequence[Verdict]) -> None:
    whole = sum(not verdict.misses for verdict in verdicts)
    run.goal(
        name, "–",
        f"recall@10 {recall_at_10(verdicts):.3f}, MRR {mean_reciprocal_rank(verdicts):.3f},"
        f" {whole} of {len(verdicts)} wholly right",
        None,
    )  # fmt: skip
