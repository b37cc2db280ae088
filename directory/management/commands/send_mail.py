"""manage.py send_mail: what waits in the outbox goes out, each mail once."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from directory.engagement.couriers import NobodyKnows, ServerAway
from directory.engagement.sending import BROKEN, AlreadySending, decide_doubtful, send_waiting
from directory.models import Mail


class Command(BaseCommand):
    help = (
        "Hand over the mails that wait. Run it every few minutes: a second run while one is at work does nothing, and "
        "what a run that was cut off left behind is settled by the next one."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--in-doubt",
            choices=["again", "leave"],
            help="mails that a dead run had all but handed over: send them once more, or take them as sent",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["in_doubt"]:
            count = decide_doubtful(again=options["in_doubt"] == "again")
            self.stdout.write(f"{count} in doubt: {options['in_doubt']}.")
        try:
            done = send_waiting()
        except AlreadySending:
            self.stdout.write("Another run is sending; nothing to do here.")
            return
        except NobodyKnows as trouble:
            raise CommandError(
                f"The mail server gave no answer to a whole mail ({trouble}), which is in doubt now (--in-doubt)."
            ) from trouble
        except ServerAway as trouble:
            raise CommandError(f"Nobody takes mail ({trouble}). What waits is kept and tried again.") from trouble
        broken = done.pop(BROKEN, 0)
        said = ", ".join(f"{count} {Mail.State(state).label.lower()}" for state, count in sorted(done.items()) if state)
        self.stdout.write(f"{said or 'Nothing to send'}.")
        if broken:
            raise CommandError(f"{broken} could not be handed over for an error of ours (see the log); they wait.")
