"""manage.py check_links: asks the addresses that are due, politely, and says which are broken."""

from __future__ import annotations

import argparse
from functools import partial
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from directory.curation.links.asking import Mark, ask
from directory.curation.links.judging import Answer
from directory.curation.links.register import register
from directory.curation.links.run import PAUSE, THREADS, check
from directory.management.reports import progress_bar
from directory.models import Link


class Command(BaseCommand):
    help = (
        "Ask the addresses that pages lead to and that are due: each once a month, one that failed on the next day; "
        "after three failures on three days it is called broken. Run it every day; it may be ended at any point and "
        "goes on with the rest the next time."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--limit", type=_count, metavar="N", help="ask at most so many")
        parser.add_argument("--minutes", type=_count, metavar="N", help="stop after so many minutes")
        parser.add_argument("--threads", type=_count, default=THREADS, metavar="N", help=f"hosts at once ({THREADS})")
        parser.add_argument(
            "--pause", type=float, default=PAUSE, metavar="S", help=f"seconds between two of one host ({PAUSE:g})"
        )
        parser.add_argument("--list-only", action="store_true", help="bring the list of addresses up to date, ask none")

    def handle(self, *args: Any, **options: Any) -> None:
        new, gone = register()
        self.stdout.write(f"{Link.objects.count():,} addresses, {new:,} new, {gone:,} no longer used.")
        if options["list_only"]:
            return
        agent = f"{settings.SITE_NAME} link check (a person reads the result; asks each page once a month)"
        asker = partial(_ask, agent=agent)
        seconds = options["minutes"] * 60 if options["minutes"] else None
        last = None
        with progress_bar("Asking", self.stderr) as reached:
            for last in check(
                ask=asker, limit=options["limit"], seconds=seconds, threads=options["threads"], pause=options["pause"]
            ):
                reached(last.asked, last.asked / last.due)
        if last is None:
            self.stdout.write("Nothing is due.")
            return
        self.stdout.write(
            f"Asked {last.asked:,} of {last.due:,} that were due: {last.broken:,} newly broken, {last.mended:,} mended."
        )


def _ask(url: str, mark: Mark, *, agent: str) -> Answer:
    return ask(url, agent=agent, mark=mark, also=settings.LINK_CHECK_ALSO_REACH)


def _count(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = 0
    if number < 1:
        raise argparse.ArgumentTypeError("a whole number of 1 or more")
    return number
