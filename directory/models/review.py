"""What students, graduates and those who left say of a program; what a school answers; what readers report."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from directory.models.moderated import Moderated
from directory.models.program import Program
from directory.querysets.review import ReviewQuerySet
from directory.vocab import ASPECTS, Rating, ReviewReportReason, ReviewRole

EARLIEST, LATEST = 1950, 2200


def rating_field(question: str, *, needed: bool = False) -> models.PositiveSmallIntegerField[int | None, int | None]:
    """1 to 5; None when the writer cannot say (and in a withdrawn review)."""
    words = "" if needed else "Empty when the writer cannot say"
    return models.PositiveSmallIntegerField(question, null=True, blank=True, choices=Rating.choices, help_text=words)


class Review(Moderated):
    """One reader's word about one program. It goes when the reader's account goes, and never moves the ranking.

    A withdrawn one stays as an empty row, so that the limits on writing cannot be walked around by withdrawing.
    """

    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reviews")
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="reviews")
    role = models.CharField(max_length=8, blank=True, choices=ReviewRole.choices, help_text="The writer’s own word")
    year = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="In which the writer finished or left; of a student the current one"
    )
    title = models.CharField(max_length=100, blank=True)
    overall = rating_field(ASPECTS["overall"], needed=True)
    teaching = rating_field(ASPECTS["teaching"])
    price = rating_field(ASPECTS["price"])
    support = rating_field(ASPECTS["support"])
    exam = rating_field(ASPECTS["exam"])
    work = rating_field(ASPECTS["work"])
    # The history is of decisions; of the writer it holds nothing.
    history = HistoricalRecords(
        excluded_fields=["reader", "title", "role", "year", *ASPECTS, *Moderated.UNTRACED],
        cascade_delete_history=True,
    )

    objects = ReviewQuerySet.as_manager()

    class Meta(Moderated.Meta):
        ordering = ["-written_at", "-pk"]
        constraints = [
            *Moderated.Meta.constraints,
            models.UniqueConstraint(fields=["reader", "program"], name="review_once_per_reader_and_program"),
            models.CheckConstraint(
                condition=Q(state="withdrawn", overall__isnull=True, year__isnull=True, role="", title="")
                | (
                    ~Q(state="withdrawn") & Q(overall__isnull=False, year__gte=EARLIEST, year__lte=LATEST) & ~Q(role="")
                ),
                name="review_whole_until_withdrawn",
            ),
            *[
                models.CheckConstraint(
                    condition=Q((f"{name}__isnull", True)) | Q((f"{name}__gte", 1), (f"{name}__lte", 5)),
                    name=f"review_{name}_from_1_to_5",
                )
                for name in ASPECTS
            ],
        ]
        indexes = [
            # What a program's page asks: its accepted ones, the newest first.
            models.Index(fields=["program", "-written_at"], condition=Q(state="shown"), name="review_shown_of_program"),
            models.Index(fields=["sent_at"], condition=Q(state="pending"), name="review_queue"),
        ]

    def __str__(self) -> str:
        return f"Review {self.pk}: {self.title or self.get_state_display()}"


class ReviewReply(Moderated):
    """A school's answer to one review: one each, shown below it, read by staff before."""

    review = models.OneToOneField(Review, on_delete=models.CASCADE, related_name="reply")
    writer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    domain = models.CharField(max_length=253, help_text="Of the confirmed address from which it was written")
    history = HistoricalRecords(excluded_fields=["writer", "domain", *Moderated.UNTRACED], cascade_delete_history=True)

    class Meta(Moderated.Meta):
        ordering = ["-written_at", "-pk"]
        verbose_name = "reply of a school"
        verbose_name_plural = "replies of schools"
        constraints = [*Moderated.Meta.constraints]

    def __str__(self) -> str:
        return f"Reply to review {self.review_id}"


class ReviewReport(models.Model):
    """A reader's complaint about a review. Of a reader who is not signed in a mark stays until the day is over."""

    class Outcome(models.TextChoices):
        KEPT = "kept", "The review stays"
        REFUSED = "refused", "The review was taken down"
        GONE = "gone", "The review was changed or withdrawn meanwhile"

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="reports")
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    mark = models.CharField(max_length=16, blank=True, editable=False)
    reason = models.CharField(max_length=8, choices=ReviewReportReason.choices)
    note = models.CharField(max_length=1000, blank=True)
    made_at = models.DateTimeField()
    outcome = models.CharField(max_length=8, blank=True, choices=Outcome.choices, help_text="Empty: still open")
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = "report about a review"
        verbose_name_plural = "reports about reviews"
        constraints = [
            models.UniqueConstraint(
                fields=["review", "reader"],
                condition=Q(reader__isnull=False, outcome=""),
                name="review_report_open_once_per_reader",
            ),
            models.UniqueConstraint(
                fields=["review", "mark"], condition=~Q(mark=""), name="review_report_once_per_mark"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", closed_at__isnull=True) | (~Q(outcome="") & Q(closed_at__isnull=False)),
                name="review_report_closed_on_a_day",
            ),
        ]
        indexes = [models.Index(fields=["mark"], condition=~Q(mark=""), name="review_report_marks")]

    def __str__(self) -> str:
        return f"{self.get_reason_display()} (review {self.review_id})"
