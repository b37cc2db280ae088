"""What means the same is read the same, and what is not understood is said back as it was typed."""

from __future__ import annotations

import pytest

from directory.filters import spelling
from tests.directory.filters.asking import ask, found


@pytest.mark.parametrize(
    ("typed", "read"),
    [("5000", "5000"), ("$5,000", "5000"), ("5,000.00", "5000"), ("$ 12,500", "12500"), ("5k", "5000"),
     ("$10 K", "10000"), ("5,00", "5,00"), ("cheap", "cheap"),
     ("-1", "-1"), ("9.50", "9.50"), ("1e9", "1e9"), ("5.5k", "5.5k")],
)  # fmt: skip
def test_prices_may_be_written_as_people_write_them(typed, read):
    assert spelling.dollars(typed) == read


@pytest.mark.parametrize(
    ("typed", "read"), [("oh", "OH"), ("Ohio", "OH"), ("NEW YORK", "NY"), ("Ohia", "Ohia"), ("zz", "zz")]
)
def test_a_state_is_its_name_or_its_letters(typed, read):
    assert spelling.state(typed) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [("51.0707", "51.0707"), ("510707", "51.0707"), ("5107", "51.07"), ("51", "51"), ("51.07070", "51.07070")],
)
def test_a_code_may_lack_its_point(typed, read):
    assert spelling.cip(typed) == read


@pytest.mark.django_db
@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("leads_to=RHIT", "leads_to=rhit"),
        ("leads_to=CCS-P", "leads_to=ccs-p"),
        ("level=Certificate", "level=certificate"),
        ("state=ohio&state=Kentucky", "state=OH&state=KY"),
        ("cip=510707", "cip=51.0707"),
        ("max_price=$9,000", "max_price=9000"),
        ("control=For+Profit", "control=for-profit"),
        ("sort=NAME", "sort=name"),
    ],
)
def test_both_spellings_find_the_same(written, plain):
    assert not ask(written).problems
    assert found(written) == found(plain)
    assert found(plain) != found("") or "sort" in plain


@pytest.mark.django_db
@pytest.mark.usefixtures("catalogue")
def test_a_family_is_known_by_its_fields_and_a_code_that_nobody_has_is_not():
    assert ask("cip=51.07").count > 0
    assert "no such CIP code" in " ".join(ask("cip=51.9999").problems["cip"])
