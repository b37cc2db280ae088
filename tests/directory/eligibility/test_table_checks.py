"""A file of the table whose rules cannot be meant so is refused, with its name and the reason."""

from __future__ import annotations

import pytest

from directory.eligibility.table import TableError, read_table
from tests.directory.eligibility.test_table import BODIES, ENTRY, ROUTE, RULES

A = ENTRY + RULES.format(grade="A")
HOLDS = ROUTE.format(kind="credential") + 'credentials = ["{slug}"]\n'


def loaded(folder, **files: str):
    for name, text in {"bodies": BODIES, **files}.items():
        (folder / f"{name}.toml").write_text(text)
    return read_table(folder)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (A + ROUTE.format(kind="award-level"), "route a, condition 1: award_levels: Choose at least one"),
        (A + ROUTE.format(kind="field") + 'cips = ["health"]\n', "cips: No CIP code: health"),
        (A + ROUTE.format(kind="field"), "cips: Name at least one"),
        (A + ROUTE.format(kind="course"), "course: Name the course"),
        (A + ROUTE.format(kind="credits"), "credits: Say how many"),
        (A + ROUTE.format(kind="program-accreditation"), "agency: Name the accreditor"),
        (A + ROUTE.format(kind="diploma") + "months = 12\n", "months: This kind of condition does not use it"),
        (A + ROUTE.format(kind="experience") + 'experience_kind = "coding"\n', "months: Say how long"),
        (A + ROUTE.format(kind="none") + "required = false\n", "Route a has no required condition"),
        (A + '[[rule_sets.routes]]\ncode = "a"\ntitle = "A"\n', "Route a has no required condition"),
        (A + HOLDS.format(slug="xyz"), "credentials: It is this exam itself"),
        (A + "valid_from = 2030-01-01\n" + RULES.format(grade="B"), "the rules without dates"),
        (A + 'valid_from = "soon"\n', "'soon' is no day"),
        (ENTRY.replace("51.0707", "5107"), "related_cips: no CIP code: 5107"),
    ],
)
def test_the_file_and_the_reason_are_named(tmp_path, text, says):
    with pytest.raises(TableError) as raised:
        loaded(tmp_path, xyz=text)
    assert str(raised.value).startswith("xyz.toml: ")
    assert says in str(raised.value)


def test_a_circle_of_two_files_is_refused(tmp_path):
    other = (A + HOLDS.format(slug="xyz")).replace('"XYZ"', '"ABC"')
    with pytest.raises(TableError, match=r"abc\.toml: This goes in a circle: ABC → XYZ → ABC"):
        loaded(tmp_path, xyz=A + HOLDS.format(slug="abc"), abc=other)


def test_rules_that_follow_each_other_are_loaded(tmp_path):
    text = A + "valid_to = 2029-12-31\n" + ROUTE.format(kind="none") + RULES.format(grade="B")
    text += "valid_from = 2030-01-01\n" + ROUTE.format(kind="diploma")
    (entry,) = loaded(tmp_path, xyz=text).certifications
    assert len(entry.rule_sets) == 2
