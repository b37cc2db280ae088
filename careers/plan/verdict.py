"""What the rules say of who finishes a plan's program, in words that page, copy, calendar and table all carry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from directory.eligibility.verdict import Answer
from directory.profiles.may_sit import LOOKS

#: The rules are asked about somebody with a diploma: a supposition, and nothing that we know of the reader.
SUPPOSED: Final = "You have a high school diploma"
KEPT: Final = ("exam", "name", "reason", "missing", "caveat", "source", "as_of", "issuer", "issuer_url")
Said = dict[str, Any]


def said_of(verdict: Mapping[str, Any], *, has_program: bool) -> Said:
    """A verdict (`directory.profiles.may_sit.in_words`) as JSON can hold it: with its headline, icon and colours."""
    look = verdict["look"]
    said = {name: verdict[name] for name in KEPT}
    if said["reason"].startswith(SUPPOSED):
        said["reason"] = f"That is so if you have{said['reason'].removeprefix('You have')}"
    return {**said, "headline": _headline(verdict, has_program=has_program), "icon": look.icon, "css": look.css}


def not_offered(said: Said, off_list: str) -> Said:
    """The same of a program that is on the lists no more (`off_list` says why): that is what comes first then."""
    if not off_list:
        return said
    look = LOOKS[Answer.MAY_SIT_AFTER]
    return {
        **said,
        "headline": f"Do not count on this program. {off_list.rstrip('.')}",
        "icon": "alert",
        "css": look.css,
    }


def plain(said: Said | None) -> str:
    """The same in one paragraph, for a file; "" without an exam."""
    if said is None:
        return ""
    missing = f"Still to do: {'; '.join(said['missing'])}." if said["missing"] else ""
    source = f"{said['source']}, {said['as_of']}. Ask {said['issuer']}: {said['issuer_url']}"
    parts = [f"{said['headline']}.", said["reason"], missing, said["caveat"], source]
    return " ".join(part for part in parts if part)


def _headline(verdict: Mapping[str, Any], *, has_program: bool) -> str:
    name, answer = verdict["name"], verdict["answer"]
    if answer == Answer.MAY_SIT:
        return f"After this program you may sit the {name}" if has_program else f"You may sit the {name}"
    if answer == Answer.CANNOT_TELL:
        who = "this program lets you" if has_program else "you may"
        return f"We cannot tell whether {who} sit the {name}"
    if answer == Answer.MAY_SIT_AFTER:
        return str(verdict["look"].words)
    if has_program:
        return f"This program alone does not lead to the {name}"
    return f"Without a program there is no way to the {name} that we know"
