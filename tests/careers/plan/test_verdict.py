"""The rules' word on a plan's program, in words for page and file."""

from __future__ import annotations

from typing import Any

import pytest

from careers.plan.verdict import plain, said_of
from directory.profiles.may_sit import LOOKS


def verdict(answer: str, **more: Any) -> dict[str, Any]:
    look = next(look for kind, look in LOOKS.items() if kind == answer)
    return {
        "exam": "lamp", "name": "LAMP", "answer": answer, "look": look, "reason": "", "missing": [], "caveat": "",
        "source": "IHB’s page", "as_of": "2025-05", "issuer": "IHB", "issuer_url": "https://body.example/lamp", **more,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("You have a high school diploma.", "That is so if you have a high school diploma."),
        ("You have a high school diploma or GED.", "That is so if you have a high school diploma or GED."),
        ("You have finished the program.", "You have finished the program."),
    ],
)
def test_a_diploma_is_supposed_and_no_fact_about_the_reader(text, read):
    assert said_of(verdict("may-sit", reason=text), has_program=False)["reason"] == read


@pytest.mark.parametrize(
    ("answer", "with_program", "without"),
    [
        ("may-sit", "After this program you may sit the LAMP", "You may sit the LAMP"),
        ("cannot-tell", "We cannot tell whether this program lets you sit the LAMP",
         "We cannot tell whether you may sit the LAMP"),
        ("not-by-any-route", "This program alone does not lead to the LAMP",
         "Without a program there is no way to the LAMP that we know"),
    ],
)  # fmt: skip
def test_the_headline_names_the_exam(answer, with_program, without):
    for has_program, words in ((True, with_program), (False, without)):
        assert said_of(verdict(answer), has_program=has_program)["headline"] == words


def test_a_file_has_it_in_one_paragraph():
    said = said_of(verdict("not-by-any-route", missing=["a degree", "a lamp"], caveat="Ask."), has_program=True)
    assert plain(said) == (
        "This program alone does not lead to the LAMP. Still to do: a degree; a lamp. Ask. "
        "IHB’s page, 2025-05. Ask IHB: https://body.example/lamp"
    )
    assert plain(None) == ""
