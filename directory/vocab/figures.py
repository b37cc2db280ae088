"""Why a figure has no value, what is said of one that has, what it describes and in which unit."""

from __future__ import annotations

from typing import Final

from django.db.models import TextChoices


class Missing(TextChoices):
    """Why a figure has no value. The values are those of the public API."""

    NOT_REPORTED = "not-reported", "Not reported by the school"
    SUPPRESSED = "suppressed", "Withheld to protect students’ privacy"
    NOT_APPLICABLE = "not-applicable", "Does not apply here"
    NOT_COLLECTED = "not-collected", "Not collected by this source"
    NOT_CHECKED = "not-checked", "Not checked yet"


class Quality(TextChoices):
    """What the agency says about a value that it does give."""

    REPORTED = "", "As reported"
    IMPUTED = "imputed", "Estimated by the agency"
    CORRECTED = "corrected", "Corrected by the agency"
    IMPLIED = "implied", "Implied zero"
    CAPPED = "capped", "At or above the published limit"


#: A figure's companion column: a Missing reason beside NULL, a Quality beside a number.
NOTE_CHOICES: Final = [*Missing.choices, *[choice for choice in Quality.choices if choice[0]]]


NOTE_LENGTH: Final = 14


class Level(TextChoices):
    """What a figure describes; pay of an occupation must never pass for pay after one program."""

    PROGRAM = "program", "This program"
    FIELD = "field", "This field of study at this school"
    INSTITUTION = "institution", "The whole school"
    OCCUPATION = "occupation", "Everyone in the occupation"


class Unit(TextChoices):
    USD = "usd", "US dollars"
    USD_YEAR = "usd-per-year", "US dollars a year"
    USD_HOUR = "usd-per-hour", "US dollars an hour"
    USD_CREDIT = "usd-per-credit", "US dollars a credit"
    AWARDS = "awards", "awards"
    STUDENTS = "students", "students"
    MONTHS = "months", "months"
    CREDITS = "credits", "credits"
    PERCENT = "percent", "percent"
    JOBS = "jobs", "jobs"
