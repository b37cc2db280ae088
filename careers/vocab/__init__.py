"""Choices and code tables of careers: official codes, the parts of a guide, and nothing that touches a database."""

from __future__ import annotations

from careers.vocab.guides import CITED_LIVE, PARTS, Kind, Part, Section
from careers.vocab.neighbors import NEIGHBORS
from careers.vocab.occupations import (
    AREA_KIND_OF,
    COMBINED,
    COMBINED_WITH,
    HIGH_POINTS,
    INTERESTS,
    NATIONAL_AREA,
    TOTAL_SOC,
    AreaKind,
    Basis,
    Group,
    InterestScale,
    TaskKind,
    Tier,
    TitleKind,
)

__all__ = [
    "AREA_KIND_OF",
    "CITED_LIVE",
    "COMBINED",
    "COMBINED_WITH",
    "HIGH_POINTS",
    "INTERESTS",
    "NATIONAL_AREA",
    "NEIGHBORS",
    "PARTS",
    "TOTAL_SOC",
    "AreaKind",
    "Basis",
    "Group",
    "InterestScale",
    "Kind",
    "Part",
    "Section",
    "TaskKind",
    "Tier",
    "TitleKind",
]
