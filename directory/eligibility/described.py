"""A person as somebody describes them in JSON: read strictly, every mistake named by its field. Pure.

The fields are those of `POST /api/v1/eligibility/`; docs/eligibility.md says what leaving one out means.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from typing import Any, Final

from directory.eligibility.person import LEVELS, REFUSED, UNKNOWN, Award, Person, Status, Unknown
from directory.eligibility.rules import Experience

#: A hundred years of work; what is more is a slip of the pen, or somebody trying the door.
MOST_MONTHS: Final = 1_200
MOST_HOURS: Final = 200_000
MOST_CREDITS: Final = 1_000
MOST_LETTERS: Final = 200
CIP: Final = re.compile(r"\d{2}(?:\.\d{2}(?:\d{2})?)?", re.ASCII)

Values = Mapping[str, Any]


class BadDescription(ValueError):
    """Some fields cannot be read. `errors`: field -> what is wrong with it."""

    def __init__(self, errors: Mapping[str, list[str]]) -> None:
        super().__init__(f"Could not read {', '.join(sorted(errors))}.")
        self.errors = dict(errors)


class _Wrong(ValueError):
    """One field cannot be read; the message says why, to the one who wrote it."""


def person_described(values: Values, *, credentials: Collection[str], courses: Collection[str]) -> Person:
    """The person of a description. `credentials` and `courses` are the names that may be held or completed.

    null is the same as leaving out, except for `award_level` and `program_accreditor`, where it says that there is
    none. Unknown names, wrong types and impossible amounts are refused. Raises BadDescription with every mistake.
    """
    read = _Reading(values)
    award_level = read("award_level", _level)
    months = read("experience_months", lambda given: _amounts(given, MOST_MONTHS), {})
    hours = read("experience_hours", lambda given: _amounts(given, MOST_HOURS), {})
    person_only = {
        "diploma": read("diploma", _yes_or_no, UNKNOWN),
        "months": months,
        "hours": hours,
        "credentials": read("credentials", lambda given: _names(given, credentials), frozenset()),
        "credits": read("credits", lambda given: _whole(given, MOST_CREDITS), 0),
        "completed": read("completed", lambda given: _names(given, courses), frozenset()),
        "school_accreditors": read("school_accreditor", lambda given: frozenset({_text(given).casefold()}), UNKNOWN),
        "reciprocity": read("reciprocity", _yes_or_no, False),
    }
    program = {
        "cip": read("award_cip", _cip, UNKNOWN),
        "last_term": read("last_term", _yes_or_no, False),
        **_accreditation(
            read("program_accreditor", _text),
            read("program_accreditation_status", _status),
            none="program_accreditor" in values and values["program_accreditor"] is None,
        ),
    }
    read.finish(FIELDS)
    return Person(award=_award(values, award_level, program), **person_only)


#: Everything that describes a person.
FIELDS: Final = frozenset(
    {
        *("diploma", "award_level", "award_cip", "program_accreditor", "program_accreditation_status", "last_term"),
        *("experience_months", "experience_hours", "credentials", "credits", "completed"),
        *("school_accreditor", "reciprocity"),
    }
)
#: What is said about an award's program, and so says that there is one.
_OF_A_PROGRAM: Final = ("award_cip", "program_accreditor", "program_accreditation_status", "last_term")
_ANY_LEVEL: Final = frozenset(level for levels in LEVELS.values() for level in levels)


class _Reading:
    """Reads field after field and collects what is wrong."""

    def __init__(self, values: Values) -> None:
        self.values = values
        self.errors: dict[str, list[str]] = {}

    def __call__(self, name: str, kind: Callable[[Any], Any], absent: Any = None) -> Any:
        given = self.values.get(name)
        if given is None:
            return absent
        try:
            return kind(given)
        except _Wrong as wrong:
            self.errors[name] = [str(wrong)]
            return absent

    def finish(self, known: Collection[str]) -> None:
        for name in self.values:
            if name not in known:
                self.errors[shown(name)] = [f"There is no such field. Fields: {', '.join(sorted(known))}."]
        if self.errors:
            raise BadDescription(self.errors)


def shown(text: str) -> str:
    """What somebody wrote, short enough to be repeated to them, and without halves of characters (JSON allows them)."""
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return whole if len(whole) <= 40 else f"{whole[:40]}…"


# --- the award ---------------------------------------------------------------------------------------


def _award(values: Values, level: str | None, program: Values) -> Award | Unknown | None:
    """The award, by what is said of it and of the person's education.

    "award_level": null says that there is none. Left out, it is unknown; but who says whether they have a diploma and
    names no award has described their education whole, and has none. Anything said about an award's program says that
    there is one, of whatever level.
    """
    if level is None and "award_level" in values:
        return None
    if level is not None and level not in (_NONE, _UNKNOWN):
        return Award(LEVELS[level], **program)
    if level == _NONE:
        return None
    if any(values.get(name) for name in _OF_A_PROGRAM):
        return Award(_ANY_LEVEL, **program)
    return None if level is None and values.get("diploma") is not None else UNKNOWN


def _accreditation(accreditor: str | None, status: Status | None, *, none: bool) -> dict[str, Any]:
    """What `Award` takes. A status without an accreditor tells something only when it says that there is no more."""
    word = (accreditor or "").casefold()
    if none or word == _NONE:
        doubtful = status is not None and status != Status.ACCREDITED
        return {"otherwise": status if doubtful else Status.NOT_ACCREDITED}
    if not word or word == _UNKNOWN:
        return {"otherwise": status if status in REFUSED else Status.UNKNOWN}
    # A program has one accreditor here, so the others do not accredit it.
    return {"accreditation": {word: status or Status.UNKNOWN}, "otherwise": Status.NOT_ACCREDITED}


# --- values ------------------------------------------------------------------------------------------

_SINGULAR: Final = {"bachelor": "bachelors", "master": "masters"}
_NONE: Final = "none"
_UNKNOWN: Final = "unknown"


def _text(given: Any) -> str:
    if not isinstance(given, str) or not given.strip():
        raise _Wrong("Must be text.")
    if len(given) > MOST_LETTERS:
        raise _Wrong(f"Must have at most {MOST_LETTERS} letters.")
    return given.strip()


def _word(given: Any, known: Collection[str]) -> str:
    """One of the known words; capitals, spaces, underscores and apostrophes make no difference."""
    word = re.sub(r"[\s_]+", "-", re.sub(r"['’]", "", _text(given)).casefold())
    if word not in known:
        raise _Wrong(f"“{shown(_text(given))}” is not one of {', '.join(sorted(known))}.")
    return word


def _level(given: Any) -> str:
    word = _word(given, {*LEVELS, *_SINGULAR, _NONE, _UNKNOWN})
    return _SINGULAR.get(word, word)


def _status(given: Any) -> Status:
    return Status(_word(given, {status.value for status in Status}))


def _cip(given: Any) -> str:
    text = _text(given)
    if not CIP.fullmatch(text):
        raise _Wrong("Must be a CIP code such as 51.0707, or the beginning of one: 51 or 51.07.")
    return text


def _yes_or_no(given: Any) -> bool:
    if not isinstance(given, bool):
        raise _Wrong("Must be true or false.")
    return given


def _whole(given: Any, most: int) -> int:
    if isinstance(given, bool) or not isinstance(given, int):
        raise _Wrong("Must be a whole number.")
    if not 0 <= given <= most:
        raise _Wrong(f"Must be between 0 and {most:,}.")
    return given


def _amounts(given: Any, most: int) -> dict[Experience, int]:
    if not isinstance(given, Mapping):
        raise _Wrong("Must be an object: kind of work to a whole number.")
    kinds = {kind.value for kind in Experience}
    found: dict[Experience, int] = {}
    for kind, amount in given.items():
        read = Experience(_word(kind, kinds))
        if read in found:
            raise _Wrong(f"“{read.value}” is named twice.")
        found[read] = _whole(amount, most)
    return found


def _names(given: Any, known: Collection[str]) -> frozenset[str]:
    if not isinstance(given, list):
        raise _Wrong("Must be a list.")
    return frozenset(_word(each, known) for each in given)
