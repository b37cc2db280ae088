"""What a reader does not want is never read as what they want."""

from __future__ import annotations

import pytest

from tests.directory.search.vocabulary import filters, read

NOT_ONLINE = ("campus", "hybrid", "unknown")


@pytest.mark.parametrize(
    ("typed", "denied"),
    [
        ("HIT not in ohio", "not in ohio"), ("HIT no ohio", "no ohio"), ("HIT except ohio", "except ohio"),
        ("HIT -ohio", "ohio"), ("HIT not located in Houston", "not located in Houston"),
        ("i dont want to go to ohio HIT", "dont want to go to ohio"), ("HIT without 43901", "without 43901"),
        ("HIT not RHIT", "not RHIT"), ("HIT not maple fork community college", "not maple fork community college"),
        ("HIT not coding", "not coding"), ("HIT, not cheap", "not cheap"),
    ],
)  # fmt: skip
def test_what_cannot_be_left_out_is_not_looked_for_and_that_is_said(typed, denied):
    found = read(typed)
    assert found.inferred == ()
    assert [term.said for term in found.terms] == ["HIT"]
    assert any(note.startswith(f"“{denied}” was not used: we cannot leave out a") for note in found.notes)
    assert found.rest == typed


def test_neither_of_two_is_looked_for():
    found = read("HIT not in ohio or kentucky")
    assert found.inferred == ()
    assert ["not in ohio" in note or "or kentucky" in note for note in found.notes] == [True, True]


@pytest.mark.parametrize(
    ("typed", "values"),
    [
        ("not online", NOT_ONLINE), ("without online", NOT_ONLINE), ("w/o online", NOT_ONLINE),
        ("except online classes", NOT_ONLINE), ("-online", NOT_ONLINE), ("not available online", NOT_ONLINE),
        ("no online no hybrid", ("campus", "unknown")), ("hybrid not online", ("hybrid",)),
    ],
)  # fmt: skip
def test_without_one_way_of_delivery_the_others_are_left_also_what_is_not_known(typed, values):
    assert filters(f"HIT {typed}") == {"delivery": values}
    assert read(f"HIT {typed}").terms[0].said == "HIT"


@pytest.mark.parametrize(
    ("typed", "level"),
    [
        ("not a bachelors", ("certificate", "associate", "postbacc-certificate", "masters", "doctorate")),
        ("non degree", ("certificate", "postbacc-certificate")),
        ("certificate not bachelors", ("certificate",)),
    ],
)
def test_without_one_award_the_others_are_left(typed, level):
    assert filters(f"HIT {typed}") == {"level": level}


def test_not_private_is_public_and_not_over_is_up_to():
    assert filters("HIT not private") == {"control": ("public",)}
    assert filters("HIT not above $5000") == {"max_price": ("5000",)}


def test_what_is_asked_for_and_denied_at_once_is_kept_and_said():
    found = read("HIT online not online classes")
    assert [(each.name, each.values) for each in found.inferred] == [("delivery", ("online",))]
    assert "“not online classes” was not used" in " ".join(found.notes)


@pytest.mark.parametrize("typed", ["why not HIT in ohio", "HIT - ohio", "HIT ohio or not"])
def test_what_only_looks_like_a_denial_is_none(typed):
    assert filters(typed) == {"where": ("OH",)}


def test_longer_phrases_keep_their_own_meaning():
    assert filters("HIT not for profit") == {"control": ("nonprofit",)}
    assert filters("HIT not accredited") == {"accreditation": ("not-accredited",)}
    assert "Entry requirements" in read("HIT no experience").notes[0]
    assert filters("HIT no more than $5000") == {"max_price": ("5000",)}
