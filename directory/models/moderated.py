"""What a reader wrote and staff read before it is shown: a review, or a school's reply to one."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q

from directory.vocab import RefusalReason, ReviewState


class Moderated(models.Model):
    """A text with its state. `revision` goes up with every change of the text, so that nobody decides about words
    that they have not seen.
    """

    #: What no history keeps: the words and whose they are go when their writer takes them back.
    UNTRACED: ClassVar = ("text", "text_digest", "revision", "written_at", "sent_at")

    text = models.TextField(blank=True, help_text="As it was typed, line ends apart; empty once it is withdrawn")
    text_digest = models.CharField(max_length=32, blank=True, editable=False, db_index=True)
    state = models.CharField(max_length=10, choices=ReviewState.choices, default=ReviewState.PENDING)
    revision = models.PositiveIntegerField(default=1, editable=False)
    written_at = models.DateTimeField(editable=False, help_text="When it was first sent; a withdrawn one starts anew")
    sent_at = models.DateTimeField(editable=False, help_text="When the words that stand were sent")
    reason = models.CharField(max_length=10, blank=True, choices=RefusalReason.choices, help_text="Its writer reads it")
    note = models.CharField(max_length=500, blank=True, help_text="A sentence to the writer")
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=(Q(state=ReviewState.REFUSED) & ~Q(reason=""))
                | (~Q(state=ReviewState.REFUSED) & Q(reason="")),
                name="%(class)s_refused_with_reason",
            ),
            models.CheckConstraint(
                condition=(Q(state=ReviewState.WITHDRAWN) & Q(text=""))
                | (~Q(state=ReviewState.WITHDRAWN) & ~Q(text="")),
                name="%(class)s_words_until_withdrawn",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[ReviewState.SHOWN, ReviewState.REFUSED]) | Q(decided_at__isnull=False),
                name="%(class)s_decided_on_a_day",
            ),
        ]

    @property
    def is_shown(self) -> bool:
        return self.state == ReviewState.SHOWN

    def recorded_as(self, by: User | None) -> None:
        """Whom the next line of history names: the member of staff who decides. Of a writer it names nobody."""
        self._history_user = by  # simple_history reads it
