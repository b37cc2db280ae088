"""What each source is, who publishes it and what it does not tell; written by us, no database."""

from __future__ import annotations

from typing import Final, NamedTuple

from directory.vocab import Source


class About(NamedTuple):
    """`page` is the publisher's page for people; `gaps` is what a reader must not expect of the file."""

    what: str
    gaps: str = ""


class Publisher(NamedTuple):
    """A heading of the data page with the sources under it."""

    key: str
    name: str
    page: str
    sources: tuple[Source, ...]


PUBLISHERS: Final = (
    Publisher(
        "nces",
        "National Center for Education Statistics (IPEDS, CIP)",
        "https://nces.ed.gov/ipeds/datacenter/DataFiles.aspx",
        (
            Source.IPEDS_HD,
            Source.IPEDS_COMPLETIONS,
            Source.IPEDS_DISTANCE_PROGRAMS,
            Source.IPEDS_IC,
            Source.IPEDS_IC_AY,
            Source.IPEDS_IC_PY,
            Source.IPEDS_COST,
            Source.IPEDS_TUITION,
            Source.IPEDS_DISTANCE,
            Source.CIP,
            Source.CIP_CHANGES,
            Source.CIP_SOC,
        ),
    ),
    Publisher(
        "ed",
        "U.S. Department of Education (College Scorecard, DAPIP)",
        "https://collegescorecard.ed.gov/data/",
        (Source.SCORECARD_FIELD, Source.SCORECARD_INSTITUTION, Source.DAPIP),
    ),
    Publisher(
        "bls",
        "Bureau of Labor Statistics",
        "https://www.bls.gov/oes/tables.htm",
        (Source.OEWS, Source.PROJECTIONS, Source.ATTAINMENT, Source.SOC),
    ),
    Publisher(
        "onet",
        "U.S. Department of Labor, O*NET",
        "https://www.onetcenter.org/database.html",
        (
            Source.ONET_OCCUPATIONS,
            Source.ONET_TASKS,
            Source.ONET_TECHNOLOGY,
            Source.ONET_TITLES,
            Source.ONET_REPORTED_TITLES,
            Source.ONET_RELATED,
            Source.ONET_INTERESTS,
            Source.ONET_JOB_ZONES,
            Source.ONET_JOB_ZONE_REFERENCE,
        ),
    ),
    Publisher("va", "U.S. Department of Veterans Affairs", "", (Source.EIGHT_KEYS, Source.WEAMS)),
    Publisher(
        "places",
        "GeoNames, by way of the zipcodes package",
        "https://www.geonames.org/",
        (Source.ZIP_POINTS,),
    ),
    Publisher(
        "own",
        "Kept by us",
        "",
        (
            Source.ACCREDITATION_EVIDENCE,
            Source.ONLINE_EVIDENCE,
            Source.PROGRAM_FACTS,
            Source.CERTIFICATIONS,
            Source.STAFF,
        ),
    ),
)

ABOUT: Final[dict[Source, About]] = {
    Source.IPEDS_HD: About(
        "Every institution: name, place, who runs it, addresses on the web, open or closed.",
        "A picture of one year: a school that closed after it still stands as open.",
    ),
    Source.IPEDS_COMPLETIONS: About(
        "Awards by field and level. A row, even with no award, is the sign that a school offers the program.",
        "It lags two years. Awards count where the school reports, not where its students sit.",
    ),
    Source.IPEDS_DISTANCE_PROGRAMS: About(
        "Whether the programs of a field and level can be taken by distance.",
        "One answer may stand for several programs of the same field.",
    ),
    Source.IPEDS_IC: About(
        "Admission, calendar and distance study of each school.",
        "Facts of the school: none says that one given program is online.",
    ),
    Source.IPEDS_IC_AY: About(
        "Tuition, fees and living costs for an academic year, for local, state and other residents.",
        "Of the whole school; a program may charge more.",
    ),
    Source.IPEDS_IC_PY: About(
        "The price of whole programs at career schools.",
        "Only a school’s six largest programs, without their award: we match by length in hours.",
    ),
    Source.IPEDS_COST: About("The charges of schools and programs since 2024.", "Of the whole school, as above."),
    Source.IPEDS_TUITION: About(
        "Newer tuition and fees, drawn as a table from IPEDS.",
        "State and other residents only. An empty cell may mean not reported or not asked.",
    ),
    Source.IPEDS_DISTANCE: About(
        "How many students take all or some of their courses by distance.",
        "The table does not name the survey of IPEDS that it was drawn from.",
    ),
    Source.CIP: About("The classification of fields of study: codes, titles and definitions."),
    Source.CIP_CHANGES: About("What became of the codes of 2010, to read older files."),
    Source.CIP_SOC: About(
        "Which occupations a field of study can lead to.",
        "A judgement by the agencies, not a count of graduates.",
    ),
    Source.SCORECARD_FIELD: About(
        "Earnings and debt after a field of study at a school.",
        "Federal aid recipients only; all programs of a four-digit field and level together; withheld for "
        "small groups. Its columns differ in years and in dollars, so they are no curve.",
    ),
    Source.SCORECARD_INSTITUTION: About(
        "Accreditor, net price, debt and earnings of a whole school.", "All fields of study together."
    ),
    Source.DAPIP: About(
        "Who accredits schools and programs, with dates.",
        "It names no record of CAHIIM. “Accredited” is not taken back when it ends, so the end date decides.",
    ),
    Source.OEWS: About(
        "What workers in each occupation earn, from the lowest to the highest tenth.",
        "All workers, not beginners; people who work for themselves are left out.",
    ),
    Source.PROJECTIONS: About(
        "Jobs now and in ten years, openings a year, usual entry education.", "A projection, not a promise."
    ),
    Source.ATTAINMENT: About("How far the people in each occupation went in school."),
    Source.SOC: About("The classification of occupations: codes, titles and definitions."),
    Source.ONET_OCCUPATIONS: About("Occupations described in a sentence or two."),
    Source.ONET_TASKS: About(
        "What people in an occupation do.", "For health information work it gives no skills and no ratings."
    ),
    Source.ONET_TECHNOLOGY: About("Software and tools named in an occupation."),
    Source.ONET_TITLES: About("Other names of an occupation."),
    Source.ONET_REPORTED_TITLES: About("Job titles that workers gave."),
    Source.ONET_RELATED: About("Occupations that are near to one another."),
    Source.ONET_INTERESTS: About("Which interests an occupation meets.", "Estimated by a model for newer ones."),
    Source.ONET_JOB_ZONES: About("How much preparation an occupation needs."),
    Source.ONET_JOB_ZONE_REFERENCE: About("What the five zones of preparation mean."),
    Source.EIGHT_KEYS: About(
        "Schools that pledged eight steps for veterans.",
        "A pledge of some years ago, not an approval by the VA.",
    ),
    Source.WEAMS: About("Schools whose programs the VA has approved for benefits."),
    Source.ZIP_POINTS: About(
        "A point for each ZIP code, to measure distances.",
        "A point in the middle, a mile or so off; military mail has none.",
    ),
    Source.ACCREDITATION_EVIDENCE: About(
        "What single pages state about CAHIIM accreditation, each with its address.",
        "About an eighth of the accredited programs. No statement says nothing either way: ask CAHIIM.",
    ),
    Source.ONLINE_EVIDENCE: About("Pages that state that a program is taught online.", "Only pages that we read."),
    Source.PROGRAM_FACTS: About(
        "Credits, length, rates and addresses as pages state them.",
        "Only pages that we read; each with its year.",
    ),
    Source.CERTIFICATIONS: About(
        "Who may sit which exam, fees and renewal, with the date and the issuer’s page.",
        "Rules that no page of the issuer confirms are marked so.",
    ),
    Source.STAFF: About("Schools and programs that staff entered, with their evidence."),
}
