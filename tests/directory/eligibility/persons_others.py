"""Persons and the exams for coders, registrars and office staff, with their verdicts, worked out by hand.

Each says why in the words of the rule. HIM is the field, health information management.
"""

from __future__ import annotations

import datetime as dt

from tests.directory.eligibility.people import (
    AFTER,
    MAY,
    REGISTRY,
    UNSURE,
    Case,
    graduate,
    high_school,
    him,
    months,
    registry,
)

PRACTICUM, SCIENCE = "ncra-practicum", "anatomy-physiology"

# fmt: off

CODING = [
    Case("diploma", "ccs", MAY, "diploma", "Required: high school diploma.", high_school(), "diploma"),
    Case("no diploma", "ccs", AFTER, "diploma", "Required: high school diploma.",
         {"diploma": False, "award_level": None}, "diploma", ("a high school diploma",)),
    Case("diploma not said", "ccs", UNSURE, "diploma", "Unknown decides.", {"award_level": None}),
    Case("associate, diploma not said", "ccs", MAY, "diploma", "Nobody gets the degree without a diploma.",
         {"award_level": "associate"}),
    Case("associate, but no diploma", "ccs", AFTER, "diploma", "Said to be lacking.",
         {"award_level": "associate", "diploma": False}),
    Case("certificate, diploma not said", "ccs", UNSURE, "diploma", "A certificate does not prove the diploma.",
         {"award_level": "certificate"}),
    Case("no diploma, RHIT and years of coding", "ccs", AFTER, "diploma",
         "What is recommended does not replace what is required.",
         {"diploma": False, "award_level": None, "credentials": ["rhit"], **months("coding", 60)}),
    Case("diploma", "cca", MAY, "diploma", "Required: high school diploma.", high_school(), "diploma"),
    Case("no diploma, a coding course", "cca", AFTER, "diploma", "The course is only recommended.",
         {"diploma": False, "award_level": None, "completed": ["coding-courses"]}),
    Case("diploma, no experience at all", "cca", MAY, "diploma", "Six months of coding are only recommended.",
         high_school(**months("coding", 0))),
    Case("anybody", "ccs-p", MAY, "none", "Backgrounds are recommended, none is required."),
    Case("no diploma", "ccs-p", MAY, "none", "None is required.", {"diploma": False, "award_level": None}),
    Case("anybody", "cpc", MAY, "none", "No education or experience needed to sit."),
    Case("no diploma", "cpc", MAY, "none", "No education needed.", {"diploma": False, "award_level": None}),
    Case("years of coding", "cpc", MAY, "none", "Experience counts after passing.",
         high_school(**months("coding", 24))),
    Case("anybody", "coc", MAY, "none", "No education or experience needed to sit."),
    Case("no diploma", "coc", MAY, "none", "No education needed.", {"diploma": False, "award_level": None}),
]

NOT_KNOWN = [
    Case(who, exam, UNSURE, "rule", "The rule is not confirmed.", person)
    for exam in ("chda", "cdip", "cic", "crc")
    for who, person in (
        ("anybody", {}),
        ("accredited master's with everything", him("masters", credentials=["rhia", "ccs"], **months("coding", 240))),
    )
]

ODS = [
    Case("accredited associate with its practicum", "ods", MAY, "course", "A1.",
         registry("associate", completed=[PRACTICUM]), "A1"),
    Case("accredited associate, practicum to come", "ods", AFTER, "course", "A1 without its practicum.",
         registry("associate"), "A1", ("the program’s practicum",)),
    Case("associate, accreditation only stated, practicum", "ods", UNSURE, "program-accreditation",
         "Nobody confirmed it with NCRA.", registry("associate", "stated", completed=[PRACTICUM]), "A1"),
    Case("associate of CAHIIM with a practicum", "ods", AFTER, "experience", "Not NCRA's: route B is left.",
         him("associate", completed=[PRACTICUM]), "B"),
    Case("accredited certificate, practicum, 60 credits", "ods", MAY, "course", "A2.",
         registry("certificate", credits=60, completed=[PRACTICUM]), "A2"),
    Case("accredited certificate, practicum, 59 credits", "ods", AFTER, "credits", "One credit is lacking.",
         registry("certificate", credits=59, completed=[PRACTICUM]), "A2", ("1 more credit",)),
    Case("associate, then an accredited certificate with its practicum", "ods", MAY, "course", "A2.",
         graduate("associate", completed=["ncra-certificate", PRACTICUM]), "A2"),
    Case("certificate that is not accredited, practicum, 60 credits", "ods", AFTER, "experience",
         "Route B is left.", graduate("certificate", credits=60, completed=[PRACTICUM, SCIENCE]), "B",
         ("1,950 more hours of cancer registry work",)),
    Case("associate, anatomy, 1,950 hours", "ods", MAY, "experience", "B.",
         graduate("associate", completed=[SCIENCE], experience_hours={REGISTRY: 1950}), "B"),
    Case("associate, anatomy, 1,949 hours", "ods", AFTER, "experience", "One hour is lacking.",
         graduate("associate", completed=[SCIENCE], experience_hours={REGISTRY: 1949}), "B",
         ("1 more hour of cancer registry work",)),
    Case("60 credits, anatomy, 12 months", "ods", MAY, "experience", "A year of full time is 1,950 hours.",
         high_school(credits=60, completed=[SCIENCE], **months(REGISTRY, 12)), "B"),
    Case("60 credits, anatomy, 11 months", "ods", AFTER, "experience", "11 months are 1,787 hours and a half.",
         high_school(credits=60, completed=[SCIENCE], **months(REGISTRY, 11)), "B",
         ("163 more hours of cancer registry work",)),
    Case("60 credits, anatomy, 24 months said to be 1,000 hours", "ods", AFTER, "experience",
         "Hours win over months.",
         high_school(credits=60, completed=[SCIENCE], experience_hours={REGISTRY: 1000}, **months(REGISTRY, 24)),
         "B", ("950 more hours of cancer registry work",)),
    Case("60 credits, anatomy, 3 months said to be 1,950 hours", "ods", MAY, "experience", "Hours win over months.",
         high_school(credits=60, completed=[SCIENCE], experience_hours={REGISTRY: 1950}, **months(REGISTRY, 3)), "B"),
    Case("59 credits, anatomy, a year", "ods", AFTER, "credits", "One credit is lacking.",
         high_school(credits=59, completed=[SCIENCE], **months(REGISTRY, 12)), "B", ("1 more credit",)),
    Case("associate and a year, no anatomy", "ods", AFTER, "course", "Two semesters of it are required.",
         graduate("associate", **months(REGISTRY, 12)), "B"),
    Case("bachelor's, anatomy, a year", "ods", MAY, "experience", "A bachelor's has more than 60 credits.",
         graduate("bachelors", cip="26.0101", completed=[SCIENCE], **months(REGISTRY, 12)), "B"),
    Case("anatomy and years of coding", "ods", AFTER, "experience", "Coding is no registry work.",
         graduate("associate", completed=[SCIENCE], **months("coding", 60)), "B"),
    Case("last term of an accredited associate, practicum done", "ods", AFTER, "award-level",
         "The early test is known of the RHIT only.", registry("associate", last_term=True, completed=[PRACTICUM]),
         "A1", ("Finish your last term",)),
    Case("route A1 on the last day of the CTR", "ods", UNSURE, "rule",
         "Named CTR until 2024-01-01: rules not known.", registry("associate", completed=[PRACTICUM]), None, (),
         dt.date(2023, 12, 31)),
    Case("route A1 on the first day of the ODS", "ods", MAY, "course", "Named ODS from 2024-01-01.",
         registry("associate", completed=[PRACTICUM]), "A1", (), dt.date(2024, 1, 1)),
]

OWN_FIELDS = {"cbcs": ("51.0707", "51.0713", "51.0714"), "cehrs": ("51.0706", "51.0707", "51.0709")}
OTHER_FIELDS = {"cbcs": ("51.0716", "51.3801", "48.0508"), "cehrs": ("51.0713", "51.0716", "51.3801", "48.0508")}
NO_FIELD = "The rule says a training program and names no field: nobody can tell but NHA."

NHA = [
    case
    for exam in ("cbcs", "cehrs")
    for own in [OWN_FIELDS[exam][0]]
    for case in (
        *(
            Case(f"diploma and a certificate in {cip}", exam, MAY, "field", "Diploma plus a training program.",
                 graduate("certificate", cip=cip), "training")
            for cip in OWN_FIELDS[exam]
        ),
        *(
            Case(f"diploma and a certificate in {cip}", exam, UNSURE, "award-level", NO_FIELD,
                 graduate("certificate", cip=cip), "other")
            for cip in OTHER_FIELDS[exam]
        ),
        Case("associate in health records", exam, MAY, "field", "Diploma plus a training program.",
             graduate("associate"), "training"),
        Case("bachelor's in biology", exam, UNSURE, "award-level", NO_FIELD,
             graduate("bachelors", cip="26.0101"), "other"),
        Case("certificate in welding and a year of billing", exam, MAY, "experience", "Diploma plus 1 year of work.",
             graduate("certificate", cip="48.0508", **months("health-care", 12)), "work"),
        Case("certificate in welding, no diploma", exam, AFTER, "experience", "Diploma and a year of work are lacking.",
             {**graduate("certificate", cip="48.0508"), "diploma": False}, "work"),
        Case("diploma and a year of coding", exam, MAY, "experience", "Diploma plus 1 year of work.",
             high_school(**months("coding", 12)), "work"),
        Case("diploma and 11 months", exam, AFTER, "experience", "One month is lacking.",
             high_school(**months("health-care", 11)), "work", ("1 more month of work in health care",)),
        Case("diploma alone", exam, AFTER, "experience", "A year of work is lacking, or a program.", high_school(),
             "work", ("12 more months of work in health care",)),
        Case("certificate, no diploma", exam, AFTER, "diploma", "The diploma is lacking.",
             {**graduate("certificate", cip=own), "diploma": False}, "training"),
        Case("a year of work, no diploma", exam, AFTER, "diploma", "The diploma is lacking.",
             {"diploma": False, "award_level": None, **months("coding", 12)}, "work"),
        Case("diploma, last term of a certificate", exam, AFTER, "field", "The program is not finished.",
             graduate("certificate", cip=own, last_term=True), "training", ("Finish your last term",)),
        Case("diploma, certificate of a field not said", exam, UNSURE, "field", "Unknown field decides.",
             graduate("certificate", cip=None), "training"),
    )
]
