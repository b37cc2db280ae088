"""What stands in the way of placing an entry of an accreditor's list, and what a person does about it."""

from __future__ import annotations

from typing import Final

from django.db.models import TextChoices


class Unplaced(TextChoices):
    """Each is one kind of trouble with one remedy, in the order in which they are best looked at."""

    TITLE = "title", "No program has this title or field"
    NO_LEVEL = "no-level", "Nothing says which award"
    SCHOOL = "school", "Two identifiers of the school must agree"
    UNKNOWN = "unknown", "No school with this number"
    FIELD = "field", "No program in the fields it reviews"
    NO_PROGRAM = "no-program", "We hold no program of this school"
    LEVEL = "level", "No program at this level"
    SEVERAL = "several", "Several fit"
    CONTRADICTED = "contradicted", "The list says two things of one"


REMEDY: Final[dict[Unplaced, str]] = {
    Unplaced.TITLE: (
        "The school is found, and none of its programs has this title. If you say under “Fields it reviews” "
        "which fields those are, the award level is enough. Or pick the program of each."
    ),
    Unplaced.NO_LEVEL: (
        "The school is found, and the row does not say which award it is about. If the file has a column for "
        "it, say so. Or pick the program of each."
    ),
    Unplaced.SCHOOL: (
        "UNITID, OPEID, name, and city with state: two of them must name the same school, and they do not. "
        "Pick what each means, or mend the file and upload it again."
    ),
    Unplaced.UNKNOWN: (
        "Look for a slip in the number: a column may be another one than was said. A school that we do not "
        "hold yet is entered first, or the row is dismissed with a reason."
    ),
    Unplaced.FIELD: (
        "The school is found, and has no program in the fields that were said to be the accreditor’s. If a "
        "field is missing there, add it. Or name the program of each, or dismiss it."
    ),
    Unplaced.NO_PROGRAM: (
        "The school is found. If it offers the program, enter that first, then look at this page again; or "
        "dismiss the row."
    ),
    Unplaced.LEVEL: (
        "The school is found, and has programs in these fields at other levels only. Pick the program if the "
        "list words the award differently; if the program is new, enter it first."
    ),
    Unplaced.SEVERAL: ("More than one of ours has all that the row names. Pick the one that is meant."),
    Unplaced.CONTRADICTED: (
        "Several rows name the same one with different statuses. Ask the accreditor which is right, and "
        "dismiss the others."
    ),
}
#: These may be many at once, and are mended for all of them where it is said what the columns mean.
MENDED_BY_COLUMNS: Final = (Unplaced.TITLE, Unplaced.NO_LEVEL, Unplaced.UNKNOWN, Unplaced.FIELD)
