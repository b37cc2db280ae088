"""Rows of lists that nobody could place: a curator says which program or school each is, or dismisses it."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import redirect

from directory.admin.accreditation_list.desk import NEEDED
from directory.admin.base import EMPTY, DeskAdmin, person, program_choice
from directory.admin.imports import OneAtATime
from directory.admin.outcome import SaysOutcome
from directory.curation.worklists.unmatched import to_place
from directory.models import AccreditorList, AccreditorListRow, AccreditorRowDecision, Program, School
from directory.pipeline.accreditor_lists import applying
from directory.pipeline.accreditor_lists.comparing import compare_row
from directory.pipeline.accreditor_lists.difference import Item, Kind

OTHER: Final = "other"
DISMISS: Final = "dismiss"
PICKED: Final = "Picked among the candidates"


class DecisionForm(forms.ModelForm):
    """What the row means: one of the candidates, another one, or nothing of ours."""

    meant = forms.ChoiceField(label="It is", widget=forms.RadioSelect)
    another: Any = forms.ModelChoiceField(label="Another", queryset=None, required=False)
    reason = forms.CharField(
        label="Why", max_length=300, required=False, widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text="Needed unless you picked a candidate. The next list of this accreditor remembers the decision.",
    )  # fmt: skip
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = AccreditorListRow
        fields = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        row: AccreditorListRow = self.instance
        agency = row.accreditor_list.agency
        item = item_of(row)
        self.decision = AccreditorRowDecision.objects.filter(agency=agency, key=item.key).first()
        noun = "program" if agency.programmatic else "school"
        self.candidates, choices = _candidates(item, agency.programmatic)
        meant: Any = self.fields["meant"]
        meant.choices = [*choices, (OTHER, f"Another {noun}, named below"), (DISMISS, "Nothing of ours: dismiss it")]
        another: Any = self.fields["another"]
        another.queryset = Program.objects.all() if agency.programmatic else School.objects.all()
        field = AccreditorRowDecision._meta.get_field(noun)
        another.widget = AutocompleteSelect(field, admin.site, attrs={"data-width": "30em"})
        another.widget.choices = another.choices
        another.label = f"Another {noun}"
        self.initial["seen"] = applying.mark(self.decision)
        if item.kind == Kind.UNREADABLE:
            self.unreadable = item.why

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        chosen, reason = data.get("meant"), (data.get("reason") or "").strip()
        if why := getattr(self, "unreadable", ""):
            raise forms.ValidationError(f"The row cannot be read: {why} Mend the file and upload it again.")
        if chosen == OTHER and not data.get("another"):
            self.add_error("another", "Choose it here, or pick one of the above.")
        if chosen in (OTHER, DISMISS) and not reason:
            self.add_error("reason", "Say why: the next list does not ask again.")
        if data.get("seen", "") != applying.mark(self.decision):
            self.data = {**self.data.dict(), "seen": applying.mark(self.decision)}  # type: ignore[attr-defined]
            raise forms.ValidationError(
                f"Nothing was saved: somebody else has decided meanwhile. {applying.words(self.decision)}. What you "
                "chose is still here; saving again puts it in place of theirs."
            )
        data["reason"] = reason or PICKED
        data["target"] = data.get("another") if chosen == OTHER else self.candidates.get(_number(chosen))
        return data


def item_of(row: AccreditorListRow) -> Item:
    """What the row comes to; worked out once for a page, because it looks through all schools."""
    if "item" not in row.__dict__:
        row.__dict__["item"] = compare_row(row)
    found: Item = row.__dict__["item"]
    return found


def _candidates(item: Item, programmatic: bool) -> tuple[dict[int, Any], list[tuple[str, str]]]:
    """What the row may mean, the likeliest first: by key, and as choices in words."""
    if programmatic:
        programs = Program.objects.select_related("school", "field").in_bulk(item.programs)
        kept = [programs[pk] for pk in dict.fromkeys(item.programs) if pk in programs]
        return {each.pk: each for each in kept}, [(str(each.pk), program_choice(each)) for each in kept]
    schools = School.objects.in_bulk(item.schools)
    found = [schools[pk] for pk in dict.fromkeys(item.schools) if pk in schools]
    return {each.pk: each for each in found}, [(str(each.pk), str(each)) for each in found]


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0


class Open(admin.SimpleListFilter):
    """Rows of the newest applied list of each accreditor that wait for a person, unless others are asked for."""

    title = "what became of it"
    parameter_name = "found"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(value, label) for value, label in AccreditorListRow.Found.choices if value] + [("all", "All")]

    def choices(self, changelist: Any) -> Any:
        first, *rest = super().choices(changelist)
        yield {**first, "display": "To place"}
        yield from rest

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "all":
            return queryset
        return queryset.filter(found=self.value()) if self.value() else to_place(queryset)


@admin.register(AccreditorListRow)
class AccreditorListRowAdmin(OneAtATime, SaysOutcome, DeskAdmin):
    """The worklist: each row with why nobody could place it."""

    form = DecisionForm
    list_display = ("label_or_line", "why", "accreditor_list", "line", "found")
    list_filter = (Open,)
    search_fields = ("label", "accreditor_list__agency__acronym", "accreditor_list__agency__name")
    ordering = ("-accreditor_list", "line")
    select = ("accreditor_list__agency",)
    actions = None
    readonly_fields = ("accreditor_list", "line", "what_it_says", "found", "not_placed", "decided")
    fieldsets = (
        (None, {"fields": (("accreditor_list", "line"), "what_it_says", ("found", "not_placed"), "decided")}),
        ("What it means", {"fields": ("meant", "another", "reason", "seen")}),
    )

    class Media:
        css = {"all": ("css/desk.css",)}

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and request.user.has_perms(NEEDED)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fieldsets if self.has_change_permission(request, obj) else self.fieldsets[:1]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        return super().get_form(request, obj, change, **{**kwargs, "fields": ()})

    @admin.display(description="row", ordering="label")
    def label_or_line(self, row: AccreditorListRow) -> str:
        return str(row)

    @admin.display(description="what it says")
    def what_it_says(self, row: AccreditorListRow) -> str:
        held = row.accreditor_list
        return "; ".join(f"{name}: {cell}" for name, cell in zip(held.header, row.cells, strict=False) if cell)

    @admin.display(description="why")
    def not_placed(self, row: AccreditorListRow) -> str:
        return row.why or item_of(row).why or EMPTY

    @admin.display(description="decided")
    def decided(self, row: AccreditorListRow) -> str:
        known = AccreditorRowDecision.objects.filter(agency=row.accreditor_list.agency, key=item_of(row).key)
        found = known.select_related("program__field", "school", "made_by").first()
        return applying.words(found) if found else "Not yet"

    def save_model(self, request: HttpRequest, obj: AccreditorListRow, form: Any, change: bool) -> None:
        said = form.cleaned_data
        target = said["target"]
        noun = "program" if isinstance(target, Program) else "school"
        try:
            applying.settle(
                row=obj,
                by=person(request),
                reason=said["reason"],
                seen=said["seen"],
                **{noun: target} if target else {},
            )
        except applying.NotPossible as refused:
            self.say(request, f"Nothing was saved. {refused}", messages.ERROR)
        else:
            words = f"The row is {target}." if target else "The row is dismissed."
            self.say(request, f"{words} The next list remembers it.")

    def response_post_save_change(self, request: HttpRequest, obj: AccreditorListRow) -> Any:
        if obj.accreditor_list.state == AccreditorList.State.UPLOADED:
            return redirect("admin:directory_accreditorlist_difference", obj.accreditor_list_id)
        return super().response_post_save_change(request, obj)
