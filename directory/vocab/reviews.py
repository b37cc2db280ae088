"""What a review says of whom, where it stands, and the reasons for which one is refused or reported."""

from __future__ import annotations

from typing import Final

from django.db.models import IntegerChoices, TextChoices


class ReviewState(TextChoices):
    """Where a review, or a school's reply to one, stands. Only `shown` ones reach a reader."""

    PENDING = "pending", "Waiting to be read by us"
    SHOWN = "shown", "Accepted"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "Withdrawn by its writer"


class ReviewRole(TextChoices):
    """Who speaks: the writer's own word."""

    STUDENT = "student", "Student"
    GRADUATE = "graduate", "Graduate"
    LEFT = "left", "Left without finishing"


class Rating(IntegerChoices):
    POOR = 1, "Poor"
    WEAK = 2, "Weak"
    FAIR = 3, "Fair"
    GOOD = 4, "Good"
    VERY_GOOD = 5, "Very good"


#: What is rated -> the question. `overall` is asked of everybody; the others may be left open, because a first-year
#: student cannot judge the help with finding work.
ASPECTS: Final[dict[str, str]] = {
    "overall": "All in all",
    "teaching": "Teaching",
    "price": "Price kept as promised",
    "support": "Support when you need it",
    "exam": "Preparation for the exam",
    "work": "Help with finding work",
}


class RefusalReason(TextChoices):
    """Why a review or a reply is not shown; its writer reads the sentence as it stands here."""

    PERSON = "person", "It names a person, or describes one so that others can tell who it is."
    PATIENT = "patient", "It tells about a patient, or what stands in somebody’s health record."
    CONTACT = "contact", "It has a telephone number, an address or another way to reach somebody."
    NOT_OWN = "not-own", "It is not about what the writer saw in this program."
    ELSEWHERE = "elsewhere", "It is about another program or another school."
    ABUSE = "abuse", "It insults or threatens."
    ADVERT = "advert", "It advertises something, or asks for money."
    COPY = "copy", "Its words stand elsewhere already."
    UNCLEAR = "unclear", "We could not make out what it says about the program."
    OTHER = "other", "For the reason below."


class ReviewReportReason(TextChoices):
    """What a reader says is wrong with a review."""

    PERSON = "person", "It names or describes a person"
    PATIENT = "patient", "It tells about a patient"
    FALSE = "false", "It says something that is not true"
    FAKE = "fake", "The writer was not there, or was paid"
    ABUSE = "abuse", "It insults or threatens"
    ADVERT = "advert", "It is an advertisement"
    OTHER = "other", "Something else"
