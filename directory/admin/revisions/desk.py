"""The history page with two states side by side, and the way back to one of them."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from directory.admin.imports import alone
from directory.admin.labels import LABELS
from directory.admin.revisions import reverting
from directory.admin.revisions.by_files import written_by_files
from directory.curation.revisions import NOW, Difference, Revision, compare, revisions
from directory.curation.signature import sign

BAD_REQUEST, CONFLICT = 400, 409


class BackForm(forms.Form):
    """Why one goes back. Which fields are ticked is read from the request: they differ from row to row."""

    why = forms.CharField(
        label="Why",
        max_length=1_000,
        widget=AdminTextareaWidget(attrs={"rows": 2}),
        error_messages={"required": "Say why: the next person cannot judge it otherwise."},
        help_text="It stays in the history. Where a value becomes our correction of an official file, readers see "
        "these words beside it.",
    )


class SideBySide:
    """For an admin with a history (`CuratedAdmin`): any two states compared."""

    object_history_template: Any = "admin/directory/revisions/history.html"
    model: Any
    opts: Any
    admin_site: Any
    #: Who wrote a state that no line of the history tells of.
    nobody = "an official file"

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Every state, and two of them side by side: those asked for (`new`, `old`), else the last two."""
        key = self.held_key(request, object_id)  # type: ignore[attr-defined]
        found = revisions(self.model, key)
        new, old = _two(request, found)
        context = {
            "amiss": _amiss(request, found),
            "revisions": found,
            "new": new,
            "old": old,
            "differences": [_labelled(each) for each in compare(old.row, new.row)] if old and new else [],
            "back": self._ways_back(request, found, key),
            "nobody": self.nobody,
            **self._beside(key),
        }
        return super().history_view(request, object_id, {**context, **(extra_context or {})})  # type: ignore[misc]

    def _ways_back(self, request: HttpRequest, found: list[Revision], key: Any) -> dict[str, str]:
        """State -> the address of the way back to it, where this person may go it."""
        return {}

    def _beside(self, key: Any) -> dict[str, Any]:
        """What else the page shows."""
        return {}


class Revisions(SideBySide):
    """The same with the way back to a state, and what official files wrote."""

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_revert"
        own = path("<int:pk>/history/<int:version>/back/", self.admin_site.admin_view(self.revert_view), name=name)
        return [own, *super().get_urls()]  # type: ignore[misc]

    def _beside(self, key: Any) -> dict[str, Any]:
        return {"by_files": True, **written_by_files(self.model, key)}

    def _ways_back(self, request: HttpRequest, found: list[Revision], key: Any) -> dict[str, str]:
        row = self.model._default_manager.filter(pk=key).first()
        if row is None or not self.has_change_permission(request, row):  # type: ignore[attr-defined]
            return {}
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_revert"
        return {each.key: reverse(name, args=[key, each.key]) for each in found[1:] if each.key != NOW}

    def revert_view(self, request: HttpRequest, pk: int, version: int) -> HttpResponse:
        """What going back to an old state would change; then, with a reason, done."""
        row = self.get_object(request, str(pk))  # type: ignore[attr-defined]
        if not self.has_change_permission(request, row):  # type: ignore[attr-defined]
            raise PermissionDenied
        old = self.model.history.filter(pk=version, id=pk).select_related("history_user").first()
        if row is None or old is None:
            raise Http404("No such state.")
        if request.method != "POST":
            return self._back_page(request, row, old, BackForm())
        return alone(request, self._go_back, row, old)

    def _go_back(self, request: HttpRequest, row: Any, old: Any) -> HttpResponse:
        form = BackForm(request.POST)
        if not form.is_valid():
            return self._back_page(request, row, old, form, status=BAD_REQUEST)
        with transaction.atomic():
            row = self.model._default_manager.select_for_update(of=("self",)).get(pk=row.pk)
            if request.POST.get("seen") != reverting.seen_of(row):
                words = "Nothing was changed: somebody else changed it since you looked. Below is how it stands now."
                messages.error(request, words)
                return self._back_page(request, row, old, form, status=CONFLICT)
            able = {each.name: each for each in reverting.changes(self, request, row, old) if each.able}  # type: ignore[arg-type]
            names = [name for name in able if name in request.POST.getlist("field")]
            if not names:
                form.add_error(None, "Tick at least one field that shall be as it was.")
                return self._back_page(request, row, old, form, status=BAD_REQUEST)
            why = form.cleaned_data["why"]
            filled = reverting.form_with(self, request, row, old, names, why)  # type: ignore[arg-type]
            if not filled.is_valid():
                for name, said in filled.errors.items():
                    label = able[name].label if name in able else name
                    form.add_error(None, f"{label}: {' '.join(map(str, said))}")
                return self._back_page(request, row, old, form, status=BAD_REQUEST)
            sign(filled.instance, by=request.user, why=f"Back to {old.history_date:%-d %b %Y}: {why}")  # type: ignore[arg-type]
            saved = filled.save(commit=False)
            self.save_model(request, saved, filled, True)  # type: ignore[attr-defined]
            self.save_related(request, filled, [], True)  # type: ignore[attr-defined]
            self.log_change(request, saved, f"Went back to the state of {old.history_date:%-d %b %Y}.")  # type: ignore[attr-defined]
        labels = ", ".join(able[name].label for name in names)
        messages.success(request, f"As it was on {old.history_date:%-d %b %Y}: {labels}.")
        return HttpResponseRedirect(self._page_of("history", row))

    def _back_page(
        self, request: HttpRequest, row: Any, old: Any, form: BackForm, *, status: int = 200
    ) -> HttpResponse:
        found = reverting.changes(self, request, row, old)  # type: ignore[arg-type]
        # What an official file wrote goes back only when a person ticks it.
        ticked = set(request.POST.getlist("field")) if form.is_bound else {e.name for e in found if not e.official}
        context = {
            **self.admin_site.each_context(request),
            "title": f"Back to the state of {old.history_date:%-d %b %Y}",
            "opts": self.opts,
            "original": row,
            "old": old,
            "able": [(each, each.name in ticked) for each in found if each.able],
            "fixed": [each for each in found if not each.able],
            "files": sorted({each.official for each in found if each.able and each.official}),
            "form": form,
            "seen": reverting.seen_of(row),
            "history": self._page_of("history", row),
        }
        return TemplateResponse(request, "admin/directory/revisions/back.html", context, status=status)

    def _page_of(self, page: str, row: Any) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}", args=[row.pk])


def _two(request: HttpRequest, found: list[Revision]) -> tuple[Revision | None, Revision | None]:
    """The newer and the older of the two states that the address asks for, whichever way round."""
    at = {each.key: number for number, each in enumerate(found)}
    asked = sorted({at[key] for name in ("new", "old") if (key := request.GET.get(name, "")) in at})
    if len(asked) < 2:
        asked = [0, 1] if not asked else sorted({asked[0], min(asked[0] + 1, len(found) - 1)})
    new, old = (found[number] if number < len(found) else None for number in (asked[0], asked[-1]))
    return (new, old) if new is not old else (new, None)


def _amiss(request: HttpRequest, found: list[Revision]) -> str:
    """What to say where the address does not name two states of this row; "" where it does, or names none."""
    asked = {name: request.GET[name] for name in ("new", "old") if name in request.GET}
    if not asked:
        return ""
    if not set(asked.values()) <= {each.key for each in found}:
        return "One of the two states is not here, or not any more. Choose two of those below."
    if len(asked) == 2 and len(set(asked.values())) == 1:
        return "You chose one state for both sides, and nothing differs from itself. Choose two different ones below."
    return ""


def _labelled(each: Difference) -> Difference:
    label: Final = LABELS.get(each.name, each.label)
    return Difference(each.name, label[:1].upper() + label[1:], each.before, each.after)
