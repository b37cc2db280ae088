"""Why a career is counted under its occupation, in words for the reader."""

from __future__ import annotations

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


def other_listings(career: Career | None) -> list[Occupation]:
    """Other occupations under which O*NET lists the very same title; one query, none for an occupation."""
    if career is None or career.basis != Basis.TITLE:
        return []
    titles = (
        AlternateTitle.objects.filter(title=career.evidence, onet__in_force=True)
        .exclude(onet__occupation=career.occupation_id)
        .select_related("onet__occupation")
        .order_by("onet")
    )
    return list({title.onet.occupation_id: title.onet.occupation for title in titles}.values())
