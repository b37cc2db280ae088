"""The exams after a program: those that it opens, and those that are open to its graduates as to everybody."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from directory.models import Condition, Opening

#: Conditions that a reader meets without the program, or does not meet with it either.
ANYWAY: Final = (Condition.Kind.NONE, Condition.Kind.DIPLOMA)


class Exams(NamedTuple):
    """Openings of one program in the order of the certifications, in two parts."""

    because: Sequence[Opening]  # something that the program gives decides
    anyway: Sequence[Opening]  # a diploma or nothing at all is enough

    def __bool__(self) -> bool:
        return bool(self.because or self.anyway)


def depends_on_program(opening: Opening) -> bool:
    """Whether what decides is something of the program, and not open to whoever has none."""
    return opening.deciding_condition.kind not in ANYWAY


def exams_after(openings: Iterable[Opening]) -> Exams:
    """Both parts, from openings read with their deciding condition."""
    held = list(openings)
    return Exams([each for each in held if depends_on_program(each)], [e for e in held if not depends_on_program(e)])
