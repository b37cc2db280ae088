"""Reviews, replies of schools and reported errors in one queue: what is due first comes first."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any, Final
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from directory.admin.base import person
from directory.admin.moderation.log import may_read
from directory.admin.worklists import way_back
from directory.admin.worklists.deciding import decide, said_in_words
from directory.admin.worklists.form import DecideForm
from directory.curation.worklists import replies, reports, reviews
from directory.curation.worklists.board import Row, rows
from directory.curation.worklists.case import Kind, counted

#: All of it, not only what is close to its target.
QUEUES: Final[dict[str, Kind]] = {
    kind.slug: kind for kind in (reviews.KIND, replies.KIND, replace(reports.KIND, find=reports.find_open))
}
PAGE: Final = 50
WHOSE: Final = {"": "Anybody’s", "me": "Mine", "nobody": "Nobody’s"}


class QueuePage:
    """GET shows the queue; POST gives one case to whoever asks. Deciding is done on the pages of the rows."""

    def __init__(self, site: AdminSite) -> None:
        self.site = site

    def page(self, request: HttpRequest) -> HttpResponse:
        user = person(request)
        visible = {slug: kind for slug, kind in QUEUES.items() if user.has_perm(kind.seen_with)}
        own = {slug for slug, kind in visible.items() if user.has_perm(kind.decided_with)}
        if not visible or (request.method == "POST" and not own):
            raise PermissionDenied
        if request.method == "POST":
            return self._take(request)
        kind, whose = request.GET.get("kind", ""), request.GET.get("who", "")
        if kind not in {"", *visible} or whose not in WHOSE:
            messages.warning(request, "This list has no such filter, so here it is without.")
            kind, whose = kind if kind in visible else "", whose if whose in WHOSE else ""
        found = rows(visible.values())
        waiting = sorted((row for row in found if row.hidden is None), key=_order)
        here = [row for row in waiting if kind in ("", row.case.kind) and _is_whose(row, whose, user.pk)]
        after = request.GET.get("after", "")
        left = [row for row in here if _cursor(row) > after]
        shown, today = left[:PAGE], timezone.now().date()
        given = {"kind": kind, "who": whose}
        counts = {slug: sum(row.case.kind == slug for row in waiting) for slug in visible}
        context = {
            **self.site.each_context(request),
            "title": "Moderation",
            "rows": [_row(row, visible[row.case.kind], row.case.kind in own, user.pk, today) for row in shown],
            "count": len(here),
            "late": sum(1 for row in here if row.case.due and row.case.due < today),
            "put_off": len(found) - len(waiting),
            "filters": [
                _filter("What", "kind", given, {"": f"All ({len(waiting)})"} | _counted(visible, counts)),
                _filter("Whose", "who", given, WHOSE),
            ],
            "next": _url(given, after=_cursor(shown[-1])) if len(left) > PAGE else "",
            "first": _url(given) if after else "",
            "may_read_log": may_read(user),
        }
        return TemplateResponse(request, "admin/moderation/queue.html", context)

    def _take(self, request: HttpRequest) -> HttpResponse:
        user = person(request)
        form = DecideForm(request.POST, user=user, people={user.pk: user})
        if form.takes and form.is_valid():
            done = decide(form=form, by=user, of=QUEUES)
            if done.count:
                messages.success(request, said_in_words(form.verb, done.count, user))
            for trouble in done.trouble:
                messages.warning(request, trouble)
        return redirect(request.get_full_path())


def _order(row: Row) -> str:
    return _cursor(row)


def _cursor(row: Row) -> str:
    """The place in the queue: by the day on which it is due, then by kind and key. It compares as a text."""
    return f"{row.case.due or dt.date.max}~{row.case.kind}~{row.case.key}"


def _is_whose(row: Row, whose: str, user: int) -> bool:
    holder = row.assigned.assignee_id if row.assigned else None
    return not whose or (holder == user if whose == "me" else holder is None)


def _row(row: Row, kind: Kind, may: bool, user: int, today: dt.date) -> dict[str, Any]:
    case = row.case
    days = (case.due - today).days if case.due else 0
    due = (
        f"Overdue by {counted(-days, 'day')}"
        if days < 0
        else "Due today"
        if days == 0
        else f"Due in {counted(days, 'day')}"
    )
    return {
        "row": row,
        "case": case,
        "kind": kind,
        "url": way_back.from_list(case.url, way_back.MODERATION),
        "mark": f"{case.kind}:{case.key}:{case.fingerprint}:{row.seen}",
        "due": due,
        "late": days < 0,
        "may": may,
        "mine": row.assigned is not None and row.assigned.assignee_id == user,
    }


def _counted(visible: dict[str, Kind], counts: dict[str, int]) -> dict[str, str]:
    return {slug: f"{kind.label} ({counts[slug]})" for slug, kind in visible.items()}


def _filter(title: str, name: str, given: dict[str, str], choices: dict[str, str]) -> dict[str, Any]:
    return {
        "title": title,
        "choices": [
            {"label": label, "url": _url({**given, name: value}), "chosen": value == given[name]}
            for value, label in choices.items()
        ],
    }


def _url(given: dict[str, str], **more: str) -> str:
    held = {name: value for name, value in {**given, **more}.items() if value}
    return f"?{urlencode(held)}" if held else reverse("admin:moderation")
