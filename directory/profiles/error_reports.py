"""What readers see of reported errors: a line in the list, a page of its own, and how quickly we are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, Final

from django.conf import settings
from django.db.models import QuerySet

from directory.engagement.error_reports import may_be_answered
from directory.engagement.service import Service
from directory.models import ErrorReport, Program, School
from directory.profiles.corrections import Corrected, Row
from directory.profiles.reportable import ShownFact, subject
from directory.vocab import ReportKind, ReportState

#: Characters of what the page said that a report keeps.
LONGEST_SAID: Final = 500
OTHER: Final = ShownFact("other", "Something else on this page", "")
#: State -> the colour of its badge, which its word goes before.
COLOURS: Final = {
    ReportState.RECEIVED: "none",
    ReportState.CHECKING: "warn",
    ReportState.CORRECTED: "ok",
    ReportState.DECLINED: "none",
    ReportState.WITHDRAWN: "none",
}
#: What readers read in place of "Corrected" where the fact reads as it did.
ELSEWHERE: Final = "Changed elsewhere"
#: What is said in place of a state's meaning while a correction that came of the report stands beside it.
NOT_DECIDED: Final = "The page was corrected because of it. What we say about the report is not decided yet."
CORRECTED_SINCE: Final = "The page was corrected because of it after this was decided."
#: What each state means, in a sentence.
MEANINGS: Final = {
    ReportState.RECEIVED: "Nobody has decided anything about it yet.",
    ReportState.CHECKING: "Somebody has read it and compares it with the evidence.",
    ReportState.CORRECTED: "The fact was changed.",
    ReportState.DECLINED: "The fact stands, for the reason given.",
    ReportState.WITHDRAWN: "It is not looked into any further.",
}


def public_reports() -> QuerySet[ErrorReport]:
    """What the public list shows: read by staff, and about a fact; the newest first."""
    return ErrorReport.objects.filter(listed=True).exclude(state=ReportState.RECEIVED)


def on_record(reference: str) -> ErrorReport | None:
    """A report by its stored number, with what its page needs; also one that is not on the list."""
    found = ErrorReport.objects.select_related(
        "school", "program__school", "override__school", "override__program__school"
    )
    return found.filter(reference=reference).first()


def has_changed(report: ErrorReport) -> bool:
    """Whether the page says something else of the fact than when it was reported, or no longer shows it.

    A page as a whole says nothing that could be compared; for it a correction that came of the report has to stand.
    """
    if not report.fact:
        return report.has_correction
    now = says_now(report)
    return now is None or now.value[:LONGEST_SAID] != report.said


def says_now(report: ErrorReport) -> ShownFact | None:
    """The fact as its page shows it now; None where the page or the fact is gone, or a whole page was reported."""
    found = subject(_present(report)) if report.fact else None
    return found.facts().get(report.fact) if found else None


def report_rows(reports: Iterable[ErrorReport]) -> list[Row]:
    """Lines of a list: number, address, what it is about, state with its day."""
    return [
        {
            "number": report.number,
            "url": report.get_absolute_url(),
            "title": report.title,
            "label": report.label,
            "state": _state(report),
            "colour": COLOURS[ReportState(report.state)],
            "received": report.received_at,
            "decided": report.decided_at,
            "resolution": report.resolution,
            "elsewhere": report.elsewhere,
        }
        for report in reports
    ]


def report_profile(report: ErrorReport) -> dict[str, Any]:
    """The context of a report's own page; two queries, and what the page of its subject costs once it is decided."""
    state = ReportState(report.state)
    shown = bool(report.words_shown)
    now = says_now(report) if state == ReportState.CORRECTED else None
    decided = (report.state, report.decided_at)
    decided_so = state == ReportState.CORRECTED and report.has_correction
    due = report.received_at + dt.timedelta(days=settings.CORRECTION_TARGET_DAYS)
    return {
        "report": report,
        "state": _state(report),
        "colour": COLOURS[state],
        "meaning": _meaning(report, now),
        "subject_url": _address(report),
        "due": due,
        "target_days": settings.CORRECTION_TARGET_DAYS,
        "steps": [
            {
                "label": _state(report) if (step.state, step.at) == decided else step.get_state_display(),
                "at": step.at,
                "words": step.words,
            }
            for step in report.steps.all()
        ],
        "words_shown": shown,
        "words_waiting": report.words_shown is None,
        "now": now,
        "same": now is not None and now.value[:LONGEST_SAID] == report.said,
        "changes": Corrected([report.override]).rows() if decided_so and report.override else [],
        "reply": report.reply if report.reply_shown else "",
        "answerable": may_be_answered(report),
        "reply_waits": bool(report.reply) and report.reply_shown is None,
    }


def service_words(figures: Service) -> list[Row]:
    """The figures of the last year for a jacket, in words that do not flatter."""
    took = "No figure yet" if figures.median_days is None else _days(figures.median_days)
    half = f"Median of {figures.decided:,} decided in a year" if figures.decided else "Nothing was decided in a year"
    oldest = figures.oldest_days
    waits = (
        "Nothing waits" if oldest is None else f"the oldest for {_days(oldest)}" if oldest else "the oldest since today"
    )
    late = f"More than {_days(figures.target_days)}"
    return [
        {"label": "What we aim at", "value": _days(figures.target_days), "note": "From report to decision"},
        {"label": "What we took", "value": took, "note": half},
        {"label": "Open now", "value": f"{figures.open:,}", "note": waits},
        {
            "label": "Open for too long",
            "value": f"{figures.overdue:,}",
            "note": late,
        },
    ]


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count:,} days"


def _state(report: ErrorReport) -> str:
    return ELSEWHERE if report.elsewhere and report.fact else str(ReportState(report.state).label)


def _meaning(report: ErrorReport, now: ShownFact | None) -> str:
    state = ReportState(report.state)
    if state == ReportState.CORRECTED:
        return _corrected(report, now)
    if not report.has_correction or state == ReportState.WITHDRAWN:
        return MEANINGS[state]
    if report.decided_at is None:
        return NOT_DECIDED
    return CORRECTED_SINCE if report.override.made_at > report.decided_at else MEANINGS[state]  # type: ignore[union-attr]


def _corrected(report: ErrorReport, now: ShownFact | None) -> str:
    """What "Corrected" means of this report, as the page reads today: it never claims a change that is not there."""
    if not report.fact:
        return "The page was changed."
    if report.elsewhere:
        return "The fact reads as it did when it was reported. Something else was changed."
    if now is None:
        return "The page no longer shows this fact."
    same = now.value[:LONGEST_SAID] == report.said
    return "The page says today what it said when it was reported." if same else MEANINGS[ReportState.CORRECTED]


def _address(report: ErrorReport) -> str:
    """The page it is about, by its present address; "" when the page is gone."""
    if row := _row(report):
        return row.get_absolute_url()
    found = subject(report.about)
    return found.url if found else ""


def _present(report: ErrorReport) -> str:
    """The page as the form would name it now: its address may have changed since."""
    row = _row(report)
    return f"{report.kind}:{row.slug if row else report.slug}"


def _row(report: ErrorReport) -> Program | School | None:
    return report.program if report.kind == ReportKind.PROGRAM else report.school
