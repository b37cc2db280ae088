"""A run of the checker: what is due is asked, host by host, and each answer is kept as it comes.

Killed at any point it has kept what it asked, and the next run goes on with the rest: a link's next day is all the
state that there is.
"""

from __future__ import annotations

import datetime as dt
import queue
import threading
import time
import zlib
from collections import deque
from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from directory.curation.links.asking import Mark
from directory.curation.links.judging import GOOD, Answer, Standing, Verdict, judge
from directory.curation.signature import begin_history, sign
from directory.models import Link, LinkRun

#: At most so many of one host in a run; the rest is due in the next.
PER_HOST: Final = 50
#: Seconds between two questions to one host.
PAUSE: Final = 3.0
THREADS: Final = 8
SPREAD: Final = 1_000

Asker = Callable[[str, Mark], Answer]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run has come."""

    asked: int
    due: int
    broken: int
    mended: int


def check(
    *, ask: Asker, limit: int | None = None, seconds: float | None = None, threads: int = THREADS, pause: float = PAUSE,
    clock: Callable[[], float] = time.monotonic, rest: Callable[[float], object] = time.sleep,
) -> Generator[Progress, None, None]:  # fmt: skip
    """Ask what is due, the longest due first; yields after each answer that is kept.

    `ask` runs in threads and touches no database; answers are kept here, each in a transaction of its own. `seconds`
    ends the run early; nothing is lost by it.
    """
    by_host = _due(limit)
    due = sum(map(len, by_host.values()))
    run = LinkRun.objects.create(started_at=timezone.now(), due=due)
    until = None if seconds is None else clock() + seconds
    stop = threading.Event()
    hosts = deque(by_host.values())
    answers: queue.Queue[tuple[Link, Answer] | None] = queue.Queue()

    def work() -> None:
        try:
            while not stop.is_set():
                try:
                    links = hosts.popleft()
                except IndexError:
                    return
                for turn, link in enumerate(links):
                    if turn:
                        rest(pause)
                    if stop.is_set() or (until is not None and clock() > until):
                        return
                    answers.put((link, ask(link.url, Mark(link.etag, link.last_modified))))
        finally:
            answers.put(None)

    workers = [threading.Thread(target=work, daemon=True) for _ in range(max(1, min(threads, len(hosts))))]
    for worker in workers:
        worker.start()
    asked = broken = mended = 0
    working = len(workers)
    try:
        while working:
            came = answers.get()
            if came is None:
                working -= 1
                continue
            before, after = keep(*came)
            asked += 1
            broken += after and not before
            mended += before and not after
            LinkRun.objects.filter(pk=run.pk).update(asked=asked, broken=broken, mended=mended)
            yield Progress(asked, due, broken, mended)
    finally:
        stop.set()
        LinkRun.objects.filter(pk=run.pk).update(ended_at=timezone.now())


def _due(limit: int | None) -> dict[str, list[Link]]:
    """Host -> its links that are due, the longest due first, a limited number of each host."""
    found: dict[str, list[Link]] = {}
    count = 0
    for link in Link.objects.filter(ask_again__lte=timezone.now()).order_by("ask_again", "pk").iterator(2_000):
        of_host = found.setdefault(link.host, [])
        if len(of_host) < PER_HOST:
            of_host.append(link)
            count += 1
        if count == limit:
            break
    return found


@transaction.atomic
def keep(link: Link, answer: Answer) -> tuple[bool, bool]:
    """Write down what an answer means; whether the link was broken before, and is now. A link that went meanwhile
    is left alone."""
    held = Link.objects.select_for_update().filter(pk=link.pk).first()
    if held is None:
        return False, False
    now = timezone.now()
    before = Standing(held.strikes, held.struck_on, held.broken_since, held.tries_broken)
    spread = zlib.crc32(held.url.encode()) % SPREAD / SPREAD
    verdict = judge(answer, before, now=now, vouched_on=held.vouched_on, spread=spread)
    # update(): what the checker finds is no edit, so it leaves no entry in the link's history
    Link.objects.filter(pk=held.pk).update(asked_at=now, **_columns(held, answer, verdict))
    return before.broken_since is not None, verdict.standing.broken_since is not None


def _columns(held: Link, answer: Answer, verdict: Verdict) -> dict[str, object]:
    good = verdict.finding in GOOD
    changed: dict[str, object] = {
        "finding": verdict.finding, "reason": verdict.reason[:300], "moved_to": verdict.moved_to[:2_000],
        "ask_again": verdict.ask_again, "strikes": verdict.standing.strikes, "struck_on": verdict.standing.struck_on,
        "broken_since": verdict.standing.broken_since, "tries_broken": verdict.standing.tries_broken,
    }  # fmt: skip
    if good:
        changed["answered_at"] = timezone.now()
    if answer.status == 304 and held.finding in GOOD:
        # Unchanged: what was found then holds, with its hint.
        changed |= {"finding": held.finding, "reason": held.reason, "moved_to": held.moved_to}
    elif good:
        changed |= {"etag": answer.etag, "last_modified": answer.last_modified}
    else:
        changed |= {"etag": "", "last_modified": ""}
    return changed


@transaction.atomic
def vouch(*, links: Iterable[Link], by: User | None, today: dt.date) -> int:
    """A person has opened them and seen the right pages: they are not broken, whatever machines are told; how many."""
    count = 0
    for link in Link.objects.select_for_update().filter(pk__in=[each.pk for each in links]):
        begin_history(link)
        link.vouched_on, link.strikes, link.struck_on, link.broken_since, link.tries_broken = today, 0, None, None, 0
        sign(link, by=by, why="Opened by a person: it leads to the right page")
        link.save()
        count += 1
    return count


def ask_anew(links: Sequence[int]) -> int:
    """Make links due at once; how many there were."""
    return Link.objects.filter(pk__in=links).update(ask_again=timezone.now())
