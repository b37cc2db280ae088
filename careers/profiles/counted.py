"""Why a career is counted under its occupation, in words for the reader."""

from __future__ import annotations

from collections.abc import Iterable

from careers.models import AlternateTitle, Career, Occupation
from careers.vocab import Basis


def counted_words(occupation: Occupation, career: Career | None) -> str:
    """One sentence; empty for an occupation by itself."""
    if career is None:
        return ""
    where = f"{occupation.title} ({occupation.soc})"
    part = career.onet if career.onet and not career.onet.is_whole else None
    if career.basis == Basis.NAME:
        return f"The official occupation that bears the name is {where}."
    if career.basis == Basis.DEFINITION:
        return f"The official definition of {where} says: “{career.evidence}”."
    if career.basis == Basis.TITLE and part:
        return f"O*NET lists the title “{career.evidence}” under {part.title} ({part.code}), a part of {where}."
    if career.basis == Basis.TITLE:
        return f"O*NET lists the title “{career.evidence}” under {where}."
    return f"No official list names this career. The closest official occupation is {where}: {career.evidence}."


def other_listings(career: Career | None, titles: Iterable[AlternateTitle]) -> list[Occupation]:
    """Other occupations under which O*NET lists the very same title; none for an occupation by itself."""
    if career is None or career.basis != Basis.TITLE:
        return []
    elsewhere = [
        title.onet.occupation
        for title in titles
        if title.title == career.evidence and title.onet.in_force and title.onet.occupation_id != career.occupation_id
    ]
    return list({occupation.soc: occupation for occupation in elsewhere}.values())
