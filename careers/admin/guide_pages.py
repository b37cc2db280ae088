"""The editor of a guide's version at the desk.

The editor is one page with a text field per section. Items are typed as headings inside the text, as in a shipped file:
that can be read from top to bottom, moved by cut and paste, and needs no script.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone

from careers import publishing
from careers.admin.guide_form import GuideForm, NewGuideForm, texts_to_edit
from careers.admin.guide_verbs import PUBLISH, others_of, url_of, version_of
from careers.admin.guide_views import GuideViews
from careers.admin.publish_form import publish_form, review_form
from careers.guides.checks import Problem, problems
from careers.guides.diff import compare
from careers.guides.pages import missing_pages
from careers.models import GuideSection, GuideVersion
from careers.vocab import PARTS
from directory.admin import typed_fields
from directory.admin.base import person
from directory.admin.worklists import way_back
from directory.staff import typed

LAST_CHANGES: Final = 15


class GuidePages(GuideViews):
    """Mixed into the admin of GuideVersion."""

    # --- editor ------------------------------------------------------------------------------------

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Begin a draft; where the career has one, go on with it."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = NewGuideForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            draft = publishing.start_draft(career=form.cleaned_data["career"], by=person(request))
            return redirect(url_of("change", draft))
        return self._render(request, "new", {"form": form, "title": "Begin a draft of a guide"})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The editor of a draft; any other version is shown as it is."""
        version = version_of(object_id)
        if not self.has_view_permission(request, version):
            raise PermissionDenied
        way_back.offer(request)
        if request.method == "POST":
            if not self.has_change_permission(request, version):
                raise PermissionDenied
            return self._save(request, version)
        texts = publishing.texts_of(version)
        return self._editor(request, version, GuideForm(texts=texts_to_edit(version, texts)), texts)

    def what_was_typed(
        self, request: HttpRequest, data: QueryDict, asked: QueryDict, object_id: str | None
    ) -> typed.Told | None:
        """An editor's text that came too late: the sections that differ from what stands there now."""
        if object_id is None:
            return None
        version = version_of(object_id)
        if not self.has_view_permission(request, version):
            return None
        form = GuideForm(data)
        form.initial = texts_to_edit(version, publishing.texts_of(version))
        return typed_fields.sorted_out(typed_fields.lines_of(form))

    def _save(self, request: HttpRequest, version: GuideVersion) -> HttpResponse:
        form = GuideForm(request.POST)
        texts = publishing.texts_of(version)
        if not form.is_valid():
            messages.error(request, "Nothing was saved: see the fields that are marked.")
            return self._editor(request, version, form, texts)
        typed = form.typed
        looked_at = request.POST.get("seen") == publishing.state_stamp(version)
        try:
            saved = publishing.save_draft(draft=version, sections=typed, details=typed, seen=form.seen)
        except publishing.Conflict as conflict:
            return self._conflict(request, version, form, conflict)
        except publishing.Refused as refused:
            # Published while this editor typed: what was typed stands beside what was published.
            messages.error(request, str(refused))
            version.refresh_from_db()
            unsaved = {
                name: compare(texts.get(name, ""), text)
                for name, text in typed.items()
                if name in PARTS and publishing.stamp(text) != publishing.stamp(texts.get(name, ""))
            }
            return self._editor(request, version, form, texts, theirs=unsaved, status=409)
        gone = f" The review of {version.reviewer} is taken back: the text is another." if version.reviewer else ""
        messages.success(request, f"Saved.{'' if saved.reviewer else gone}")
        return self._then(request, saved, looked_at=looked_at)

    def _then(self, request: HttpRequest, version: GuideVersion, *, looked_at: bool) -> HttpResponse:
        """After saving, what the button asked for; what this editor saved just now counts as looked at."""
        verb = request.POST.get("then", "")
        if looked_at:
            given = request.POST.copy()
            given["seen"] = publishing.state_stamp(version)
            request.POST = given  # type: ignore[assignment]
        if verb in {"publish", "review"}:
            act = self.publish_view if verb == "publish" else self.review_view
            return act(request, version.pk)
        return redirect(url_of(verb if verb in {"preview", "compare"} else "change", version))

    def _refused(self, request: HttpRequest, version: GuideVersion) -> HttpResponse:
        """The editor as it stands now, with what was typed for the verb that was refused."""
        version = version_of(version.pk)
        texts = publishing.texts_of(version)
        return self._editor(request, version, GuideForm(texts=texts_to_edit(version, texts)), texts, status=409)

    def _conflict(
        self, request: HttpRequest, version: GuideVersion, form: GuideForm, conflict: publishing.Conflict
    ) -> HttpResponse:
        """The same form with what this editor typed, and beside it what stands there now.

        What only others changed is taken over; saving again puts this editor's text in place of theirs.
        """
        version.refresh_from_db()
        texts = publishing.texts_of(version)
        typed, seen, now = form.typed, form.seen, texts_to_edit(version, texts)
        mine = {name for name, text in typed.items() if publishing.stamp(text) != seen[name]}
        fresh = GuideForm(texts=now)
        fresh.initial = {**fresh.initial, **{name: typed[name] for name in mine}}
        theirs = {name: compare(text, typed[name]) for name, text in conflict.theirs.items()}
        messages.error(
            request,
            f"Nothing was saved: somebody else changed {_names(conflict.theirs)} meanwhile. Your text is in the form, "
            "theirs stands above it. Take over what you need; saving again keeps yours.",
        )
        return self._editor(request, version, fresh, texts, theirs=theirs, status=409)

    def _editor(
        self,
        request: HttpRequest,
        version: GuideVersion,
        form: GuideForm,
        texts: Mapping[str, str],
        *,
        theirs: Mapping[str, Any] | None = None,
        status: int = 200,
    ) -> HttpResponse:
        found = [*problems(texts), *missing_pages(texts)]
        by_section: dict[str, list[Problem]] = {key: [] for key in PARTS}
        for problem in found:
            by_section[problem.section].append(problem)
        now = timezone.now()
        current = GuideVersion.objects.current(career=version.guide.career_id, now=now)
        state = version.state_at(now, current)
        changes = GuideSection.history.filter(version=version).select_related("history_user")
        context = {
            "title": f"{version.guide.career}: version {version.number}",
            "version": version,
            "original": version,
            "state": state,
            "form": form,
            "sections": [
                {
                    "field": form[key],
                    "kind": part.kind.value,
                    "problems": by_section[key],
                    "theirs": (theirs or {}).get(key),
                    "text": texts.get(key, ""),
                }
                for key, part in PARTS.items()
            ],
            "details": [{"field": field, "theirs": (theirs or {}).get(field.name)} for field in form.details()],
            "problems": found,
            "others": others_of(version),
            "schedule": publish_form(version, now, request.POST),
            "review": review_form(version, request.POST),
            "may_edit": version.is_draft and self.has_change_permission(request, version),
            "may_add": self.has_add_permission(request),
            "may_publish": request.user.has_perm(PUBLISH),
            "may_review": self.has_change_permission(request, version)
            and (version.is_draft or request.user.has_perm(PUBLISH)),
            "changes": changes.order_by("-history_date", "-history_id")[:LAST_CHANGES],
            "urls": {name: url_of(name, version) for name in ("change", "preview", "compare", "history")},
            "posts": {name: url_of(name, version) for name in ("publish", "take_back", "review", "draft")},
        }
        if context["may_edit"]:
            for verb in ("schedule", "review"):
                for field in context[verb].fields.values():
                    field.widget.attrs["form"] = "guide-form"
        return self._render(request, "editor", context, status=status)


def _names(keys: Mapping[str, Any]) -> str:
    labels = [f"“{PARTS[key].section.label}”" if key in PARTS else f"“{key}”" for key in keys]
    return ", ".join(labels)
