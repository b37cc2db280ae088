"""Two listings that a person names by whatever is at hand: a key, a UNITID, an address, or a page's whole address."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlsplit

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from directory.models import DuplicatePair, Program, School

KINDS: Final[dict[str, type[Program | School]]] = {"program": Program, "school": School}
#: What `select_related` of each kind a page needs.
RELATED: Final = {"program": ("school", "field", "release", "merged_into"), "school": ("release", "merged_into")}
LONGEST: Final = 500


class TwoForm(forms.Form):
    """Which two to look at. After `clean`, `two` are the listings."""

    kind = forms.ChoiceField(label="What", choices=(("program", "Two programs"), ("school", "Two schools")))
    one = forms.CharField(
        label="One",
        max_length=LONGEST,
        widget=AdminTextInputWidget(attrs={"class": "vLargeTextField"}),
        help_text="Its page’s address here, its slug, or a school’s UNITID",
    )
    other = forms.CharField(
        label="The other", max_length=LONGEST, widget=AdminTextInputWidget(attrs={"class": "vLargeTextField"})
    )
    two: tuple[Any, Any]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        kind, found = data.get("kind", ""), {}
        for name in ("one", "other"):
            if kind and data.get(name):
                found[name] = named(kind, data[name])
                if found[name] is None:
                    self.add_error(name, f"No {kind} is found by this.")
        if len(found) == 2 and all(found.values()):
            if found["one"].pk == found["other"].pk:
                raise ValidationError(f"Both name {found['one']}. Name another one beside it: these are one already.")
            self.two = found["one"], found["other"]
        return data


def named(kind: str, text: str) -> Any:
    """The listing that a text names, also by a former address; None when there is none."""
    words = text.replace("\0", "").strip()
    try:
        parts = [part for part in urlsplit(words).path.split("/") if part]
    except ValueError:
        return None
    slug = parts[1] if len(parts) > 1 and parts[0] == f"{kind}s" else (parts[-1] if parts else "")
    rows: Any = KINDS[kind]._default_manager.select_related(*RELATED[kind])
    if slug.isascii() and slug.isdecimal() and len(slug) < 10:
        by_number = rows.filter(unitid=int(slug)).first() if kind == "school" else None
        if by_number or "change" not in parts:
            return by_number
    if "change" in parts and (key := parts[parts.index("change") - 1]).isdecimal():
        return rows.filter(pk=int(key)).first() if len(key) < 19 else None
    return rows.filter(slug=slug).first() or rows.filter(former_slugs__slug=slug).first()


def asked_for(request: HttpRequest) -> tuple[Any, Any] | None:
    """The two listings that the address names by their keys (`kind`, `one`, `other`); None without two of a kind."""
    one, other = by_keys(request, "one", "other")
    return (one, other) if one and other and one.pk != other.pk else None


def by_keys(request: HttpRequest, *names: str) -> list[Any]:
    """The listings whose keys stand in the address under these names; None for what is no key of a listing."""
    kind = request.GET.get("kind", "")
    keys = [request.GET.get(name, "") for name in names]
    if kind not in KINDS or not all(key.isascii() and key.isdecimal() and len(key) < 19 for key in keys):
        return [None for _ in names]
    rows = KINDS[kind]._default_manager.select_related(*RELATED[kind]).in_bulk([int(key) for key in keys])
    return [rows.get(int(key)) for key in keys]


def pair_of(one: Any, other: Any) -> DuplicatePair | None:
    """The likely pair that the two are."""
    kind = "program" if isinstance(one, Program) else "school"
    first, second = sorted((one.pk, other.pk))
    rows = DuplicatePair.objects.select_related("told_apart_by")
    return rows.filter(**{kind: first, f"other_{kind}": second}).first()
