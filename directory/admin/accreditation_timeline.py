"""What happened to a record of accreditation: who changed what, when and why, with the evidence of then."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from directory.admin.labels import LABELS
from directory.admin.rules_history import words
from directory.models import Accreditation

#: More than these nobody reads on one page; the row's own history has them all.
SHOWN: Final = 100
#: What counts as something that happened to the accreditation; evidence and day stand beside each.
TOLD: Final = ("status", "since", "ended_on", "next_review", "program_name", "note")


def timeline(record: Accreditation) -> SafeString:
    """The changes of a record, the newest first, as a list: day, who, what, why, checked on, evidence. One query."""
    states = list(record.history.filter(id=record.pk).select_related("history_user")[: SHOWN + 1])
    if not states:
        return format_html("{}", "Nobody has changed it here; it is as the file brought it.")
    before = [*states[1:], None]
    steps = [_step(now, then) for now, then in zip(states[:SHOWN], before, strict=False)]
    return format_html('<ol class="record-timeline">{}</ol>', format_html_join("", "{}", ((step,) for step in steps)))


def _step(now: Any, then: Any) -> SafeString:
    what = "; ".join(_differences(now, then)) or ("Checked anew" if then else now.get_status_display())
    who = now.history_user or "the site"
    checked = f"checked on {date_format(now.checked_on, 'j M Y')}" if now.checked_on else "not checked by anybody"
    evidence = (
        format_html(', <a href="{}" rel="noopener noreferrer">evidence</a>', now.evidence_url)
        if now.evidence_url.startswith(("http://", "https://"))
        else ""
    )
    why = format_html("<br>{}", now.history_change_reason) if now.history_change_reason else ""
    day = date_format(now.history_date, "j M Y, H:i")
    return format_html("<li><b>{}</b><br>{}, {}; {}{}{}</li>", what, day, who, checked, evidence, why)


def _differences(now: Any, then: Any) -> Iterator[str]:
    if then is None:
        return
    for field in now.tracked_fields:
        if field.name in TOLD and (was := words(then, field)) != (became := words(now, field)):
            name = LABELS.get(field.name, str(field.verbose_name).capitalize())
            yield f"{name}: {was} → {became}"
