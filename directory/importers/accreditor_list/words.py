"""The words of accreditors for award levels and states of accreditation, as far as they are the same everywhere."""

from __future__ import annotations

import re
from typing import Final

from directory.vocab import AccreditationStatus, AwardLevel

STATUS: Final[dict[str, str]] = {
    **{str(each.label).casefold(): each.value for each in AccreditationStatus},
    "initial accreditation": AccreditationStatus.ACCREDITED,
    "continuing accreditation": AccreditationStatus.ACCREDITED,
    "accreditation": AccreditationStatus.ACCREDITED,
    "full accreditation": AccreditationStatus.ACCREDITED,
    "candidacy": AccreditationStatus.CANDIDATE,
    "candidate for accreditation": AccreditationStatus.CANDIDATE,
    "candidacy status": AccreditationStatus.CANDIDATE,
    "on probation": AccreditationStatus.PROBATION,
    "probationary accreditation": AccreditationStatus.PROBATION,
    "accredited - probation": AccreditationStatus.PROBATION,
    "accreditation withdrawn": AccreditationStatus.WITHDRAWN,
    "withdrawn voluntarily": AccreditationStatus.VOLUNTARILY_WITHDRAWN,
    "voluntary withdrawal": AccreditationStatus.VOLUNTARILY_WITHDRAWN,
    "denied accreditation": AccreditationStatus.DENIED,
}
CERTIFICATES: Final = frozenset({1, 2, 4, 20, 21})
#: Parts of the words for an award, the most particular first.
LEVELS: Final[tuple[tuple[str, frozenset[int]], ...]] = (
    (r"post[- ]?master", frozenset({AwardLevel.POSTMASTERS_CERTIFICATE})),
    (r"post[- ]?bac", frozenset({AwardLevel.POSTBACC_CERTIFICATE})),
    (r"\b(master|m\.?s\.?|m\.?a\.?|mhi|mhim|mba)", frozenset({AwardLevel.MASTERS})),
    (r"\b(bachelor|baccalaureate|b\.?s\.?|b\.?a\.?)", frozenset({AwardLevel.BACHELORS})),
    (r"\b(associate|a\.?a\.?s\.?|a\.?s\.?|a\.?a\.?)", frozenset({AwardLevel.ASSOCIATE})),
    (r"\b(doctor|ph\.?d)", frozenset({17, 18, 19})),
    (r"\b(certificate|diploma)", CERTIFICATES),
)


def status_of(word: str) -> str:
    """The status that a word means everywhere, or ""."""
    return STATUS.get(plain_word(word), "")


def plain_word(word: str) -> str:
    return " ".join(word.casefold().split())


def levels_of(word: str) -> frozenset[int]:
    """The IPEDS award levels that a word, or a level's number, can mean; none when it says nothing of one."""
    text = plain_word(word)
    if text.isdecimal():
        return frozenset({int(text)} & set(AwardLevel.values))
    return next((levels for pattern, levels in LEVELS if re.search(pattern, text)), frozenset())
