"""Which role may do what at the desk, and the groups that hold it.

Declared here and in other apps' configs (`staff_roles`), written to the groups after every `migrate`. What is declared
wins over what somebody clicked together in a group of that name; for exceptions there are permissions of one account
and groups with other names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from django.apps import AppConfig
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.module_loading import import_string

from directory.vocab import Role

C, M, E, P = Role.CURATOR, Role.MODERATOR, Role.EDITOR, Role.PUBLISHER
ADD, CHANGE, DELETE = "add", "change", "delete"
#: What stands for itself: a permission that a model declares beside Django's four.
Verbs = tuple[str, ...]


class Grant(NamedTuple):
    """Some tables, which roles look at them, and which may do more."""

    models: tuple[str, ...]
    may: Mapping[Role, Verbs] = {}
    seen_by: tuple[Role, ...] = tuple(Role)


#: Every table of the directory that the desk shows. The administrator may do whatever any role may.
OF_DIRECTORY: Final = (
    Grant(("School", "Program", "ProgramFact"), {C: (ADD, CHANGE)}),
    Grant(("Agency", "Accreditation", "AccreditationStatement"), {C: (ADD, CHANGE)}),
    Grant(("AccreditorList",), {C: (ADD, CHANGE)}),
    Grant(("AccreditorListRow",), {C: (CHANGE,)}),
    Grant(("AccreditorRowDecision",), {C: (DELETE,)}),
    Grant(("AccreditorListChange",)),
    Grant(("ConflictDecision",)),
    Grant(("Override",), {C: (CHANGE,)}),
    Grant(("Synonym",), {C: (ADD, CHANGE, DELETE)}),
    Grant(("MissedSearch", "Link"), {C: (CHANGE,)}),
    Grant(("ErrorReport",), {C: (CHANGE,), M: (CHANGE,)}),
    Grant(("DecisionText",), {C: (ADD, CHANGE, DELETE), M: (ADD, CHANGE, DELETE)}),
    Grant(("Review", "ReviewReply"), {M: (CHANGE, DELETE)}),
    Grant(("ReviewReport",), {M: (CHANGE,)}),
    Grant(("DuplicatePair",), {C: (CHANGE,)}),
    Grant(("Merge",), {C: (ADD, CHANGE)}),
    Grant(("FeaturedList", "FeaturedEntry"), {E: (ADD, CHANGE, DELETE)}),
    Grant(("Body", "Certification", "CertificationFact"), {P: (ADD, CHANGE)}),
    Grant(("ReleaseProposal",), {P: (ADD, CHANGE)}),
    Grant(("RuleSet", "Route", "Condition"), {P: (ADD, CHANGE, DELETE)}),
    Grant(("ListingBatch", "ListingChange")),
    Grant(("CaseDecision",)),
    Grant(
        (
            "AccreditationAction", "ClickCount", "Completions", "DuplicateSearch", "ErrorReportStep", "FieldChange",
            "FieldOfStudy", "FieldOutcome", "FormerSlug", "ImportReject", "ImportRun",
            "KeptChange", "LinkRun", "LinkUse", "Listing", "Opening",
            "ProgramCharge", "ProgramDelivery", "ProposalStep", "Release",
            "SchoolFigure", "SearchEntry", "SearchState", "ZipPoint",
        )
    ),
)  # fmt: skip
#: Accounts of staff; `directory.admin.staff_account` sees to it that nobody rises above the own role with them.
OF_ACCOUNTS: Final = (Grant(("User",), {Role.ADMINISTRATOR: (ADD, CHANGE)}, (Role.ADMINISTRATOR,)),)
#: Names and networks whose sign-in is locked; deleting the row opens it again.
OF_LOCKS: Final = (Grant(("AccessAttempt",), {Role.ADMINISTRATOR: (DELETE,)}, (Role.ADMINISTRATOR,)),)


def permissions_of(grants: Iterable[Grant]) -> dict[Role, set[str]]:
    """Role -> code names of permissions, those of `grants` alone."""
    found: dict[Role, set[str]] = {role: set() for role in Role}
    for models, may, seen_by in grants:
        every = {verb for verbs in may.values() for verb in verbs}
        for role in Role:
            verbs = every if role == Role.ADMINISTRATOR else set(may.get(role, ()))
            looks = {"view"} if role in seen_by else set()
            found[role] |= {f"{verb}_{model.lower()}" for model in models for verb in verbs | looks}
    return found


def write_roles(sender: AppConfig, using: str = "default", **_: Any) -> None:
    """Bring the groups in line with what an app declares; called after `migrate` has made the permissions."""
    declared = {sender.label: import_string(sender.staff_roles)}  # type: ignore[attr-defined]
    declared |= {label: import_string(path) for label, path in getattr(sender, "roles_beside", {}).items()}
    with transaction.atomic(using=using):
        groups = {role: Group.objects.using(using).get_or_create(name=role.value)[0] for role in Role}
        for label, grants in declared.items():
            known = {
                permission.codename: permission
                for permission in Permission.objects.using(using).filter(content_type__app_label=label)
            }
            for role, names in permissions_of(grants).items():
                _set(groups[role], [known[name] for name in names if name in known], label)


def _set(group: Group, wanted: list[Permission], label: str) -> None:
    held = set(group.permissions.filter(content_type__app_label=label))
    group.permissions.remove(*(held - set(wanted)))
    group.permissions.add(*(set(wanted) - held))
