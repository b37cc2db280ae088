"""A client in a process of its own: asks addresses over one connection for some seconds, prints answers per second.

python -m tests.benchmarks.search.hammer PORT SECONDS HEADERS < addresses

HEADERS is a JSON object, sent with each request.
"""

from __future__ import annotations

import http.client
import itertools
import json
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from tests.benchmarks.search.context import ROOT
from tests.benchmarks.search.servers import Server


def main() -> int:
    """One warm request, then as many as the time allows."""
    port, seconds, headers = int(sys.argv[1]), float(sys.argv[2]), json.loads(sys.argv[3])
    addresses = itertools.cycle(sys.stdin.read().split("\n"))
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    answered, began, now = -1, 0.0, 0.0
    while answered < 1 or now - began < seconds:
        connection.request("GET", next(addresses), headers=headers)
        response = connection.getresponse()
        response.read()
        if response.status not in (200, 304):
            return 1
        answered, now = answered + 1, time.perf_counter()
        began = began or now
    sys.stdout.write(str(answered / (now - began)))
    return 0


def throughput(
    server: Server,
    addresses: Sequence[str],
    *,
    clients: int,
    seconds: float,
    headers: Mapping[str, str] = MappingProxyType({}),
) -> float:
    """Requests per second of so many clients at once."""
    module = "tests.benchmarks.search.hammer"
    command = [sys.executable, "-m", module, str(server.port), str(seconds), json.dumps(dict(headers))]
    running = [
        subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # noqa: S603
        for _ in range(clients)
    ]
    for number, process in enumerate(running):
        assert process.stdin is not None
        # Each client starts elsewhere in the list.
        start = number * len(addresses) // clients
        process.stdin.write("\n".join([*addresses[start:], *addresses[:start]]))
        process.stdin.close()
    rate = 0.0
    for process in running:
        assert process.stdout is not None
        rate += float(process.stdout.read())
        process.wait()
    return rate


if __name__ == "__main__":
    raise SystemExit(main())
