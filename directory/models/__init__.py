"""The directory's tables. Each file is one noun; this one only gathers them for Django."""

from directory.models.accreditation import Accreditation, AccreditationAction, AccreditationStatement, Agency
from directory.models.accreditor_list import (
    AccreditorList,
    AccreditorListChange,
    AccreditorListRow,
    AccreditorRowDecision,
)
from directory.models.address import FormerSlug, ZipPoint
from directory.models.batch import ListingBatch, ListingChange
from directory.models.case_decision import CaseDecision
from directory.models.certification import (
    Body,
    Certification,
    CertificationFact,
    Condition,
    Opening,
    Route,
    RuleSet,
)
from directory.models.click import ClickCount
from directory.models.decision_text import DecisionText
from directory.models.error_report import ErrorReport, ErrorReportStep
from directory.models.featured_list import FeaturedEntry, FeaturedList
from directory.models.field_of_study import FieldChange, FieldOfStudy
from directory.models.kept_change import KeptChange
from directory.models.link import Link, LinkRun, LinkUse
from directory.models.listing import Listing
from directory.models.mail import Mail, MailRefusal
from directory.models.merge import DuplicatePair, DuplicateSearch, Merge
from directory.models.missed_search import MissedSearch
from directory.models.outcome import FieldOutcome
from directory.models.override import ConflictDecision, Override
from directory.models.program import Completions, Program, ProgramCharge, ProgramDelivery, ProgramFact
from directory.models.proposal import ProposalStep, ReleaseProposal
from directory.models.release import ImportReject, ImportRun, Release
from directory.models.review import Review, ReviewReply, ReviewReport
from directory.models.saved_program import SavedProgram
from directory.models.saved_search import ProgramAlertsOff, SavedSearch, ToldProgram
from directory.models.school import School
from directory.models.school_year import SchoolFigure
from directory.models.search_entry import SearchEntry, SearchState, Synonym
from directory.models.tally import Tally

__all__ = [
    "Accreditation", "AccreditationAction", "AccreditationStatement", "AccreditorList", "AccreditorListChange",
    "AccreditorListRow", "AccreditorRowDecision", "Agency", "Body", "CaseDecision", "Certification",
    "CertificationFact", "ClickCount", "Completions", "Condition", "ConflictDecision", "DecisionText", "DuplicatePair",
    "DuplicateSearch", "ErrorReport", "ErrorReportStep", "FeaturedEntry", "FeaturedList", "FieldChange",
    "FieldOfStudy", "FieldOutcome", "FormerSlug", "ImportReject", "ImportRun", "KeptChange", "Link", "LinkRun",
    "LinkUse", "Listing", "ListingBatch", "ListingChange", "Mail", "MailRefusal", "Merge", "MissedSearch", "Opening",
    "Override", "Program", "ProgramAlertsOff", "ProgramCharge", "ProgramDelivery", "ProgramFact", "ProposalStep",
    "Release", "ReleaseProposal", "Review", "ReviewReply", "ReviewReport", "Route", "RuleSet", "SavedProgram",
    "SavedSearch", "School", "SchoolFigure", "SearchEntry", "SearchState", "Synonym", "Tally", "ToldProgram",
    "ZipPoint",
]  # fmt: skip
