"""What is suggested while somebody types, in which order, and where it leads."""

from __future__ import annotations

import json
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.urls import reverse

from directory.models import SearchEntry, Synonym, ZipPoint
from directory.search import freshness
from directory.search.normalize import LONGEST
from directory.search.suggest import MOST, suggest
from tests.directory.invented import release, school

pytestmark = pytest.mark.django_db
Kind = SearchEntry.Kind


def entry(kind: Kind, key: str, label: str, *names: str, weight: float = 2.0, lesser: str = "", url: str = "") -> None:
    fields = {key: 1.0} if kind == Kind.FIELD else {}
    SearchEntry.objects.create(
        kind=kind,
        key=key,
        label=label,
        names="\n".join(names),
        lesser_names=lesser,
        fields=fields,
        weight=weight,
        url=url,
    )


def add_school(unitid: int, name: str, city: str, *names: str, state: str = "OH", weight: float = 2.0) -> None:
    at = school(unitid, name=name, city=city, state=state)
    entry(Kind.SCHOOL, str(at.pk), name, *names, weight=weight, url=at.get_absolute_url())


@pytest.fixture(autouse=True)
def _world():
    """A few of each kind; all names are invented but the exams'."""
    entry(Kind.FIELD, "51.0707", "Records Technology", "medical records", "HIT", weight=3.0)
    entry(Kind.FIELD, "51.0713", "Insurance Coding", "medical coding", "medical coder", weight=3.5)
    entry(Kind.FIELD, "51.07", "Administrative Services", weight=4.0)
    entry(Kind.FIELD, "51.9999", "Medical Moonlore", weight=1.0)
    name, url = "Registered Health Information Technician", "/certifications/rhit/"
    entry(Kind.CERTIFICATION, "rhit", "RHIT", name, lesser="AHIMA", url=url)
    entry(Kind.CERTIFICATION, "coc", "COC", "Certified Outpatient Coder", url="/certifications/coc/")
    entry(Kind.CAREER, "medical-coder", "Medical coder", "coding specialist", url="/careers/medical-coder/")
    add_school(100001, "Columbia Maple College", "Elm", "Maple Tech")
    add_school(100002, "St. Odo’s University", "Lincoln", state="NE")
    add_school(100003, "Northern Maple College", "Birch", weight=2.5)
    places = [("Columbus", "OH", 43200 + n) for n in range(9)] + [("Columbus", "GA", 31901), ("Cody", "WY", 82414)]
    ZipPoint.objects.bulk_create(
        ZipPoint(zip_code=str(code), city=city, state=state, latitude=40, longitude=-83, release=release())
        for city, state, code in places
    )
    freshness.touch()


def labels(text: str) -> list[str]:
    return [each.label for each in suggest(text)]


# --- order -----------------------------------------------------------------------------------------


def test_what_begins_so_comes_before_what_holds_such_a_word():
    found = labels("maple")
    assert found == ["Columbia Maple College, Elm, OH", "Northern Maple College, Birch, OH"]
    assert labels("nor")[:2] == ["North Carolina", "North Dakota"]


def test_the_whole_name_comes_first():
    assert labels("co")[:2] == ["Colorado", "COC"]
    assert labels("ohio")[0] == "Ohio"
    assert labels("columbus")[:1] == ["Columbus, OH"]  # the biggest of that name


def test_of_what_fits_alike_the_weightier_comes_first():
    found = [each for each in suggest("medical") if each.kind == "field"]
    assert [each.label for each in found] == ["Medical coding", "Medical records"]
    assert labels("columbus").index("Columbus, OH") < labels("columbus").index("Columbus, GA")


def test_each_kind_has_a_place_however_many_schools_begin_so():
    for number in range(30):
        add_school(200000 + number, f"Coder College {number}", "Oak", weight=4.0)
    freshness.touch()
    found = suggest("cod")
    assert len(found) == MOST
    assert {each.kind for each in found} == {"school", "field", "career", "certification"}


def test_a_thing_stands_once_by_the_name_that_fits_best():
    found = suggest("medical cod")
    assert [(each.kind, each.label, each.note) for each in found] == [
        ("field", "Medical coding", "Insurance Coding"),
        ("career", "Medical coder", ""),
    ]


def test_words_in_another_order_and_a_school_by_its_city_are_found():
    assert labels("college northern") == ["Northern Maple College, Birch, OH"]
    assert labels("odo lincoln") == ["St. Odo’s University, Lincoln, NE"]


def test_saints_are_found_however_they_are_written():
    for text in ("st. odo", "St Odo's", "saint odos", "SAINT ODO’S univ"):
        assert labels(text) == ["St. Odo’s University, Lincoln, NE"], text


def test_a_typo_is_put_right_only_when_nothing_else_fits():
    assert labels("medicla codin")[:1] == ["Medical coding"]
    assert labels("colombus")[0] == "Columbus, OH"
    assert labels("cody") == ["Cody, WY"]  # one letter from "code", and a place


# --- names that people use -------------------------------------------------------------------------


def test_a_school_is_known_by_its_initials_and_by_what_staff_know_it_as():
    add_school(100010, "Odo Stone University", "Elm")
    add_school(100011, "Quarry Community College District", "Birch")
    Synonym.objects.create(words="qua-c", means="quarry community college")
    Synonym.objects.create(words="charts", means="medical records")
    freshness.touch()
    assert labels("osu") == ["Odo Stone University, Elm, OH"]
    assert labels("Qua-C")[0] == labels("qua c")[0] == "Quarry Community College District, Birch, OH"
    assert suggest("charts")[0][:2] == ("field", "Medical records")


def test_what_people_call_a_subject_comes_before_its_official_name():
    entry(Kind.FIELD, "51.0714", "Medicine Insurance Specialist", "medical billing")
    freshness.touch()
    found = suggest("medic")
    assert {"Medical coding", "Medical records", "Medical billing", "Medical coder"} <= {each.label for each in found}


def test_a_career_by_its_own_name_comes_before_one_by_another_name():
    entry(Kind.CAREER, "chief-of-coders", "Chief of records", "medical records chief", url="/careers/chief-of-records/")
    freshness.touch()
    assert [each.label for each in suggest("medical") if each.kind == "career"] == ["Medical coder", "Chief of records"]


# --- places ----------------------------------------------------------------------------------------


@pytest.fixture
def _hamlets():
    hamlets = ["Cobb", "Cobble", "Codtown", "Codwater", "Codwell"]
    ZipPoint.objects.bulk_create(
        ZipPoint(zip_code=f"8250{at}", city=name, state="WY", latitude=40, longitude=-83, release=release())
        for at, name in enumerate(hamlets)
    )
    freshness.touch()


@pytest.mark.usefixtures("_hamlets")
def test_small_places_stand_behind_everything_else_and_are_few():
    found = suggest("cod")
    assert [each.kind for each in found[-2:]] == ["place", "place"]
    assert sum(each.kind == "place" for each in found) == 2
    assert "place" not in {each.kind for each in suggest("co") if each.label.endswith("WY")}


@pytest.mark.usefixtures("_hamlets")
def test_a_small_place_is_found_by_its_name_and_when_nothing_else_begins_so():
    for number in range(30):
        add_school(200000 + number, f"Cobb College {number}", "Oak", weight=4.0)
    freshness.touch()
    assert labels("cobb")[-1] == "Cobb, WY"
    assert labels("cobbl") == ["Cobble, WY"]


def test_of_states_that_begin_alike_the_one_with_more_schools_comes_first():
    assert labels("new")[0] == "New Hampshire"
    add_school(100020, "Harbor College", "Albany", state="NY")
    freshness.touch()
    assert labels("new")[0] == "New York"
    assert labels("ny")[0] == "New York"


# --- longer texts ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "label", "asked"),
    [
        ("coding in ohi", "coding in Ohio", {"q": "coding", "where": "OH"}),
        ("Medical Coding ohi", "Medical Coding Ohio", {"q": "Medical Coding", "where": "OH"}),
        ("coding near colu", "coding near Columbus, OH", {"q": "coding", "where": "Columbus, OH"}),
        ("coding near colombus", "coding near Columbus, OH", {"q": "coding", "where": "Columbus, OH"}),
        ("rhit 432", "rhit 43200", {"q": "rhit", "where": "43200"}),
        ("rhit near 43203", "rhit near 43203", {"q": "rhit", "where": "43203"}),
        ("coding assoc", "coding Associate degree", {"q": "coding", "level": "associate"}),
        ("online medical cod", "online Medical coding", {"q": "online Medical coding"}),
        ("ohio medical rec", "ohio Medical records", {"q": "ohio Medical records"}),
    ],
)
def test_the_last_words_of_a_longer_text_are_finished(text, label, asked):
    found = suggest(text)[0]
    assert (found.kind, found.label) == ("search", label)
    assert dict(parse_qsl(urlsplit(found.url).query)) == asked


def test_zip_codes_are_offered_from_three_digits_on():
    assert labels("4320") == [str(43200 + at) for at in range(MOST)]
    assert {each.note for each in suggest("432")} == {"Columbus, OH"}
    assert labels("43") == []


@pytest.mark.parametrize(
    "text",
    [
        "coding near me",  # is not Maine
        "coding in ohio colum",  # has a place
        "coding associate bach",  # has an award
        "zzzqq colu",  # means nothing
        "medical records codi",  # has a subject
    ],
)
def test_nothing_is_added_that_the_text_has_already_or_cannot_have(text):
    assert suggest(text) == ()


@pytest.mark.parametrize("text", ["", " ", "c", " c ", "!!", "zzzzqq", "\x00", "😀😀", '" OR 1=1', "a" * 200])
def test_too_little_or_nothing_that_fits_gives_nothing(text):
    assert suggest(text) == ()


# --- what and where --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kind", "label", "url", "note"),
    [
        ("rhit", "certification", "RHIT", "/certifications/rhit/", "Registered Health Information Technician"),
        (
            "registered hea",
            "certification",
            "RHIT",
            "/certifications/rhit/",
            "Registered Health Information Technician",
        ),
        ("ahima", "certification", "RHIT", "/certifications/rhit/", "Registered Health Information Technician"),
        ("coding sp", "career", "Medical coder", "/careers/medical-coder/", "Coding specialist"),
        ("hit", "field", "HIT", "/programs/?q=HIT", "Records Technology"),
        ("records tech", "field", "Records Technology", "/programs/?q=Records+Technology", ""),
        ("associate", "level", "Associate degree", "/programs/?level=associate", ""),
        ("2 year", "level", "Associate degree", "/programs/?level=associate", ""),
        ("cert", "level", "Certificate", "/programs/?level=certificate", ""),
        ("oh", "state", "Ohio", "/programs/?where=OH", ""),
        ("columbus o", "place", "Columbus, OH", "/programs/?where=Columbus%2C+OH", ""),
        ("43203", "place", "43203", "/programs/?where=43203", "Columbus, OH"),
    ],
)
def test_a_suggestion_leads_to_its_page_or_to_the_programs_that_it_stands_for(text, kind, label, url, note):
    assert suggest(text)[0] == (kind, label, url, note)


def test_a_school_says_where_it_is():
    found = suggest("maple tech")[0]
    assert (found.kind, found.label) == ("school", "Columbia Maple College, Elm, OH")
    assert found.url.startswith("/schools/")


def test_a_field_that_nobody_teaches_and_a_family_of_fields_are_not_suggested():
    assert "Medical Moonlore" not in labels("medical")
    assert labels("administrative serv") == []


# --- memory ----------------------------------------------------------------------------------------


def test_one_small_query_each_time_and_all_anew_after_a_change(django_assert_num_queries):
    suggest("maple")
    for text in ("map", "maple co", "colle maple", "mapel", "43203"):
        with django_assert_num_queries(1):
            suggest(text)
    add_school(100004, "Maple Orchard College", "Elm", weight=4.0)
    assert "Maple Orchard College, Elm, OH" not in labels("maple")
    freshness.touch()
    assert labels("maple")[0] == "Maple Orchard College, Elm, OH"


# --- the address -----------------------------------------------------------------------------------


def test_the_answer_is_a_list_that_may_be_kept_for_some_minutes(client):
    response = client.get("/suggest/?q=rhi")
    assert response["Content-Type"] == "application/json"
    assert "public" in response["Cache-Control"]
    assert "max-age=300" in response["Cache-Control"]
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    note = "Registered Health Information Technician"
    first = {"kind": "certification", "label": "RHIT", "url": "/certifications/rhit/", "note": note}
    assert response.json()[0] == first
    assert client.get("/suggest/?q=ohio").json()[0] == {"kind": "state", "label": "Ohio", "url": "/programs/?where=OH"}


@pytest.mark.parametrize("query", ["", "?q=", "?q=c", "?q=%20", "?q=%00%00"])
def test_less_than_two_characters_give_an_empty_list(client, query):
    response = client.get(reverse("suggest") + query)
    assert (response.status_code, response.json()) == (200, [])


@pytest.mark.parametrize(
    ("query", "name"),
    [("?q=rhit&limit=5", "limit"), ("?q=rhit&q=rhia", "q"), ("?q=" + "a" * (LONGEST + 1), "q"), ("?text=rhit", "text")],
)
def test_what_cannot_be_read_is_named(client, query, name):
    response = client.get("/suggest/" + query)
    problem = json.loads(response.content)
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    assert list(problem["errors"]) == [name]
    assert {"type", "title", "detail"} <= problem.keys()
    assert "Cache-Control" not in response


def test_only_reading_is_allowed(client):
    assert client.post("/suggest/", {"q": "rhit"}).status_code == 405
    assert client.head("/suggest/?q=rhit").status_code == 200


# --- a field that asks where -------------------------------------------------------------------------


def test_a_field_that_asks_where_is_given_places_alone(client):
    found = client.get("/suggest/?q=col&kind=place").json()
    assert [each["label"] for each in found[:2]] == ["Colorado", "Columbus, OH"]
    assert {each["kind"] for each in found} == {"state", "place"}
    assert found[0]["url"] == "/programs/?where=Colorado"
    codes = suggest("4320", places=True)
    assert [each.label for each in codes] == [f"4320{digit}" for digit in range(8)]
    assert [each.label for each in suggest("columbsu", places=True)][:1] == ["Columbus, OH"]
    assert suggest("c", places=True) == suggest("maple", places=True) == ()


@pytest.mark.parametrize("query", ["q=ohi&kind=school", "q=ohi&kind=", "q=ohi&kind=place&kind=school"])
def test_no_other_kind_can_be_asked_for_alone(client, query):
    answer = client.get(f"/suggest/?{query}")
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == ["kind"]
