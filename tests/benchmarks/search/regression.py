"""Recall and reciprocal rank on the list of real queries, asked of the site over HTTP."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from tests.benchmarks.search import databases, servers
from tests.benchmarks.search.asking import Client
from tests.benchmarks.search.context import Run, say
from tests.search_queries.facts import starter_facts
from tests.search_queries.judging import Verdict, judge, mean_reciprocal_rank, recall_at_10
from tests.search_queries.reading import NOT_YET, read_all


def queries(run: Run, *, write_not_yet: bool = False) -> None:
    """The figures of the whole list and of each theme; names what misses."""
    site = servers.product(run, f"sqlite:///{databases.starter(run)}")
    client, facts = Client(site), starter_facts()
    verdicts = [
        judge(query, client.json(f"/api/v1/programs/?{urlencode({'q': query.text})}"), facts) for query in read_all()
    ]
    site.stop()
    missed = [verdict for verdict in verdicts if verdict.misses]
    run.raw["queries"] = [
        {"q": each.query.text, "recall": each.recall, "rank": each.reciprocal_rank, "misses": each.misses}
        for each in verdicts
    ]
    _tell(run, "regression list", verdicts)
    themes = {verdict.query.theme: None for verdict in verdicts}
    for theme in themes:
        _tell(run, theme, [verdict for verdict in verdicts if verdict.query.theme == theme])
    for verdict in missed:
        say(f"    misses: {verdict.query.text!r}: {'; '.join(verdict.misses)}")
    if write_not_yet:
        heading = NOT_YET.read_text(encoding="utf-8").splitlines()[0]
        NOT_YET.write_text("\n".join([heading, *(verdict.query.text for verdict in missed)]) + "\n", encoding="utf-8")


def _tell(run: Run, name: str, verdicts: Sequence[Verdict]) -> None:
    whole = sum(not verdict.misses for verdict in verdicts)
    run.goal(
        name, "–",
        f"recall@10 {recall_at_10(verdicts):.3f}, MRR {mean_reciprocal_rank(verdicts):.3f},"
        f" {whole} of {len(verdicts)} wholly right",
        None,
    )  # fmt: skip
