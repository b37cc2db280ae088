"""What the tables of the desk have in common: quick lists, read-only provenance, history that only reads."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import Any, ClassVar, cast

from django.contrib import admin, messages
from django.contrib.admin.options import InlineModelAdmin
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import ERROR_FLAG
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.forms import BaseInlineFormSet, ModelChoiceField
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from simple_history.admin import SimpleHistoryAdmin

from directory.admin import typed_fields
from directory.admin.labels import LABELS
from directory.admin.worklists import way_back
from directory.curation.signature import begin_history
from directory.models import Program
from directory.staff import typed

EMPTY = "–"
#: Somebody who leaves the scheme out means the one that a browser would try first.
WEB_ADDRESSES: dict[type[models.Field], dict[str, Any]] = {models.URLField: {"assume_scheme": "https"}}


def column(path: str, label: str = "", *, order: str | None = None) -> Callable[[Any], Any]:
    """A list column: an attribute of the row or of what it refers to ("school__state"), choices in words."""
    *way, name = path.split("__")

    @admin.display(description=label or LABELS.get(name, name.replace("_", " ")), ordering=order, empty_value=EMPTY)
    def shown(row: Any) -> Any:
        owner = reduce(lambda found, step: getattr(found, step, None), way, row)
        words = getattr(owner, f"get_{name}_display", None)
        value = words() if words else getattr(owner, name, None)
        return EMPTY if value == "" else value

    shown.__name__ = path
    return shown


class DeskAdmin(admin.ModelAdmin):
    """A table of the desk. It counts what a list shows and nothing more: each further count would be a scan.

    That one count takes 6 ms on SQLite and 35 ms on PostgreSQL for 267,564 programs.
    """

    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50
    list_max_show_all = 200
    empty_value_display = EMPTY
    formfield_overrides = WEB_ADDRESSES
    #: A form that came after its session was over can be shown filled in, for its person to send (`staff.typed`).
    shows_without_keeping = True
    #: What `str()` of a row reads from other tables; without it each choice of an autocomplete costs a query.
    select: ClassVar[tuple[str, ...]] = ()

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).select_related(*self.select)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        # Django leads here from an address that it cannot read, and says nothing.
        if request.method == "GET" and ERROR_FLAG in request.GET:
            messages.warning(request, "This list has no such page or filter, so here is the whole of it.")
        way_back.offer(request)
        way_back.without(request)
        return super().changelist_view(request, extra_context)

    def response_post_save_change(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        return way_back.after_saving(request) or super().response_post_save_change(request, obj)

    def response_post_save_add(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        return way_back.after_saving(request) or super().response_post_save_add(request, obj)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        kwargs.setdefault("labels", LABELS)
        form = super().get_form(request, obj, change, **kwargs)
        return held_back(form) if typed.is_only_shown(request) else form

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        way_back.offer(request)
        if not typed.is_only_shown(request):
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            # A form that is held back is never valid, so nothing is written; if a page should do so all the same, it
            # is as if it had not.
            answer = super().changeform_view(request, object_id, form_url, extra_context)
            transaction.set_rollback(True)
        return answer

    def what_was_typed(
        self, request: HttpRequest, data: QueryDict, asked: QueryDict, object_id: str | None
    ) -> typed.Told | None:
        """A form that came too late, in the words of this page; `asked` is the query of its address."""
        return typed_fields.told(self, request, data, asked, object_id)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        return name_the_school(field)


def held_back(form: Any) -> Any:
    """The form's class with one more error, so that it is shown as it was typed and nothing is kept."""

    class HeldBack(form):
        def clean(self) -> Any:
            cleaned = super().clean()
            self.add_error(None, "Your session was over before this was sent. Look it over and save it.")
            return cleaned

    return HeldBack


def person(request: HttpRequest) -> User:
    """Who is at the desk: only staff who have signed in come this far."""
    return cast(User, request.user)


def name_the_school(field: Any) -> Any:
    """Let a choice of programs say at which school each is; many schools have a program of the same title."""
    if isinstance(field, ModelChoiceField) and field.queryset is not None and field.queryset.model is Program:
        field.queryset = field.queryset.select_related("school", "field")
        field.label_from_instance = program_choice  # type: ignore[method-assign, assignment]
    return field


def program_choice(program: Program) -> str:
    return f"{program}, {program.school.name}"


class NoChanges:
    """Shown, never edited: official files and the pipeline write these rows, and nobody else."""

    def has_add_permission(self, *_: Any) -> bool:
        return False

    def has_change_permission(self, *_: Any) -> bool:
        return False

    def has_delete_permission(self, *_: Any) -> bool:
        return False


class ReadOnlyAdmin(NoChanges, DeskAdmin):
    """A table that only files and the pipeline write."""


class Shortened(BaseInlineFormSet):
    """The first rows of an inline; the table itself has them all."""

    longest = 200

    def get_queryset(self) -> models.QuerySet:
        if not hasattr(self, "_queryset"):
            self._queryset = super().get_queryset()[: self.longest]
        return self._queryset


class DeskInline(InlineModelAdmin):
    """Rows of another table that belong here."""

    formfield_overrides = WEB_ADDRESSES
    extra = 0
    show_change_link = True
    select: ClassVar[tuple[str, ...]] = ()

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).select_related(*self.select)

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        kwargs.setdefault("labels", LABELS)
        return super().get_formset(request, obj, **kwargs)


class ReadOnlyInline(NoChanges, DeskInline, admin.TabularInline):
    """Rows of another table that belong here, to be read."""

    formset = Shortened
    can_delete = False

    class Media:
        css = {"all": ("css/desk.css",)}

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fields or ()


class FactsInline(ReadOnlyInline):
    """Rows that say all they have to say in their columns."""

    classes = ("facts",)
    show_change_link = False


class CuratedAdmin(SimpleHistoryAdmin, DeskAdmin):
    """A table that staff keep, with who changed what, when and why.

    An old state is read and not put back whole: that would undo later corrections without a reason.
    """

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        # A file has written it and left no line: what it said is not to be credited to whoever changes it first.
        if change and (stored := type(obj)._default_manager.filter(pk=obj.pk).first()) is not None:
            begin_history(stored)
        super().save_model(request, obj, form, change)

    def revert_disabled(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def held_key(self, request: HttpRequest, object_id: str) -> Any:
        """The key in an address of a history, of a row that stands or has stood. Raises Http404, PermissionDenied."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        try:
            key = self.model._meta.pk.to_python(unquote(object_id))
        except ValidationError:
            raise Http404 from None
        rows = (self.model._default_manager, self.model.history)
        if not any(each.filter(**{self.model._meta.pk.name: key}).exists() for each in rows):
            raise Http404
        return key

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        # The package asks the database for whatever stands in the address.
        self.held_key(request, object_id)
        return super().history_view(request, object_id, extra_context)

    def history_form_view(
        self, request: HttpRequest, object_id: str, version_id: str, extra_context: Any = None
    ) -> HttpResponse:
        # The package saves what is posted here, also for people who may only look.
        if request.method not in ("GET", "HEAD"):
            raise PermissionDenied
        return super().history_form_view(request, object_id, version_id, extra_context)
