"""The three tables of evidence: what a page states becomes evidence of the right program, and never more."""

from __future__ import annotations

import pytest

from directory.eligibility.reference import load_certifications
from directory.importers.accreditation_evidence import named_accreditor
from directory.importers.online_evidence import OnlineEvidenceImporter, fields_of
from directory.importers.program_facts import same_site
from directory.importers.registry import recognise
from directory.models import (
    AccreditationStatement,
    Agency,
    ImportRun,
    Listing,
    Opening,
    Program,
    ProgramFact,
    Release,
)
from directory.pipeline.load import Order, load
from directory.vocab import Delivery, Reliability, Source, Standing
from tests.directory import invented
from tests.directory.importers.samples_evidence import (
    ONLINE_HEADER,
    STATEMENTS_HEADER,
    fact,
    facts,
    online,
    online_statements,
    statement,
    statements,
)
from tests.directory.importers.samples_ipeds import COMPLETIONS, awards, completions

pytestmark = pytest.mark.django_db


@pytest.fixture
def catalogue(tmp_path):
    """Maple Fork (associate 51.0707, certificate 51.0713) and Institut Sainte-Anne (bachelor 51.0707)."""
    for needed in COMPLETIONS.needs:
        needed.load(tmp_path)
    COMPLETIONS.load(tmp_path)
    return tmp_path


def bring(sample, folder):
    """Load the sample alone; what it needs is there."""
    return load(Order(sample.write(folder), sample.source))


def test_what_readers_see_of_a_statement_says_nothing_of_the_tables(catalogue):
    said = statement(note="seen in the catalog; same source as a row in evidence_B", accreditor="(none named)")
    bring(statements(said), catalogue)
    (found,) = AccreditationStatement.objects.all()
    assert (found.note, found.agency_as_stated) == ("seen in the catalog", "Accreditor not named")


def reasons(outcome):
    return [reject.reason for reject in outcome.rejects]


def associate():
    return Program.objects.get(school__unitid=100101, award_level=3)


# --- statements about accreditation ----------------------------------------------------------------


def test_a_statement_becomes_evidence_of_the_program_in_that_field_at_that_level(catalogue):
    bring(statements(statement(note="seen in the catalog")), catalogue)
    found = AccreditationStatement.objects.get()
    assert found.program == associate()
    assert (found.positive, found.historical, found.mirror) == (True, False, False)
    assert (found.evidence_date, found.note) == ("2023", "seen in the catalog")
    assert found.agency == Agency.objects.get(acronym="CAHIIM")


def test_the_program_is_then_stated_and_opens_the_rhit_on_that_word(catalogue):
    load_certifications()
    bring(statements(statement()), catalogue)
    assert Listing.objects.get(program=associate()).standing == Standing.STATED
    opening = Opening.objects.get(program=associate(), certification__slug="rhit")
    assert opening.basis == Opening.Basis.STATED


@pytest.mark.parametrize("status", ["not accredited", "candidate", "approved", "seal only", "discontinued"])
def test_another_status_is_kept_in_its_words_and_states_no_accreditation(catalogue, status):
    bring(statements(statement(status_as_stated=status)), catalogue)
    found = AccreditationStatement.objects.get()
    assert (found.status_as_stated, found.positive) == (status, False)
    assert Listing.objects.get(program=associate()).standing == Standing.NOT_CONFIRMED


def test_a_historical_statement_says_how_things_were(catalogue):
    bring(statements(statement(reliability="medium (historical)")), catalogue)
    found = AccreditationStatement.objects.get()
    assert (found.historical, found.reliability) == (True, Reliability.MEDIUM)
    assert Listing.objects.get(program=associate()).standing == Standing.NOT_CONFIRMED


def test_without_the_guessed_field_the_only_program_that_the_tables_match_names_is_meant(catalogue):
    guess = {"cip_guess": "51.0713", "ipeds_2024_cips_at_level": "51.0707"}
    bring(statements(statement(**guess)), catalogue)
    assert AccreditationStatement.objects.get().program == associate()


@pytest.mark.parametrize(
    "columns",
    [
        {"cip_guess": "51.2706", "ipeds_2024_cips_at_level": "51.0707", "ipeds_2024_match": "no"},
        {"cip_guess": "51.2706", "ipeds_2024_cips_at_level": "51.0707 51.0713"},
        {"cip_guess": "51.2706", "ipeds_2024_cips_at_level": ""},
        {"award_level": "bachelor", "ipeds_2024_cips_at_level": ""},
        {"award_level": "", "award_level_basis": "not stated"},
        {"award_level": "not stated", "award_level_basis": "not stated"},
    ],
)
def test_when_the_program_cannot_be_told_the_statement_stays_with_the_school(catalogue, columns):
    bring(statements(statement(**columns)), catalogue)
    found = AccreditationStatement.objects.get()
    assert found.program is None
    assert found.school.unitid == 100101


def test_of_two_certificates_in_the_field_none_is_meant(catalogue):
    two = completions(
        *COMPLETIONS.part.rows, awards(100101, "51.0713", 2, 4), awards(100101, "51.0713", 20, 4), year=2024
    )
    bring(two, catalogue / "again")
    columns = {"award_level": "certificate", "cip_guess": "51.0713", "ipeds_2024_cips_at_level": "51.0713"}
    bring(statements(statement(**columns)), catalogue)
    assert AccreditationStatement.objects.get().program is None


def test_two_pages_that_disagree_are_two_statements(catalogue):
    other = statement(status_as_stated="not accredited", evidence_url="https://paper.example/maple")
    bring(statements(statement(), other), catalogue)
    assert sorted(AccreditationStatement.objects.values_list("positive", flat=True)) == [False, True]


def test_a_school_that_ipeds_does_not_know_is_rejected_with_the_reason(catalogue):
    outcome = bring(statements(statement(), statement(unitid="100999")), catalogue)
    assert AccreditationStatement.objects.count() == 1
    assert "no such school" in reasons(outcome)[0]


def test_a_number_alone_matches_no_school(catalogue):
    outcome = bring(statements(statement(), statement(state="TX", evidence_url="https://a.example/")), catalogue)
    assert reasons(outcome) == ["school 100101 is in OH"]


def test_evidence_without_a_page_is_none(catalogue):
    outcome = bring(statements(statement(), statement(evidence_url="the catalog")), catalogue)
    assert reasons(outcome) == ["not a web address"]


@pytest.mark.parametrize(
    ("as_stated", "acronym"),
    [
        ("CAHIIM", "CAHIIM"),
        ("NCRA", "NCRA"),
        ("CAAHEP (with AHIMA Council on Accreditation)", "CAAHEP"),
        ("AHIMA PCAP", ""),
        ("(not named in the text seen)", ""),
        ("CAHIIM or another", ""),
    ],
)
def test_an_accreditor_is_known_by_its_letters_only(as_stated, acronym):
    assert named_accreditor(as_stated) == acronym


def test_an_agency_that_another_file_named_is_used(catalogue):
    name = "Commission on Accreditation for Health Informatics and Information Management Education"
    known = Agency.objects.create(name=name, dapip_id=99)
    bring(statements(statement()), catalogue)
    known.refresh_from_db()
    assert known.acronym == "CAHIIM"
    assert AccreditationStatement.objects.get().agency == known


def test_an_import_clears_what_the_table_no_longer_says(catalogue):
    other = statement(evidence_url="https://paper.example/maple")
    bring(statements(statement(), other), catalogue)
    outcome = load(Order(statements(other).write(catalogue), Source.ACCREDITATION_EVIDENCE, force="one page was wrong"))
    assert outcome.run.removed == 1
    assert AccreditationStatement.objects.get().evidence_url == "https://paper.example/maple"


def test_what_staff_have_entered_stays(catalogue):
    own = invented.release(Source.ACCREDITATION_EVIDENCE, "by hand", origin=Release.Origin.STAFF)
    bring(statements(statement(), month="2026-10"), catalogue)
    AccreditationStatement.objects.update(release=own)
    outcome = bring(statements(statement(evidence_url="https://new.example/"), month="2026-11"), catalogue)
    assert (outcome.run.added, outcome.run.removed) == (1, 0)


# --- online study and other facts ------------------------------------------------------------------


def test_a_page_that_says_all_online_makes_the_program_online(catalogue):
    bring(online_statements(online()), catalogue)
    found = ProgramFact.objects.get()
    assert (found.kind, found.value, found.program) == ("delivery", Delivery.ONLINE, associate())
    assert (found.note, found.year, found.reliability) == ("completely online", "2024", Reliability.HIGH)
    listing = Listing.objects.get(program=associate())
    assert (listing.delivery, listing.delivery_basis) == (Delivery.ONLINE, "The school’s page")


def test_the_way_of_teaching_is_read_from_the_whole_note(catalogue):
    bring(online_statements(online(note="hybrid, matched by title")), catalogue)
    found = ProgramFact.objects.get()
    assert (found.value, "matched" in found.note) == (Delivery.HYBRID, False)


def test_words_that_leave_a_doubt_are_kept_and_not_read(catalogue):
    words = "online except one placement"
    bring(online_statements(online(note=words, match_basis="name + state")), catalogue)
    found = ProgramFact.objects.get()
    assert (found.value, found.note, found.reliability) == (words, "", Reliability.MEDIUM)
    assert Listing.objects.get(program=associate()).delivery == Delivery.UNKNOWN


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ({"unitid": "100999"}, "no such school"),
        ({"award_level": "master"}, "no single program like it"),
        ({"program_title_as_stated": "Welding"}, "names no field"),
        ({"note": "campus not named, UNITID unsure"}, "doubts which school"),
        ({"online_as_stated": "perhaps"}, "not yes or no"),
    ],
)
def test_a_row_that_means_no_certain_program_is_rejected_with_the_reason(catalogue, columns, reason):
    outcome = bring(online_statements(online(), online(**columns)), catalogue)
    assert ProgramFact.objects.count() == 1
    assert reason in reasons(outcome)[0]


def test_informatics_is_not_information_management():
    assert fields_of("MS in Health Informatics") == ("51.2706",)
    assert fields_of("Health Informatics and Information Management") == ("51.0706", "51.0707")
    assert fields_of("BS in Health Information Administration") == ("51.0706", "51.0707")


def test_the_table_of_statements_is_not_taken_for_the_table_of_online_study(tmp_path):
    assert not OnlineEvidenceImporter().claims(STATEMENTS_HEADER)
    assert OnlineEvidenceImporter().claims(ONLINE_HEADER)
    for sample in (statements(statement()), online_statements(online()), facts(fact("credits", "64"))):
        assert [found.importer.source for found in recognise(sample.write(tmp_path))] == [sample.source]


def test_facts_keep_value_unit_year_and_page(catalogue):
    bring(facts(fact("rhit_pass_rate", "83", unit="percent", year="2016-2017")), catalogue)
    found = ProgramFact.objects.get()
    assert (found.kind, found.value, found.unit, found.year) == (
        "rhit-pass-rate",
        "83",
        "percent",
        "2016-2017",
    )
    assert found.reliability == Reliability.HIGH


def test_an_address_is_kept_unchecked(catalogue):
    bring(facts(fact("apply_url", "https://www.mapleforkcollege.example/apply")), catalogue)
    found = ProgramFact.objects.get()
    assert (found.kind, found.checked_on) == ("apply-url", None)


def test_undated_is_no_year(catalogue):
    bring(facts(fact("delivery", "hybrid (evenings)", year="undated")), catalogue)
    found = ProgramFact.objects.get()
    assert (found.value, found.note, found.year) == (Delivery.HYBRID, "hybrid (evenings)", "")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (fact("luck", "much"), "no kind of fact"),
        (fact("credits", "sixty"), "not a number"),
        (fact("graduation_rate", "126"), "outside 0 to 100"),
        (fact("program_url", "javascript:alert(1)"), "not a web address"),
        (fact("credits", "64", award_level="master"), "no single program"),
        (fact("credits", "64", cip="51.07"), "six digits"),
        (fact("credits", "64", unitid="100999"), "no such school"),
    ],
)
def test_a_fact_that_cannot_be_right_is_rejected_with_the_reason(catalogue, row, reason):
    outcome = bring(facts(fact("credits", "64"), row), catalogue)
    assert reason in reasons(outcome)[0]
    assert ProgramFact.objects.count() == 1


@pytest.mark.parametrize(
    ("url", "website", "own"),
    [
        ("https://catalog.maple.edu/hit", "www.maple.edu/", True),
        ("https://www.maple.edu/hit", "https://maple.edu", True),
        ("https://maple.catalogs.example/hit", "www.maple.edu", False),
        ("https://notmaple.edu/hit", "www.maple.edu", False),
        ("https://maple.cc.nc.us/hit", "www.oak.cc.nc.us", False),
        ("https://maple.edu/hit", "", False),
    ],
)
def test_a_page_is_the_schools_own_on_its_domain_only(url, website, own):
    assert same_site(url, website) is own


PAGE = {"evidence_url": "https://www.mapleforkcollege.example/online"}


def test_the_same_page_in_both_tables_is_one_fact_and_neither_table_fights_the_other(catalogue):
    first, second = online_statements(online()), facts(fact("delivery", "all online, evenings", **PAGE))
    bring(first, catalogue)
    before = list(ProgramFact.objects.values())
    for sample in (second, first, second):
        outcome = bring(sample, catalogue)
        assert outcome.run.state in (ImportRun.State.APPLIED, ImportRun.State.UNCHANGED)
        assert list(ProgramFact.objects.values()) == before


def test_a_fact_that_staff_have_entered_is_not_overwritten(catalogue):
    own = invented.release(Source.PROGRAM_FACTS, "by hand", origin=Release.Origin.STAFF)
    bring(facts(fact("credits", "64"), month="2026-10"), catalogue)
    ProgramFact.objects.update(release=own, value="66")
    bring(facts(fact("credits", "64"), month="2026-11"), catalogue)
    assert ProgramFact.objects.get().value == "66"


# --- releases --------------------------------------------------------------------------------------

TABLES = [statements(statement()), online_statements(online()), facts(fact("credits", "64"))]


@pytest.mark.parametrize("sample", TABLES, ids=lambda sample: sample.source)
def test_the_name_tells_the_month(catalogue, sample):
    bring(sample, catalogue)
    assert Release.objects.get(source=sample.source).vintage == "November 2026"


@pytest.mark.parametrize("sample", TABLES, ids=lambda sample: sample.source)
def test_a_file_that_does_not_tell_is_refused_until_somebody_does(catalogue, sample):
    outcome = load(Order(sample.write(catalogue, name="table.csv"), sample.source))
    assert outcome.run.state == ImportRun.State.REFUSED
    assert "--vintage" in outcome.run.message


@pytest.mark.parametrize("sample", TABLES, ids=lambda sample: sample.source)
def test_the_same_table_twice_changes_nothing(catalogue, sample):
    bring(sample, catalogue)
    assert bring(sample, catalogue).run.state == ImportRun.State.UNCHANGED
