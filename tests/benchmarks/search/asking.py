"""One client, connections kept open, sides taking turns: A B A B …"""

from __future__ import annotations

import http.client
import json
import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlencode

from tests.benchmarks.search.questions import Question
from tests.benchmarks.search.servers import Server

Address = Callable[[Question], str]


class Client:
    """Asks one server over one connection; a connection that the server has closed is opened again, once."""

    def __init__(self, server: Server) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=600)

    def get(self, address: str) -> bytes:
        """The body of a 200; anything else is an error of the measurement."""
        try:
            return self._get(address)
        except (http.client.RemoteDisconnected, ConnectionError):
            self.connection.close()
            return self._get(address)

    def _get(self, address: str) -> bytes:
        self.connection.request("GET", address)
        response = self.connection.getresponse()
        body = response.read()
        if response.status != 200:
            raise RuntimeError(f"{address}: {response.status} {body[:300]!r}")
        return body

    def mark(self, address: str) -> str:
        """The ETag of an answer."""
        self.connection.request("GET", address)
        response = self.connection.getresponse()
        response.read()
        return response.headers["ETag"]

    def json(self, address: str) -> Any:
        return json.loads(self.get(address))


def page(question: Question) -> str:
    return f"/programs/?{urlencode(question.product)}"


def api(question: Question) -> str:
    return f"/api/v1/programs/?{urlencode(question.product)}"


def take_turns(
    sides: dict[str, tuple[Client, Address]], warm: Sequence[Question], asked: Sequence[Question]
) -> dict[str, list[float]]:
    """Side -> seconds, one for each question, in their order. Warmed up with other questions than those measured."""
    for question in warm:
        for client, address in sides.values():
            client.get(address(question))
    times: dict[str, list[float]] = {name: [] for name in sides}
    for question in asked:
        for name, (client, address) in sides.items():
            wanted = address(question)
            began = time.perf_counter()
            client.get(wanted)
            times[name].append(time.perf_counter() - began)
    return times


def milliseconds(times: Sequence[float]) -> str:
    """Median and 95th percentile in words."""
    return f"{statistics.median(times) * 1000:.1f} ms (p95 {percentile(times, 95) * 1000:.1f})"


def percentile(times: Sequence[float], part: float) -> float:
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part / 100))]
