"""Of two people who decide about the same text or report, the second reads what the first decided."""

from __future__ import annotations

from typing import Any, Final

from django import forms

from directory.models import ErrorReport, ErrorReportStep, Review, ReviewReply

#: The hidden field that holds what stood when the page was opened.
STOOD: Final = "stood"
STILL_HERE: Final = "Nothing of yours was saved, and what you typed is still here: send it again to decide otherwise."


class Overtakable(forms.ModelForm):
    """A form with a hidden field that tells what stood when the page was opened."""

    stood = forms.CharField(required=False, widget=forms.HiddenInput)

    def remember(self, stamp: str) -> None:
        """What stands as the page is opened, or as an answer says what stands meanwhile: sending again is meant."""
        self.initial[STOOD] = stamp
        if self.is_bound:
            self.data = self.data.copy()  # type: ignore[attr-defined]
            self.data[self.add_prefix(STOOD)] = stamp  # type: ignore[index]

    def overtaken(self, stamp: str, given: str | None, words: str) -> bool:
        """Whether something else stands by now; the form then says so. `words` tell who decided what."""
        if stamp == (given or ""):
            return False
        self.remember(stamp)
        self.add_error(None, f"{words} {STILL_HERE}")
        return True


def stamp_of(row: Review | ReviewReply) -> str:
    """Changes with every decision about it."""
    return f"{row.state}:{row.decided_at.isoformat() if row.decided_at else 0}"


def decided_in_words(row: Review | ReviewReply) -> str:
    """Who decided what and why, as a sentence."""
    if row.decided_at is None:
        return "Its decision was taken back meanwhile."
    reason = " ".join(part for part in (row.get_reason_display(), row.note) if part)
    why = f" “{reason}”" if reason else ""
    who = row.decided_by or "Somebody"
    return f"{who} has decided meanwhile, on {row.decided_at:%-d %b, %H:%M} UTC: {row.get_state_display()}.{why}"


def stamp_of_report(report: ErrorReport) -> str:
    """Changes with every step, and with what readers may see."""
    shown = (report.words_shown, report.listed, report.reply_shown)
    step = _last_step(report)
    return f"{report.state} {step.pk if step else 0} {' '.join(str(each) for each in shown)}"


def steps_in_words(report: ErrorReport) -> str:
    """Who made the last step and with which words, as sentences."""
    step: Any = _last_step(report)
    if step is None:
        return "Somebody has changed it meanwhile."
    who = step.by or ("The reader who reported it" if report.state == "withdrawn" else "Somebody")
    words = f" “{step.words}”" if step.words else ""
    return f"{who} was here meanwhile: since {step.at:%-d %b, %H:%M} UTC it is “{step.get_state_display()}”.{words}"


def _last_step(report: ErrorReport) -> ErrorReportStep | None:
    return report.steps.select_related("by").order_by("pk").last()
