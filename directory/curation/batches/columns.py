"""The columns that a batch may change: as fields of a form, as plain values of JSON, in words."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.db import models

from directory.curation import own_addresses
from directory.curation.overrides import CORRECTABLE
from directory.curation.own_addresses import OWN
from directory.models import Program, School
from directory.vocab import STATES, ListingKind

Listing = School | Program
MODELS: Final[dict[str, type[School | Program]]] = {ListingKind.SCHOOL: School, ListingKind.PROGRAM: Program}
#: What is true of one school alone: given to many at once it can only be a slip.
OF_ONE: Final = frozenset({"name", "address", "zip_code", "latitude", "longitude"})
YES_NO: Final = (("True", "Yes"), ("False", "No"))


def columns(kind: str) -> tuple[str, ...]:
    """Every column of a kind of listing that staff may change; those of OWN stand in facts of a program."""
    return (*CORRECTABLE[MODELS[kind]], *(OWN if kind == ListingKind.PROGRAM else ()))


def is_own(kind: str, column: str) -> bool:
    """Whether a column is a program's own address, or the day of one."""
    return kind == ListingKind.PROGRAM and column in OWN


def for_many(kind: str) -> tuple[str, ...]:
    """Those of them that several listings can share."""
    return tuple(name for name in columns(kind) if name not in OF_ONE)


def model_field(kind: str, column: str) -> Any:
    return OWN[column].field if is_own(kind, column) else MODELS[kind]._meta.get_field(column)


def can_be_cleared(kind: str, column: str) -> bool:
    """Whether nothing is a value of the column."""
    field = model_field(kind, column)
    return bool(field.null or field.blank) and not (isinstance(field, models.BooleanField) and not field.null)


def empty_problem(kind: str, column: str) -> str:
    """Why nothing is no value of the column; empty where it is one."""
    if can_be_cleared(kind, column):
        return ""
    return own_addresses.CANNOT_BE_EMPTY if is_own(kind, column) else "This field cannot be empty."


def form_field(kind: str, column: str) -> forms.Field:
    """A form's field that turns what somebody typed into the column's value; raises ValidationError as forms do.

    Never required: whether nothing is a value, `can_be_cleared` says.
    """
    field = model_field(kind, column)
    if (kind, column) == (ListingKind.SCHOOL, "state"):
        states = [("", "---------"), *((usps, f"{usps} {name}") for usps, name in STATES.items())]
        return forms.ChoiceField(choices=states, required=False)
    if isinstance(field, models.BooleanField):
        nothing = [("", "Not known")] if field.null else [("", "---------")]
        return forms.TypedChoiceField(
            choices=[*nothing, *YES_NO], coerce=lambda word: word == "True", empty_value=None, required=False
        )
    if field.choices:
        # The model's default is for new rows: here nothing is chosen until somebody chooses it.
        choices = [("", "---------"), *field.flatchoices]
        return forms.TypedChoiceField(choices=choices, coerce=field.to_python, empty_value="", required=False)
    if isinstance(field, models.DateField):
        return forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    made: forms.Field = field.formfield()
    made.required = False
    return made


def name_of(kind: str, column: str) -> str:
    """What a sentence about a value calls its column."""
    name = str(model_field(kind, column).verbose_name)
    return name[:1].upper() + name[1:]


def plain(value: Any) -> Any:
    """A column's value as JSON keeps it, which is how overrides keep it too."""
    return value.isoformat() if hasattr(value, "isoformat") else value


def now_of(listing: Listing, column: str) -> Any:
    """What stands in a column of a listing now."""
    if isinstance(listing, Program) and column in OWN:
        return own_addresses.value(listing, column)
    return listing._meta.get_field(column).value_from_object(listing)  # type: ignore[union-attr]


def plain_of(listing: Listing, column: str) -> Any:
    return plain(now_of(listing, column))


def value_of(kind: str, column: str, kept: Any) -> Any:
    """The column's own value out of what JSON kept."""
    return model_field(kind, column).to_python(kept)


def words(kind: str, column: str, kept: Any) -> str:
    """A plain value as a person would say it."""
    if isinstance(kept, bool):
        return "yes" if kept else "no"
    if kept is None:
        return "not opened yet" if is_own(kind, column) else "not known"
    if kept == "":
        return "nothing"
    choices = dict(model_field(kind, column).flatchoices)
    return str(choices.get(kept, kept))
