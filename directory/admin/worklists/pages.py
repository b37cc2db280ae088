"""The list of what waits, heaviest first, and the form that says what becomes of the checked cases."""

from __future__ import annotations

from collections import Counter
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from directory.admin.base import person
from directory.admin.rounds import Said, said
from directory.admin.worklists import way_back
from directory.admin.worklists.chosen import ALL, ME, NOBODY, OPEN, PLACES, Chosen, colleagues, own_kinds
from directory.admin.worklists.deciding import decide, said_in_words
from directory.admin.worklists.form import DecideForm, name_of
from directory.curation import rounds
from directory.curation.worklists.board import Row, kinds, rows
from directory.curation.worklists.case import MOST

HISTORY = "admin:directory_casedecision_changelist"
STRANGE = "This list has no such page or filter, so here it is without."


class WorklistPages:
    """GET shows, POST decides and comes back to the same address."""

    def __init__(self, site: AdminSite) -> None:
        self.site = site

    def page(self, request: HttpRequest) -> HttpResponse:
        user = person(request)
        own = own_kinds(user)
        asked = own.get(request.GET.get("kind", ""))
        people = {each.pk: each for each in colleagues([asked] if asked else own.values())}
        chosen = Chosen(request, user, people)
        if not chosen.visible or (request.method == "POST" and not chosen.own):
            raise PermissionDenied
        offered = {pk: each for pk, each in people.items() if each.decides}  # type: ignore[attr-defined]  # annotated
        form = DecideForm(request.POST if request.method == "POST" else None, user=user, people=offered)
        if request.method == "POST" and (answer := self._decide(request, form, user)):
            return answer
        if chosen.strange:
            messages.warning(request, STRANGE)
        return self._show(request, chosen, form, people)

    def _decide(self, request: HttpRequest, form: DecideForm, user: User) -> HttpResponse | None:
        """The way back to the list; None when the page is to be shown again with what was typed."""
        if not form.is_valid() or not self._may_get(form):
            return None
        done = decide(form=form, by=user)
        if done.count:
            messages.success(request, said_in_words(form.verb, done.count, form.cleaned_data["to"]))
        for trouble in done.trouble:
            messages.warning(request, trouble)
        return None if done.trouble else redirect(request.get_full_path())

    def _may_get(self, form: DecideForm) -> bool:
        """Whether who is to get the cases decides about such; if not, the form says so."""
        to = form.cleaned_data["to"]
        if form.verb != "assign" or to is None:
            return True
        wanted = {mark.kind for mark in form.marks} & kinds().keys()
        lacking = [kinds()[slug].label for slug in sorted(wanted) if not to.has_perm(kinds()[slug].decided_with)]
        if lacking:
            form.add_error("to", f"{to} does not decide about: {', '.join(lacking)}.")
        return not lacking

    def _show(
        self, request: HttpRequest, chosen: Chosen, form: DecideForm, people: dict[int, User]
    ) -> TemplateResponse:  # fmt: skip
        found = rows(chosen.kinds)
        here = list(chosen.among(found))
        shown, after = chosen.page(here)
        context = {
            **self.site.each_context(request),
            "title": chosen.visible[chosen.kind].label if chosen.kind in chosen.visible else "Worklists",
            "chosen": chosen,
            "about": chosen.visible[chosen.kind].about if chosen.kind in chosen.visible else "",
            "rounds": _rounds(chosen),
            "rows": [self._row(row, chosen, form) for row in shown],
            "count": len(here),
            "most": MOST,
            "capped": [chosen.visible[slug].label for slug, number in _open(found).items() if number >= MOST],
            "next": self._url(chosen, after=after) if after else "",
            "first": self._url(chosen) if chosen.after else "",
            "filters": self._filters(chosen, found, people),
            "form": form,
            "may_decide": any(row.case.kind in chosen.own for row in shown),
            "puts_back": chosen.place != OPEN,
        }
        status = 409 if form.is_bound and form.is_valid() else 200
        return TemplateResponse(request, "admin/worklists/list.html", context, status=status)

    def _row(self, row: Row, chosen: Chosen, form: DecideForm) -> dict[str, Any]:
        case = row.case
        mark = f"{case.kind}:{case.key}:{case.fingerprint}:{row.seen}"
        chosen_before = {text.rpartition(":")[0].rpartition(":")[0] for text in form.checked}
        return {
            "row": row,
            "case": case,
            "kind": chosen.visible[case.kind],
            "url": way_back.from_list(case.url, case.kind),
            "mark": mark,
            "checked": f"{case.kind}:{case.key}" in chosen_before,
            "may": case.kind in chosen.own,
            "mine": row.assigned is not None and row.assigned.assignee_id == chosen.user.pk,
            "history": f"{reverse(HISTORY)}?{urlencode({'kind__exact': case.kind, 'key__exact': case.key})}",
        }

    @staticmethod
    def _url(chosen: Chosen, **changes: str) -> str:
        return f"?{urlencode(chosen.parameters(**changes))}"

    def _filters(self, chosen: Chosen, found: list[Row], people: dict[int, User]) -> list[dict[str, Any]]:
        """Heading and choices of each filter: words, address, whether it is chosen."""
        counts = _open(found)
        asked = {kind.slug for kind in chosen.kinds}

        def words(slug: str, label: str) -> str:
            if slug not in asked:
                return label
            return f"{label} ({counts[slug] if counts[slug] < MOST else f'{MOST} or more'})"

        usual = [("", "What I decide about")] if chosen.own else []
        lists = [*usual, (ALL, "All"), *((slug, words(slug, kind.label)) for slug, kind in chosen.visible.items())]
        holders = {row.assigned.assignee_id for row in found if row.assigned and row.assigned.assignee_id}
        others = [
            (str(pk), name_of(people[pk], chosen.user)) for pk in people if pk in holders and pk != chosen.user.pk
        ]
        whose = [("", "Anybody’s"), (ME, "Mine"), (NOBODY, "Nobody’s"), *others]
        return [
            self._filter(chosen, "Worklist", "kind", chosen.kind or ("" if chosen.own else ALL), lists),
            self._filter(chosen, "Place", "show", chosen.place, list(PLACES.items())),
            self._filter(chosen, "Whose", "who", chosen.whose, whose),
        ]

    def _filter(
        self, chosen: Chosen, title: str, name: str, current: str, choices: list[tuple[str, str]]
    ) -> dict[str, Any]:  # fmt: skip
        return {
            "title": title,
            "choices": [
                {
                    "label": label,
                    "url": self._url(chosen, **{name: "" if value == OPEN else value}),
                    "chosen": value == current,
                }
                for value, label in choices
            ],
        }


def _rounds(chosen: Chosen) -> list[Said]:
    """When what fills the lists last ran: of the one list that is looked at, of several only what is late."""
    asked = {kind.slug for kind in chosen.kinds} & rounds.LOOKERS.keys()
    told = [said(each) for kind, each in rounds.rounds().items() if kind in asked] if asked else []
    return [each for each in told if each.late or len(chosen.kinds) == 1]


def _open(found: list[Row]) -> Counter[str]:
    return Counter(row.case.kind for row in found if row.hidden is None)
