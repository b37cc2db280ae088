"""The form of a review: what can be said, what is needed, and what is wrong with what was typed."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django import forms
from django.utils import timezone

from directory.engagement.review_reports import LONGEST_NOTE
from directory.engagement.review_words import LONGEST, LONGEST_REPLY, SHORTEST, cleaned, trouble
from directory.engagement.reviews import Words
from directory.models import Review
from directory.vocab import ASPECTS, Rating, ReviewReportReason, ReviewRole

LONGEST_TITLE: Final = 100
#: A program of more than ten years ago is another program.
YEARS: Final = 10
CANT_SAY: Final = ("", "Can’t say")
NOT_FOR_PEOPLE: Final = "This field is for machines. Empty it, and send the form again."


class Typed(forms.CharField):
    """Text as it was typed. Signs that cannot be seen are taken out and not complained about."""

    def __init__(self, **options: Any) -> None:
        super().__init__(strip=False, required=False, **options)
        self.validators = []


class Trap(forms.Form):
    """A field that people do not see and machines fill in. Works without scripts, and loses nothing that was typed."""

    homepage = Typed()
    #: Fields with a hint below them.
    hinted: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.describe()

    def describe(self) -> None:
        """Tie to each field the hint and the message that are there, for who hears the page."""
        wrong = self._errors or {}  # type: ignore[attr-defined]  # asking for `errors` would check the form at once
        for name, field in self.fields.items():
            told = [f"id_{name}_hint"] if name in self.hinted else []
            if name in wrong:
                field.widget.attrs["aria-invalid"] = "true"
                told.append(f"id_{name}_error")
            if told:
                field.widget.attrs["aria-describedby"] = " ".join(told)

    def add_error(self, field: str | None, error: Any) -> None:
        super().add_error(field, error)
        self.describe()

    def clean_homepage(self) -> str:
        if self.cleaned_data["homepage"]:
            raise forms.ValidationError(NOT_FOR_PEOPLE)
        return ""


class ReviewForm(Trap):
    """What a reader says of a program. `words()` of a valid one goes to `engagement.reviews.send`."""

    role = forms.ChoiceField(
        label="You are",
        choices=ReviewRole.choices,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Say whether you study there, finished, or left."),
    )
    year = forms.TypedChoiceField(
        label="Year",
        coerce=int,
        error_messages={"required": "Choose the year.", "invalid_choice": "Choose one of the years of the list."},
        widget=forms.Select(attrs={"class": "select"}),
    )
    title = Typed(label="A headline", widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off"}))
    text = Typed(label="What should the next student know?", widget=forms.Textarea(attrs={"class": "input", "rows": 9}))

    use_required_attribute = False
    hinted = ("year", "title", "text")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        this_year = timezone.localdate().year
        years = [(str(year), str(year)) for year in range(this_year, this_year - YEARS - 1, -1)]
        self.fields["year"].choices = [("", "Choose"), *years]  # type: ignore[attr-defined]
        for name, label in ASPECTS.items():
            self.fields[name] = _rating(label, needed=name == "overall")

    def clean_title(self) -> str:
        title = " ".join(cleaned(self.cleaned_data["title"]).split())
        if len(title) > LONGEST_TITLE:
            raise forms.ValidationError(f"A headline has at most {LONGEST_TITLE} characters; this has {len(title):,}.")
        return title

    def clean_text(self) -> str:
        text = cleaned(self.cleaned_data["text"])
        if wrong := trouble(text):
            raise forms.ValidationError(wrong)
        return text

    def words(self) -> Words:
        given = self.cleaned_data
        ratings = {name: given[name] for name in ASPECTS if given[name] is not None}
        return Words(given["role"], given["year"], given["title"], given["text"], ratings)

    def ratings(self) -> list[forms.BoundField]:
        """The fields of the aspects, in the order in which they are asked."""
        return [self[name] for name in ASPECTS]

    def typed(self) -> dict[str, str]:
        """What was typed, to be put into a form again."""
        return {name: str(self.data.get(name, "")) for name in self.fields if name != "homepage"}

    def first_wrong(self) -> list[tuple[str, str, str]]:
        """Address of the field, its label and what is wrong, in the order of the page."""
        order = ("role", "year", *ASPECTS, "title", "text", "homepage")
        return [
            (_place(name), str(self.fields[name].label or "The last field"), str(message))
            for name in order
            for message in self.errors.get(name, ())
        ]

    lengths = {"shortest": SHORTEST, "longest": LONGEST, "title": LONGEST_TITLE}


def as_typed(review: Review) -> dict[str, Any]:
    """A review in the fields of the form."""
    return {name: getattr(review, name) for name in ("role", "year", "title", "text", *ASPECTS)}


def _rating(label: str, *, needed: bool) -> forms.TypedChoiceField:
    marks = [(str(mark.value), str(mark.label)) for mark in Rating]
    return forms.TypedChoiceField(
        label=label,
        choices=marks if needed else [*marks, CANT_SAY],
        coerce=int,
        empty_value=None,
        required=needed,
        widget=forms.RadioSelect,
        error_messages={"required": "Give one mark for the whole.", "invalid_choice": "Choose one of the marks."},
    )


def _place(name: str) -> str:
    """The id that a link to a field leads to: of a group of radio buttons the first one's."""
    return f"id_{name}_0" if name == "role" or name in ASPECTS else f"id_{name}"


class ReportForm(Trap):
    """What a reader thinks is wrong with a review."""

    reason = forms.ChoiceField(
        label="What is wrong with it?",
        choices=ReviewReportReason.choices,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose what is wrong."),
    )
    note = Typed(
        label="What should we know?",
        widget=forms.Textarea(attrs={"class": "input", "rows": 4}),
    )

    use_required_attribute = False
    hinted = ("note",)

    def clean_note(self) -> str:
        note = cleaned(self.cleaned_data["note"])
        if len(note) > LONGEST_NOTE:
            raise forms.ValidationError(f"At most {LONGEST_NOTE:,} characters fit; this has {len(note):,}.")
        return note


class ReplyForm(Trap):
    """A school's answer to a review."""

    text = Typed(
        label="The school’s answer",
        widget=forms.Textarea(attrs={"class": "input", "rows": 8}),
    )

    use_required_attribute = False
    hinted = ("text",)
    longest = LONGEST_REPLY

    def clean_text(self) -> str:
        text = cleaned(self.cleaned_data["text"])
        if wrong := trouble(text, shortest=1, longest=LONGEST_REPLY):
            raise forms.ValidationError(wrong)
        return text
