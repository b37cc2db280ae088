"""Both sides must answer the same question: totals of questions that have filters only are equal, others are told."""

from __future__ import annotations

from typing import Final

from tests.benchmarks.search.asking import Client, api
from tests.benchmarks.search.context import Run
from tests.benchmarks.search.peers import Peer
from tests.benchmarks.search.questions import KINDS, Mix

EACH: Final = 5
#: Kinds without text and without a circle: every side must find the same number.
EXACT: Final = ("filters", "facets")


def check(run: Run, name: str, ours: Client, peer: Peer, mix: Mix) -> None:
    """Ask both sides some questions of each kind. Raises RuntimeError where totals must be equal and are not."""
    theirs = Client(peer.server)
    found: dict[str, list[tuple[int, int]]] = {kind: [] for kind in KINDS}
    for question in mix.draw(EACH):
        here, there = ours.json(api(question))["count"], peer.total(theirs.json(peer.total_address(question)))
        found[question.kind].append((here, there))
        if question.kind in EXACT and here != there:
            raise RuntimeError(f"{name}: {question.product} finds {here} here and {there} with {peer.name}")
    run.raw[f"{name} totals"] = found
    told = "; ".join(
        f"{kind} {'/'.join(str(here) for here, _ in pairs)} and {'/'.join(str(there) for _, there in pairs)}"
        for kind, pairs in found.items()
    )
    run.notes.append(f"{name} totals, here and with {peer.name}: {told}.")
