"""The page of the log: filters, the newest decision first, pages by the last one shown."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_safe

from directory.admin.base import person
from directory.admin.moderation.log import DECISIONS, KINDS, Entry, Wanted, entries, may_read
from directory.admin.worklists.chosen import colleagues
from directory.admin.worklists.form import name_of

PAGE: Final = 50
A_CENTURY: Final = dt.timedelta(days=36_525)
LONGEST_KEY: Final = 19  # digits; so many fit into a key


class LogPage:
    """To be read by moderators and administrators."""

    def __init__(self, site: AdminSite) -> None:
        self.site = site
        self.page = require_safe(self._page)

    def _page(self, request: HttpRequest) -> HttpResponse:
        user = person(request)
        if not may_read(user):
            raise PermissionDenied
        # Decisions of who is no longer staff stand in the log without a filter of their own.
        people = {str(each.pk): name_of(each, user) for each in colleagues()}
        choices = {
            "kind": ("What", {"": "All", **KINDS}),
            "decision": ("Decision", {"": "All", **DECISIONS}),
            "by": ("By", {"": "Anybody", **people}),
        }
        asked = {name: request.GET.get(name, "") for name in choices}
        given = {name: value if value in choices[name][1] else "" for name, value in asked.items()}
        before = _place(request.GET.get("before", ""))
        if asked != given or (request.GET.get("before") and before is None):
            messages.warning(request, "This list has no such page or filter, so here it is without.")
        by = int(given["by"]) if given["by"] else None
        found = entries(Wanted(given["kind"], given["decision"], by, before), PAGE + 1)
        context = {
            **self.site.each_context(request),
            "title": "What moderators decided",
            "entries": found[:PAGE],
            "kinds": KINDS,
            "filters": [_filter(title, name, given, words) for name, (title, words) in choices.items()],
            "next": _url(given, before=_text(found[PAGE - 1])) if len(found) > PAGE else "",
            "first": _url(given) if before else "",
        }
        return TemplateResponse(request, "admin/moderation/log.html", context)


def _text(entry: Entry) -> str:
    return f"{entry.at.isoformat()}~{entry.kind}~{entry.pk}"


def _place(text: str) -> tuple[dt.datetime, str, int] | None:
    moment, _, rest = text.partition("~")
    kind, _, pk = rest.partition("~")
    try:
        at = parse_datetime(moment)
        # A moment at the ends of the calendar has none in another zone, and databases reckon in theirs.
        near = at is not None and at.tzinfo is not None and abs(at - timezone.now()) < A_CENTURY
    except (ValueError, OverflowError):
        return None
    if at is None or not near or kind not in KINDS or not (pk.isascii() and pk.isdecimal() and len(pk) < LONGEST_KEY):
        return None
    return at, kind, int(pk)


def _filter(title: str, name: str, given: dict[str, str], choices: dict[str, str]) -> dict[str, Any]:
    return {
        "title": title,
        "choices": [
            {"label": label, "url": _url({**given, name: value}), "chosen": value == given[name]}
            for value, label in choices.items()
        ],
    }


def _url(given: dict[str, str], **more: str) -> str:
    return f"?{urlencode({name: value for name, value in {**given, **more}.items() if value})}"
