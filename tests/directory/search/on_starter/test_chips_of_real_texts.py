"""Whatever was understood of a real text can be taken back, one thing at a time."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from directory.filters.applied import Chip, chips
from directory.filters.notes import did_you_mean, notes
from directory.filters.ways_on import lifting
from tests.directory.filters.asking import ask, ask_schools
from tests.search_queries.reading import read_all

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starter")]


def _asking(text: str) -> str:
    query = QueryDict(mutable=True)
    query["q"] = text
    return query.urlencode()


def _named(found: list[Chip]) -> set[tuple[str, str]]:
    """Kind and value; one chip of several values counts as each of them."""
    return {(chip.kind, value) for chip in found for value in chip.value.split(",")}


def test_a_chip_that_is_followed_is_gone_and_brings_no_other():
    wrong = []
    for text in ('"medical coding"', "“kent” HIT ohio", *(query.text for query in read_all())):
        shown = chips(ask(_asking(text)))
        for chip in shown:
            left = _named(chips(ask(chip.remove_url[1:])))
            if left - _named(shown) or _named([chip]) <= left:
                wrong.append(f"{text!r} without {chip.origin!r} ({chip.kind} {chip.value}): {sorted(left)}")
    assert not wrong, f"{len(wrong)} chips\n" + "\n".join(wrong)


@pytest.mark.parametrize(
    ("text", "origin", "rest"),
    [("2 year hit degree", "2 year … degree", "hit"), ("4 year him degree", "4 year … degree", "him"),
     ('"medical coding" ohio', '"medical coding"', "")],
)  # fmt: skip
def test_a_chip_takes_all_its_words_along(text, origin, rest):
    (chip,) = (each for each in chips(ask(_asking(text))) if each.origin == origin)
    assert QueryDict(chip.remove_url[1:]).get("q", "") == rest
    assert '"' not in chip.label


QUOTED = ('"medical coding', "“kent” HIT ohio", "medical coding”", "'coding' \"ohio", "“”coding", '""medical" coding"')


def test_a_chip_that_is_followed_leads_to_no_mistake_and_never_to_less():
    """Everything is joined by AND, so what is left without a part holds what was there with it."""
    wrong = []
    for text in (*QUOTED, *(query.text for query in read_all())):
        for ask_list in (ask, ask_schools):
            whole = ask_list(_asking(text))
            for chip in chips(whole):
                left = ask_list(chip.remove_url[1:])
                what = f"{text!r} without {chip.origin!r} ({chip.kind} {chip.value})"
                if left.problems:
                    wrong.append(f"{what}: {left.problems}")
                elif left.count < whole.count:
                    wrong.append(f"{what}: {left.count} of {whole.count}, {chip.remove_url}")
    assert not wrong, f"{len(wrong)} chips\n" + "\n".join(wrong)


def test_no_sentence_and_no_label_has_a_stray_quotation_mark():
    wrong = []
    for text in (*QUOTED, *(query.text for query in read_all())):
        for ask_list in (ask, ask_schools):
            chosen = ask_list(_asking(text))
            said = [
                *(chip.label for chip in chips(chosen)),
                *notes(chosen),
                *(label for label, _ in did_you_mean(chosen)),
                *(lifting(chip) for chip in chips(chosen)),
            ]
            wrong += [f"{text!r}: {each}" for each in said if not _balanced(each)]
    assert not wrong, f"{len(wrong)} sentences\n" + "\n".join(wrong)


def _balanced(sentence: str) -> bool:
    """Whether each opening mark is closed before the next one opens, and no other marks stand there."""
    marks = [mark for mark in sentence if mark in '“”"']
    return marks == ["“", "”"] * (len(marks) // 2)
