"""“May I sit this?” as parameters of an address: what a reader says about themselves, read without guessing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.http import QueryDict

from directory.eligibility.person import LEVELS, UNKNOWN, Award, Person, Status, Unknown, accredited_by
from directory.eligibility.questions import Questions
from directory.eligibility.rules import Accreditor, Experience
from directory.filters.fields import Repeatable, quoted
from directory.filters.parameters import whole_number
from directory.models import Condition

NOT_SAID: Final = ("", "I have not said")
AWARDS: Final = (
    NOT_SAID,
    ("none", "None yet"),
    ("certificate", "A certificate"),
    ("associate", "An associate degree"),
    ("bachelors", "A bachelor’s degree"),
    ("postbacc-certificate", "A certificate after a bachelor’s degree"),
    ("masters", "A master’s degree"),
    ("doctorate", "A doctorate"),
)
STATUSES: Final = (
    ("", "I do not know"),
    (Status.ACCREDITED, "Yes, I checked with {who}"),
    (Status.STATED, "The school says so"),
    (Status.CANDIDATE, "It is a candidate"),
    (Status.PROBATION, "It is on probation or on notice"),
    (Status.WITHDRAWN, "Not any more: it was withdrawn"),
    (Status.NOT_ACCREDITED, "No"),
)
DIPLOMA: Final = (NOT_SAID, ("yes", "Yes"), ("no", "No"))
#: Asked beside the other kinds, which count as health care too.
OTHER_WORK: Final = "Other work in health care or its records"
#: Courses and practica that conditions of ours name; one that staff add shows its own name until it stands here.
COURSES: Final[Mapping[str, str]] = {
    "ncra-practicum": "The practicum of a program that NCRA accredits",
    "ncra-certificate": "A certificate program that NCRA accredits",
    "anatomy-physiology": "Two semesters of human anatomy and physiology, with a C or better",
    "ahima-approved-coding": "A coding program that AHIMA approved",
    "coding-courses": "Courses in medical terms, anatomy, diseases, drugs, payment and coding",
}
FIFTY_YEARS: Final = 600
#: No code of any field, so that no condition matches it.
OTHER_FIELD: Final = "other"


class PersonForm(forms.Form):
    """Asks what some rules ask and nothing more. A value that cannot be read is named and counts as not said."""

    def __init__(
        self,
        data: QueryDict,
        *,
        asked: Questions,
        names: Mapping[str, str],
        titles: Mapping[str, str],
        finished: bool = False,
    ) -> None:
        """`names`: slug of a certification -> acronym. `titles`: CIP -> title.

        `finished`: a program stands for the award, so that nothing is asked about it.
        """
        self.asked, self.address = asked, data
        super().__init__(data, auto_id="may-%s")
        award = {} if finished else _award_fields(asked, titles)
        self.fields.update({**_diploma_field(asked), **award, **_other_fields(asked, names)})

    @property
    def told(self) -> bool:
        """Whether the reader has said anything that the rules ask about."""
        return any(value.strip() for name in self.fields for value in self.address.getlist(name))

    def clean(self) -> dict[str, Any]:
        for name, field in self.fields.items():
            values = self.address.getlist(name)
            if isinstance(field, Repeatable):
                if name in self.errors:
                    self.cleaned_data[name] = field.readable(values)
            elif len(set(values)) > 1 and name not in self.errors:
                self.add_error(name, f"Give one value, not {len(set(values))}: {quoted(values)}.")
        return self.cleaned_data

    def person(self, award: Award | None = None) -> Person:
        """Who asks; `award` is that of a program that stands for what the reader has finished."""
        self.full_clean()
        said = self.cleaned_data
        return Person(
            diploma={"yes": True, "no": False}.get(said.get("diploma", ""), UNKNOWN),
            award=award or self._award(said),
            months={kind: said[kind] for kind in self.asked.experience if said.get(kind)},
            credentials=frozenset(said.get("holds", ())),
            credits=said.get("credits") or 0,
            completed=frozenset(said.get("completed", ())),
            reciprocity=bool(said.get("abroad")),
        )

    def _award(self, said: Mapping[str, Any]) -> Award | Unknown | None:
        award = said.get("award", "")
        if award in ("", "none"):
            return None if award else UNKNOWN
        accreditation: dict[str, Status] = {}
        for accreditor in self.asked.accreditors:
            if status := said.get(parameter(accreditor), ""):
                accreditation.update(accredited_by(str(accreditor), Status(status)))
        return Award(
            LEVELS[award],
            cip=said.get("cip") or UNKNOWN,
            accreditation=accreditation,
            last_term=bool(said.get("last_term")),
        )


def parameter(accreditor: Accreditor) -> str:
    """The name in the address: "cahiim"."""
    return str(accreditor).casefold().replace(" ", "-")


def _diploma_field(asked: Questions) -> dict[str, forms.Field]:
    return {"diploma": _choice("Do you have a high school diploma or a GED?", DIPLOMA)} if asked.diploma else {}


def _award_fields(asked: Questions, titles: Mapping[str, str]) -> dict[str, forms.Field]:
    if not asked.award:
        return {}
    fields: dict[str, forms.Field] = {"award": _choice("Your highest award, or the one you study for", AWARDS)}
    if asked.cips:
        choices = [NOT_SAID, *((cip, titles.get(cip, cip)) for cip in asked.cips), (OTHER_FIELD, "Another field")]
        fields["cip"] = _choice("Its field of study", choices)
    for accreditor in asked.accreditors:
        statuses = [(value, label.format(who=accreditor)) for value, label in STATUSES]
        fields[parameter(accreditor)] = _choice(f"Does {accreditor} accredit that program?", statuses)
    if asked.last_term:
        fields["last_term"] = forms.BooleanField(label="I am still in my last term", required=False)
    return fields


def _other_fields(asked: Questions, names: Mapping[str, str]) -> dict[str, forms.Field]:
    fields: dict[str, forms.Field] = {}
    for kind in asked.experience:
        fields[kind] = _number(f"{_work(kind)}: months of work", FIFTY_YEARS, name="The number of months")
    if asked.credits:
        fields["credits"] = _number("College credits", 1_000, name="The number of credits")
    if asked.courses:
        fields["completed"] = _several("I have completed", [(each, _course(each)) for each in asked.courses])
    if held := [(slug, acronym) for slug, acronym in names.items() if slug in asked.credentials]:
        fields["holds"] = _several("I hold", held)
    if asked.abroad:
        fields["abroad"] = forms.BooleanField(
            label="I finished a program abroad that the issuer accepts", required=False
        )
    return fields


def _work(kind: Experience) -> str:
    return OTHER_WORK if kind == Experience.HEALTH_CARE else str(Condition.Experience(kind.value).label)


def _course(slug: str) -> str:
    return COURSES.get(slug, slug.replace("-", " ").capitalize())


def _choice(label: str, choices: Sequence[tuple[str, str]]) -> forms.ChoiceField:
    wrong = "“%(value)s” is no choice here, so it counts as not said."
    return forms.ChoiceField(
        label=label,
        choices=choices,
        required=False,
        widget=forms.Select({"class": "select"}),
        error_messages={"invalid_choice": wrong},
    )


def _number(label: str, most: int, *, name: str) -> forms.IntegerField:
    field = whole_number(0, most, name=name)
    field.label, field.widget.attrs["class"] = label, "input"
    return field


def _several(label: str, choices: Sequence[tuple[str, str]]) -> Repeatable:
    wrong = "%(value)s is no choice here and was left out."
    return Repeatable(
        label=label,
        choices=choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": wrong},
    )
