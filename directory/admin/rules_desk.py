"""What the tables of the rules have in common: what follows from a change, and a look at it before it is kept."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_protect

from directory.admin.base import DeskAdmin
from directory.admin.imports import OneAtATime
from directory.admin.rules_form import INLINES, RulesForm
from directory.admin.rules_gaps import closed_circles, unfinished
from directory.admin.rules_meanwhile import SEEN, shown
from directory.admin.rules_preview import preview
from directory.models import Opening
from directory.pipeline.refresh import refresh

PREVIEW: Final = "_preview"


class RulesAdmin(OneAtATime, DeskAdmin):
    """Any part of the rules: which programs open which exams follows at once. No listing depends on it."""

    change_form_template = "admin/directory/rules_change_form.html"

    @method_decorator(csrf_protect)
    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and PREVIEW in request.POST:
            # A preview writes nothing: it neither waits for an import nor holds up whoever writes meanwhile.
            return self._changeform_view(request, *_arguments(*args, **kwargs))  # type: ignore[attr-defined]
        return super().changeform_view(request, *args, **kwargs)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        form.previews = PREVIEW in request.POST  # a class made for this request
        return form

    def _create_formsets(self, request: HttpRequest, obj: Any, change: bool) -> Any:
        formsets, inlines = super()._create_formsets(request, obj, change)  # type: ignore[misc]
        setattr(obj, INLINES, formsets)
        return formsets, inlines

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        form = context["adminform"].form
        if PREVIEW in request.POST and form.draft:
            context["preview"] = preview(form.draft, form.instance)
        if form.instance.pk and isinstance(form, RulesForm):
            context["seen_name"] = SEEN
            context["seen"] = form.stamp if form.is_bound else shown(form, form.inlines)
        response = super().render_change_form(request, context, *args, **kwargs)
        if getattr(form, "overtaken", False):
            response.status_code = 409
        return response

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if form.has_changed() or any(formset.has_changed() for formset in formsets):
            refresh(school_ids=())
        for text in unfinished(form.draft):
            messages.warning(request, text)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        super().delete_model(request, obj)
        refresh(school_ids=())

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        with transaction.atomic():  # unlike a single deletion, an action comes without one
            super().delete_queryset(request, queryset)
            refresh(school_ids=())

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Openings are worked out anew, so that nobody needs a permission to delete them along. A circle is refused."""
        rows, counts, lacking, protected = super().get_deleted_objects(objs, request)
        return rows, counts, lacking - {Opening._meta.verbose_name}, [*protected, *closed_circles(objs)]


def _arguments(object_id: Any = None, form_url: str = "", extra_context: Any = None) -> tuple[Any, str, Any]:
    return object_id, form_url, extra_context
