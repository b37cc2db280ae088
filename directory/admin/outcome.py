"""One message for what came of a form, in place of Django's "was changed successfully", which knows no outcome."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest


class SaysOutcome(admin.ModelAdmin):
    """A desk whose `save_model` calls `say`: what it says stands alone above the next page."""

    def say(self, request: HttpRequest, words: str, level: int = messages.SUCCESS) -> None:
        """Keep the words, and how good they are, for the one message about this form."""
        request.outcome = (words, level)  # type: ignore[attr-defined]

    def message_user(
        self, request: HttpRequest, message: Any, level: int | str = messages.INFO, *args: Any, **kwargs: Any
    ) -> None:
        # The only success that Django reports by itself here is that of the form.
        own = getattr(request, "outcome", None)
        words, rank = own if own and level == messages.SUCCESS else (message, level)
        super().message_user(request, words, rank, *args, **kwargs)
