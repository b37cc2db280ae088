"""The admin's front page: the tables in the order in which staff work, not in the alphabet's."""

from __future__ import annotations

from typing import Any, Final

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.module_loading import import_string

#: Heading -> names of models. What no heading names stays with its app, below.
GROUPS: Final[dict[str, tuple[str, ...]]] = {
    "Worklists": ("CaseDecision",),
    "Schools and programs": (
        *("School", "Program", "ProgramFact", "Override", "ConflictDecision"),
        *("DuplicatePair", "DuplicateSearch", "Merge", "FormerSlug"),
    ),
    "Many listings at once": ("ListingBatch", "ListingChange"),
    "From readers": ("ErrorReport", "ErrorReportStep", "Review", "ReviewReply", "ReviewReport", "DecisionText"),
    "Accreditation": (
        *("Accreditation", "AccreditorList", "AccreditorListRow", "AccreditorRowDecision", "AccreditorListChange"),
        *("AccreditationStatement", "AccreditationAction", "Agency"),
    ),
    "Certifications": ("Certification", "RuleSet", "Route", "Condition", "CertificationFact", "Body"),
    "Links": ("Link", "LinkUse", "LinkRun"),
    "Lists": ("FeaturedList", "FeaturedEntry"),
    "Search": ("Synonym", "MissedSearch", "SearchEntry", "SearchState"),
    "Official files": ("ReleaseProposal", "ProposalStep", "Release", "ImportRun", "ImportReject", "KeptChange"),
    "Official figures": ("Completions", "SchoolFigure", "FieldOutcome", "ProgramCharge", "ProgramDelivery"),
    "Code lists": ("FieldOfStudy", "FieldChange", "ZipPoint"),
    "Worked out from the facts": ("Listing", "Opening", "ClickCount"),
}
APP: Final = "directory"
#: What gives the addresses of pages that are no tables. By name: those pages know the tables, which know this site.
ADDRESSES: Final = ("directory.admin.worklists.urls.urls", "directory.admin.moderation.urls.urls")
#: Heading -> pages that stand before its tables: words, name, address, and the permission that one needs besides.
PAGES: Final[dict[str, tuple[tuple[str, str, str, str], ...]]] = {
    "Worklists": (("All worklists", "Worklists", "admin:worklists", ""),),
    "Schools and programs": (
        ("Open conflicts", "Conflicts", "admin:directory_override_conflicts", "directory.view_override"),
    ),
    "From readers": (
        ("Moderation: all that waits", "Moderation", "admin:moderation", "directory.view_review"),
        ("What moderators decided", "ModerationLog", "admin:moderation_log", "directory.change_review"),
    ),
}
#: What staff open day by day, by the names of models and pages; the rest of a heading is folded away below it.
DAILY: Final = frozenset(
    {
        *("Worklists", "Moderation", "ErrorReport", "Review"),
        *("School", "Program", "Conflicts", "Override", "DuplicatePair", "ListingBatch"),
        *("Accreditation", "AccreditorList", "AccreditorListRow", "Certification", "RuleSet", "Link", "FeaturedList"),
        *("Synonym", "MissedSearch", "ReleaseProposal", "Release", "Guide", "User", "AccessAttempt"),
    }
)
#: Apps beside ours whose own names say little to staff.
APP_NAMES: Final = {"careers": "Careers and guides", "axes": "Locked sign-ins", "auth": "Staff accounts"}
#: What belongs to one reader and is on no page of the desk: models by name.
READERS_OWN: Final = frozenset(
    {
        "Mail",
        "MailRefusal",
        "ProgramAlertsOff",
        "ReaderPlan",
        "SavedProgram",
        "SavedSearch",
        "SharedPlan",
        "Tally",
        "ToldProgram",
    }
)


class Choices(AutocompleteJsonView):
    """What an autocomplete offers, in the words of the table's admin where it has its own."""

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        found: dict[str, str] = super().serialize_result(obj, to_field_name)
        words = getattr(self.model_admin, "choice_words", str)
        return {**found, "text": words(obj)}


class StaffDesk(AdminSite):
    """Django's own admin with the directory's tables under headings; other apps come after, accounts last."""

    def get_urls(self) -> list[Any]:
        own = [found for name in ADDRESSES for found in import_string(name)(self)]
        return [*own, *super().get_urls()]

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        return Choices.as_view(admin_site=self)(request)  # type: ignore[return-value]  # a JsonResponse

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        from directory.admin.dashboard import shown

        return super().index(request, {**shown(request), **(extra_context or {})})

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        return [folded(app, request.path) for app in self._headings(request, app_label)]

    def _headings(self, request: HttpRequest, app_label: str | None) -> list[dict[str, Any]]:
        apps = super().get_app_list(request, app_label)
        for app in apps:
            app["name"] = APP_NAMES.get(app["app_label"], app["name"])
        if app_label:
            return apps
        ours = next((app for app in apps if app["app_label"] == APP), None)
        if ours is None:
            return apps
        models = {model["object_name"]: model for model in ours["models"]}
        groups = []
        for heading, names in GROUPS.items():
            here = [models.pop(name) for name in names if name in models]
            if here:
                here = [*_pages(heading, request.user), *here]
            if here:
                groups.append({**ours, "name": heading, "models": here})
        rest = [{**ours, "models": list(models.values())}] if models else []
        others = sorted((app for app in apps if app is not ours), key=lambda app: app["app_label"] == "auth")
        return [*groups, *rest, *others]


def _pages(heading: str, user: Any) -> list[dict[str, Any]]:
    """Pages of the desk that are no table, as the front page lists tables: those that this person may open."""
    return [
        {"name": words, "object_name": name, "admin_url": reverse(address), "add_url": None, "view_only": True}
        for words, name, address, permission in PAGES.get(heading, ())
        if not permission or user.has_perm(permission)
    ]


def folded(app: dict[str, Any], path: str) -> dict[str, Any]:
    """A heading with what staff open daily apart from the rest, which stands open where `path` is one of its pages."""
    daily = [model for model in app["models"] if model["object_name"] in DAILY]
    rest = [model for model in app["models"] if model["object_name"] not in DAILY]
    is_open = any(model["admin_url"] and path.startswith(model["admin_url"]) for model in rest)
    return {**app, "daily": daily, "rest": rest, "is_open": is_open}


class StaffDeskConfig(AdminConfig):
    """Django's admin app, with this desk behind its sign-in (`directory.staff`) as its site."""

    default_site = "directory.guarded_desk.GuardedDesk"
