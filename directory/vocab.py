"""Choices and code tables: the official codes, our words for them, and nothing that touches a database.

Codes stand as the agencies publish them, so that a value in a table can be looked up in the agency's own dictionary.
"""

from __future__ import annotations

from typing import Final

from django.db.models import IntegerChoices, TextChoices


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


class Control(IntegerChoices):
    """IPEDS CONTROL."""

    PUBLIC = 1, "Public"
    NONPROFIT = 2, "Private nonprofit"
    FOR_PROFIT = 3, "Private for-profit"
    UNKNOWN = -3, "Control not known"


CONTROL_SLUG: Final[dict[int, str]] = {1: "public", 2: "nonprofit", 3: "for-profit"}


class SchoolState(TextChoices):
    """IPEDS ACT, read as what a student needs to know. Closed = ACT C, D or M."""

    OPEN = "open", "Open"
    CLOSING = "closing", "Closed this year"
    COMBINED = "combined", "Combined with another school"
    CLOSED = "closed", "Closed"
    CAMPUS = "campus", "Campus that reports with another school"
    GONE = "gone", "No longer in the federal directory"


STATE_OF_ACT: Final[dict[str, SchoolState]] = {
    "A": SchoolState.OPEN,
    "N": SchoolState.OPEN,
    "R": SchoolState.OPEN,
    "M": SchoolState.CLOSING,
    "C": SchoolState.COMBINED,
    "D": SchoolState.CLOSED,
    "G": SchoolState.CAMPUS,
}
CLOSED_STATES: Final = (SchoolState.CLOSING, SchoolState.COMBINED, SchoolState.CLOSED, SchoolState.GONE)


class ListingState(TextChoices):
    """Whether a program stands in the public lists; a page once published stays, and says why it left."""

    LISTED = "listed", "Listed"
    NOT_REPORTED = "not-reported", "No longer reported by the school"
    SCHOOL_CLOSED = "school-closed", "The school has closed"
    WITHDRAWN = "withdrawn", "Taken off the list by staff"


class Delivery(TextChoices):
    CAMPUS = "campus", "On campus"
    HYBRID = "hybrid", "Partly online"
    ONLINE = "online", "Fully online"
    UNKNOWN = "unknown", "Not known"


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


class Standing(TextChoices):
    """What the public sees of a program's CAHIIM accreditation: the `accreditation` parameter."""

    ACCREDITED = "accredited", "CAHIIM accredited, confirmed"
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


class GoKind(TextChoices):
    """Where an enrol link leads."""

    PROGRAM = "program", "Program page"
    APPLY = "apply", "Apply"
    AID = "aid", "Financial aid"
    PRICE = "price", "Net price calculator"
    VISIT = "visit", "School website"


class SchoolMeasure(TextChoices):
    """Yearly facts of a whole school. Each names the official column that it is read from."""

    TUITION_IN_DISTRICT = "tuition-in-district", "Tuition and fees, local residents"  # CHG1AY3, TUITION1+FEE1
    TUITION_IN_STATE = "tuition-in-state", "Tuition and fees, state residents"  # CHG2AY3, custom table
    TUITION_OUT_OF_STATE = "tuition-out-of-state", "Tuition and fees, other residents"  # CHG3AY3
    CREDIT_IN_DISTRICT = "credit-in-district", "Part-time price a credit, local residents"  # HRCHG1
    CREDIT_IN_STATE = "credit-in-state", "Part-time price a credit, state residents"  # HRCHG2
    CREDIT_OUT_OF_STATE = "credit-out-of-state", "Part-time price a credit, other residents"  # HRCHG3
    BOOKS = "books", "Books and supplies"  # CHG4AY3
    ENROLLED = "enrolled", "Students enrolled"
    DISTANCE_ALL = "distance-all", "Students with all courses by distance"
    DISTANCE_SOME = "distance-some", "Students with some courses by distance"
    NET_PRICE = "net-price", "Average net price after grants"  # NPT4_PUB, NPT4_PRIV
    COST_OF_ATTENDANCE = "cost-of-attendance", "Average cost of attendance"  # COSTT4_A, COSTT4_P
    DEBT = "debt", "Median federal debt of graduates"  # GRAD_DEBT_MDN_SUPP
    EARNINGS_6 = "earnings-6-years", "Median earnings 6 years after entry"  # MD_EARN_WNE_P6
    EARNINGS_10 = "earnings-10-years", "Median earnings 10 years after entry"  # MD_EARN_WNE_P10


class Source(TextChoices):
    """Official files that can be loaded, and the tables that staff keep."""

    IPEDS_HD = "ipeds-hd", "IPEDS institution directory (HD)"
    IPEDS_COMPLETIONS = "ipeds-completions", "IPEDS Completions (C_A)"
    IPEDS_DISTANCE_PROGRAMS = "ipeds-distance-programs", "IPEDS Completions, programs by distance (C_DEP)"
    IPEDS_IC = "ipeds-ic", "IPEDS Institutional Characteristics (IC)"
    IPEDS_IC_AY = "ipeds-ic-ay", "IPEDS charges, academic year (IC_AY)"
    IPEDS_IC_PY = "ipeds-ic-py", "IPEDS charges by program (IC_PY)"
    IPEDS_COST = "ipeds-cost", "IPEDS charges (COST1)"
    IPEDS_TUITION = "ipeds-tuition", "IPEDS tuition and fees, custom table"
    IPEDS_DISTANCE = "ipeds-distance", "IPEDS distance enrollment, custom table"
    SCORECARD_FIELD = "scorecard-field", "College Scorecard, field of study"
    SCORECARD_INSTITUTION = "scorecard-institution", "College Scorecard, institution"
    DAPIP = "dapip", "Database of Accredited Postsecondary Institutions and Programs"
    CIP = "cip", "Classification of Instructional Programs"
    CIP_CHANGES = "cip-changes", "CIP 2010 to CIP 2020"
    ZIP_POINTS = "zip-points", "ZIP code points"
    EIGHT_KEYS = "va-eight-keys", "VA 8 Keys to Veterans’ Success"
    WEAMS = "va-weams", "VA approved schools (WEAMS)"
    ACCREDITATION_EVIDENCE = "accreditation-evidence", "Statements about accreditation"
    ONLINE_EVIDENCE = "online-evidence", "Statements about online study"
    PROGRAM_FACTS = "program-facts", "Facts that schools state about a program"
    CERTIFICATIONS = "certifications", "Certification rules and fees"
    STAFF = "staff", "Entered by staff"
    SOC = "soc", "Standard Occupational Classification"
    CIP_SOC = "cip-soc", "CIP to SOC crosswalk"
    OEWS = "oews", "Occupational Employment and Wage Statistics"
    PROJECTIONS = "employment-projections", "Employment Projections"
    ATTAINMENT = "attainment", "Educational attainment of workers"
    ONET_OCCUPATIONS = "onet-occupations", "O*NET occupations"
    ONET_TASKS = "onet-tasks", "O*NET tasks"
    ONET_TECHNOLOGY = "onet-technology", "O*NET technology skills"
    ONET_TITLES = "onet-titles", "O*NET alternate titles"
    ONET_REPORTED_TITLES = "onet-reported-titles", "O*NET reported job titles"
    ONET_RELATED = "onet-related", "O*NET related occupations"
    ONET_INTERESTS = "onet-interests", "O*NET interests"
    ONET_JOB_ZONES = "onet-job-zones", "O*NET job zones"
    ONET_JOB_ZONE_REFERENCE = "onet-job-zone-reference", "O*NET job zone reference"


#: The health information family: what `import_*` loads unless told otherwise.
DEFAULT_CIPS: Final = ("51.0706", "51.0707", "51.0713", "51.0714", "51.0716", "51.0723", "51.2706")

STATES: Final[dict[str, str]] = {
    "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California", "CO": "Colorado",
    "CT": "Connecticut", "DE": "Delaware", "DC": "District of Columbia", "FL": "Florida", "GA": "Georgia",
    "HI": "Hawaii", "ID": "Idaho", "IL": "Illinois", "IN": "Indiana", "IA": "Iowa", "KS": "Kansas",
    "KY": "Kentucky", "LA": "Louisiana", "ME": "Maine", "MD": "Maryland", "MA": "Massachusetts",
    "MI": "Michigan", "MN": "Minnesota", "MS": "Mississippi", "MO": "Missouri", "MT": "Montana",
    "NE": "Nebraska", "NV": "Nevada", "NH": "New Hampshire", "NJ": "New Jersey", "NM": "New Mexico",
    "NY": "New York", "NC": "North Carolina", "ND": "North Dakota", "OH": "Ohio", "OK": "Oklahoma",
    "OR": "Oregon", "PA": "Pennsylvania", "RI": "Rhode Island", "SC": "South Carolina", "SD": "South Dakota",
    "TN": "Tennessee", "TX": "Texas", "UT": "Utah", "VT": "Vermont", "VA": "Virginia", "WA": "Washington",
    "WV": "West Virginia", "WI": "Wisconsin", "WY": "Wyoming", "AS": "American Samoa",
    "FM": "Federated States of Micronesia", "GU": "Guam", "MH": "Marshall Islands",
    "MP": "Northern Mariana Islands", "PR": "Puerto Rico", "PW": "Palau", "VI": "U.S. Virgin Islands",
}  # fmt: skip
