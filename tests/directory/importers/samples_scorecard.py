"""College Scorecard, field of study and institution: columns of use and their neighbours, in the published order."""

from __future__ import annotations

from directory.vocab import Source
from tests.directory.importers.files import Cells, Part, Sample, filled
from tests.directory.importers.samples_ipeds import HD

FIELD_HEADER: Cells = (
    "UNITID", "OPEID6", "INSTNM", "CONTROL", "MAIN", "CIPCODE", "CIPDESC", "CREDLEV", "CREDDESC", "IPEDSCOUNT1",
    "IPEDSCOUNT2", "DEBT_ALL_STGP_ANY_N", "DEBT_ALL_STGP_ANY_MEAN", "DEBT_ALL_STGP_ANY_MDN",
    "DEBT_ALL_STGP_EVAL_N", "DEBT_ALL_STGP_EVAL_MEAN", "DEBT_ALL_STGP_EVAL_MDN", "EARN_COUNT_WNE_HI_1YR",
    "EARN_MDN_HI_1YR", "EARN_COUNT_WNE_HI_2YR", "EARN_MDN_HI_2YR", "EARN_COUNT_WNE_1YR", "EARN_MDN_1YR",
    "EARN_COUNT_WNE_4YR", "EARN_MDN_4YR", "EARN_GT_THRESHOLD_4YR", "BBRR4_FED_COMP_DISCHARGE", "DISTANCE",
    "EARN_COUNT_NWNE_5YR", "EARN_COUNT_WNE_5YR", "EARN_MDN_5YR", "EARN_IN_STATE_5YR",
)  # fmt: skip
FIELD_MEASURES = (
    "IPEDSCOUNT1", "IPEDSCOUNT2", "DEBT_ALL_STGP_ANY_MDN", "DEBT_ALL_STGP_EVAL_MDN", "EARN_MDN_HI_1YR",
    "EARN_MDN_HI_2YR", "EARN_MDN_1YR", "EARN_MDN_4YR", "EARN_MDN_5YR",
)  # fmt: skip
ASSOCIATE = {
    "OPEID6": "001001", "INSTNM": "Maple Fork College", "CONTROL": "Public", "MAIN": "1", "CIPCODE": "5107",
    "CIPDESC": "Health and Medical Administrative Services.", "CREDLEV": "2", "CREDDESC": "Associate's Degree",
    "IPEDSCOUNT1": "31", "IPEDSCOUNT2": "29", "DEBT_ALL_STGP_ANY_MDN": "14250", "DEBT_ALL_STGP_EVAL_MDN": "13100",
    "EARN_MDN_HI_1YR": "31000", "EARN_MDN_HI_2YR": "32000", "EARN_MDN_1YR": "33000", "EARN_MDN_4YR": "38000",
    "EARN_MDN_5YR": "41000", "DISTANCE": "2", "EARN_COUNT_NWNE_5YR": "17", "BBRR4_FED_COMP_DISCHARGE": "0.05",
}  # fmt: skip


def outcome(unitid: int | str, **columns: str) -> Cells:
    """A row of the field-of-study file."""
    return filled(FIELD_HEADER, ASSOCIATE, {"UNITID": str(unitid), **columns}, blank="40")


def field_of_study(*rows: Cells, stamp: str = "04172025", header: Cells = FIELD_HEADER) -> Sample:
    name = f"Most-Recent-Cohorts-Field-of-Study_{stamp}.csv"
    return Sample(
        source=Source.SCORECARD_FIELD,
        name=name,
        parts=(Part(name, header, rows),),
        needs=(HD,),
        numbers=tuple(name for name in FIELD_MEASURES if name in header),
        codes=("CREDLEV",),
        keys=("UNITID", "CIPCODE"),
    )


FIELD = field_of_study(
    outcome(100101),
    outcome(100202, CREDLEV="3", CREDDESC="Bachelor's Degree", EARN_MDN_4YR="52000", DISTANCE="1"),
    outcome(100101, CIPCODE="0101", CREDLEV="1", DISTANCE="3"),
)

INSTITUTION_HEADER: Cells = (
    "UNITID", "OPEID", "OPEID6", "INSTNM", "CITY", "STABBR", "ZIP", "ACCREDAGENCY", "INSTURL", "NPCURL",
    "SCH_DEG", "HCM2", "MAIN", "DISTANCEONLY", "UGDS", "CURROPER", "NPT4_PUB", "NPT4_PRIV", "NPT4_PROG",
    "COSTT4_A", "COSTT4_P", "TUITIONFEE_IN", "TUITIONFEE_OUT", "MD_EARN_WNE_P10", "PCT10_EARN_WNE_P10",
    "MD_EARN_WNE_P6", "PCT10_EARN_WNE_P6", "DEBT_MDN_SUPP", "GRAD_DEBT_MDN_SUPP", "GRAD_DEBT_MDN10YR_SUPP",
    "ICLEVEL", "UGDS_MEN",
)  # fmt: skip
PUBLIC = {
    "OPEID": "100100", "OPEID6": "1001", "INSTNM": "Maple Fork College", "CITY": "Maple Fork", "STABBR": "OH",
    "ZIP": "43001", "ACCREDAGENCY": "Midland Commission on Colleges", "INSTURL": "www.mapleforkcollege.example/",
    "NPT4_PUB": "7200", "NPT4_PRIV": "NULL", "COSTT4_A": "14500", "COSTT4_P": "NULL", "TUITIONFEE_IN": "4600",
    "TUITIONFEE_OUT": "8800", "MD_EARN_WNE_P10": "41000", "MD_EARN_WNE_P6": "36000", "GRAD_DEBT_MDN_SUPP": "11000",
    "ICLEVEL": "2", "UGDS_MEN": "0.41", "GRAD_DEBT_MDN10YR_SUPP": "112.5",
}  # fmt: skip


def institution(unitid: int | str, **columns: str) -> Cells:
    """A row of the institution file."""
    return filled(INSTITUTION_HEADER, PUBLIC, {"UNITID": str(unitid), **columns}, blank="NULL")


def institutions(*rows: Cells, stamp: str = "06102026", header: Cells = INSTITUTION_HEADER) -> Sample:
    name = f"Most-Recent-Cohorts-Institution_{stamp}.csv"
    return Sample(
        source=Source.SCORECARD_INSTITUTION,
        name=name,
        parts=(Part(name, header, rows),),
        needs=(HD,),
        numbers=("MD_EARN_WNE_P10", "COSTT4_A", "GRAD_DEBT_MDN_SUPP", "MD_EARN_WNE_P6"),
        codes=("ICLEVEL",),
        keys=("UNITID",),
    )


INSTITUTION = institutions(
    institution(100101),
    institution(100202, NPT4_PUB="NULL", NPT4_PRIV="15100", MD_EARN_WNE_P10="PS", ICLEVEL="1"),
    institution(100303, NPT4_PUB="NA", COSTT4_A="NA", COSTT4_P="22000", ICLEVEL="3"),
)

SAMPLES = (FIELD, INSTITUTION)
