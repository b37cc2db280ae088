"""Who runs a school, whether it is open, and what is measured of it each year."""

from __future__ import annotations

from typing import Final

from django.db.models import IntegerChoices, TextChoices


class Control(IntegerChoices):
    """IPEDS CONTROL."""

    PUBLIC = 1, "Public"
    NONPROFIT = 2, "Private nonprofit"
    FOR_PROFIT = 3, "Private for-profit"
    UNKNOWN = -3, "Control not known"


CONTROL_SLUG: Final[dict[int, str]] = {1: "public", 2: "nonprofit", 3: "for-profit"}
#: The same the other way round, and as a list to choose from.
CONTROL_OF_SLUG: Final = {slug: code for code, slug in CONTROL_SLUG.items()}
CONTROL_CHOICES: Final = [(slug, str(Control(code).label)) for code, slug in CONTROL_SLUG.items()]


class SchoolState(TextChoices):
    """IPEDS ACT, read as what a student needs to know. Closed = ACT C, D or M. A draft is one that staff entered."""

    DRAFT = "draft", "Draft, not public yet"
    OPEN = "open", "Open"
    CLOSING = "closing", "Closed this year"
    COMBINED = "combined", "Combined with another school"
    CLOSED = "closed", "Closed"
    CAMPUS = "campus", "Campus that reports with another school"
    GONE = "gone", "No longer in the federal directory"


STATE_OF_ACT: Final[dict[str, SchoolState]] = {
    "A": SchoolState.OPEN,
    "N": SchoolState.OPEN,
    "R": SchoolState.OPEN,
    "M": SchoolState.CLOSING,
    "C": SchoolState.COMBINED,
    "D": SchoolState.CLOSED,
    "G": SchoolState.CAMPUS,
}


CLOSED_STATES: Final = (SchoolState.CLOSING, SchoolState.COMBINED, SchoolState.CLOSED, SchoolState.GONE)
#: Their programs stand on no list.
UNLISTED_STATES: Final = (*CLOSED_STATES, SchoolState.DRAFT)


class SchoolMeasure(TextChoices):
    """Yearly facts of a whole school. Each names the official column that it is read from."""

    TUITION_IN_DISTRICT = "tuition-in-district", "Tuition and fees, local residents"  # CHG1AY3, TUITION1+FEE1
    TUITION_IN_STATE = "tuition-in-state", "Tuition and fees, state residents"  # CHG2AY3, custom table
    TUITION_OUT_OF_STATE = "tuition-out-of-state", "Tuition and fees, other residents"  # CHG3AY3
    CREDIT_IN_DISTRICT = "credit-in-district", "Part-time price a credit, local residents"  # HRCHG1
    CREDIT_IN_STATE = "credit-in-state", "Part-time price a credit, state residents"  # HRCHG2
    CREDIT_OUT_OF_STATE = "credit-out-of-state", "Part-time price a credit, other residents"  # HRCHG3
    BOOKS = "books", "Books and supplies"  # CHG4AY3
    ENROLLED = "enrolled", "Students enrolled"
    DISTANCE_ALL = "distance-all", "Students with all courses by distance"
    DISTANCE_SOME = "distance-some", "Students with some courses by distance"
    NET_PRICE = "net-price", "Average net price after grants"  # NPT4_PUB, NPT4_PRIV
    COST_OF_ATTENDANCE = "cost-of-attendance", "Average cost of attendance"  # COSTT4_A, COSTT4_P
    DEBT = "debt", "Median federal debt of graduates"  # GRAD_DEBT_MDN_SUPP
    EARNINGS_6 = "earnings-6-years", "Median earnings 6 years after entry"  # MD_EARN_WNE_P6
    EARNINGS_10 = "earnings-10-years", "Median earnings 10 years after entry"  # MD_EARN_WNE_P10
