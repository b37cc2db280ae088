"""The queue of errors that readers reported: read, check, decide with words that readers see."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django.conf import settings
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from directory.admin.base import EMPTY, CuratedAdmin, ReadOnlyInline, person
from directory.admin.decision_text import TakesText
from directory.admin.error_report_filters import Age, Open, ToRead
from directory.admin.error_report_form import ErrorReportForm
from directory.admin.error_report_ways import way
from directory.admin.outcome import SaysOutcome
from directory.curation.worklists.case import counted
from directory.engagement.error_reports import NotPossible, advance
from directory.engagement.references import Misread, read
from directory.engagement.service import days, days_ago
from directory.links import host_of, outbound
from directory.models import ErrorReport, ErrorReportStep
from directory.profiles.error_reports import has_changed, says_now
from directory.vocab import ReportState

FIELD_CORRECTED: Final = "Field corrected; decide the report"
CORRECTED_SINCE: Final = "Field corrected, and the decision says otherwise; look at it again"


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
