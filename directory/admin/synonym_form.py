"""The form of a synonym, which refuses what the search could not use, and says why."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from directory.models import Synonym
from directory.search.freshness import current
from directory.search.synonym_check import Findings, check, tidy

#: A change of these is a change of what the search reads.
READ = frozenset(("words", "means", "active"))


class SynonymForm(forms.ModelForm):
    """`warnings` is what its author should know although it is kept."""

    #: Whether the form is only to be looked at: it is never valid then, so nothing is saved.
    previews: ClassVar[bool] = False

    class Meta:
        model = Synonym
        fields = ("words", "means", "active", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.warnings: list[str] = []

    def is_valid(self) -> bool:
        return super().is_valid() and not self.previews

    def clean_words(self) -> str:
        return tidy(self.cleaned_data["words"], small=True)

    def clean_means(self) -> str:
        # Capitals stay: "AS" is a degree and "as" is a word.
        return tidy(self.cleaned_data["means"], small=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        words, means = given.get("words"), given.get("means")
        # An old one may rest on a school that has closed; its note can be written all the same.
        if words and means and (self.previews or READ.intersection(self.changed_data)):
            found = self._found(words, means)
            self.warnings = found.warnings
            for name, message in found.refused.items():
                self.add_error(name, message)
        return given

    def _found(self, words: str, means: str) -> Findings:
        others = Synonym.objects.exclude(pk=self.instance.pk).values_list("words", "means")
        return check(words=words, means=means, others=dict(others), vocabulary=current().vocabulary)
