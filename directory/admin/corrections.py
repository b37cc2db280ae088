"""Correcting what an official file says: with a reason, in one transaction, kept through every import."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import flatten_fieldsets
from django.contrib.admin.widgets import AdminTextareaWidget, AdminURLFieldWidget
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from directory.admin import from_report, rows_below
from directory.admin.base import CuratedAdmin, person
from directory.admin.imports import OneAtATime
from directory.admin.revisions.desk import Revisions
from directory.admin.two_at_once import TwoAtOnce
from directory.curation import by_hand, overrides, public_addresses
from directory.curation.listing_checks import problems
from directory.curation.overrides import CORRECTABLE
from directory.curation.signature import begin_history, sign
from directory.models import ErrorReport, Override, Program, School
from directory.pipeline.refresh import refresh

#: What is said about a change, and is none.
ABOUT = frozenset({"why", "evidence_url"})
#: Readers read it beside the fact: some sentences, no essay.
LONGEST_REASON = 1_000
SAY_WHY = "Say why: a correction without a reason cannot be judged by the next person."


class CorrectionForm(TwoAtOnce):
    """A school or a program. After `clean`, `corrected` names the official columns that the form changes."""

    why = forms.CharField(
        label="Why",
        required=False,
        max_length=LONGEST_REASON,
        widget=AdminTextareaWidget(attrs={"rows": 2}),
        help_text="Needed to enter a listing or to change a value. It is public: readers see it word for word beside "
        "the corrected fact. Your name stays in the history and is not shown to them.",
    )
    evidence_url = forms.URLField(
        label="Evidence",
        required=False,
        assume_scheme="https",
        max_length=500,
        widget=AdminURLFieldWidget(),
        help_text="A page that shows it, if there is one. Readers see the link.",
    )
    corrected: tuple[str, ...] = ()
    #: What a reader reported and this form is opened to answer.
    report: ErrorReport | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields and self.instance.pk is None:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = "Leave it empty to have one made."
        if self.instance.pk is None:
            return
        for override in self.instance.overrides.filter(active=True):
            if override.column in self.fields:
                self.fields[override.column].help_text = corrected_words(override)
        if self.report and "why" in self.fields:
            from_report.fill_in(self, self.report)

    def columns(self) -> list[str]:
        return [name for name in CORRECTABLE[type(self.instance)] if name in self.fields]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        adding = self.instance.pk is None
        touched = [name for name in self.columns() if name in self.changed_data and name in data]
        self.corrected = tuple(name for name in touched if not adding and data[name] != self.initial.get(name))
        for name, words in problems(self.instance, data, [*data] if adding else touched):
            if name in self.fields and name not in self.errors:
                self.add_error(name, words)
        if (adding or self.corrected) and not data.get("why"):
            self.add_error("why", SAY_WHY)
        return data

    def full_clean(self) -> None:
        super().full_clean()
        if not self.is_bound or self.instance.pk is None:
            return
        below = rows_below.of(self)
        if rows_below.need_a_reason(below) and not (self.cleaned_data.get("why") or "why" in self.errors):
            self.add_error("why", rows_below.SAY_WHY)
        if isinstance(self.instance, Program):
            state = self.cleaned_data.get("state") or self.instance.state
            if broken := rows_below.breaks(self.instance, below, state):
                self.add_error(None, f"What is changed below would break a page that readers see. {' '.join(broken)}")

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if slug and slug != self.initial.get("slug") and public_addresses.slug_is_taken(self.instance, slug):
            raise ValidationError(
                "This address leads, or once led, to another listing, or is kept for one by the official files."
            )
        return slug


def corrected_words(override: Override) -> str:
    official = "nothing" if override.official_value in (None, "") else f"“{override.official_value}”"
    return f"Corrected by staff. The official file says {official}."


def changes_nothing(form: CorrectionForm, formsets: Iterable[BaseFormSet]) -> bool:
    """Whether what was sent differs in nothing from what is stored, whatever reason stands beside it."""
    official = not by_hand.is_by_hand(form.instance)
    changed = {*form.corrected, *({"slug"} & set(form.changed_data))} if official else {*form.changed_data} - ABOUT
    return not changed and not any(formset.has_changed() for formset in formsets)


class CorrectedAdmin(Revisions, OneAtATime, CuratedAdmin):
    """School and Program: official columns are corrected with a reason, the rest is read, nothing deleted."""

    form = CorrectionForm
    #: Columns that only rows entered by staff let staff change, and those of them that are chosen once.
    own_columns: ClassVar[tuple[str, ...]] = ()
    once: ClassVar[tuple[str, ...]] = ()
    #: Columns that are ours even where the rest is official.
    ours: ClassVar[tuple[str, ...]] = ()
    #: Of both kinds of fieldsets, the last one asks for the reason.
    add_fieldsets: ClassVar[Any] = ()

    def _create_formsets(self, request: HttpRequest, obj: Any, change: bool) -> Any:
        formsets, inlines = super()._create_formsets(request, obj, change)
        setattr(obj, rows_below.BELOW, formsets)
        return formsets, inlines

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # a page once published stays; take a program off the lists by its state

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        report = from_report.asked_report(request, obj) if obj else None
        return type(form.__name__, (form,), {"report": report}) if report else form

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return self.add_fieldsets
        fieldsets = list(super().get_fieldsets(request, obj))
        return fieldsets if self.has_change_permission(request, obj) else fieldsets[:-1]  # without the reason

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        return super().get_inlines(request, obj) if obj else ()

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        shown = flatten_fieldsets(self.get_fieldsets(request, obj))
        return [name for name in shown if name not in self._editable(obj)]

    def _editable(self, obj: School | Program | None) -> set[str]:
        always = {"why", "evidence_url", *CORRECTABLE[self.model], *self.ours}
        if obj is None:
            return {*always, *self.own_columns, *self.once}
        return {*always, *self.own_columns} if by_hand.is_by_hand(obj) else always

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        why = form.cleaned_data["why"]
        if not change:
            self.enter(obj)
            sign(obj, by=person(request), why=why)
            super().save_model(request, obj, form, change)
        else:
            self._change(request, obj, form, why)

    def _change(self, request: HttpRequest, obj: Any, form: Any, why: str) -> None:
        """One save is one line of history, with what was touched: the form has tidied up other fields of `obj` too."""
        row = type(obj)._default_manager.get(pk=obj.pk)
        moves = "slug" in form.changed_data
        if moves:
            begin_history(row)
            row.skip_history_when_saving = True  # the new address, which comes last, writes the line
        if by_hand.is_by_hand(row):
            self._save_own(request, row, form, why)
        else:
            self._correct(request, row, form, why)
        if moves:
            del row.skip_history_when_saving
            public_addresses.rename(
                listing=row, slug=form.cleaned_data["slug"], by=person(request), why=why, begun=True
            )

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if change and changes_nothing(form, formsets):
            request.nothing_changed = True  # type: ignore[attr-defined]  # for what follows on this save
        else:
            refresh([self.school_id(form.instance)])

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        form.changed_data = [name for name in form.changed_data if name not in ABOUT]
        return super().construct_change_message(request, form, formsets, add)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        return None if _nothing_changed(request) else super().log_change(request, obj, message)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        if not _nothing_changed(request):
            response = super().response_change(request, obj)
            report = from_report.asked_report(request, obj)
            leaves = report and not {"_continue", "_addanother", "_saveasnew"} & set(request.POST)
            return from_report.back_to(report) if leaves and report else response
        words = f"Nothing was changed: every value of “{obj}” is as it was. A reason alone is not kept."
        self.message_user(request, words, messages.WARNING)
        if "_continue" in request.POST:
            return HttpResponseRedirect(request.get_full_path())
        return self.response_post_save_change(request, obj)

    def school_id(self, obj: Any) -> int:
        """The school whose listings follow from the row."""
        raise NotImplementedError

    def enter(self, obj: Any) -> None:
        """Complete a row that staff enter: its release, and its address where none is given."""
        obj.release = by_hand.staff_release(timezone.localdate().year)

    def _save_own(self, request: HttpRequest, row: Any, form: Any, why: str) -> None:
        columns = [name for name in form.changed_data if name in form._meta.fields and name != "slug"]
        concrete = {field.name for field in row._meta.concrete_fields}
        if own := [name for name in columns if name in concrete]:
            for name in own:
                setattr(row, name, getattr(form.instance, name))
            sign(row, by=person(request), why=why)
            row.save(update_fields=own)

    def _correct(self, request: HttpRequest, row: Any, form: Any, why: str) -> None:
        held = {override.column: override for override in row.overrides.filter(active=True)}
        values, given_up = {}, []
        for name in form.corrected:
            value, override = form.cleaned_data[name], held.get(name)
            if override and value == type(row)._meta.get_field(name).to_python(override.official_value):
                given_up.append(override)
            else:
                values[name] = value
        made = overrides.change(
            target=row,
            values=values,
            giving_up=given_up,
            reason=why,
            by=person(request),
            evidence_url=form.cleaned_data["evidence_url"],
        )
        if form.report:
            from_report.answered(request, form.report, made)


def _nothing_changed(request: HttpRequest) -> bool:
    return getattr(request, "nothing_changed", False)
