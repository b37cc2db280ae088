"""Mails on their way to readers, and addresses that no longer take any."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class Mail(models.Model):
    """One mail to one reader, written in the same transaction as what it tells and handed over afterwards.

    `key` says what it is about, such as "digest:12:2026-W47": a second one with the same key cannot be. Its words
    are blanked some time after it went (`engagement.retention`); the row stays, so that nothing is told twice.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        HANDING_OVER = "handing-over", "Being handed over"
        SENT = "sent", "Handed over"
        IN_DOUBT = "in-doubt", "Handed over, without the mail server’s word for it"
        REFUSED = "refused", "The address takes no mail"
        GIVEN_UP = "given-up", "Given up after many tries"

    key = models.CharField(max_length=120, unique=True)
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="mails"
    )
    recipient = models.EmailField(max_length=254)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField()
    #: What can be stopped, such as "search:12"; stopping it takes back what still waits.
    about = models.CharField(max_length=60, blank=True)
    stop_path = models.CharField(max_length=400, blank=True, help_text="The address that stops this kind of mail")
    message_id = models.CharField(max_length=200, unique=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=60, blank=True, help_text="The kind of the last failure")
    written_at = models.DateTimeField()
    not_before = models.DateTimeField(help_text="The next try")
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state="sent") | Q(sent_at=None), name="mail_sent_has_its_time"),
            models.CheckConstraint(condition=~Q(key=""), name="mail_has_a_key"),
        ]
        indexes = [
            models.Index(fields=["not_before"], name="mail_waiting", condition=Q(state="waiting")),
            models.Index(fields=["about"], name="mail_about"),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.get_state_display()}"


class MailRefusal(models.Model):
    """An address that took no mail. It stands here as a keyed digest: it can be recognised and not be read."""

    digest = models.CharField(max_length=64, unique=True)
    reason = models.CharField(max_length=60, help_text="What the mail server said, as a number or a word")
    refused_at = models.DateTimeField()

    class Meta:
        ordering = ["-refused_at"]

    def __str__(self) -> str:
        return f"refused on {self.refused_at:%Y-%m-%d}"
