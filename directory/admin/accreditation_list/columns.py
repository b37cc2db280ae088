"""Which column of a list means what, what its words mean, and which fields its accreditor reviews."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from django import forms

from directory.importers.accreditor_list.layout import MEANINGS
from directory.importers.accreditor_list.words import plain_word
from directory.models import AccreditorList
from directory.pipeline.accreditor_lists.taking_in import unknown_words
from directory.vocab import AccreditationStatus

SAMPLES: Final = 3
CIP: Final = re.compile(r"[0-9]{2}(\.[0-9]{2}([0-9]{2})?)?")
#: More words than these are no statuses: the wrong column was chosen.
MOST_WORDS: Final = 25


class ColumnsForm(forms.Form):
    """One select per meaning with the columns of the file, filled in by what was said last time or is guessed."""

    def __init__(self, data: Any = None, *, accreditor_list: AccreditorList) -> None:
        super().__init__(data)
        self.accreditor_list = accreditor_list
        held = accreditor_list.agency.list_layout
        choices = [
            ("", "–"),
            *((str(at), name or f"Column {at + 1}") for at, name in enumerate(accreditor_list.header)),
        ]
        for meaning in MEANINGS:
            self.fields[meaning.key] = forms.ChoiceField(
                label=meaning.label, choices=choices, required=meaning.key == "school", help_text=meaning.help_text,
                initial=str(accreditor_list.columns.get(meaning.key, "")),
            )  # fmt: skip
        statuses = [("", "–"), *AccreditationStatus.choices]
        self.fields["otherwise"] = forms.ChoiceField(
            label="Status of rows without one", choices=statuses, required=False,
            initial=held.get("otherwise", ""),
            help_text="For lists that name only what is accredited and have no column for it.",
        )  # fmt: skip
        self.fields["cips"] = forms.CharField(
            label="Fields it reviews", required=False, initial=" ".join(held.get("cips", ())),
            help_text="CIP codes or families with blanks between, such as 51.0706 51.0707. A row then needs only the "
            "award level to name one program of its school.",
        )  # fmt: skip
        self.words: dict[str, str] = {}
        self.too_many = 0
        self._ask_for_words(statuses, held.get("words", {}))

    def _ask_for_words(self, statuses: list[tuple[str, Any]], known: dict[str, str]) -> None:
        said = self["status"].value()
        if not (said and said.isdecimal()):
            return
        unknown = unknown_words(self.accreditor_list, {"status": int(said)})
        self.too_many = len(unknown) if len(unknown) > MOST_WORDS else 0
        for number, word in enumerate(unknown[:MOST_WORDS]):
            name = f"word-{number}"
            self.words[name] = word
            self.fields[name] = forms.ChoiceField(
                label=f"“{word}” means", choices=statuses, required=False, initial=known.get(plain_word(word), ""),
                help_text="Left open, rows with it cannot be read.",
            )  # fmt: skip

    def clean_cips(self) -> list[str]:
        found = re.split(r"[\s,;]+", self.cleaned_data["cips"].strip())
        if wrong := [each for each in found if each and not CIP.fullmatch(each)]:
            raise forms.ValidationError(f"{', '.join(wrong[:3])}: not a CIP code. Write 51.0707, 51.07 or 51.")
        return [each for each in found if each]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        columns = {meaning.key: int(data[meaning.key]) for meaning in MEANINGS if data.get(meaning.key)}
        taken: dict[int, str] = {}
        for key, at in columns.items():
            if at in taken:
                self.add_error(key, f"The column already means: {self.fields[taken[at]].label}.")
            taken.setdefault(at, key)
        self._identify(columns)
        if "status" not in columns and not data.get("otherwise"):
            self.add_error("status", "Choose the column of the status, or say below which status all rows have.")
        if self.too_many:
            self.add_error(
                "status", f"This column has {self.too_many} words of its own. Is it the column of the status?"
            )
        elif any(name not in self.data for name in self.words):
            self.add_error("status", "The column has words of its own: say below what they mean.")
        data["columns"] = columns
        data["meant"] = {word: data[name] for name, word in self.words.items() if data.get(name)}
        return data

    def _identify(self, columns: dict[str, int]) -> None:
        """A name alone names no school, and a school alone names no program."""
        if "school" in columns and not {"unitid", "opeid"} & columns.keys() and not {"city", "state"} <= columns.keys():
            self.add_error(
                "school", "A name alone is not enough: choose UNITID, OPEID, or both city and state as well."
            )
        if self.accreditor_list.agency.programmatic and not {"level", "cip", "program"} & columns.keys():
            self.add_error("level", "This accreditor reviews programs: choose the award level, CIP code or program.")

    def rows_of_form(self) -> Iterator[tuple[Any, str]]:
        """Each field of a column with what stands there in the first rows."""
        samples = list(self.accreditor_list.rows.order_by("line").values_list("cells", flat=True)[:SAMPLES])
        for meaning in MEANINGS:
            value = self[meaning.key].value()
            at = int(value) if value and value.isdecimal() else None
            shown = [row[at] for row in samples if at is not None and at < len(row) and row[at]]
            yield self[meaning.key], " · ".join(shown)

    def rest(self) -> list[Any]:
        """The fields that are no columns."""
        return [self["otherwise"], *(self[name] for name in self.words), self["cips"]]
