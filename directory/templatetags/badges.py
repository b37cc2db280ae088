"""How an accreditation standing looks: words first, then an icon, colour last."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from directory.templatetags.figures import as_of
from directory.templatetags.icons import icon
from directory.vocab import PROGRAM_ACCREDITOR as WHO

register = template.Library()


class Look(NamedTuple):
    css: str
    icon: str
    label: str
    note: str


#: `not-confirmed` and `not-accredited` are grey, not amber: most sound coding certificates are there.
LOOKS: Final[dict[str, Look]] = {
    "accredited": Look("b-ok", "seal", f"{WHO} accredited", "Confirmed with the accreditor"),
    "stated": Look("b-said", "quote", f"Said to be {WHO} accredited", f"Not confirmed: ask {WHO} before you enroll"),
    "candidate": Look("b-said", "clock", f"Candidate for {WHO} accreditation", "Applying, not accredited yet"),
    "on-notice": Look("b-warn", "alert", f"{WHO} accredited, on notice", "Ask the exam’s issuer what this means"),
    "not-accredited": Look("b-none", "dash", f"Not {WHO} accredited", "By the accreditor’s own record"),
    "not-confirmed": Look("b-none", "unknown", f"{WHO}: not confirmed", f"Nobody has confirmed it with {WHO}"),
}

#: Standings that rest on no statement, so that there is nothing to date.
UNDATED: Final = ("not-confirmed", "not-accredited")


@register.simple_tag
def accreditation_badge(standing: Any = None, **given: Any) -> SafeString:
    """A badge for {status, label, note, as_of}, given as an object, a dict or keywords.

    Label and note have words of their own. A status that we do not know is shown as not confirmed. The date
    is said for every standing that rests on a statement, "undated" when it has none.
    """

    def read(name: str) -> Any:
        if name in given:
            return given[name]
        return standing.get(name) if isinstance(standing, dict) else getattr(standing, name, None)

    status = str(read("status") or "not-confirmed")
    look = LOOKS.get(status, LOOKS["not-confirmed"])
    when = read("as_of")
    dated = f"As of {as_of(when)}" if when else "" if status in UNDATED else "Undated"
    note = str(read("note") or look.note).removesuffix(".")
    return format_html(
        '<div class="badge {}">{}<span><b>{}</b><small>{}{}</small></span></div>',
        look.css,
        icon(look.icon),
        read("label") or look.label,
        note,
        f". {dated}" if dated else "",
    )
