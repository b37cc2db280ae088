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
WORK: Final[Mapping[Experience, str]] = {
    Experience.CODING: "Coding",
    Experience.PRIVACY_SECURITY: "Managing privacy or security",
    Experience.CANCER_REGISTRY: "Cancer registry",
    Experience.HEALTH_CARE: "Other work in health care or its records",
}
#: Courses and practica that conditions of ours name; one that staff add shows its own name until it stands here.
COURSES: Final[Mapping[str, str]] = {
    "ncra-practicum": "The practicum of a program that NCRA accredits",
    "ncra-certificate": "A certificate program that NCRA accredits",
    "anatomy-physiology": "Two semesters of human anatomy and physiology, with a C or better",
    "ahima-approved-coding": "A coding program that AHIMA approved",
    "coding-courses": "Courses in medical terms, anatomy, diseases, drugs, payment and coding",
    "training-program": "A training program for this work",
}
FIFTY_YEARS: Final = 600


class PersonForm(forms.Form):
    """Asks what some rules ask and nothing more. A value that cannot be read is named and counts as not said."""

    def __init__(self, data: QueryDict, *, asked: Questions, names: Mapping[str, str], finished: bool = False) -> None:
        """`names`: slug -> acronym of the certifications. `finished`: a program stands for the award."""
        self.asked = asked
        super().__init__(data)
        self.fields.update(_fields(asked, names, with_award=not finished))

    @property
    def told(self) -> bool:
        """Whether the reader has said anything that the rules ask about."""
        return any(value.strip() for name in self.fields for value in self._values(name))

    def _values(self, name: str) -> list[str]:
        assert isinstance(self.data, QueryDict)
        return self.data.getlist(name)

    def clean(self) -> dict[str, Any]:
        for name, field in self.fields.items():
            values = self._values(name)
            if isinstance(field, Repeatable):
                if name in self.errors:
                    self.cleaned_data[name] = field.readable(values)
            elif len(set(values)) > 1 and name not in self.errors:
                self.add_error(name, f"Give one value, not {len(set(values))}: {quoted(values)}.")
        return self.cleaned_data

    def person(self, award: Award | None = None) -> Person:
        """Who asks; `award` is that of a program that stands for what the reader has finished."""
        said = self.cleaned_data if self.is_valid() or self.is_bound else {}
        return Person(
            diploma={"yes": True, "no": False}.get(said.get("diploma", ""), UNKNOWN),
            award=award or self._award(said),
            months={kind: said[kind] for kind in self.asked.experience if said.get(kind)},
            credentials=frozenset(said.get("holds", ())),
            credits=said.get("credits") or 0,
            completed=frozenset(said.get("completed", ())),
            reciprocity=bool(said.get("abroad")),
        )

    def _award(self, said: Mapping[str, Any]) -> Award | None | Unknown:
        award = said.get("award", "")
        if award in ("", "none"):
            return None if award else UNKNOWN
        accreditation: dict[str, Status] = {}
        for accreditor in self.asked.accreditors:
            if status := said.get(parameter(accreditor), ""):
                accreditation.update(accredited_by(str(accreditor), Status(status)))
        return Award(LEVELS[award], accreditation=accreditation, last_term=bool(said.get("last_term")))


def parameter(accreditor: Accreditor) -> str:
    """The name in the address: "cahiim"."""
    return str(accreditor).casefold().replace(" ", "-")


def _fields(asked: Questions, names: Mapping[str, str], *, with_award: bool) -> dict[str, forms.Field]:
    fields: dict[str, forms.Field] = {}
    if asked.diploma:
        fields["diploma"] = _choice("Do you have a high school diploma or a GED?", DIPLOMA)
    if asked.award and with_award:
        fields["award"] = _choice("Your highest award, or the one you study for", AWARDS)
        for accreditor in asked.accreditors:
            choices = [(value, label.format(who=accreditor)) for value, label in STATUSES]
            fields[parameter(accreditor)] = _choice(f"Does {accreditor} accredit that program?", choices)
        fields["last_term"] = forms.BooleanField(label="I am still in my last term", required=False)
    for kind in asked.experience:
        fields[kind] = whole_number(0, FIFTY_YEARS, name="The number of months")
        fields[kind].label = f"{WORK[kind]}, months of work"
    if asked.credits:
        fields["credits"] = whole_number(0, 1_000, name="The number of credits")
        fields["credits"].label = "College credits"
    if asked.courses:
        fields["completed"] = _several("I have completed", [(each, _course(each)) for each in asked.courses])
    if held := [(slug, acronym) for slug, acronym in names.items() if slug in asked.credentials]:
        fields["holds"] = _several("I hold", held)
    if asked.abroad:
        fields["abroad"] = forms.BooleanField(label="I finished a program abroad that the issuer accepts", required=False)
    return fields


def _course(slug: str) -> str:
    return COURSES.get(slug, slug.replace("-", " ").capitalize())


def _choice(label: str, choices: Sequence[tuple[str, str]]) -> forms.ChoiceField:
    wrong = "“%(value)s” is no choice here, so it counts as not said."
    return forms.ChoiceField(label=label, choices=choices, required=False, error_messages={"invalid_choice": wrong})


def _several(label: str, choices: Sequence[tuple[str, str]]) -> Repeatable:
    wrong = "%(value)s is no choice here and was left out."
    return Repeatable(
        label=label,
        choices=choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": wrong},
    )
