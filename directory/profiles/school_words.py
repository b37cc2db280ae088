"""IPEDS codes of an institution in words that a student reads; a code without words is never guessed at."""

from __future__ import annotations

from typing import Final

#: INSTSIZE: students of the whole institution.
SIZE: Final[dict[int, str]] = {
    1: "Under 1,000 students",
    2: "1,000 to 4,999 students",
    3: "5,000 to 9,999 students",
    4: "10,000 to 19,999 students",
    5: "20,000 students or more",
}
#: HLOFFER
HIGHEST_AWARD: Final[dict[int, str]] = {
    1: "Certificate of under a year",
    2: "Certificate of 1 to 2 years",
    3: "Associate degree",
    4: "Certificate of 2 to 4 years",
    5: "Bachelor’s degree",
    6: "Postbaccalaureate certificate",
    7: "Master’s degree",
    8: "Post-master’s certificate",
    9: "Doctorate",
}
#: LOCALE
SETTING: Final[dict[int, str]] = {
    11: "Large city",
    12: "Midsize city",
    13: "Small city",
    21: "Suburb of a large city",
    22: "Suburb of a midsize city",
    23: "Suburb of a small city",
    31: "Town near a city",
    32: "Town at some distance from a city",
    33: "Remote town",
    41: "Countryside near a city",
    42: "Countryside at some distance from a city",
    43: "Remote countryside",
}
#: CALSYS
CALENDAR: Final[dict[int, str]] = {
    1: "Semesters",
    2: "Quarters",
    3: "Trimesters",
    4: "Two terms with a short one between (4-1-4)",
    5: "A calendar of its own",
    6: "Differs by program",
    7: "Continuous: you can start at many times of the year",
}
#: OPEFLAG: whether federal student aid can be used here.
FEDERAL_AID: Final[dict[int, str]] = {
    1: "Yes",
    2: "Yes, as a branch of a school that takes part",
    3: "Only deferment of earlier loans",
    5: "No",
    6: "No",
    7: "No longer: it stopped in this year",
    8: "Yes, newly",
}
#: ICLEVEL, before the word "school".
KIND: Final[dict[int, str]] = {1: "four-year", 2: "two-year", 3: "less-than-two-year"}
