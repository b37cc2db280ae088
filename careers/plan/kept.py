"""What the plan keeps about a reader who has an account, for the account's own page."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.urls import reverse

from careers.models import ReaderPlan, SharedPlan
from directory.engagement.readers import Kept
from directory.models import SavedProgram


def kept(*, reader: User) -> list[Kept]:
    """The saved programs and the notes on them, the plan and its shared copies: three queries."""
    notes = [bool(note) for note in SavedProgram.objects.filter(reader=reader).values_list("note", flat=True)]
    amount = "None"
    if notes:
        amount = f"{len(notes)}, {sum(notes)} of them with a note" if any(notes) else f"{len(notes)}, without notes"
    copies = SharedPlan.objects.filter(reader=reader).count()
    if ReaderPlan.objects.filter(reader=reader).exists():
        plan = "Goal, program, hours a week, start, place, and what you ticked"
        plan += f"; {copies} shared {'copy' if copies == 1 else 'copies'}" if copies else ""
    else:
        plan = "None"
    return [Kept("Saved programs", amount, reverse("plan")), Kept("Your plan", plan, reverse("plan"))]
