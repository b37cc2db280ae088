"""Words that mean the same in another form. Two folds: a careful one for names, a bold one for subjects."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from directory.search.normalize import listed

#: Forms that no rule of endings brings together.
FAMILIES: Final[dict[str, str]] = {
    word: family
    for family, words in {
        "tech": "tech techs technology technologies technological technologist technologists technician technicians"
        " technical",
        "admin": "admin admins administration administrations administrator administrators administrative",
        "code": "code codes coder coders coding coded",
        "manag": "manage manager managers managing management managerial mgmt mgr",
        "secretary": "secretary secretaries secretarial",
        "account": "accountant accountants accounting account accounts",
        "transcription": "transcription transcriptions transcriptionist transcriptionists transcriber transcribing",
        "informatic": "informatic informatics informatician informaticist informaticists",
        "analy": "analyst analysts analysis analytics analytic analyzing",
        "therapy": "therapy therapies therapist therapists",
        "electr": "electrician electricians electrical",
        "assist": "assistant assistants assisting assist",
        "reception": "reception receptionist receptionists",
        "registr": "registry registries registrar registrars",
        "clerk": "clerk clerks clerical",
        "cosmetology": "cosmetology cosmetologist cosmetologists",
        "phlebotomy": "phlebotomy phlebotomist phlebotomists",
        "pharmacy": "pharmacy pharmacist pharmacists",
        "dental": "dental dentist dentistry dentists",
        "law": "law lawyer lawyers",
        "psychology": "psychology psychologist psychologists psychological",
        "radiography": "radiography radiographer radiographers",
        "hygiene": "hygiene hygienist hygienists",
        "plumb": "plumber plumbing plumbers",
        "barber": "barber barbers barbering",
        "record": "record records recs",
    }.items()
    for word in words.split()
}
#: End like a form and are none.
KEEP: Final = listed(
    """
    career water paper power center cancer master order number laser under over engineer fiber computer during king
    spring string wing ring thing bring color major minor doctor motor senior junior tutor summer winter silver
    butler miller baker carter hunter fisher turner walker porter weber
    """
)


@lru_cache(maxsize=8192)
def singular(word: str) -> str:
    """The fold for names of schools: without a plural s, and every kind of "tech" as one."""
    if word in ("technical", "technology", "technological", "technologies"):
        return "tech"
    if len(word) >= 4 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-3] + "y" if word.endswith("ies") and len(word) > 4 else word[:-1]
    return word


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """The fold for subjects: "coders", "coder" and "coding" are one, so are "nurse" and "nursing"."""
    if family := FAMILIES.get(word):
        return family
    base = singular(word)
    if base in KEEP or len(base) < 5 or not base.isalpha():
        return base
    if base.endswith("ing") and len(base) >= 6:
        return _undoubled(base[:-3])
    if base.endswith("er") and len(base) >= 6:
        return _undoubled(base[:-2])
    return base.removesuffix("e")


def _undoubled(base: str) -> str:
    if len(base) > 3 and base[-1] == base[-2] and base[-1] not in "ls":
        return base[:-1]
    return base.removesuffix("e")
