"""The queue of errors that readers reported: read, check, decide with words that readers see."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from directory.admin.base import EMPTY, CuratedAdmin, ReadOnlyInline, person
from directory.admin.decision_text import InsertsText, TakesText
from directory.admin.error_report_filters import Age, Open, ToRead
from directory.admin.error_report_ways import column_of, way
from directory.admin.meanwhile import STOOD, Overtakable, stamp_of_report, steps_in_words
from directory.admin.outcome import SaysOutcome
from directory.curation.worklists.case import counted
from directory.engagement.error_reports import FOLLOWS, NotPossible, advance
from directory.engagement.references import Misread, read
from directory.engagement.service import days, days_ago
from directory.links import host_of, outbound
from directory.models import DecisionText, ErrorReport, ErrorReportStep
from directory.profiles.error_reports import has_changed, says_now
from directory.vocab import DECIDED_STATES, ReportState

FIELD_CORRECTED: Final = "Field corrected; decide the report"
CORRECTED_SINCE: Final = "Field corrected, and the decision says otherwise; look at it again"
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


class StepInline(ReadOnlyInline):
    model = ErrorReportStep
    fields = ("state", "at", "words", "by")
    select = ("by",)
    verbose_name_plural = "Steps that readers see; who made them stays here"
    show_change_link = False


@admin.register(ErrorReport)
class ErrorReportAdmin(TakesText, SaysOutcome, CuratedAdmin):
    """Readers write the reports; staff say who may see the words, and what was decided."""

    form = ErrorReportForm
    list_display = ("number", "label", "title", "state", "next_step", "age", "words_read")
    list_filter = (Open, Age, ToRead, "kind", "listed")
    search_fields = ("reference", "title", "label", "should_be", "words", "resolution")
    ordering = ("received_at", "pk")
    select = ("program__school", "school", "override")
    inlines = (StepInline,)
    actions = None
    readonly_fields = (
        *("page", "label", "said", "said_source", "said_now", "should_be", "evidence", "words"),
        *("received_at", "age", "next_step", "correct_it", "override", "reply", "reply_domain", "replied_at"),
    )
    fieldsets = (
        (None, {"fields": ("page", "label", ("said", "said_source"), "said_now", ("received_at", "age"), "next_step")}),
        ("What the reader says", {"fields": ("should_be", "evidence", "words", "words_shown")}),
        ("Correct the fact", {"fields": ("correct_it", "override")}),
        ("Decide", {"fields": ("step", "own_text", "public_words", "elsewhere", "listed", "stood")}),
        ("The school", {"fields": ("reply", ("reply_domain", "replied_at"), "reply_shown")}),
    )

    class Media:
        css = {"all": ("css/desk.css",)}

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        found = super().get_object(request, object_id, from_field)
        if found is not None:
            found.way = way(found, request)  # depends on what this person may do
        return found

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        # Who may only look has no next step to choose.
        names = super().get_fieldsets(request, obj)
        return names if self.has_change_permission(request, obj) else [each for each in names if each[0] != "Decide"]

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        try:
            return super().get_search_results(request, queryset, read(search_term))
        except Misread:
            return super().get_search_results(request, queryset, search_term)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.save(update_fields=["words_shown", "listed", "reply_shown"])
        step = form.cleaned_data.get("step")
        if not step:
            self.say(request, f"Saved. Report {obj.number} stays: {obj.get_state_display()}.")
            return
        words, elsewhere = form.cleaned_data["public_words"], form.cleaned_data["elsewhere"]
        to, changed = ReportState(step), step == ReportState.CORRECTED and has_changed(obj)
        try:
            advance(report=obj, to=to, by=person(request), words=words, changed=changed, elsewhere=elsewhere)
        except NotPossible as refused:  # somebody else was quicker
            self.say(request, f"The step was not made. {refused}", messages.ERROR)
        else:
            self.say(request, f"Report {obj.number} is now: {to.label}.")

    @admin.display(description="number", ordering="reference")
    def number(self, report: ErrorReport) -> str:
        return report.number

    @admin.display(description="left to do")
    def next_step(self, report: ErrorReport) -> str:
        """What is left to do once a field was corrected from it."""
        if not report.has_correction or report.state in (ReportState.CORRECTED, ReportState.WITHDRAWN):
            return EMPTY
        return FIELD_CORRECTED if report.decided_at is None else CORRECTED_SINCE

    @admin.display(description="age", ordering="received_at")
    def age(self, report: ErrorReport) -> str:
        """Days since it came, and beside what was promised; how long it took once it is decided."""
        if report.decided_at:
            return f"decided within {counted(days(report.decided_at - report.received_at), 'day')}"
        now = timezone.now()
        ago = days_ago(report.received_at, now)
        words = counted(ago, "day") if ago else "today"
        due = report.received_at + dt.timedelta(days=settings.CORRECTION_TARGET_DAYS)
        if due < now:
            return f"{words}, overdue"
        left = days_ago(now, due)  # midnights, as readers are told the day
        return f"{words}, due in {counted(left, 'day')}" if left else f"{words}, due today"

    @admin.display(description="words")
    def words_read(self, report: ErrorReport) -> str:
        waiting = ["the reader’s"] if report.words_shown is None else []
        waiting += ["the school’s"] if report.reply and report.reply_shown is None else []
        return f"to read: {', '.join(waiting)}" if waiting else EMPTY

    @admin.display(description="report")
    def page(self, report: ErrorReport) -> SafeString:
        return format_html('<a href="{}">{}</a>, about {}', report.get_absolute_url(), report.number, report.title)

    @admin.display(description="The page says now")
    def said_now(self, report: ErrorReport) -> str:
        fact = says_now(report)
        return f"{fact.value} ({fact.source})" if fact and fact.source else fact.value if fact else EMPTY

    @admin.display(description="Evidence")
    def evidence(self, report: ErrorReport) -> SafeString | str:
        url = outbound(report.evidence_url)
        if not url:
            return report.evidence_url or EMPTY
        return format_html('<a href="{}" rel="noreferrer nofollow">{}</a> ({})', url, url, host_of(url))

    @admin.display(description="To the field")
    def correct_it(self, report: ErrorReport) -> SafeString | str:
        found = getattr(report, "way", None)
        return format_html('<a class="button" href="{}">{}</a>', found.url, found.label) if found else EMPTY
