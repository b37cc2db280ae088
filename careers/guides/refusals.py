"""Why a guide is not saved or published, in words for the desk."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from typing import TYPE_CHECKING

from careers.guides.checks import Problem

if TYPE_CHECKING:
    from careers.models import GuideVersion


class Refused(ValueError):
    """What was asked is not possible, in words for the desk."""


class NotReady(Refused):
    """A guide that cannot be published yet, with everything that must be mended."""

    def __init__(self, found: list[Problem]) -> None:
        self.problems = found
        super().__init__(f"{len(found)} thing{'' if len(found) == 1 else 's'} to mend first")


class Later(enum.StrEnum):
    """What becomes of a version that is scheduled for a later hour than the one that is published."""

    ASK = ""
    KEEP = "keep"
    TAKE_BACK = "take-back"


class WouldBeReplaced(Refused):
    """A later version is scheduled, begun without what is new here; `scheduled` are those, the next one first."""

    def __init__(self, scheduled: Sequence[GuideVersion]) -> None:
        self.scheduled = scheduled
        named = " and ".join(f"version {each.number} from {each.publish_at:%d %b %Y, %H:%M} UTC" for each in scheduled)
        super().__init__(
            f"Not published: readers would see it only until {named} takes its place, perhaps without what is new "
            "here. Choose beside “Publish” whether that stays so, or the later version is taken back first."
        )


class Conflict(Exception):
    """Others have changed what this editor changed as well. Nothing was saved.

    `theirs` holds, by name, the text that stands there now.
    """

    def __init__(self, theirs: dict[str, str]) -> None:
        self.theirs = theirs
        super().__init__(", ".join(theirs))
