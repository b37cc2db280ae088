"""Where a curator corrects the fact that a reader reported, with the form filled in as far as it can be."""

from __future__ import annotations

from typing import Any, Final, NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.text import slugify

from directory.models import Certification, ErrorReport, ProgramFact
from directory.vocab import VETERAN_MEANINGS, ReportKind

#: Parameter that tells the form of a school or a program which report it answers.
REPORT: Final = "report"
#: Key of a fact on a school's page -> the column that holds it.
SCHOOL_COLUMNS: Final = {
    **{slugify(fact.label): meaning.column for fact, meaning in VETERAN_MEANINGS.items()},
    "name": "name",
    "address": "address",
    "open": "status",
    "county": "county",
    "who-runs-it": "control",
    "open-admission": "open_admission",
    "accreditor": "accreditor",
    "8-keys-to-veterans-success": "eight_keys",
    "the-schools-page-for-veterans": "veterans_url",
    "help-for-students-with-disabilities": "disability_url",
    "link-apply": "apply_url",
    "link-admissions": "admissions_url",
    "link-financial-aid": "aid_url",
    "link-net-price-calculator": "net_price_url",
    "link-school-website": "website",
    "link-visit-the-schools-site": "website",
}
PROGRAM_COLUMNS: Final = {"name": "title", "off-the-list": "state"}
#: Key of a fact on a program's page -> the kind of stated fact that answers it.
STATED: Final = {
    **{kind.value: kind for kind in ProgramFact.Kind},
    "link-program-page": ProgramFact.Kind.PROGRAM_URL,
}


class Way(NamedTuple):
    """Words of the link, and where it leads."""

    label: str
    url: str


def column_of(report: ErrorReport) -> str:
    """The official column that the reported fact stands in; "" for every other fact."""
    if report.kind == ReportKind.PROGRAM and report.fact in PROGRAM_COLUMNS:
        return PROGRAM_COLUMNS[report.fact]
    return SCHOOL_COLUMNS.get(report.fact, "") if report.school_id else ""


def way(report: ErrorReport, request: HttpRequest) -> Way | None:
    """The one place to correct it; None where this person may not, or the page is gone."""
    of_program = report.kind == ReportKind.PROGRAM and report.program is not None
    column = column_of(report)
    if of_program and column in PROGRAM_COLUMNS.values():
        return _form("program", report.program_id, report, request, column)
    if column:
        return _form("school", report.school_id, report, request, column)
    if of_program and report.fact in STATED:
        given = {"program": report.program_id, "kind": STATED[report.fact].value, "value": report.should_be}
        given["evidence_url"] = report.evidence_url
        return _add("programfact", "Enter what the page states", given, request)
    if of_program and report.fact == "accreditation":
        return _add("accreditation", "Enter what the accreditor says", {"program": report.program_id}, request)
    if of_program:
        return _form("program", report.program_id, report, request, "")
    if report.kind == ReportKind.SCHOOL and report.school_id:
        return _form("school", report.school_id, report, request, "")
    return _elsewhere(report, request)


def _form(model: str, pk: Any, report: ErrorReport, request: HttpRequest, column: str) -> Way | None:
    if not request.user.has_perm(f"directory.change_{model}"):
        return None
    label = "Correct this field" if column else f"Open the {model}"
    url = f"{reverse(f'admin:directory_{model}_change', args=[pk])}?{urlencode({REPORT: report.reference})}"
    return Way(label, f"{url}#id_{column}" if column else url)


def _add(model: str, label: str, given: dict[str, Any], request: HttpRequest) -> Way | None:
    if not request.user.has_perm(f"directory.add_{model}"):
        return None
    filled = {name: value for name, value in given.items() if value}
    return Way(label, f"{reverse(f'admin:directory_{model}_add')}?{urlencode(filled)}")


def _elsewhere(report: ErrorReport, request: HttpRequest) -> Way | None:
    """Exams are the directory's own; careers belong to an app that it does not know, but their list has a name."""
    if report.kind == ReportKind.CERTIFICATION:
        exam = Certification.objects.filter(slug=report.slug).first()
        if exam and request.user.has_perm("directory.change_certification"):
            return Way("Open the exam", reverse("admin:directory_certification_change", args=[exam.pk]))
    if report.kind == ReportKind.CAREER and request.user.has_perm("careers.change_career"):
        try:
            found = reverse("admin:careers_career_changelist")
        except NoReverseMatch:
            return None
        return Way("Open the career", f"{found}?{urlencode({'q': report.title})}")
    return None
