"""Real texts on the catalogue that ships: what they are read as, before anything is looked up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django.plugin import DjangoDbBlocker

from directory.search.understand import understand
from directory.search.vocabulary import Vocabulary, load

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starter")]


@pytest.fixture(scope="module")
def vocabulary(starter: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Vocabulary]:
    with django_db_blocker.unblock():
        yield load()


#: Text, filters, and for each term its kind and what it must stand for (a CIP code or a school's name).
CASES = [
    ("medical coder near me", {}, [("career", "51.0713")]),
    ("helth informaton tech ohio", {"where": "OH"}, [("field", "51.0707")]),
    ("HIT online", {"delivery": "online"}, [("field", "51.0707")]),
    ("RHIT programs 43215", {"leads_to": "rhit", "where": "43215"}, []),
    ("cheap coding certificate", {"sort": "price", "level": "certificate"}, [("field", "51.0713")]),
    ("medical coding houston", {"where": "Houston, TX"}, [("field", "51.0713")]),
    ("columbus state", {}, [("school", "Columbus State Community College")]),
    ("ivy tech HIT", {}, [("field", "51.0707"), ("school", "Ivy Tech Community College")]),
    ("U of maryland", {}, [("school", "University of Maryland-Baltimore County")]),
    ("university of maryland", {}, [("school", "University of Maryland-Baltimore County")]),
    ("ohio state", {}, [("school", "Ohio State University-Main Campus")]),
    ("kent st", {}, [("school", "Kent State University at Kent")]),
    ("sinclair comm coll", {}, [("school", "Sinclair Community College")]),
    ("mt. san jacinto college", {}, [("school", "Mt San Jacinto Community College District")]),
    ("devry", {}, [("school", "DeVry University-Illinois")]),
    ("tri-c", {}, [("school", "Cuyahoga Community College District")]),
    ("cscc", {}, [("school", "Columbus State Community College")]),
    ("univeristy of cincinatti", {}, [("school", "University of Cincinnati-Main Campus")]),
    ("medical coding kansas city", {"where": "Kansas City, MO"}, [("field", "51.0713")]),
    ("medical coder st louis", {"where": "Saint Louis, MO"}, [("career", "51.0713")]),
    ("phillidelphia", {"where": "Philadelphia, PA"}, []),
    ("washington", {"where": "WA"}, []),
    ("dc", {"where": "Washington, DC"}, []),
    ("orange county", {"where": "Orange County, CA"}, []),
    ("state college pa", {"where": "State College, PA"}, []),
    ("bangor me medical billing", {"where": "Bangor, ME"}, [("field", "51.0714")]),
    ("registered health information technician", {"leads_to": "rhit"}, []),
    ("certified tumor registrar", {"leads_to": "ods"}, []),
    ("health informatics masters", {"level": "masters"}, [("field", "51.2706")]),
    ("medical assistant", {}, [("field", "51.0801")]),
    ("medical secratary", {}, [("career", "51.0716")]),
    ("medical billing and coding", {}, [("field", "51.0713")]),
    ("public health", {}, [("field", "51.2201")]),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "filters", "terms"), CASES, ids=[case[0] for case in CASES])
def test_a_real_text_is_read_as_its_writer_meant_it(vocabulary, typed, filters, terms):
    found = understand(typed, vocabulary)
    assert {each.name: " ".join(each.values) for each in found.inferred} == filters
    assert [term.kind for term in found.terms] == [kind for kind, _ in terms]
    for term, (kind, meant) in zip(found.terms, terms, strict=True):
        if kind == "school":
            assert meant in {vocabulary.schools.label[pk] for pk in term.schools}
        else:
            assert term.fields[meant] == max(term.fields.values())
    assert found.unmatched == ()
