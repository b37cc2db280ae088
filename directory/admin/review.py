"""What students wrote and what schools answered: read, decided about, never edited."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join, linebreaks
from django.utils.safestring import SafeString, mark_safe

from directory.admin.base import EMPTY, CuratedAdmin, DeskAdmin, ReadOnlyInline, column, person
from directory.admin.decision_text import TakesText
from directory.admin.outcome import SaysOutcome
from directory.admin.review_form import DecisionForm, ReplyDecisionForm
from directory.engagement import moderation
from directory.models import Review, ReviewReply, ReviewReport
from directory.vocab import ASPECTS, RefusalReason, ReviewState


class Queue(admin.SimpleListFilter):
    """What waits for us, unless somebody asks for the rest."""

    title = "where it stands"
    parameter_name = "stands"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [*ReviewState.choices, ("all", "All")]

    def choices(self, changelist: Any) -> Any:
        first, *rest = super().choices(changelist)
        yield {**first, "display": "To do: new, changed or reported"}
        yield from rest

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "all":
            return queryset
        if self.value():
            return queryset.filter(state=self.value())
        waits = Q(state=ReviewState.PENDING)
        if queryset.model is Review:
            waits |= Q(state=ReviewState.SHOWN, open_reports__gt=0)
        return queryset.filter(waits)


class Decided(TakesText, SaysOutcome, CuratedAdmin):
    """A text with its decision. Adding is its writer's, editing nobody's; deleting is for people who ask for it."""

    form = DecisionForm
    list_filter = (Queue,)
    ordering = ("sent_at", "pk")
    actions = None

    class Media:
        css = {"all": ("css/desk.css",)}

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # Of a withdrawn text nothing is left to decide about.
        return super().has_change_permission(request, obj) and (obj is None or obj.state != ReviewState.WITHDRAWN)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        given = form.cleaned_data
        held = obj
        if given["decision"] == ReviewState.SHOWN:
            held = moderation.show(item=obj, revision=given["seen"], by=person(request))
        elif given["decision"] == ReviewState.REFUSED:
            reason = RefusalReason(given["reason"])
            held = moderation.refuse(
                item=obj, revision=given["seen"], by=person(request), reason=reason, note=given["note"]
            )
        else:
            self.say(request, f"Nothing was decided: it stays “{held.get_state_display()}”.", messages.WARNING)
            return
        self.say(request, f"Decided. It is now: {held.get_state_display()}.")

    @admin.display(description="words")
    def words(self, row: Any) -> SafeString | str:
        return mark_safe(linebreaks(row.text, autoescape=True)) if row.text else EMPTY  # noqa: S308 - escaped there

    @admin.display(description="begins")
    def beginning(self, row: Any) -> str:
        return f"{row.text[:79]}…" if len(row.text) > 80 else row.text or EMPTY


class ReportsInline(ReadOnlyInline):
    """What readers say is wrong with it. Who they are is nobody's business."""

    model = ReviewReport
    fields = ("reason", "note", "reported_on", "outcome")
    verbose_name_plural = "Reports (a decision about the review answers the open ones)"

    @admin.display(description="reported on")
    def reported_on(self, row: ReviewReport) -> dt.datetime:
        return row.made_at


@admin.register(Review)
class ReviewAdmin(Decided):
    """Without the writer's address or account: what decides is what stands there."""

    list_display = (
        *("program_title", column("program__school__name", "school", order="program__school__name"), "beginning"),
        *("overall", "state", "open_reports", "sent_at"),
    )
    list_display_links = ("program_title",)
    search_fields = ("program__school__name", "program__field__title", "program__title", "title", "text")
    date_hierarchy = "sent_at"
    select = ("program__school", "program__field", "decided_by")
    inlines = (ReportsInline,)
    readonly_fields = (
        *("about", "who", "title", "words", "marks", "copies", "others"),
        *("state", "sent_at", "decided_at", "decided_by"),
    )
    fieldsets = (
        (None, {"fields": ("about", "who", "title", "words", "marks")}),
        ("What else we know", {"fields": ("copies", "others", "state", "sent_at", "decided_at", "decided_by")}),
        (
            "Decision",
            {
                "fields": ("decision", "reason", "own_text", "note", "seen", "stood"),
                "description": "A low mark, or a school that is unhappy, is no reason to refuse.",
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(open_reports=Count("reports", filter=Q(reports__outcome="")))

    @admin.display(description="program", ordering="program__slug")
    def program_title(self, row: Review) -> str:
        return str(row.program)

    @admin.display(description="reports", ordering="open_reports")
    def open_reports(self, row: Any) -> int:
        return int(row.open_reports)

    @admin.display(description="about")
    def about(self, row: Review) -> SafeString:
        page = row.program.get_absolute_url()
        return format_html('<a href="{}">{}</a>, {}', page, row.program, row.program.school)

    @admin.display(description="writer")
    def who(self, row: Review) -> str:
        return f"{row.get_role_display()}, {row.year}, with a confirmed e-mail address" if row.year else EMPTY

    @admin.display(description="marks")
    def marks(self, row: Review) -> SafeString | str:
        given = [(label, getattr(row, name)) for name, label in ASPECTS.items() if getattr(row, name) is not None]
        return format_html_join(mark_safe("<br>"), "{}: {} of 5", given) or EMPTY

    @admin.display(description="same words elsewhere")
    def copies(self, row: Review) -> SafeString | str:
        """Reviews of other writers with the same words, whatever the case and punctuation."""
        if not row.text_digest:
            return EMPTY
        rows = Review.objects.filter(text_digest=row.text_digest).exclude(pk=row.pk).order_by("pk")[:10]
        links = ((reverse("admin:directory_review_change", args=[each.pk]), each.pk) for each in rows)
        return format_html_join(", ", '<a href="{}">review {}</a>', links) or "none"

    @admin.display(description="the writer’s other reviews")
    def others(self, row: Review) -> str:
        rows = Review.objects.filter(reader_id=row.reader_id).exclude(pk=row.pk)
        counted = rows.order_by("state").values_list("state").annotate(count=Count("pk"))
        return ", ".join(f"{count} {ReviewState(state).label.lower()}" for state, count in counted) or "none"


@admin.register(ReviewReply)
class ReviewReplyAdmin(Decided):
    form = ReplyDecisionForm
    list_display = ("school", "domain", "beginning", "state", "sent_at")
    list_display_links = ("school",)
    search_fields = ("review__program__school__name", "domain", "text")
    date_hierarchy = "sent_at"
    select = ("review__program__school", "review__program__field", "decided_by")
    readonly_fields = ("about", "domain", "words", "state", "sent_at", "decided_at", "decided_by")
    fieldsets = (
        (None, {"fields": ("about", "domain", "words", "state", "sent_at", "decided_at", "decided_by")}),
        (
            "Decision",
            {
                "fields": ("decision", "reason", "own_text", "note", "seen", "stood"),
                "description": "The address shows that the writer reads mail at the school’s domain, and no more. An "
                "answer that says or guesses who wrote the review is refused.",
            },
        ),
    )

    @admin.display(description="school", ordering="review__program__school__name")
    def school(self, row: ReviewReply) -> str:
        return str(row.review.program.school)

    @admin.display(description="answers")
    def about(self, row: ReviewReply) -> SafeString:
        page = reverse("admin:directory_review_change", args=[row.review_id])
        return format_html('<a href="{}">{}</a>, {}', page, row.review, row.review.program.school)


@admin.register(ReviewReport)
class ReviewReportAdmin(DeskAdmin):
    """Read here, answered by a decision about the review."""

    list_display = ("reason", "note", "about", "reported_on", "outcome")
    list_filter = ("outcome", "reason")
    search_fields = ("note", "review__title", "review__text", "review__program__school__name")
    date_hierarchy = "made_at"
    select = ("review__program__school", "review__program__field")
    fields = ("about", "reason", "note", "reported_on", "outcome", "closed_at")
    readonly_fields = fields
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description="reported on", ordering="made_at")
    def reported_on(self, row: ReviewReport) -> dt.datetime:
        return row.made_at

    @admin.display(description="review")
    def about(self, row: ReviewReport) -> SafeString:
        page = reverse("admin:directory_review_change", args=[row.review_id])
        return format_html('<a href="{}">{}</a>, {}', page, row.review, row.review.program.school)
