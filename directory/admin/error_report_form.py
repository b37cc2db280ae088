"""The form of a reported error: who may see what was written, and the next step with words that readers see."""

from __future__ import annotations

from typing import Any, Final

from django import forms

from directory.admin.decision_text import InsertsText
from directory.admin.error_report_ways import column_of
from directory.admin.meanwhile import STOOD, Overtakable, stamp_of_report, steps_in_words
from directory.engagement.error_reports import FOLLOWS
from directory.models import DecisionText, ErrorReport
from directory.profiles.error_reports import has_changed, says_now
from directory.vocab import DECIDED_STATES, ReportState

STANDS_CORRECTED: Final = (
    "The reported field was corrected, so nobody can say that the fact stands. Choose “Corrected”, or let the official "
    "value stand again first (open the correction above)."
)


class Asked(forms.NullBooleanSelect):
    """Unknown until somebody has read it."""

    def __init__(self, attrs: Any = None) -> None:
        super().__init__(attrs)
        self.choices = [("unknown", "Not read yet"), ("true", "Readers may see it"), ("false", "Keep it back")]


class ErrorReportForm(InsertsText, Overtakable):
    """Who may see what was written, and the next step with its public words."""

    words_shown = forms.NullBooleanField(
        label="What the reader wrote",
        required=False,
        widget=Asked,
        help_text="Keep back names of people, insults and advertising. The reader’s words are never edited.",
    )
    reply_shown = forms.NullBooleanField(label="The school’s reply", required=False, widget=Asked)
    step = forms.ChoiceField(label="Next step", required=False)
    public_words = forms.CharField(
        label="Public words",
        required=False,
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 4, "cols": 80}),
        help_text="What was decided and why. Readers see it word for word; a decision needs it.",
    )

    elsewhere = forms.CharField(
        label="What else was changed",
        required=False,
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 2, "cols": 80}),
        help_text="Only for “Corrected” while the page says of the fact what it said when it was reported. Readers see "
        "it word for word, and that the fact itself reads as before.",
    )

    texts_of = DecisionText.Kind.REPORT
    text_goes_to = "public_words"

    class Meta:
        model = ErrorReport
        fields = ("words_shown", "listed", "reply_shown")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "step" in self.fields:
            self.initial[STOOD] = stamp_of_report(self.instance)
        follow = FOLLOWS.get(self.instance.state, frozenset())
        if "step" in self.fields:
            choices = [(state.value, state.label) for state in ReportState if state in follow]
            stays = f"Stays: {self.instance.get_state_display()}"
            self.fields["step"].choices = [("", stays), *choices]  # type: ignore[attr-defined]
            if self.instance.has_correction and self.instance.is_open:
                self.initial["step"] = ReportState.CORRECTED.value

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        # The page's transaction holds the row until what was typed is kept.
        held = ErrorReport.objects.select_for_update(no_key=True, of=("self",)).get(pk=self.instance.pk)
        if self.overtaken(stamp_of_report(held), data.get(STOOD), steps_in_words(held)):
            return data
        step, words = data.get("step"), (data.get("public_words") or "").strip()
        again = self.instance.decided_at is not None and step
        if not words and "public_words" not in self.errors and (step in DECIDED_STATES or again):
            self.add_error("public_words", "Say why: readers see the decision with its reason.")
        if words and not step and "step" not in self.errors:
            self.add_error("step", "Choose the step that these words belong to, or empty the words.")
        if not self.errors.keys() & {"step", "elsewhere"}:
            self._changed(step, (data.get("elsewhere") or "").strip())
        # "Checking" puts it on the public list too, with the words that somebody has read it.
        read = step in (ReportState.CHECKING, ReportState.CORRECTED, ReportState.DECLINED)
        if read and data.get("listed") and data.get("words_shown") is None:
            self.add_error("words_shown", "Say first whether readers may see what was written.")
        if step == ReportState.DECLINED and _is_corrected(self.instance):
            self.add_error("step", STANDS_CORRECTED)
        return data

    def _changed(self, step: str | None, elsewhere: str) -> None:
        """A fact that reads as it did was not corrected, and nothing may say so."""
        if step != ReportState.CORRECTED:
            if elsewhere:
                self.add_error("elsewhere", "This belongs to the step “Corrected”. Choose it, or empty the field.")
            return
        changed = has_changed(self.instance)
        if changed and elsewhere:
            self.add_error("elsewhere", "The fact itself has changed. Say the rest in the public words; empty this.")
        elif not changed and not elsewhere:
            self.add_error("step", _unchanged(self.instance))


def _unchanged(report: ErrorReport) -> str:
    now = says_now(report)
    still = (
        f"The page still says “{now.value}”, as when it was reported."
        if now and now.value
        else ("Nothing shows yet that the page was changed.")
    )
    return (
        f"{still} Correct it first (see “Correct the fact”), or wait for the import or the nightly run that changes "
        "the page. If something else was changed, say it in “What else was changed”."
    )


def _is_corrected(report: ErrorReport) -> bool:
    """Whether the very field that was reported is corrected; another one may have been, while this one stands."""
    return report.has_correction and report.override.column == column_of(report)  # type: ignore[union-attr]
