"""The decision about a review or a school's reply: shown, or refused with a reason that its writer reads."""

from __future__ import annotations

from typing import Any

from django import forms

from directory.admin.decision_text import InsertsText
from directory.admin.meanwhile import STOOD, Overtakable, decided_in_words, stamp_of
from directory.models import DecisionText
from directory.vocab import RefusalReason, ReviewState

DECISIONS = (("", "Leave it as it is"), (ReviewState.SHOWN, "Accept it"), (ReviewState.REFUSED, "Refuse it"))
CHANGED = "Its writer has changed or withdrawn it since you opened this page. Read it again: nothing was decided."


class DecisionForm(InsertsText, Overtakable):
    """Decides about the very words that the page showed: `seen` is their revision, `stood` what was decided then."""

    decision = forms.ChoiceField(choices=DECISIONS, required=False, widget=forms.RadioSelect)
    seen = forms.IntegerField(widget=forms.HiddenInput)

    texts_of = DecisionText.Kind.REVIEW
    text_goes_to = "note"

    class Meta:
        fields = ("reason", "note")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "seen" in self.fields:  # not where the row can only be read
            self.initial["seen"] = self.instance.revision
            self.initial[STOOD] = stamp_of(self.instance)
        for name, words in (
            ("reason", "Only to refuse. The writer reads this sentence."),
            ("note", "A sentence more for the writer: which words it is about, and what would help."),
        ):
            if name in self.fields:
                self.fields[name].help_text = words
        if "note" in self.fields:
            focus = self.fields["note"].widget.attrs.get("autofocus")
            self.fields["note"].widget = forms.Textarea(attrs={"rows": 4, "cols": 70, "autofocus": bool(focus)})

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        # The page's transaction holds the row until the decision is kept.
        held = type(self.instance)._default_manager.select_for_update().get(pk=self.instance.pk)
        if held.state == ReviewState.WITHDRAWN or held.revision != given.get("seen"):
            raise forms.ValidationError(CHANGED)
        if given.get("decision") and self.overtaken(stamp_of(held), given.get(STOOD), decided_in_words(held)):
            return given
        decision, reason = given.get("decision"), given.get("reason")
        if decision == ReviewState.REFUSED and not reason:
            self.add_error("reason", "Choose the reason: its writer is told why.")
        if reason == RefusalReason.OTHER and not (given.get("note") or "").strip():
            self.add_error("note", "Say the reason in words of your own.")
        if reason and decision == ReviewState.SHOWN and reason != held.reason:
            self.add_error("reason", "A reason is for refusing; empty it, or refuse.")
        return given

    def _post_clean(self) -> None:
        """Nothing is put into the row here: `engagement.moderation` writes it."""


class ReplyDecisionForm(DecisionForm):
    """The same for a school's reply, with the texts for schools."""

    texts_of = DecisionText.Kind.REPLY
