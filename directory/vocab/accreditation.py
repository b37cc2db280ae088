"""The words of accreditors, ours for the public, and how far a page is believed."""

from __future__ import annotations

from typing import Final

from django.db.models import TextChoices


class AccreditationStatus(TextChoices):
    """Status words of accreditors (CAHIIM, and DAPIP where it uses the same), kept as they mean them."""

    CANDIDATE = "candidate", "Candidate"
    ACCREDITED = "accredited", "Accredited"
    PREACCREDITED = "preaccredited", "Preaccredited"
    PROBATION = "probation", "Probation"
    ADMINISTRATIVE_PROBATION = "administrative-probation", "Administrative probation"
    WITHHELD = "withheld", "Withheld"
    WITHDRAWN = "withdrawn", "Withdrawn"
    VOLUNTARILY_WITHDRAWN = "voluntarily-withdrawn", "Voluntarily withdrawn"
    DENIED = "denied", "Denied"
    INACTIVE = "inactive", "Inactive"
    NOT_ACCREDITED = "not-accredited", "Not accredited"


#: The accreditor whose word the standing of a program is about.
PROGRAM_ACCREDITOR: Final = "CAHIIM"


class Standing(TextChoices):
    """What the public sees of a program's accreditation by that body: the `accreditation` parameter."""

    ACCREDITED = "accredited", f"{PROGRAM_ACCREDITOR} accredited, confirmed"
    STATED = "stated", "Stated, not confirmed"
    CANDIDATE = "candidate", "Candidate for accreditation"
    ON_NOTICE = "on-notice", "On notice"
    NOT_ACCREDITED = "not-accredited", "Not accredited"
    NOT_CONFIRMED = "not-confirmed", "Not confirmed"


#: Only for records that somebody confirmed with the accreditor within the review interval.
STANDING_OF: Final[dict[str, Standing]] = {
    AccreditationStatus.ACCREDITED: Standing.ACCREDITED,
    AccreditationStatus.PREACCREDITED: Standing.CANDIDATE,
    AccreditationStatus.CANDIDATE: Standing.CANDIDATE,
    AccreditationStatus.PROBATION: Standing.ON_NOTICE,
    AccreditationStatus.ADMINISTRATIVE_PROBATION: Standing.ON_NOTICE,
    AccreditationStatus.WITHHELD: Standing.NOT_ACCREDITED,
    AccreditationStatus.WITHDRAWN: Standing.NOT_ACCREDITED,
    AccreditationStatus.VOLUNTARILY_WITHDRAWN: Standing.NOT_ACCREDITED,
    AccreditationStatus.DENIED: Standing.NOT_ACCREDITED,
    AccreditationStatus.INACTIVE: Standing.NOT_ACCREDITED,
    AccreditationStatus.NOT_ACCREDITED: Standing.NOT_ACCREDITED,
}


class Reliability(TextChoices):
    HIGH = "high", "The school’s or the accreditor’s own page"
    MEDIUM = "medium", "Another credible page, or an old one"
