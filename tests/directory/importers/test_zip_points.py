"""Points of ZIP codes, and the mistakes of the list."""

from __future__ import annotations

import pytest

from directory.models import ImportRun, ZipPoint
from directory.search.places import UnknownPlace, find_place
from directory.vocab import Source
from tests.directory.importers.bringing import Bring, complaints, told
from tests.directory.importers.samples_places import ZIPS, zip_points
from tests.factories.state import fingerprint

pytestmark = pytest.mark.django_db
MAPLE = ("43001", "40.1", "-83.2", "Maple Fork", "OH")


@pytest.fixture
def bring(tmp_path):
    return Bring(tmp_path)


def point(code: str) -> tuple[float | None, float | None]:
    found = ZipPoint.objects.get(pk=code)
    return found.latitude, found.longitude


def test_a_row_becomes_a_point_with_its_city(bring):
    run = bring(ZIPS).run
    assert (run.state, run.added, run.release.vintage, run.release.rank) == (ImportRun.State.APPLIED, 3, "8.0.0", 800)
    assert point("00601") == (18.16, -66.72)
    assert (ZipPoint.objects.get(pk="43001").city, ZipPoint.objects.get(pk="43001").state) == ("Maple Fork", "OH")


def test_military_mail_at_0_0_has_no_point(bring):
    bring(
        zip_points(
            ("09005", "0", "0", "Apo", "AE"),
            ("34001", "0.0", "0.0", "Apo", "AA"),
            ("96201", "34.7", "128.6", "Apo", "AP"),
        )
    )
    assert point("09005") == point("34001") == (None, None)
    assert point("96201") == (34.7, 128.6)


def test_a_longitude_that_lost_its_sign_gets_it_back(bring):
    bring(zip_points(("10200", "40.77", "73.95", "New Elm", "NY")))
    assert point("10200") == (40.77, -73.95)


@pytest.mark.parametrize(
    ("code", "latitude", "longitude", "state"),
    [("96910", "13.47", "144.75", "GU"), ("96950", "15.2", "145.75", "MP"), ("99546", "52.8", "173.2", "AK")],
)
def test_islands_beyond_the_date_line_lie_east_of_greenwich(bring, code, latitude, longitude, state):
    bring(zip_points((code, latitude, longitude, "Island", state)))
    assert point(code) == (float(latitude), float(longitude))


def test_samoa_lies_south_of_the_equator_and_ohio_does_not(bring):
    outcome = bring(
        zip_points(("96799", "-14.3", "-170.7", "Pago", "AS"), ("43001", "-40.1", "-83.2", "Maple Fork", "OH"))
    )
    assert point("96799") == (-14.3, -170.7)
    assert complaints(outcome) == [(3, "latitude", "south of the equator, where OH is not")]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (("4300A", "40.1", "-83.2", "Maple Fork", "OH"), "zip"),
        (("43002", "91", "-83.2", "Maple Fork", "OH"), "latitude"),
        (("43002", "40.1", "x", "Maple Fork", "OH"), "longitude"),
        (("43002", "40.1", "12.5", "Maple Fork", "OH"), "longitude"),
        (("43002", "40.1", "-83.2", "", "OH"), "city"),
        (("43002", "40.1", "-83.2", "Maple Fork", "ZZ"), "state"),
    ],
)
def test_a_wrong_cell_rejects_its_row(bring, row, column):
    assert [(line, name) for line, name, _ in complaints(bring(zip_points(MAPLE, row)))] == [(3, column)]


def test_leading_zeros_that_a_spreadsheet_ate_are_put_back(bring):
    bring(zip_points(("601", "18.16", "-66.72", "Rio Hondo", "PR")))
    assert point("00601") == (18.16, -66.72)


def test_a_code_that_the_newer_list_dropped_is_gone(bring):
    bring(ZIPS)
    bring(zip_points(MAPLE, version="8.1.0"))
    assert [row.pk for row in ZipPoint.objects.all()] == ["43001"]


def test_an_older_list_is_refused(bring):
    bring(ZIPS)
    assert bring(zip_points(MAPLE, version="7.0.0")).run.state == ImportRun.State.REFUSED


def test_the_same_file_twice_changes_nothing(bring):
    bring(ZIPS)
    before = fingerprint()
    assert bring(ZIPS).run.state == ImportRun.State.UNCHANGED
    assert fingerprint() == before


def test_the_file_is_recognised(tmp_path):
    source, vintage = told(ZIPS, tmp_path)
    assert (source, vintage.label) == (Source.ZIP_POINTS, "8.0.0")


def test_new_places_are_found_at_once(bring):
    with pytest.raises(UnknownPlace):
        find_place("43001")
    bring(ZIPS)
    assert find_place("43001").state == "OH"
