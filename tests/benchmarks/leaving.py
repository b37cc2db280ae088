"""Whether every leave is counted once: `script/bench leaving [CLICKS] [CLIENTS] [--busy SECONDS]`.

Starts the site as `script/server` serves it on a database of its own (a temporary SQLite file, or an empty PostgreSQL
database that DATABASE_URL names), makes one school and one program, and asks for `/go/…` from so many clients at once.
Among the clicks are as many requests that are none: HEAD, prefetches, machines. Ends with an error when a number is
wrong or an answer is anything but the way to the school.

`--busy SECONDS` holds SQLite's only write lock that long meanwhile, as an import would.
"""

from __future__ import annotations

import argparse
import http.client
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Final

import django

from tests.benchmarks.search.servers import free_port

ROOT: Final = Path(__file__).resolve().parents[2]
BROWSER: Final = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
KINDS: Final = ("visit", "apply", "aid", "price")
NO_CLICKS: Final = (
    ("HEAD", {"User-Agent": BROWSER}),
    ("GET", {"User-Agent": BROWSER, "Sec-Purpose": "prefetch;prerender"}),
    ("GET", {"User-Agent": BROWSER, "Purpose": "prefetch"}),
    ("GET", {"User-Agent": BROWSER, "X-Moz": "prefetch"}),
    ("GET", {"User-Agent": "Examplebot/2.1 (+https://bot.example)"}),
)
PATIENCE: Final = 120


def main() -> int:
    asked = arguments()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = os.environ.get("DATABASE_URL") or f"sqlite:///{folder / 'bench.sqlite3'}"
        os.environ |= {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings.test"}
        django.setup()
        slugs = fill()
        server = Site(stack, folder)
        addresses = [(f"/go/{slugs[n % 2]}/{KINDS[n // 2 % len(KINDS)]}/") for n in range(asked.clicks)]
        if asked.busy:
            threading.Thread(target=hold_the_lock, args=(url, asked.busy), daemon=True).start()
        began = time.perf_counter()
        answers, waits = ask(server.port, addresses, asked.clients)
        seconds = time.perf_counter() - began
        server.stop()
        counted, wanted = counts(), Counter(addresses)
        say(f"{url.partition(':')[0]}, {os.cpu_count()} cores, {asked.clients} clients, load {os.getloadavg()[0]:.1f}")
        say(f"{len(addresses):,} clicks among {len(waits):,} requests in {seconds:.1f} s; answers {dict(answers)}")
        p99 = statistics.quantiles(waits, n=100)[98]
        say(f"median {statistics.median(waits) * 1000:.1f} ms, p99 {p99 * 1000:.0f} ms, longest {max(waits):.2f} s")
        say(f"counted {sum(counted.values()):,} in {len(counted)} rows, asked {wanted.total():,}")
        fine = counted == wanted and set(answers) == {302}
        say("exact" if fine else f"WRONG: {dict(counted - wanted)} too many, {dict(wanted - counted)} too few")
        return 0 if fine else 1


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="script/bench leaving", description=__doc__)
    parser.add_argument("clicks", nargs="?", type=int, default=10_000)
    parser.add_argument("clients", nargs="?", type=int, default=100)
    parser.add_argument("--busy", type=float, default=0, metavar="SECONDS")
    return parser.parse_args()


def fill() -> tuple[str, str]:
    """The slugs of a school with every address, and of a program of it."""
    from django.core.management import call_command

    from tests.directory.invented import program, school

    call_command("migrate", verbosity=0)
    at = school(
        website="www.example.edu", apply_url="apply.example.edu", aid_url="www.example.edu/aid",
        net_price_url="www.example.edu/price",
    )  # fmt: skip
    return at.slug, program(at).slug


class Site:
    """The site in processes of its own, as script/server starts it."""

    def __init__(self, stack: ExitStack, folder: Path) -> None:
        self.port = free_port()
        command = [sys.executable, "-m", "gunicorn", "--config", "config/gunicorn.py", "config.wsgi"]
        log = stack.enter_context((folder / "server.log").open("wb"))
        environ = {**os.environ, "PORT": str(self.port)}
        self._process = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=log, stderr=log)  # noqa: S603
        stack.callback(self.stop)
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)) as connection:
                    connection.request("GET", "/healthz")
                    if connection.getresponse().status == 200:
                        return
            except OSError:
                time.sleep(0.2)
        raise RuntimeError((folder / "server.log").read_text(encoding="utf-8", errors="replace")[-2000:])

    def stop(self) -> None:
        """Ends as a deployment would end it: the workers finish what they have."""
        if self._process.poll() is None:
            self._process.terminate()
            self._process.wait(PATIENCE)


def hold_the_lock(url: str, seconds: float) -> None:
    """What an import does to everybody else who writes."""
    import sqlite3

    time.sleep(0.5)
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        time.sleep(seconds)
        other.execute("ROLLBACK")


def ask(port: int, addresses: list[str], clients: int) -> tuple[Counter[int], list[float]]:
    """Answers by status and seconds of each request, clicks and others in turn, over a connection for each client."""

    def client(number: int) -> tuple[Counter[int], list[float]]:
        statuses: Counter[int] = Counter()
        waits = []
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as connection:
            for at in range(number, len(addresses), clients):
                method, headers = NO_CLICKS[at % len(NO_CLICKS)]
                for verb, sent in (("GET", {"User-Agent": BROWSER}), (method, headers)):
                    began = time.perf_counter()
                    connection.request(verb, addresses[at], headers=sent)
                    response = connection.getresponse()
                    response.read()
                    waits.append(time.perf_counter() - began)
                    statuses[response.status] += 1
        return statuses, waits

    with ThreadPoolExecutor(clients) as pool:
        parts = list(pool.map(client, range(clients)))
    return sum((statuses for statuses, _ in parts), Counter()), [wait for _, waits in parts for wait in waits]


def counts() -> Counter[str]:
    """Address -> leaves that are counted of it; a day that ends meanwhile adds to both."""
    from directory.models import ClickCount

    found: Counter[str] = Counter()
    for row in ClickCount.objects.select_related("school", "program"):
        found[f"/go/{(row.program or row.school).slug}/{row.kind}/"] += row.count
    return found


def say(words: str) -> None:
    print(words, flush=True)  # noqa: T201


if __name__ == "__main__":
    raise SystemExit(main())
