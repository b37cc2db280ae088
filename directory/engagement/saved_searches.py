"""What a reader wants to hear of: saved searches, mail about saved programs, and how to stop either."""

from __future__ import annotations

from typing import Any, Final

from django.contrib.auth.models import User
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from directory.engagement import outbox
from directory.engagement.readers import Kept
from directory.models import ProgramAlertsOff, SavedSearch, ToldProgram
from directory.models.saved_search import LONGEST_QUERY

LIMIT: Final = 20
SALT: Final = "directory.engagement.stop"


class TooManySearches(Exception):
    """The reader has saved as many searches as are kept."""


class SearchTooLong(Exception):
    """The search has too many words or choices to be kept."""


def save_search(*, reader: User, query: str, title: str, known: dict[str, Any], week: str) -> tuple[SavedSearch, bool]:
    """Keep a search for a reader, and whether it is new; one that was stopped goes on.

    `known` is what it finds today, which is no news. Raises TooManySearches or SearchTooLong.
    """
    if len(query) > LONGEST_QUERY:
        raise SearchTooLong
    with transaction.atomic():
        # One reader's searches are saved one after the other, so that the limit holds.
        User.objects.select_for_update().get(pk=reader.pk)
        there = SavedSearch.objects.filter(reader=reader, query=query).first()
        if there is not None:
            if not there.active or there.trouble:
                SavedSearch.objects.filter(pk=there.pk).update(active=True, known=known, week=week, trouble="")
            return there, False
        if SavedSearch.objects.filter(reader=reader).count() >= LIMIT:
            raise TooManySearches
        saved = SavedSearch.objects.create(
            reader=reader, query=query, title=title[:300], saved_at=timezone.now(), known=known, week=week
        )
    return saved, True


def delete_search(*, reader: User, search: int) -> bool:
    """Forget a search and take back its mail; False when the reader has none of this number."""
    with transaction.atomic():
        gone, _ = SavedSearch.objects.filter(reader=reader, pk=search).delete()
        outbox.take_back(about=about_search(search))
    return bool(gone)


def wants_program_alerts(reader: User) -> bool:
    """Whether the reader hears of changes of saved programs: yes, unless it was stopped."""
    return not ProgramAlertsOff.objects.filter(reader=reader).exists()


def start_program_alerts(*, reader: User) -> None:
    """Tell of changes again; what changed while it was stopped is no news.

    What was told is forgotten: whoever calls this remembers today's facts anew (`pipeline.alerts.remember_saved`).
    """
    with transaction.atomic():
        ProgramAlertsOff.objects.filter(reader=reader).delete()
        ToldProgram.objects.filter(saved__reader=reader).delete()


def stop_program_alerts(*, reader: User) -> None:
    """Tell of no more changes, and take back what waits."""
    stop(about=about_programs(reader.pk))


# --- stopping by a link in a mail ----------------------------------------------------------------------


def about_search(search: int) -> str:
    return f"search:{search}"


def about_programs(reader: int) -> str:
    return f"programs:{reader}"


def stop_path(about: str) -> str:
    """The address that stops this kind of mail, for whoever holds the mail."""
    return reverse("mail_stop", args=[signing.Signer(salt=SALT).sign(about).replace(":", ".")])


def read_token(token: str) -> str:
    """What the link is about. Raises signing.BadSignature for one that was not made here."""
    return signing.Signer(salt=SALT).unsign(token.replace(".", ":"))


def stop(*, about: str) -> bool:
    """No more mail of this kind, and what waits is taken back; False when there was nothing to stop."""
    kind, _, number = about.partition(":")
    with transaction.atomic():
        # First the row that a run of digests holds: what such a run is writing is there afterwards, and is taken back.
        if kind == "search":
            stopped = bool(SavedSearch.objects.filter(pk=int(number), active=True).update(active=False))
        else:
            stopped = _stop_programs(int(number))
        outbox.take_back(about=about)
        return stopped


def _stop_programs(number: int) -> bool:
    reader = User.objects.select_for_update().filter(pk=number).first()
    if reader is None:
        return False
    return ProgramAlertsOff.objects.get_or_create(reader=reader, defaults={"since": timezone.now()})[1]


def kept(*, reader: User) -> list[Kept]:
    """For the reader's own page (`kept_about_a_reader`)."""
    searches = SavedSearch.objects.filter(reader=reader).count()
    return [Kept("Saved searches", f"{searches}, with what each found when it was last told" if searches else "None")]
