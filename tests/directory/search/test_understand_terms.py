"""Fields, careers and schools: what the rest of a text stands for."""

from __future__ import annotations

import pytest

from tests.directory.search.vocabulary import (
    BIRCH,
    CEDAR_MAIN,
    CEDAR_NORTH,
    MAPLE,
    MAPLE_TECH,
    OHIO_ALDER,
    PHOENIX,
    RAVEN,
    SAINT_ALDER,
    TARN,
    best,
    read,
)


@pytest.mark.parametrize(
    ("typed", "cips"),
    [
        ("HIT", ["51.0707"]), ("hit", ["51.0707"]), ("HIM", ["51.0706"]), ("medical coding", ["51.0713"]),
        ("coding medical", ["51.0713"]), ("medical coders", ["51.0713"]), ("medicalcoding", ["51.0713"]),
        ("med coding", ["51.0713"]), ("medical cod", ["51.0713"]), ("medcial codign", ["51.0713"]),
        ("billing and coding", ["51.0713", "51.0714"]), ("coding & billing", ["51.0713", "51.0714"]),
        ("health info tech", ["51.0707"]), ("health information technology", ["51.0707"]),
        ("heath information technology", ["51.0707"]), ("healthinformation technician", ["51.0707"]),
        ("registered nurse", ["51.3801"]), ("RN", ["51.3801"]), ("kitefliyng", ["38.0101"]),
        ("medical records (HIT)", ["51.0707"]), ("51.0714", ["51.0714"]), ("paper chaser", ["51.0707"]),
    ],
)  # fmt: skip
def test_fields_by_every_name_in_any_order_and_form(typed, cips):
    (term,) = read(typed).terms
    assert best(term.fields) == cips
    assert read(typed).inferred == ()


def test_words_of_a_name_mean_every_field_that_has_them_all():
    (term,) = read("health information").terms
    assert {"51.0706", "51.0707"} <= set(term.fields)
    assert "51.0713" not in term.fields


def test_a_family_stands_for_its_fields():
    (term,) = read("51.07").terms
    assert set(term.fields) == {"51.0706", "51.0707", "51.0713", "51.0714"}


def test_a_career_is_named_and_a_job_title_brings_the_fields_of_the_crosswalk():
    (coder,) = read("medical coder").terms
    assert (coder.kind, coder.label, best(coder.fields)) == ("career", "Medical coder", ["51.0713"])
    (fitter,) = read("string fitter").terms
    assert (fitter.kind, fitter.label, dict(fitter.fields)) == ("career", "Kite Menders", {"38.0101": 0.5})


def test_a_programs_own_title_stands_for_that_program():
    (term,) = read("kite fellowship").terms
    assert set(term.programs) == {77}


def test_a_weak_word_that_nothing_has_together_with_the_rest_is_left_out_and_named():
    found = read("hospital kiteflying")
    assert [term.said for term in found.terms] == ["kiteflying"]
    assert "hospital" in (*found.unmatched, *" ".join(found.notes).replace("“", " ").replace("”", " ").split())


@pytest.mark.parametrize(
    ("typed", "school"),
    [
        ("maple fork community college", MAPLE), ("Maple Fork CC", MAPLE), ("mfcc", MAPLE),
        ("maple fork college", MAPLE),
        ("maple frok comunity colege", MAPLE), ("maple fork tech", MAPLE_TECH),
        ("St. Alder's", SAINT_ALDER), ("saint alders", SAINT_ALDER), ("st alder", SAINT_ALDER),
        ("university of birchland", BIRCH), ("univ of birchland", BIRCH), ("u of birchland", BIRCH),
        ("birchland", BIRCH),
        ("u birch", BIRCH), ("cedar ridge state", CEDAR_MAIN), ("crsu", CEDAR_MAIN), ("cedar ridge st", CEDAR_MAIN),
        ("ohio alder", OHIO_ALDER), ("former name seminary", OHIO_ALDER), ("university of phoenix", PHOENIX),
        ("raven and crow", RAVEN), ("raven crow academy", RAVEN), ("tarn", TARN), ("tarn institute", TARN),
    ],
)  # fmt: skip
def test_schools_by_name_alias_abbreviation_and_slip(typed, school):
    found = read(typed)
    assert [term.kind for term in found.terms] == ["school"]
    assert best(found.terms[0].schools)[0] == school
    assert found.inferred == ()


def test_a_name_of_several_schools_stands_for_all_of_them():
    (term,) = read("cedar ridge state university").terms
    assert set(term.schools) == {CEDAR_MAIN, CEDAR_NORTH}
    assert term.schools[CEDAR_MAIN] >= term.schools[CEDAR_NORTH]


def test_school_field_award_and_place_in_one_text():
    found = read("medical coding certificate at Maple Fork Community College")
    assert [(term.kind, term.said) for term in found.terms] == [
        ("field", "medical coding"), ("school", "Maple Fork Community College"),
    ]  # fmt: skip
    assert [each.name for each in found.inferred] == ["level"]


def test_generic_words_alone_find_the_schools_that_are_called_so():
    (term,) = read("university of").terms
    assert set(term.schools) == {BIRCH, PHOENIX}


def test_a_correction_is_named():
    found = read("kitefliyng ohio")
    assert found.terms[0].corrected == "kiteflying"


def test_what_matches_nothing_is_said_and_the_rest_still_holds():
    found = read("HIT zzgrblfx")
    assert found.unmatched == ("zzgrblfx",)
    assert [term.said for term in found.terms] == ["HIT"]


def test_quoted_words_are_words_and_never_filters():
    found = read('"hybrid" HIT "maple fork"')
    assert found.inferred == ()
    assert found.unmatched == ("hybrid",)
    assert set(found.terms[1].schools) == {MAPLE, MAPLE_TECH}


def test_staffs_synonyms_are_read_instead_but_not_inside_a_longer_name():
    found = read("cheap coder")
    assert [each.values for each in found.inferred] == [("price",)]
    assert found.terms[0].label == "Medical coder"
    assert best(read("raven").terms[0].fields) == ["38.0101"]
    assert set(read("raven crow").terms[0].schools) == {RAVEN}


@pytest.mark.parametrize(
    "typed",
    ["HIT ohio", "cheap medical coding certificate houston", "RHIT programs 43901", "programs for HIM in ohio online",
     "medical coder near Maple Fork, KY within 25 miles", "paper chaser online", "St. Alder's associate HIT under $5k"],
)  # fmt: skip
def test_what_remains_of_the_text_means_the_same_terms_and_no_filter(typed):
    first = read(typed)
    again = read(first.rest)
    assert [(term.kind, dict(term.fields), dict(term.schools)) for term in again.terms] == [
        (term.kind, dict(term.fields), dict(term.schools)) for term in first.terms
    ]
    assert again.inferred == ()
    assert again.rest == first.rest
