"""From text to values: what each reader takes, what it calls missing, and what it refuses."""

from __future__ import annotations

import datetime as dt

import pytest

from directory.importers import cells, missing
from directory.importers.errors import BadCell
from directory.importers.reading import Row
from directory.vocab import Missing, Quality


def row(**columns: str) -> Row:
    return Row(2, list(columns.values()), {name: at for at, name in enumerate(columns)})


def rejected(reader, **columns: str) -> bool:
    """Whether the reader refuses the first column, naming it."""
    name = next(iter(columns))
    with pytest.raises(BadCell) as error:
        reader(row(**columns), name)
    return error.value.column == name and bool(error.value.reason)


@pytest.mark.parametrize(("text", "value"), [("0", 0), ("40", 40), ("007", 7), ("34337.0", 34337), ("-2", -2)])
def test_whole_numbers(text, value):
    assert cells.whole(row(N=text), "N") == value


@pytest.mark.parametrize("text", ["", "4O", "4.5", "1e5", "1,000", "１２", "²", "9" * 20, "--1", "0x1F", "nan"])
def test_what_is_no_whole_number(text):
    assert rejected(cells.whole, N=text)


@pytest.mark.parametrize("text", ["", ".", "-1", "-2", "-3", "-9"])
def test_codes_that_a_school_does_not_have(text):
    assert cells.code(row(LOCALE=text), "LOCALE") is None


def test_codes_outside_their_list_are_rejected():
    assert cells.code(row(LOCALE="43"), "LOCALE", low=11, high=43) == 43
    for text in ("44", "10", "-4", "x", "1.5"):
        with pytest.raises(BadCell):
            cells.code(row(LOCALE=text), "LOCALE", low=11, high=43)


@pytest.mark.parametrize("text", ["10010100", "99999", "1000000", "", "10O101"])
def test_a_unitid_has_six_digits(text):
    assert cells.unitid(row(UNITID="100101")) == 100101
    assert rejected(cells.unitid, UNITID=text)


@pytest.mark.parametrize(
    ("text", "code"), [("51.0707", "51.0707"), ("1.0101", "01.0101"), ("51.07", "51.07"), ("01", "01")]
)
def test_cip_codes_keep_or_regain_their_leading_zero(text, code):
    assert cells.cip(row(CIPCODE=text)) == code


@pytest.mark.parametrize("text", ["", "5107", "51.070", "51.07071", "510707", "51,0707", "५१.०७०७", "51.0707x"])
def test_what_is_no_cip_code(text):
    assert rejected(cells.cip, CIPCODE=text)


def test_text_folds_blanks_and_reads_a_placeholder_as_empty():
    assert cells.text(row(INSTNM="  Maple \t Fork\n College "), "INSTNM", limit=50) == "Maple Fork College"
    assert cells.text(row(INSTNM="-2"), "INSTNM", limit=50) == ""
    assert cells.text(row(OTHER=""), "INSTNM", limit=50) == ""


def test_text_that_is_too_long_missing_or_a_formula_is_rejected():
    for text, required in (
        ("x" * 51, False),
        ("", True),
        ("-2", True),
        ("=1+1", False),
        ("=cmd|' /C calc'!A0", False),
    ):
        with pytest.raises(BadCell):
            cells.text(row(INSTNM=text), "INSTNM", limit=50, required=required)


@pytest.mark.parametrize(("text", "number"), [("00100100", "00100100"), ("100100", "00100100"), ("-2", ""), ("", "")])
def test_opeids_regain_their_leading_zeros(text, number):
    assert cells.opeid(row(OPEID=text)) == number


def test_an_opeid_of_letters_or_too_many_digits_is_rejected():
    assert rejected(cells.opeid, OPEID="0010010A")
    assert rejected(cells.opeid, OPEID="123456789")


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("06/30/2024", dt.date(2024, 6, 30)),
        ("6/3/2024 12:00:00 AM", dt.date(2024, 6, 3)),
        ("-2", None),
        ("", None),
    ],
)
def test_american_dates(text, date):
    assert cells.us_date(row(CLOSEDAT=text), "CLOSEDAT") == date


@pytest.mark.parametrize("text", ["2024-06-30", "30/06/2024", "02/30/2024", "06/30/24", "June 2024", "00/00/0000"])
def test_what_is_no_american_date(text):
    assert rejected(cells.us_date, CLOSEDAT=text)


def test_degrees_stay_within_their_bounds():
    assert cells.coordinate(row(LATITUDE="-14.25"), "LATITUDE", limit=72, low=-20) == -14.25
    assert cells.coordinate(row(LATITUDE="-2"), "LATITUDE", limit=72, low=-20) is None
    for text in ("-84.1", "91", "40,1", "4e1", "nan", "inf", "40°"):
        with pytest.raises(BadCell):
            cells.coordinate(row(LATITUDE=text), "LATITUDE", limit=72, low=-20)


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("4860", (4860, Quality.REPORTED)),
        ("4,860", (4860, Quality.REPORTED)),
        ("$4860", (4860, Quality.REPORTED)),
        ("4860.0", (4860, Quality.REPORTED)),
        ("0", (0, Quality.REPORTED)),
        ("-1", (None, Missing.NOT_REPORTED)),
        ("-2", (None, Missing.NOT_APPLICABLE)),
        ("-3", (None, Missing.NOT_COLLECTED)),
        ("-9", (None, Missing.NOT_APPLICABLE)),
        (".", (None, Missing.NOT_REPORTED)),
        ("", (None, Missing.NOT_REPORTED)),
    ],
)
def test_an_ipeds_number_is_a_number_or_a_reason_and_never_zero_for_unknown(text, figure):
    assert missing.ipeds(row(CTOTALT=text), "CTOTALT") == figure


@pytest.mark.parametrize(
    ("flag", "text", "figure"),
    [
        ("R", "12", (12, Quality.REPORTED)),
        ("Z", "0", (0, Quality.IMPLIED)),
        ("C", "12", (12, Quality.CORRECTED)),
        ("P", "12", (12, Quality.IMPUTED)),
        ("n", "12", (12, Quality.IMPUTED)),
        ("A", ".", (None, Missing.NOT_APPLICABLE)),
        ("B", ".", (None, Missing.NOT_REPORTED)),
        ("Y", ".", (None, Missing.NOT_APPLICABLE)),
    ],
)
def test_the_flag_beside_an_ipeds_number_says_what_it_is_worth(flag, text, figure):
    assert missing.ipeds(row(CTOTALT=text, XCTOTALT=flag), "CTOTALT") == figure


def test_a_flag_that_contradicts_its_number_shows_that_cells_have_moved():
    for flag, text in (("40", "R"), ("R", ""), ("R", "."), ("RR", "4"), ("7", "4")):
        with pytest.raises(BadCell):
            missing.ipeds(row(CTOTALT=text, XCTOTALT=flag), "CTOTALT")


@pytest.mark.parametrize(
    "text", ["forty", "-5", "1000000000000", "1e5", "nan", "inf", "1,2,3,4", "1_000", "=1+1", "4 0"]
)
def test_numbers_that_nobody_publishes_are_rejected(text):
    with pytest.raises(BadCell):
        missing.ipeds(row(CTOTALT=text), "CTOTALT")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("PrivacySuppressed", Missing.SUPPRESSED),
        ("PS", Missing.SUPPRESSED),
        ("NULL", Missing.NOT_REPORTED),
        ("NA", Missing.NOT_REPORTED),
        ("", Missing.NOT_REPORTED),
    ],
)
def test_the_five_marks_of_scorecard(text, reason):
    assert missing.scorecard(row(EARN="34337"), "EARN") == (34337, Quality.REPORTED)
    assert missing.scorecard(row(EARN=text), "EARN") == (None, reason)


def test_a_column_that_the_file_does_not_have_was_not_collected():
    assert missing.ipeds(row(OTHER="1"), "CTOTALT") == (None, Missing.NOT_COLLECTED)
    assert missing.scorecard(row(OTHER="1"), "EARN") == (None, Missing.NOT_COLLECTED)
