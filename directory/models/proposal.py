"""Official files that somebody wants to load, and what was done with each: by whom, when and why."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from directory.models.release import ImportRun
from directory.vocab import ProposalState, ProposalVerb, Source
from directory.vocab.proposals import OPEN, STOPPABLE, WORKED_ON


class ReleaseProposal(models.Model):
    """A file on its way through check, preview, approval and load; the file itself lies under MEDIA_ROOT by `sha256`.

    `preview` is what `pipeline.proposals.preview` makes, and stands for the data as `basis` names it. Facts and the
    step to `applied` are written in one transaction.
    """

    State = ProposalState

    source = models.CharField(max_length=32, choices=Source.choices)
    file_name = models.CharField(max_length=200, help_text="As it was called where it came from; nothing trusts it")
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField(help_text="In bytes, as it came")
    kind = models.CharField(max_length=4, help_text="csv, zip or xlsx, told by the content")
    fetched = models.CharField(max_length=300, blank=True, help_text="Where in the folder of fetched files it lay")
    scope = models.CharField(max_length=200, default="all", help_text="“all”, or the CIP codes to be loaded")
    vintage_given = models.CharField(max_length=40, blank=True, help_text="Where the file does not tell")
    note = models.TextField(blank=True, help_text="Where it is from, and why it is to be loaded")

    state = models.CharField(max_length=9, choices=ProposalState.choices, default=ProposalState.UPLOADED)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    proposed_at = models.DateTimeField()

    queued_at = models.DateTimeField(help_text="Since when it waits for the worker; the longest waiting comes first")
    attempts = models.PositiveSmallIntegerField(default=0, help_text="How often a worker began with this step")

    vintage = models.CharField(max_length=40, blank=True, help_text="As the file tells it")
    message = models.TextField(blank=True, help_text="What the check or the load says of the whole file")
    doubt = models.TextField(blank=True, help_text="Why it looks wrong; approving it takes a reason then")
    preview = models.JSONField(null=True, blank=True)
    preview_number = models.PositiveSmallIntegerField(default=0)
    previewed_at = models.DateTimeField(null=True, blank=True)
    basis = models.CharField(max_length=80, blank=True, help_text="The state of the data that the preview was made on")
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    removed = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)

    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    overruled = models.TextField(blank=True, help_text="Why a file that looks wrong is right")
    run = models.ForeignKey(ImportRun, on_delete=models.SET_NULL, null=True, blank=True, related_name="proposals")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = "proposed file"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ProposalState.values), name="proposal_state_known"),
            models.UniqueConstraint(
                fields=["sha256", "source", "scope", "vintage_given"],
                condition=Q(state__in=OPEN),
                name="proposal_open_once",
            ),
        ]
        indexes = [models.Index(fields=["state", "queued_at"], name="proposal_queue")]

    def __str__(self) -> str:
        return f"{self.get_source_display()}: {self.file_name}"

    @property
    def is_worked_on(self) -> bool:
        return self.state in WORKED_ON

    @property
    def is_stoppable(self) -> bool:
        return self.state in STOPPABLE


class ProposalStep(models.Model):
    """One thing that was done with a proposed file, never changed afterwards; without a person it was the worker."""

    proposal = models.ForeignKey(ReleaseProposal, on_delete=models.CASCADE, related_name="steps")
    verb = models.CharField(max_length=9, choices=ProposalVerb.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    words = models.TextField(blank=True, help_text="The reason, or what was found")

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = "step of a proposed file"
        verbose_name_plural = "steps of proposed files"

    def __str__(self) -> str:
        return f"{self.proposal_id}: {self.get_verb_display()}, {self.at:%Y-%m-%d %H:%M}"
