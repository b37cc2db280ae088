"""Which role may do what with careers and their guides."""

from __future__ import annotations

from typing import Final

from directory.curation.roles import ADD, CHANGE, C, E, Grant

#: Every table of careers that the desk shows.
OF_CAREERS: Final = (
    Grant(("Career",), {E: (ADD, CHANGE), C: (CHANGE,)}),
    Grant(("GuideVersion",), {E: (ADD, CHANGE, "publish")}),
    Grant(
        (
            "AlternateTitle", "Area", "Attainment", "FieldOccupation", "Guide", "GuideSection", "Interest", "JobZone",
            "Occupation", "OnetJobZone", "OnetOccupation", "Pay", "Projection", "RelatedOccupation", "Task",
            "Technology",
        )
    ),
)  # fmt: skip
