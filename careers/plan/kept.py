"""What the plan keeps about a reader who has an account, for the account's own page."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.urls import reverse

from directory.engagement.readers import Kept
from directory.models import SavedProgram


def kept(*, reader: User) -> list[Kept]:
    """The saved programs and the notes on them, counted in one query."""
    notes = [bool(note) for note in SavedProgram.objects.filter(reader=reader).values_list("note", flat=True)]
    if not notes:
        return [Kept("Saved programs", "None", reverse("plan"))]
    amount = f"{len(notes)}, {sum(notes)} of them with a note" if any(notes) else f"{len(notes)}, without notes"
    return [Kept("Saved programs", amount, reverse("plan"))]
