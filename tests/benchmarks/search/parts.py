"""P1 to P6 of the goals. Each part starts what it needs and tells what it measured."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.search import databases, peers, postgres, servers
from tests.benchmarks.search.agreement import check
from tests.benchmarks.search.asking import Address, Client, api, milliseconds, page, percentile, take_turns
from tests.benchmarks.search.context import Run
from tests.benchmarks.search.hammer import throughput
from tests.benchmarks.search.memory import memory
from tests.benchmarks.search.questions import KINDS, Mix, Question, asked_again, drawn


def sizes(run: Run, *, middle: bool = True) -> dict[str, Path]:
    """The databases of P1 and P3: what ships, 30,000, all of the country."""
    found = {"3 k": databases.starter(run)}
    if middle:
        found["30 k"] = databases.of_size(run, 30_000)
    whole = databases.national(run)
    if whole is None:
        run.notes.append(
            "National size left out: no database named with --national (and no official files, or --quick)."
        )
        return found
    return {**found, "national": whole}


def p1(run: Run) -> None:
    """The page against Datasette's page: questions that nobody has asked before, and questions that are asked again.

    The goal is measured against Datasette as it comes, which answers with the counts of the facets that it was asked
    for and suggests others; and told against a Datasette that is tuned, which suggests none.
    """
    python = peers.venv(run)
    for size, path in sizes(run).items():
        flat = peers.file_of(path)
        site = servers.product(run, f"sqlite:///{path}")
        others = [peers.datasette(run, python, flat, tuned=tuned) for tuned in (False, True)]
        check(run, f"P1 {size}", Client(site), others[-1], Mix(path))
        sides: dict[str, tuple[Client, Address]] = {
            "page": (Client(site), page),
            **{peer.name: (Client(peer.server), peer.address) for peer in others},
        }
        asked = {"": drawn(path, run.repetitions), ", asked again": asked_again(path, run.repetitions)}
        for said, questions in asked.items():
            times = take_turns(sides, *questions)
            run.raw[f"P1 {size}{said}"] = times
            for peer in others:
                both = {name: times[name] for name in ("page", peer.name)}
                told(run, f"P1 {size}, {peer.name}{said}", both, questions[1], least=12)
        site.stop()
        for peer in others:
            peer.server.stop()


def p2(run: Run) -> None:
    """The API against the tutorial stack, on both databases, all four in one interleaved run."""
    python = peers.venv(run)
    path = databases.of_size(run, 30_000)
    flat = peers.file_of(path)
    sqlite = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(flat)}
    sites = {"API, SQLite": servers.product(run, f"sqlite:///{path}")}
    others = [peers.tutorial_stack(run, python, "tutorial, SQLite", sqlite)]
    cluster = postgres.start(run)
    if cluster is not None:
        sites["API, PostgreSQL"] = servers.product(run, postgres.fill(run, cluster, "site", path))
        peers.fill_postgres(cluster, "site", flat)
        there = {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": "site",
            "USER": "postgres",
            "HOST": str(cluster.folder),
        }
        others.append(peers.tutorial_stack(run, python, "tutorial, PostgreSQL", there))
    for (name, site), peer in zip(sites.items(), others, strict=True):
        check(run, f"P2 {name}", Client(site), peer, Mix(path))
    sides: dict[str, tuple[Client, Address]] = {
        **{name: (Client(server), api) for name, server in sites.items()},
        **{peer.name: (Client(peer.server), peer.address) for peer in others},
    }
    warm, asked = drawn(path, run.repetitions)
    times = take_turns(sides, warm, asked)
    run.raw["P2"] = times
    few, often = asked_again(path, run.repetitions)
    again = take_turns(sides, few, often)
    run.raw["P2, asked again"] = again
    for (name, peer), least in zip(zip(sites, others, strict=True), (15, 40), strict=False):
        for said, measured, questions in (("", times, asked), (", asked again", again, often)):
            both = {name: measured[name], peer.name: measured[peer.name]}
            told(run, f"P2 30 k {name}{said}", both, questions, least)
    for server in (*sites.values(), *(peer.server for peer in others)):
        server.stop()


def p3(run: Run) -> None:
    """Throughput of the page against a hello-world view, two clients at once, taking turns."""
    plain = servers.hello(run)
    rounds, seconds = (2, 2.0) if run.quick else (10, 5.0)
    for size, path in sizes(run, middle=False).items():
        site = servers.product(run, f"sqlite:///{path}")
        warm, asked = drawn(path, run.repetitions)
        throughput(site, [page(question) for question in warm], clients=2, seconds=seconds)
        addresses = [page(question) for question in asked]
        pairs = [
            (
                throughput(site, addresses, clients=2, seconds=seconds),
                throughput(plain, ["/"], clients=2, seconds=seconds),
            )
            for _ in range(rounds)
        ]
        run.raw[f"P3 {size}"] = pairs
        ratio = statistics.median(one / other for one, other in pairs)
        ours, theirs = (statistics.median(pair[side] for pair in pairs) for side in (0, 1))
        least = 0.10 if size == "3 k" else 0.08
        measured = f"{ratio:.3f} ({ours:.0f} pages against {theirs:.0f} hellos a second)"
        run.goal(f"P3 {size}", f"at least {least:.2f}", measured, ratio >= least)
        site.stop()
    plain.stop()


def p6(run: Run) -> None:
    """A page that is kept whole, and the word that a browser has it already, against a hello-world view."""
    site, plain = servers.product(run, f"sqlite:///{databases.starter(run)}"), servers.hello(run)
    rounds, seconds = (2, 2.0) if run.quick else (10, 5.0)
    (address,) = [page(question) for question in Mix(databases.starter(run)).draw(1)[:1]]
    known = {"If-None-Match": Client(site).mark(address)}
    for name, headers, least in (("kept page", {}, 0.6), ("304", known, 0.7)):
        throughput(site, [address], clients=2, seconds=1, headers=headers)
        pairs = [
            (
                throughput(site, [address], clients=2, seconds=seconds, headers=headers),
                throughput(plain, ["/"], clients=2, seconds=seconds),
            )
            for _ in range(rounds)
        ]
        run.raw[f"P6 {name}"] = pairs
        ratio = statistics.median(one / other for one, other in pairs)
        ours, theirs = (statistics.median(pair[side] for pair in pairs) for side in (0, 1))
        measured = f"{ratio:.2f} ({ours:.0f} answers against {theirs:.0f} hellos a second)"
        run.goal(f"P6 {name}", f"at least {least}", measured, ratio >= least)
    site.stop()
    plain.stop()


def p4(run: Run) -> None:
    """Growth of the mix's mean from 3,000 to 300,000 programs."""
    small = databases.starter(run)
    large = databases.of_size(run, 30_000 if run.quick else 300_000)
    times: dict[str, list[float]] = {}
    site = {name: servers.product(run, f"sqlite:///{path}") for name, path in (("small", small), ("large", large))}
    # Each size is asked in the words of its own data.
    questions = {"small": drawn(small, run.repetitions), "large": drawn(large, run.repetitions)}
    paired = [
        dict(zip(("small", "large"), both, strict=True))
        for both in zip(*(q[1] for q in questions.values()), strict=True)
    ]
    clients = {name: Client(server) for name, server in site.items()}
    for name in site:
        take_turns({name: (clients[name], page)}, questions[name][0], ())
    for pair in paired:
        for name, question in pair.items():
            once = take_turns({name: (clients[name], page)}, (), [question])
            times.setdefault(name, []).extend(once[name])
    run.raw["P4"] = times
    means = {name: statistics.fmean(each) for name, each in times.items()}
    growth = means["large"] / means["small"]
    measured = f"{growth:.1f} × ({means['small'] * 1000:.1f} ms to {means['large'] * 1000:.1f} ms)"
    name = "P4 3 k to 30 k (quick; not the goal)" if run.quick else "P4 3 k to 300 k"
    run.goal(name, "at most 5 ×", measured, None if run.quick else growth <= 5)
    for server in site.values():
        server.stop()


def p5(run: Run) -> None:
    """The slowest of 1,000 different questions at a million programs."""
    path = databases.of_size(run, 100_000 if run.quick else 1_000_000)
    site = servers.product(run, f"sqlite:///{path}")
    each = 10 if run.quick else 100
    questions = Mix(path).draw(each + 5)
    asked, warm = questions[: each * len(KINDS)], questions[each * len(KINDS) :]
    times = take_turns({"page": (Client(site), page)}, warm, asked)["page"]
    run.raw["P5"] = times
    late = percentile(times, 99)
    slowest = asked[times.index(max(times))]
    measured = f"p99 {late * 1000:.0f} ms, slowest {max(times) * 1000:.0f} ms ({slowest.kind}: {slowest.product})"
    name = f"P5 {len(asked):,} questions at {'100 k (quick; not the goal)' if run.quick else '1 M'}"
    run.goal(name, "p99 < 250 ms, none > 1 s", measured, None if run.quick else late < 0.25 and max(times) < 1)
    memory(run, site, "1 M" if not run.quick else "100 k", judged=False)
    site.stop()


def told(run: Run, name: str, times: dict[str, list[float]], asked: Sequence[Question], least: float) -> None:
    """The ratio of medians, both sides' own figures, and the ratio of each kind of question."""
    (_, ours), (_, theirs) = times.items()
    ratio = statistics.median(theirs) / statistics.median(ours)
    both = ", ".join(f"{side} {milliseconds(each)}" for side, each in times.items())
    run.goal(name, f"at least {least} ×", f"{ratio:.1f} × ({both}; n = {len(ours)})", ratio >= least)
    kinds = {}
    for kind in KINDS:
        at = [number for number, question in enumerate(asked) if question.kind == kind]
        kinds[kind] = statistics.median(theirs[n] for n in at) / statistics.median(ours[n] for n in at)
    run.raw[f"{name} by kind"] = kinds
    run.notes.append(f"{name} by kind: " + ", ".join(f"{kind} {value:.1f} ×" for kind, value in kinds.items()) + ".")
