"""Choices and code tables: the official codes, our words for them, and nothing that touches a database.

Codes stand as the agencies publish them, so that a value in a table can be looked up in the agency's own dictionary.
Everybody imports them from here.
"""

from __future__ import annotations

from directory.vocab.accreditation import PROGRAM_ACCREDITOR, STANDING_OF, AccreditationStatus, Reliability, Standing
from directory.vocab.awards import (
    AWARD_SLUG,
    CREDENTIAL_OF,
    LENGTH_OF,
    LEVEL_GROUP,
    USUAL_YEARS,
    AwardLevel,
    CredentialLevel,
    Length,
    LevelGroup,
)
from directory.vocab.batches import WAITING_BATCHES, BatchState, BatchWay, ChangeState, ListingKind
from directory.vocab.error_reports import DECIDED_STATES, ReportKind, ReportState
from directory.vocab.figures import NOTE_CHOICES, NOTE_LENGTH, Level, Missing, Quality, Unit
from directory.vocab.links import Finding
from directory.vocab.programs import DEFAULT_CIPS, Delivery, GoKind, ListingState
from directory.vocab.proposals import ProposalState, ProposalVerb
from directory.vocab.reviews import ASPECTS, Rating, RefusalReason, ReviewReportReason, ReviewRole, ReviewState
from directory.vocab.roles import Role
from directory.vocab.schools import (
    CLOSED_STATES,
    CONTROL_CHOICES,
    CONTROL_OF_SLUG,
    CONTROL_SLUG,
    STATE_OF_ACT,
    UNLISTED_STATES,
    Control,
    SchoolMeasure,
    SchoolState,
)
from directory.vocab.sources import Source
from directory.vocab.states import STATES
from directory.vocab.veterans import VETERAN_FACTS, VETERAN_MEANINGS, VeteranFact

__all__ = [
    "ASPECTS",
    "AWARD_SLUG",
    "CLOSED_STATES",
    "CONTROL_CHOICES",
    "CONTROL_OF_SLUG",
    "CONTROL_SLUG",
    "CREDENTIAL_OF",
    "DECIDED_STATES",
    "DEFAULT_CIPS",
    "LENGTH_OF",
    "LEVEL_GROUP",
    "NOTE_CHOICES",
    "NOTE_LENGTH",
    "PROGRAM_ACCREDITOR",
    "STANDING_OF",
    "STATES",
    "STATE_OF_ACT",
    "UNLISTED_STATES",
    "USUAL_YEARS",
    "VETERAN_FACTS",
    "VETERAN_MEANINGS",
    "WAITING_BATCHES",
    "AccreditationStatus",
    "AwardLevel",
    "BatchState",
    "BatchWay",
    "ChangeState",
    "Control",
    "CredentialLevel",
    "Delivery",
    "Finding",
    "GoKind",
    "Length",
    "Level",
    "LevelGroup",
    "ListingKind",
    "ListingState",
    "Missing",
    "ProposalState",
    "ProposalVerb",
    "Quality",
    "Rating",
    "RefusalReason",
    "Reliability",
    "ReportKind",
    "ReportState",
    "ReviewReportReason",
    "ReviewRole",
    "ReviewState",
    "Role",
    "SchoolMeasure",
    "SchoolState",
    "Source",
    "Standing",
    "Unit",
    "VeteranFact",
]
