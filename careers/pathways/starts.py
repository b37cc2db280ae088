"""The first stops of a net: programs of an award level in some fields, or one program."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse

from careers.pathways.facts import Facts, Opened
from directory.vocab import LevelGroup

#: Of a program, in the order of the tabs.
AWARDS: Final[dict[str, str]] = {
    LevelGroup.CERTIFICATE: "Certificate",
    LevelGroup.ASSOCIATE: "Associate degree",
    LevelGroup.BACHELORS: "Bachelor’s degree",
    LevelGroup.POSTBACC_CERTIFICATE: "Certificate after a bachelor’s",
    LevelGroup.MASTERS: "Master’s degree",
    LevelGroup.DOCTORATE: "Doctorate",
}


@dataclass(frozen=True, slots=True)
class Start:
    """A first stop: programs of one award level in some fields, or one program (`opened` says what it opens)."""

    key: str
    level: str
    cips: tuple[str, ...]
    label: str
    url: str = ""
    heading: str = ""
    opened: dict[int, Opened] | None = None


def by_field_and_level(facts: Facts, titles: Mapping[str, str]) -> list[Start]:
    """One first stop for each award level in each field that is taught, under the fields' titles as headings."""
    return [
        Start(
            f"stop-{cip.replace('.', '')}-{level}",
            level,
            (cip,),
            label,
            programs_url(level=[level], cip=[cip]),
            heading=titles[cip],
        )
        for cip in facts.cips
        for level, label in AWARDS.items()
        if (level, cip) in facts.offers
    ]


def by_level(facts: Facts, *, leads_to: str = "") -> list[Start]:
    """One first stop for each award level, all fields together; the links narrow to an exam where one is named."""
    starts = []
    for level, label in AWARDS.items():
        cips = tuple(cip for cip in facts.cips if (level, cip) in facts.offers)
        if cips:
            narrow: dict[str, Iterable[str]] = {"leads_to": [leads_to]} if leads_to else {"cip": cips}
            starts.append(Start(f"stop-{level}", level, cips, label, programs_url(level=[level], **narrow)))
    return starts


def programs_url(**parameters: Iterable[str]) -> str:
    """The program list with some parameters, each of which may stand several times."""
    pairs = [(name, value) for name, values in parameters.items() for value in values]
    return f"{reverse('program_list')}?{urlencode(pairs)}"
