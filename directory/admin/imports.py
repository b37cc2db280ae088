"""Saving while an import runs: the desk waits a little and then says so, with nothing saved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from directory.importers.locking import ImportRunningError, import_lock

#: Another member of staff is through in a moment; an import of the whole country takes a minute or two.
PATIENCE: Final = 5.0  # seconds


class OneAtATime:
    """A table from whose rows the lists are worked out: it is never saved in the middle of an import.

    The lock goes around the whole transaction of the view: an import that begins later sees what was saved.
    """

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return alone(request, super().changeform_view, *args, **kwargs)  # type: ignore[misc]

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return alone(request, super().delete_view, *args, **kwargs)  # type: ignore[misc]

    def changelist_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return alone(request, super().changelist_view, *args, **kwargs)  # type: ignore[misc]


def alone(request: HttpRequest, view: Callable[..., HttpResponse], *args: Any, **kwargs: Any) -> HttpResponse:
    """The answer of a view that writes, or the page that says why nothing was saved; patience is `PATIENCE`."""
    if request.method != "POST":
        return view(request, *args, **kwargs)
    try:
        with import_lock(patience=PATIENCE):
            return view(request, *args, **kwargs)
    except ImportRunningError:
        context = {"title": "An import is running"}
        return TemplateResponse(request, "admin/directory/import_running.html", context, status=409)
