"""What a school says it offers to veterans and people in service: one fact each, and none of them a seal."""

from __future__ import annotations

from typing import Final, NamedTuple

from django.db.models import TextChoices

from directory.vocab.sources import Source


class VeteranFact(TextChoices):
    """The values of the parameter `veterans`, in the order of the page."""

    YELLOW_RIBBON = "yellow-ribbon", "Yellow Ribbon Program"
    TRAINING_CREDIT = "training-credit", "Credit for military training"
    SUPPORT = "support", "A point of contact for veterans"
    GROUP = "student-group", "A student veteran organization"
    MEMBER = "servicemembers-college", "Servicemembers Opportunity College"
    ROTC = "rotc", "ROTC"
    EIGHT_KEYS = "eight-keys", "8 Keys to Veterans’ Success"
    PAGE = "veterans-page", "Its own page for veterans"


class VeteranMeaning(NamedTuple):
    """Where a fact stands (column of School), who says it, what it means, and what it does not prove."""

    column: str
    source: Source
    official: str  # the name of the column in the file
    means: str
    proves_not: str


VETERAN_MEANINGS: Final[dict[VeteranFact, VeteranMeaning]] = {
    VeteranFact.YELLOW_RIBBON: VeteranMeaning(
        "yellow_ribbon", Source.IPEDS_IC, "VET1",
        "The school told the Department of Education that it takes part in the Yellow Ribbon Program: it pays a part "
        "of what tuition costs above the Post-9/11 GI Bill’s limit, and VA adds as much.",
        "Not for how many students, in which programs, how much, or that this year’s agreement is signed: ask the "
        "school. Where tuition is below the limit nothing is left to pay for.",
    ),
    VeteranFact.TRAINING_CREDIT: VeteranMeaning(
        "training_credit", Source.IPEDS_IC, "VET2",
        "The school says that it gives credit for military training.",
        "Not which training, how many credits, or that they count towards this program.",
    ),
    VeteranFact.SUPPORT: VeteranMeaning(
        "veterans_support", Source.IPEDS_IC, "VET3",
        "The school says that it has a dedicated point of contact for veterans, people in service and their families.",
        "Not how many people stand behind it, or how soon they answer.",
    ),
    VeteranFact.GROUP: VeteranMeaning(
        "veterans_group", Source.IPEDS_IC, "VET4",
        "The school recognizes an organization of student veterans.",
        "Not how active it is, or that online students can take part.",
    ),
    VeteranFact.MEMBER: VeteranMeaning(
        "servicemembers_college", Source.IPEDS_IC, "VET5",
        "The school said that it was a member of Servicemembers Opportunity Colleges, an agreement about credits and "
        "transfer for people in service.",
        "Not that it still is one, or which credits it takes: ask the school.",
    ),
    VeteranFact.ROTC: VeteranMeaning(
        "rotc", Source.IPEDS_IC, "SLO5",
        "The school offers officer training (Army, Navy or Air Force ROTC) beside its programs.",
        "Nothing about benefits for veterans. ROTC trains future officers, mostly full time and on campus.",
    ),
    VeteranFact.EIGHT_KEYS: VeteranMeaning(
        "eight_keys", Source.EIGHT_KEYS, "on the list",
        "The school signed VA’s 8 Keys to Veterans’ Success, a pledge of good practice.",
        "Not that anybody checked it: it is a promise of its time, and the list that we hold is years old.",
    ),
    VeteranFact.PAGE: VeteranMeaning(
        "veterans_url", Source.IPEDS_HD, "VETURL",
        "The school gave the Department of Education the address of a page for veterans’ tuition policies.",
        "Not what stands there.",
    ),
}  # fmt: skip
#: Words of a school's mask: the n-th fact has the n-th bit.
VETERAN_FACTS: Final = tuple(map(str, VeteranFact))
