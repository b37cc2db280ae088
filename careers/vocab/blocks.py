"""The parts of a career's page in their order, and which sections of a guide stand in which of them."""

from __future__ import annotations

from collections.abc import Container
from typing import Final, NamedTuple

from careers.vocab.guides import Section


class Block(NamedTuple):
    """A heading of the page. `official` is the template of what is drawn from files, "" for none.

    `keys` are the sections that stand under it; more than one have headings of their own. `first` says which of the two
    halves comes first, `needs` the entry of the context without which the official half is left away. `alone` leaves it
    away where somebody has written something: it then only says why there is nothing.
    """

    id: str
    label: str
    keys: tuple[str, ...]
    official: str = ""
    first: bool = False
    needs: str = ""
    alone: bool = False


def _one(section: Section, official: str = "", *, first: bool = False, needs: str = "", alone: bool = False) -> Block:
    return Block(section.value, str(section.label), (section.value,), official, first, needs, alone)


def _several(name: str, label: str, *sections: Section, official: str = "") -> Block:
    return Block(name, label, tuple(section.value for section in sections), official)


#: (id, heading, blocks): the order is that of the product's list of what a career must hold.
GROUPS: Final[tuple[tuple[str, str, tuple[Block, ...]], ...]] = (
    (
        "the-work",
        "The work",
        (
            _one(Section.OTHER_NAMES, "titles"),
            _one(Section.WHAT_IT_IS, "counted"),
            _one(Section.DUTIES, "tasks"),
            _one(Section.CORE_FUNCTIONS),
            _one(Section.DAY),
            _one(Section.SCHEDULE),
            _one(Section.PHYSICAL_DEMANDS),
            _one(Section.SETTING),
        ),
    ),
    (
        "pay-and-jobs",
        "Pay and jobs",
        (
            _one(Section.PAY, "pay", first=True),
            _one(Section.EDUCATION, "education", first=True),
            _one(Section.PROJECTIONS, "outlook", first=True),
            _one(Section.DEMAND, "demand", first=True),
            _one(Section.INDUSTRIES, "industries", alone=True),
            _one(Section.EMPLOYERS),
        ),
    ),
    (
        "getting-in",
        "Getting in",
        (
            _one(Section.STEPS),
            _one(Section.CERTIFICATE_OR_ASSOCIATE, "entry"),
            _one(Section.COURSEWORK),
            _one(Section.CERTIFICATION, "exams", needs="exams"),
            Block("pathway", "From program to exam to this work", (), "pathway", needs="pathway"),
            _one(Section.STATE_RULES),
            _one(Section.EXPERIENCE, "experience"),
            _one(Section.ENTRY_TITLES),
        ),
    ),
    (
        "growing",
        "Growing in it",
        (
            _one(Section.TIERS),
            _one(Section.ADVANCING),
            _several(
                "skills",
                "Skills",
                Section.SKILLS_FOUNDATIONAL,
                Section.SKILLS_ADVANCED,
                Section.SKILLS_PROFESSIONAL,
                Section.SKILLS_SOFT,
                official="interests",
            ),
            _one(Section.TECHNOLOGY, "technology"),
            _one(Section.SPECIALIZATIONS),
        ),
    ),
    (
        "the-trade",
        "The trade today",
        (
            _one(Section.GLOBAL_OUTLOOK),
            _one(Section.CHALLENGES),
            _one(Section.GROWTH_PATHS),
            _one(Section.TRENDS),
        ),
    ),
    (
        "is-it-for-you",
        "Is it for you?",
        (
            _one(Section.STRESS_BALANCE),
            _several("pros-and-cons", "Pros and cons", Section.PROS, Section.CONS),
            _one(Section.MISTAKES),
            _one(Section.ADVICE),
            _one(Section.PORTFOLIO),
            _one(Section.CASES),
            _one(Section.TIPS),
        ),
    ),
    (
        "next",
        "Where to go from here",
        (
            _one(Section.RELATED, "related"),
            _one(Section.FAQ),
            _one(Section.ORGANIZATIONS),
            Block("programs", "Programs that lead here", (), "programs"),
        ),
    ),
    (
        "record",
        "Where this comes from",
        (
            _one(Section.HISTORY),
            Block(Section.SOURCES.value, str(Section.SOURCES.label), (), "sources"),
        ),
    ),
)

#: Sections that share a block stand under a heading one level deeper.
DEEPER: Final = frozenset(
    key for _, _, blocks in GROUPS for block in blocks if len(block.keys) > 1 for key in block.keys
)
#: In the head of the page, and read by other parts of it.
ELSEWHERE: Final = frozenset({Section.HEADLINE.value, Section.SOURCES.value})


def anchors(keys: Container[str]) -> frozenset[str]:
    """What `#…` can lead to on the page of a guide that has these sections, its sources left out."""
    found = {"in-short", *(f"part-{id_}" for id_, _, _ in GROUPS)}
    for _, _, blocks in GROUPS:
        for block in blocks:
            written = [key for key in block.keys if key in keys]
            if written or block.official:
                found.add(block.id)
            found.update(written)
    return frozenset(found)
