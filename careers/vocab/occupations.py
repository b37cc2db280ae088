"""Codes of the world of work: SOC, OEWS and O*NET with our words for them."""

from __future__ import annotations

from typing import Final

from django.db.models import TextChoices


class Group(TextChoices):
    """How deep a code stands in the Standard Occupational Classification."""

    TOTAL = "total", "All occupations"
    MAJOR = "major", "Major group"
    MINOR = "minor", "Minor group"
    BROAD = "broad", "Broad occupation"
    DETAILED = "detailed", "Detailed occupation"
    COMBINED = "combined", "Combined for publication by BLS"


#: The code under which BLS publishes the sum of all occupations; it is no code of the SOC itself.
TOTAL_SOC: Final = "00-0000"

#: BLS publishes pay and projections of some detailed occupations only together, under codes of its own or
#: under the broad code. Each with the codes of SOC 2018 that it holds. A code that is neither in the SOC nor
#: here is refused: files from before 2019 use codes of SOC 2010 that look alike and mean something else.
COMBINED: Final[dict[str, tuple[str, ...]]] = {
    "13-1020": ("13-1021", "13-1022", "13-1023"),
    "13-2020": ("13-2022", "13-2023"),
    "21-1018": ("21-1011", "21-1014"),
    "25-2052": ("25-2055", "25-2056"),
    "25-9045": ("25-9042", "25-9043", "25-9049"),
    "29-2010": ("29-2011", "29-2012"),
    "31-1120": ("31-1121", "31-1122"),
    "39-7010": ("39-7011", "39-7012"),
    "47-4090": ("47-4091", "47-4099"),
    "51-2028": ("51-2022", "51-2023"),
    "51-2090": ("51-2092", "51-2099"),
    "53-1047": ("53-1042", "53-1043", "53-1044", "53-1049"),
}
COMBINED_WITH: Final[dict[str, str]] = {part: whole for whole, parts in COMBINED.items() for part in parts}


class AreaKind(TextChoices):
    """OEWS AREA_TYPE in words."""

    NATIONAL = "national", "United States"
    STATE = "state", "State"
    TERRITORY = "territory", "Territory"
    METRO = "metro", "Metropolitan area"
    NONMETRO = "nonmetro", "Nonmetropolitan area"


AREA_KIND_OF: Final[dict[str, AreaKind]] = {
    "1": AreaKind.NATIONAL,
    "2": AreaKind.STATE,
    "3": AreaKind.TERRITORY,
    "4": AreaKind.METRO,
    "6": AreaKind.NONMETRO,
}
NATIONAL_AREA: Final = "99"


class TitleKind(TextChoices):
    ALTERNATE = "alternate", "Alternate title"
    REPORTED = "reported", "Title reported by people in the job"


class TaskKind(TextChoices):
    CORE = "Core", "Core"
    SUPPLEMENTAL = "Supplemental", "Supplemental"


class Tier(TextChoices):
    """O*NET Relatedness Tier."""

    PRIMARY_SHORT = "Primary-Short", "Closest"
    PRIMARY_LONG = "Primary-Long", "Close"
    SUPPLEMENTAL = "Supplemental", "Further"


class InterestScale(TextChoices):
    SCORE = "OI", "Score from 1 to 7"
    HIGH_POINT = "IH", "High point"


#: O*NET elements of the interests, in the order of the files; the last three name the strongest of the six.
INTERESTS: Final[dict[str, str]] = {
    "1.B.1.a": "Realistic",
    "1.B.1.b": "Investigative",
    "1.B.1.c": "Artistic",
    "1.B.1.d": "Social",
    "1.B.1.e": "Enterprising",
    "1.B.1.f": "Conventional",
    "1.B.1.g": "First Interest High-Point",
    "1.B.1.h": "Second Interest High-Point",
    "1.B.1.i": "Third Interest High-Point",
}
#: What IH data values mean: 0 says that there is no further high point.
HIGH_POINTS: Final[dict[int, str]] = {
    1: "Realistic", 2: "Investigative", 3: "Artistic", 4: "Social", 5: "Enterprising", 6: "Conventional",
}  # fmt: skip


class Basis(TextChoices):
    """Why a career of ours is counted under an official occupation."""

    NAME = "name", "The occupation bears the name"
    TITLE = "title", "O*NET lists the title under this occupation"
    DEFINITION = "definition", "The SOC definition names it"
    CLOSEST = "closest", "Closest official occupation"
