"""What is asked of the search table, with everything resolved: no text, no names, no defaults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Circle:
    """Within so many miles of a point, by great circle to the school's own point."""

    latitude: float
    longitude: float
    miles: float


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one term of the text can stand for: CIP codes or families, School and Program keys -> how well, 0 to 1."""

    fields: Mapping[str, float] = field(default_factory=dict)
    schools: Mapping[int, float] = field(default_factory=dict)
    programs: Mapping[int, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """All conditions hold together; the words within one facet widen it.

    `facets` holds the chosen words of level, length, accreditation, delivery, control, state, veterans and leads_to.
    The place is a circle or a state (`usps`); `online_too` adds fully online programs elsewhere. `order` is a sort key
    of the contract. `match_points` and `distance_points` are what a full match and no distance earn in `relevance`;
    `preferred_points` what a field of `preferred` earns there, which leaves nothing out.
    """

    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    confirmed: bool = False
    circle: Circle | None = None
    usps: str = ""
    online_too: bool = False
    cips: tuple[str, ...] = ()
    min_price: int | None = None
    max_price: int | None = None
    meanings: tuple[Meaning, ...] = ()
    order: str = "relevance"
    match_points: float = 0.0
    preferred: Mapping[str, float] = field(default_factory=dict)
    preferred_points: float = 0.0
    distance_points: float = 0.0

    @property
    def has_place(self) -> bool:
        return self.circle is not None or bool(self.usps)

    @property
    def has_price(self) -> bool:
        return self.min_price is not None or self.max_price is not None
