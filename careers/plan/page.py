"""What `careers/plan/plan.html` prints: the form, the steps, the costs, what changed, and the saved programs."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from careers.decision.goals import Choices, choices
from careers.plan import asked as form
from careers.plan.dates import MOST_YEARS, TooLate, TooLong
from careers.plan.document import SHOWN_FACTS, Document, changes, goal_before, work_out
from careers.plan.keeping import Kept, kept_plan
from careers.plan.own import OwnProblem
from careers.plan.saved import NoteProblem, SavedRow, listing_of, shortlist_context
from careers.plan.sharing import shares_of
from directory.engagement.shortlist import shortlist_of
from directory.models import Listing


def plan_context(
    request: HttpRequest,
    *,
    today: dt.date,
    asked: form.Asked | None = None,
    problem: NoteProblem | None = None,
    own: OwnProblem | None = None,
) -> dict[str, Any]:
    """The page of the reader who asks. `asked` is a form with mistakes, which stands there as it was typed, `own` a
    day of a step that was not taken.
    """
    offered, kept = choices(), kept_plan(request)
    planned = kept.settings.program if kept else None
    saved = shortlist_context(shortlist_of(request), problem, planned=planned)
    rows: list[SavedRow] = saved["rows"]
    document, failed = None, ""
    if kept is not None:
        document, failed = _document(kept, saved["listing"], offered, today)
    slugs = _slugs(rows)
    if planned and saved["listing"]:  # which may be the program that the planned one became
        slugs[planned] = slugs.get(saved["listing"].program_id, "")
    shown = asked or (form.of(kept.settings, slugs) if kept else form.Asked(dict.fromkeys(form.FIELDS, "")))
    return {
        **saved,
        "kept": kept,
        "today": today,
        "form": _form(shown, rows, offered, today),
        "failed": failed,
        "own": own,
        **(document_context(document, today) if document else {}),
        "changes": changes(kept, document) if kept and document else [],
        "goal_before": goal_before(kept, document) if kept and document else "",
        "shares": [
            {
                "key": each.key,
                "made_at": each.made_at,
                "url": request.build_absolute_uri(reverse("shared_plan", args=[each.token])),
            }
            for each in (shares_of(kept, now=timezone.now()) if kept else ())
        ],
    }


def document_context(document: Document, today: dt.date) -> dict[str, Any]:
    """The worked-out part."""
    listing = document.listing
    return {
        "document": document,
        "goal": document.goal,
        "listing": listing,
        "lines": document.lines,
        "late": {line.key for line in document.lines if line.on and line.on < today and not line.done},
        "done_count": sum(1 for line in document.lines if line.done),
        "bill": document.bill,
        "savings": document.savings,
        "verdict": document.verdict,
        "exam_notes": document.exam.notes if document.exam else [],
        "exam_issuer": document.exam.exam.issuer if document.exam else "",
        "stated": [fact for fact in document.facts if fact.kind in SHOWN_FACTS],
        "length_words": document.length_words,
    }


def current_document(request: HttpRequest, *, today: dt.date) -> tuple[Kept, Document] | None:
    """The reader's plan worked out, for a file or a copy; None without one, or when no calendar holds it."""
    kept = kept_plan(request)
    if kept is None:
        return None
    listing = listing_of(kept.settings.program, []) if kept.settings.program else None
    document, _ = _document(kept, listing, choices(), today)
    return (kept, document) if document else None


def too_long(error: TooLong) -> str:
    return (
        f"At this pace the program takes {error.years} years; a plan reaches {MOST_YEARS}. "
        "Give more hours a week, or choose a shorter program."
    )


TOO_LATE = "From that day on the steps run past the end of the calendar. Choose an earlier start."


def _document(kept: Kept, listing: Listing | None, offered: Choices, today: dt.date) -> tuple[Document | None, str]:
    try:
        return work_out(kept.settings, listing, offered, today=today, done=kept.done, own=kept.own), ""
    except TooLong as error:
        return None, too_long(error)
    except TooLate:
        return None, TOO_LATE


def _slugs(rows: list[SavedRow]) -> dict[int, str]:
    return {row.listing.program_id: row.card["slug"] for row in rows}


def _form(asked: form.Asked, rows: list[SavedRow], offered: Choices, today: dt.date) -> dict[str, Any]:
    """The fields with what stands in them, what can be chosen and what is wrong."""
    goal, program = asked.typed["goal"], asked.typed["program"]
    exams = [(each.slug, f"{each.acronym}, {each.name}", each.slug == goal) for each in offered.certifications]
    jobs = [(each.slug, each.title, each.slug == goal) for each in offered.careers]
    programs = [
        (row.card["slug"], f"{row.card['title']}, {row.card['level_label']}, {row.card['school_name']}",
         row.card["slug"] == program)
        for row in rows
    ]  # fmt: skip
    return {
        "typed": asked.typed,
        "errors": asked.errors,
        "exams": exams,
        "jobs": jobs,
        "programs": programs,
        # A browser's own field for a day shows nothing of what is no day.
        "start_type": "text" if "start" in asked.errors else "date",
        "first_day": today.isoformat(),
    }
