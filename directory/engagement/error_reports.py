"""What happens to an error that a reader reported: taken in, checked, decided, withdrawn, answered by the school."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from directory.engagement.references import new_reference
from directory.engagement.school_voice import voice
from directory.models import ErrorReport, ErrorReportStep, Override
from directory.vocab import DECIDED_STATES, ReportState

#: State -> the states that may follow. What is decided can be looked at again, and says so.
FOLLOWS: Final[dict[str, frozenset[str]]] = {
    ReportState.RECEIVED: frozenset({ReportState.CHECKING, *DECIDED_STATES}),
    ReportState.CHECKING: frozenset(DECIDED_STATES),
    **{state: frozenset({ReportState.CHECKING}) for state in DECIDED_STATES},
}
UNCHANGED: Final = (
    "The page says the same as when it was reported. Correct the fact first, or wait for the import that changes it; "
    "or say what else was changed."
)
TAKEN_BACK: Final = "The reader who reported it took it back."
#: A number that is taken already is drawn again; among 268 million that hardly happens once.
DRAWS: Final = 8


class NotPossible(ValueError):
    """A step that does not follow from the present state; says why."""


def receive(*, report: ErrorReport, now: dt.datetime | None = None) -> ErrorReport:
    """Take in what a reader reported (an unsaved row) and give it a number.

    The same form sent twice is one report: the row that the first one made comes back.
    """
    report.received_at = now or timezone.now()
    for _ in range(DRAWS):
        if held := ErrorReport.objects.filter(sent=report.sent).first():
            return held
        report.reference = new_reference()
        try:
            report.recorded_as(None)
            with transaction.atomic():
                report.save(force_insert=True)
                _step(report, report.received_at, by=None, words="")
        except IntegrityError:
            continue
        return report
    raise NotPossible("No free reference number was found.")


@transaction.atomic
def advance(
    *,
    report: ErrorReport,
    to: ReportState,
    by: User | None,
    words: str = "",
    override: Override | None = None,
    changed: bool = False,
    elsewhere: str = "",
    now: dt.datetime | None = None,
) -> ErrorReport:
    """Bring a report to its next state, with public words; needed to decide it. The same state again changes nothing.

    "Corrected" needs a fact that reads otherwise than it was reported (`changed`, which
    `profiles.error_reports.has_changed` finds), or public words on what was changed in its place (`elsewhere`).
    Raises NotPossible when the state cannot follow, when a decision has no words, or nothing was changed.
    """
    held = ErrorReport.objects.select_for_update(no_key=True, of=("self",)).get(pk=report.pk)
    words = words.strip()
    if held.state == to:
        return held
    if to not in FOLLOWS[held.state]:
        raise NotPossible(f"It is {held.get_state_display().lower()}, so it cannot become {to.label.lower()}.")
    if to in DECIDED_STATES and not words:
        raise NotPossible("Say why: readers see the decision with its reason.")
    if held.decided_at and not words:
        raise NotPossible("Say why it is looked at again: readers see it.")
    elsewhere = "" if changed or to != ReportState.CORRECTED else elsewhere.strip()
    if to == ReportState.CORRECTED and not (changed or elsewhere):
        raise NotPossible(UNCHANGED)
    moment = max(now or timezone.now(), held.received_at)
    held.state = to
    decided = to in DECIDED_STATES
    held.decided_at = moment if decided else None
    held.resolution = words if decided else ""
    held.elsewhere = elsewhere
    if override is not None:
        held.override = override
    held.recorded_as(by)
    held._change_reason = words[:100]  # type: ignore[attr-defined]  # noqa: SLF001 - django-simple-history's name
    held.save(update_fields=["state", "decided_at", "resolution", "elsewhere", "override"])
    _step(held, moment, by=by, words=words)
    return held


@transaction.atomic
def answer_with(*, reference: str, override: Override, by: User | None) -> ErrorReport | None:
    """Remember which correction of ours came of a report. None without such a report.

    Its state stays: what is said of the report is a decision of its own, and nobody has made it yet.
    """
    held = ErrorReport.objects.select_for_update(no_key=True, of=("self",)).filter(reference=reference).first()
    if held is None:
        return None
    held.override = override
    held.recorded_as(by)
    held.save(update_fields=["override"])
    return held


@transaction.atomic
def reply(*, report: ErrorReport, writer: User, words: str, now: dt.datetime | None = None) -> ErrorReport:
    """Keep what the school says; readers see it when staff have read it. A new reply takes the old one's place.

    Raises NotPossible when nobody has read the report yet, or the writer's address does not speak for its school.
    """
    held = ErrorReport.objects.select_for_update(no_key=True, of=("self",)).get(pk=report.pk)
    if held.school is None or not may_be_answered(held):
        raise NotPossible("This report cannot be answered.")
    heard = voice(writer, held.school)
    if not heard.speaks:
        raise NotPossible(heard.why)
    words = words.strip()
    if held.reply == words:
        return held
    held.reply, held.reply_domain, held.reply_shown = words, heard.domain, None
    held.replied_at = now or timezone.now()
    held.recorded_as(None)
    held.save(update_fields=["reply", "reply_domain", "replied_at", "reply_shown"])
    return held


def may_be_answered(report: ErrorReport) -> bool:
    """Whether the school may reply: the report is about a page of its own, and is public."""
    return report.school_id is not None and report.listed and report.state != ReportState.RECEIVED


def take_back(*, report: ErrorReport, now: dt.datetime | None = None) -> ErrorReport:
    """For the reader who holds the key. Raises NotPossible when it is decided already."""
    return advance(report=report, to=ReportState.WITHDRAWN, by=None, words=TAKEN_BACK, now=now)


def key_of(report: ErrorReport) -> str:
    """What only the reader who sent a report is told: with it the report can be taken back."""
    return salted_hmac("directory.engagement.error_reports/key", report.reference, algorithm="sha256").hexdigest()[:20]


def fits(report: ErrorReport, key: str) -> bool:
    """Whether the key is the report's own."""
    return constant_time_compare(key_of(report), key)


def _step(report: ErrorReport, at: dt.datetime, *, by: User | None, words: str) -> ErrorReportStep:
    return ErrorReportStep.objects.create(report=report, state=report.state, at=at, by=by, words=words)
