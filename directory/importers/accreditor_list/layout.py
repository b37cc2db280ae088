"""What a column of an accreditor's list can mean, and which it probably means by its heading.

The layout is documented in docs/accreditation.md; headings are compared without case, signs and blanks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple


class Meaning(NamedTuple):
    """One thing that a list may say of an entry."""

    key: str
    label: str
    headings: tuple[str, ...]
    help_text: str = ""


MEANINGS: Final = (
    Meaning("school", "School", ("school", "institution", "college", "sponsor", "university", "campus", "organization"),
            "Needed. A name alone is never believed: a number or the place must agree."),
    Meaning("unitid", "UNITID", ("unitid", "ipeds", "ipedsid", "ipedsunitid", "ipedsunitids")),
    Meaning("opeid", "OPEID", ("opeid", "ope", "opeidnumber", "federalschoolcode")),
    Meaning("city", "City", ("city", "town", "location")),
    Meaning("state", "State", ("state", "stateabbr", "stabbr", "stateprovince", "st")),
    Meaning("program", "Program", ("program", "title", "degreeprogram", "major", "discipline")),
    Meaning("level", "Award level", ("level", "award", "degree", "credential", "awardlevel", "degreelevel", "type")),
    Meaning("cip", "CIP code", ("cip", "cipcode")),
    Meaning("status", "Status", ("status", "accreditationstatus", "decision"),
            "Without it, all rows have the status chosen below."),
    Meaning("since", "Accredited since", ("since", "initialaccreditation", "accreditedsince", "accreditationdate",
                                          "initialaccreditationdate", "granted")),
    Meaning("ended_on", "Ended on", ("ended", "endedon", "enddate", "accreditationenddate", "withdrawnon")),
    Meaning("next_review", "Next review", ("nextreview", "nextreviewdate", "reviewdate", "review", "reaccreditation")),
    Meaning("outcomes_url", "Page with published outcomes", ("outcomesurl", "outcomeslink", "outcomes", "link")),
    Meaning("outcomes_year", "Year of the outcomes", ("outcomesyear", "year", "academicyear", "reportingyear")),
    Meaning("graduation_rate", "Graduation rate", ("graduationrate", "graduation")),
    Meaning("employment_rate", "Employment rate", ("employmentrate", "employment", "placementrate", "placement")),
    Meaning("third_name", "Name of the third measure", ("thirdmeasure", "measure", "othermeasure", "outcome")),
    Meaning("third_value", "Value of the third measure", ("thirdmeasurevalue", "thirdvalue", "measurevalue", "result")),
)  # fmt: skip
KEYS: Final = tuple(meaning.key for meaning in MEANINGS)
LABEL: Final = {meaning.key: meaning.label for meaning in MEANINGS}
#: Meaning -> place of the column, from 0.
Columns = Mapping[str, int]


def plain_heading(heading: str) -> str:
    """A heading without case, signs, blanks and the words that say only that it is one."""
    return re.sub(r"(name|number)$", "", re.sub(r"[^a-z0-9]", "", heading.casefold()))


def guess(header: Sequence[str], remembered: Mapping[str, str]) -> dict[str, int]:
    """Meaning -> column: first what was said of the same heading last time, then what the heading says itself.

    `remembered` is meaning -> heading, with "" for a meaning that the lists of this accreditor do not have.
    """
    plain = [plain_heading(each) for each in header]
    found: dict[str, int] = {}
    for key, heading in remembered.items():
        if key in KEYS and heading in header:
            found[key] = header.index(heading)
    for meaning in MEANINGS:
        if meaning.key in found or remembered.get(meaning.key) == "":
            continue
        words = {plain_heading(each) for each in meaning.headings}
        # In the order of the words: "program" says more than "major" where a list has both.
        taken = set(found.values())
        places = [at for word in words for at, each in enumerate(plain) if each == word and at not in taken]
        if places:
            found[meaning.key] = min(places)
    return found


def looks_like_header(cells: Sequence[str]) -> int:
    """How many meanings the cells of a line would give; a title above the table gives none."""
    return len(guess([each.strip() for each in cells], {}))
