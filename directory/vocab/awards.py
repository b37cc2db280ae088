"""Award levels of IPEDS and of College Scorecard, how a student groups them, and how long they take."""

from __future__ import annotations

from typing import Final

from django.db.models import IntegerChoices, TextChoices


class AwardLevel(IntegerChoices):
    """IPEDS AWLEVEL. 1 was used before 2019-20 and was then split into 20 and 21."""

    CERTIFICATE_UNDER_1_YEAR = 1, "Certificate (under 1 year)"
    CERTIFICATE_1_2_YEARS = 2, "Certificate (1 to 2 years)"
    ASSOCIATE = 3, "Associate degree"
    CERTIFICATE_2_4_YEARS = 4, "Certificate (2 to 4 years)"
    BACHELORS = 5, "Bachelor’s degree"
    POSTBACC_CERTIFICATE = 6, "Postbaccalaureate certificate"
    MASTERS = 7, "Master’s degree"
    POSTMASTERS_CERTIFICATE = 8, "Post-master’s certificate"
    DOCTORATE_RESEARCH = 17, "Doctorate (research)"
    DOCTORATE_PROFESSIONAL = 18, "Doctorate (professional practice)"
    DOCTORATE_OTHER = 19, "Doctorate (other)"
    CERTIFICATE_UNDER_12_WEEKS = 20, "Certificate (under 12 weeks)"
    CERTIFICATE_12_WEEKS_1_YEAR = 21, "Certificate (12 weeks to 1 year)"


class LevelGroup(TextChoices):
    """The `level` parameter of the search: how a student thinks of awards."""

    CERTIFICATE = "certificate", "Certificate"
    ASSOCIATE = "associate", "Associate"
    BACHELORS = "bachelors", "Bachelor’s"
    POSTBACC_CERTIFICATE = "postbacc-certificate", "Postbaccalaureate certificate"
    MASTERS = "masters", "Master’s"
    DOCTORATE = "doctorate", "Doctorate"


LEVEL_GROUP: Final[dict[int, LevelGroup]] = {
    1: LevelGroup.CERTIFICATE,
    2: LevelGroup.CERTIFICATE,
    3: LevelGroup.ASSOCIATE,
    4: LevelGroup.CERTIFICATE,
    5: LevelGroup.BACHELORS,
    6: LevelGroup.POSTBACC_CERTIFICATE,
    7: LevelGroup.MASTERS,
    8: LevelGroup.POSTBACC_CERTIFICATE,
    17: LevelGroup.DOCTORATE,
    18: LevelGroup.DOCTORATE,
    19: LevelGroup.DOCTORATE,
    20: LevelGroup.CERTIFICATE,
    21: LevelGroup.CERTIFICATE,
}


#: Address part of each award level; stable, because program addresses are built from it.
AWARD_SLUG: Final[dict[int, str]] = {
    1: "certificate-under-1-year",
    2: "certificate-1-2-years",
    3: "associate",
    4: "certificate-2-4-years",
    5: "bachelors",
    6: "postbacc-certificate",
    7: "masters",
    8: "postmasters-certificate",
    17: "doctorate-research",
    18: "doctorate-professional",
    19: "doctorate-other",
    20: "certificate-under-12-weeks",
    21: "certificate-12-weeks-1-year",
}


class Length(TextChoices):
    """The `length` parameter: certificates only."""

    UNDER_12_WEEKS = "under-12-weeks", "Under 12 weeks"
    UNDER_1_YEAR = "under-1-year", "12 weeks to 1 year"
    ONE_TO_TWO_YEARS = "1-2-years", "1 to 2 years"
    TWO_TO_FOUR_YEARS = "2-4-years", "2 to 4 years"


#: AWLEVEL 1 covered everything under a year, so it answers to the longer of the two short ranges.
LENGTH_OF: Final[dict[int, Length]] = {
    20: Length.UNDER_12_WEEKS,
    21: Length.UNDER_1_YEAR,
    1: Length.UNDER_1_YEAR,
    2: Length.ONE_TO_TWO_YEARS,
    4: Length.TWO_TO_FOUR_YEARS,
}


#: Academic years of full-time study that an award level usually takes, for the price estimate only. Undergraduate
#: awards, because the yearly tuition that we hold is undergraduate tuition.
#: Certificates take the middle of the IPEDS range for their level (20: under 12 weeks, 2: 1 to under 2 years ...).
USUAL_YEARS: Final[dict[int, float]] = {
    20: 0.25,
    21: 0.75,
    1: 0.75,
    2: 1.5,
    3: 2,
    4: 3,
    5: 4,
}


class CredentialLevel(IntegerChoices):
    """College Scorecard CREDLEV."""

    CERTIFICATE = 1, "Undergraduate certificate or diploma"
    ASSOCIATE = 2, "Associate degree"
    BACHELORS = 3, "Bachelor’s degree"
    POSTBACC_CERTIFICATE = 4, "Postbaccalaureate certificate"
    MASTERS = 5, "Master’s degree"
    DOCTORAL = 6, "Doctoral degree"
    FIRST_PROFESSIONAL = 7, "First professional degree"
    GRADUATE_CERTIFICATE = 8, "Graduate or professional certificate"


#: Our reading; no official table maps AWLEVEL to CREDLEV.
CREDENTIAL_OF: Final[dict[int, int]] = {
    1: 1, 2: 1, 4: 1, 20: 1, 21: 1, 3: 2, 5: 3, 6: 4, 7: 5, 8: 8, 17: 6, 18: 7, 19: 6,
}  # fmt: skip
