"""A word that names nothing here is left out beside others, and never empties a list that could be full."""

from __future__ import annotations

from tests.directory.search.vocabulary import filters, read


def test_two_subjects_that_no_program_has_together_are_either_of_them():
    found = read("HIM vs kiteflying")
    assert len(found.terms) == 1
    assert set(found.terms[0].fields) == {"51.0706", "38.0101"}
    assert any("either" in note for note in found.notes)
    again = read(found.rest)
    assert again.terms == found.terms


def test_the_degree_that_a_reader_has_is_not_asked_for():
    assert filters("AS to BS medical coding") == {"level": ("bachelors",)}
    assert filters("associate to bachelors medical coding") == {"level": ("bachelors",)}


def test_or_between_two_cities_is_no_state():
    assert filters("medical coding portland or houston") == {"where": ("Portland, OR",)}
    assert filters("medical coding phoenix or houston") == {"where": ("Phoenix, AZ",)}
    assert [each.label for each in read("medical coding phoenix or houston").alternatives][:1] == ["Near Houston, TX"]


def test_a_part_of_a_state_is_said_not_to_be_used():
    assert filters("northern ohio medical coding") == {"where": ("OH",)}
    assert any("northern" in note for note in read("northern ohio medical coding").notes)


def test_what_a_minus_denies_is_said_not_to_be_left_out():
    found = read("medical coding -billing")
    assert any("cannot leave out a subject" in note for note in found.notes)
    assert not any("coding" in note for note in found.notes)
    assert not any("billing" in term.said for term in found.terms)


def test_a_slip_within_quotation_marks_can_be_read_without_them():
    found = read("“medcal coding” in ohio")
    assert not found.terms
    assert [(each.label, each.q) for each in found.alternatives] == [
        ("Search for medcal coding without quotation marks", "medcal coding in ohio")
    ]
    assert not read('"medical coding" in ohio').alternatives
