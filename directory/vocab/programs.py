"""Where a program stands, how it is taught, where its links lead, and which fields the product is about."""

from __future__ import annotations

from typing import Final

from django.db.models import TextChoices


class ListingState(TextChoices):
    """Whether a program stands in the public lists; a page once published stays, and says why it left."""

    DRAFT = "draft", "Draft, not public yet"
    LISTED = "listed", "Listed"
    NOT_REPORTED = "not-reported", "No longer reported by the school"
    SCHOOL_CLOSED = "school-closed", "The school has closed"
    WITHDRAWN = "withdrawn", "Taken off the list by staff"


class Delivery(TextChoices):
    CAMPUS = "campus", "On campus"
    HYBRID = "hybrid", "Partly online"
    ONLINE = "online", "Fully online"
    UNKNOWN = "unknown", "Not known"


class GoKind(TextChoices):
    """Where an enrol link leads."""

    PROGRAM = "program", "Program page"
    APPLY = "apply", "Apply"
    AID = "aid", "Financial aid"
    PRICE = "price", "Net price calculator"
    VISIT = "visit", "School website"


#: The health information family: what `import_*` loads unless told otherwise.
DEFAULT_CIPS: Final = ("51.0706", "51.0707", "51.0713", "51.0714", "51.0716", "51.0723", "51.2706")
