"""Programs and schools side by side: in the reader's order, with a word for everything that does not fit."""

from __future__ import annotations

import html
import re

import pytest

from directory.curation.overrides import correct
from directory.curation.public_addresses import rename
from directory.models import School
from tests.directory.catalogue import LISTED, by_slug

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

TWO = "/compare/?program=maple-hit-associate&program=birch-hit-associate"
FOUR = f"{TWO}&program=cedar-coding-certificate&program=dunmore-him-bachelors"


def markup(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def words(markup_: str) -> str:
    """What a reader sees, with single blanks."""
    body = markup_[markup_.index("<main") :].replace("\u200b", "")
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).replace("\xa0", " ").split())


def row(markup_: str, label: str) -> str:
    """The words of one row of the table."""
    found = re.search(
        rf'<tr class="\w+"><th scope="row">(?:<a[^>]*>)?{re.escape(label)}(?!\w).*?</tr>', markup_, re.DOTALL
    )
    assert found, label
    return words(f"<main{found[0]}")


def columns(markup_: str) -> list[str]:
    return re.findall(r'class="col-title" href="/(?:programs|schools)/([\w-]+)/"', markup_)


class TestTheTable:
    def test_the_order_of_the_address_is_the_order_of_the_columns(self, client):
        assert columns(markup(client, FOUR)) == [
            "maple-hit-associate", "birch-hit-associate", "cedar-coding-certificate", "dunmore-him-bachelors",
        ]  # fmt: skip

    def test_a_differing_price_is_marked_and_carries_its_paperwork(self, client):
        price = row(markup(client, TWO), "Price of the whole program")
        assert "Differs Estimated price $8,000" in price
        assert "IPEDS tuition and fees, custom table, 2023-24 , the whole school" in price.replace(
            "2023-24, the", "2023-24 , the"
        )

    def test_an_unknown_beside_a_known_is_not_marked_as_a_difference(self, client):
        stated = row(markup(client, TWO), "Credits")
        assert "Not known for one" in stated
        assert "Differs" not in stated
        assert "Not checked yet" in stated

    def test_what_nobody_knows_is_named_once_with_its_reason(self, client):
        page = words(markup(client, TWO))
        assert re.search(r"Known for neither [\w ,]*Start dates, Entry requirements[\w ,]* Not checked yet", page)
        assert page.count("Start dates") == 1

    def test_each_exam_says_on_what_it_rests(self, client):
        page = markup(client, TWO)
        assert "Open: it meets every condition" in row(page, "RHIT")
        assert "Stated, not confirmed: ask IHB" in row(page, "RHIT")
        assert "Differs" in row(page, "RHIT")

    def test_an_exam_is_closed_only_where_the_accreditation_is_known(self, client):
        page = markup(client, "/compare/?program=maple-hit-associate&program=elm-him-postbacc")
        assert "No: the exam is not meant for this field" in row(page, "RHIT")
        page = markup(client, "/compare/?program=maple-hit-associate&program=dunmore-hit-associate")
        assert "Differs" in row(page, "RHIT")
        assert "Not by this program alone" in row(page, "RHIT")
        page = markup(client, "/compare/?program=maple-hit-associate&program=elm-hit-associate")
        assert "Differs" in row(page, "RHIT") or "Not known for one" in row(page, "RHIT")

    def test_awards_of_five_years_stand_newest_first(self, client):
        page = words(markup(client, TWO))
        years = re.findall(r"Awards given in (\d{4}-\d\d)", page)
        assert years == sorted(years, reverse=True)
        assert "Differs 40 awards" in row(markup(client, TWO), "Awards given in 2023-24")

    def test_only_the_differing_rows_can_be_shown(self, client):
        whole, differing = markup(client, TWO), markup(client, f"{TWO}&show=differences")
        assert "Same" not in differing
        assert "Field of study" in whole
        assert "Field of study" not in differing
        assert "Price of the whole program" in differing
        assert set(re.findall(r'<tr class="(\w+)"><th scope="row"', differing)) == {"differs", "go"}
        assert re.search(r"\d+ more are left out", words(differing))

    def test_with_a_place_the_distance_is_a_row(self, client):
        page = markup(client, f"{TWO}&where=43901")
        assert "under 1 mile" in row(page, "Distance from 43901")
        assert "21 miles" in row(page, "Distance from 43901")

    def test_the_distance_is_the_one_of_the_list(self, client):
        near = client.get("/api/v1/programs/?where=43901&within=250").json()["results"]
        miles = {each["slug"]: each["distance_miles"] for each in near}
        assert round(miles["cedar-coding-certificate"]) == 69
        page = markup(client, "/compare/?program=maple-hit-associate&program=cedar-coding-certificate&where=43901")
        assert "69 miles" in row(page, "Distance from 43901")

    def test_a_school_without_a_point_has_no_distance_and_says_why(self, client):
        page = markup(client, "/compare/?program=maple-hit-associate&program=elm-hit-associate&where=43901")
        assert "gives no point for this school" in row(page, "Distance from 43901")

    def test_a_place_that_nobody_knows_is_said_beside_the_field_and_stays_in_it(self, client):
        page = markup(client, f"{TWO}&where=99999")
        assert "We know no ZIP code 99999" in page
        assert 'value="99999"' in page
        assert columns(page) == ["maple-hit-associate", "birch-hit-associate"]

    def test_a_corrected_fact_of_a_school_names_the_correction(self, client):
        school = School.objects.get(slug="maple-fork-college")
        correct(target=school, column="control", value=2, reason="The charter says so.", by=None)
        assert "Corrected by us" in row(markup(client, TWO), "Who runs it")

    @pytest.mark.parametrize("slug", LISTED)
    def test_no_gap_is_a_number_or_a_blank(self, client, slug):
        other = "birch-hit-associate" if slug != "birch-hit-associate" else "maple-hit-associate"
        page = markup(client, f"/compare/?program={slug}&program={other}")
        for nothing in ("None", "nan", "null", "True", "False", "$0", "()", ", ,"):
            assert nothing not in words(page), nothing
        assert '<div class="entry"></div>' not in page
        assert "<td></td>" not in page


class TestGoingOn:
    def test_each_column_ends_with_the_ways_to_its_school(self, client):
        foot = markup(client, TWO).partition("<tfoot>")[2].partition("</tfoot>")[0]
        assert foot.count('href="/go/maple-hit-associate/') == 2
        assert "Leads to apply.maple.example" in words(f"<main{foot}")
        assert 'href="/programs/birch-hit-associate/#careers"' in foot

    def test_no_way_leads_to_a_closed_school(self, client):
        page = markup(client, "/compare/?program=maple-hit-associate&program=fern-coding-certificate")
        assert "/go/fern-coding-certificate/" not in page
        schools = markup(client, "/compare/?school=maple-fork-college&school=fern-hollow-school")
        assert "No way to enroll" in schools


class TestMoving:
    def test_each_column_can_move_and_go_by_links(self, client):
        page = markup(client, f"{TWO}&where=43901")
        links = html.unescape(" ".join(re.findall(r'href="(/compare/[^"]*)"', page)))
        assert "/compare/?program=birch-hit-associate&program=maple-hit-associate&where=43901" in links.split()
        assert "/compare/?program=maple-hit-associate&where=43901" in links.split()
        assert page.count("to the left") == page.count("to the right") == 1

    def test_another_one_is_found_by_text_and_added_at_the_end(self, client):
        page = markup(client, f"{TWO}&find=coding+certificate+ohio")
        assert "maple-coding-certificate" in page
        assert f"{TWO}&program=maple-coding-certificate" in html.unescape(page)
        assert 'value="coding certificate ohio"' in page

    def test_what_stands_in_the_table_already_is_not_offered_again(self, client):
        page = markup(client, f"{TWO}&find=HIT")
        assert "In the table" in page

    def test_the_text_finds_what_the_list_finds(self, client):
        listed = client.get("/api/v1/programs/?q=coding").json()["count"]
        assert f"{listed} programs for “coding”" in words(markup(client, f"{TWO}&find=coding"))

    def test_a_text_that_cannot_be_read_is_said_beside_the_field(self, client):
        page = markup(client, f"{TWO}&find=!!!")
        assert "holds no letter or digit" in page
        assert 'value="!!!"' in page

    def test_nothing_found_shows_the_way_on(self, client):
        assert "Nothing fits" in markup(client, f"{TWO}&find=xylophone")

    def test_programs_like_the_first_are_suggested(self, client):
        page = markup(client, "/compare/?program=maple-hit-associate")
        assert "/compare/?program=maple-hit-associate&program=birch-hit-associate" in html.unescape(page)
        assert "maple-coding-certificate" not in page

    def test_a_full_table_offers_no_other(self, client):
        page = markup(client, FOUR)
        assert 'id="add"' not in page
        assert "Four are as many as fit" in markup(client, f"{FOUR}&find=coding")


class TestBadInput:
    def test_nothing_chosen_explains_itself_and_offers_the_search(self, client):
        page = markup(client, "/compare/")
        assert "Put two to four programs side by side" in words(page)
        assert 'href="/programs/"' in page
        assert 'name="find"' in page
        assert "noindex" not in page

    def test_one_is_named_and_asked_for_another(self, client):
        page = words(markup(client, "/compare/?program=maple-hit-associate"))
        assert "One more is needed" in page
        assert "Maple Fork College" in page

    def test_nine_are_four_and_the_others_are_named_with_the_way_on(self, client):
        nine = [slug for slug in LISTED if "short" not in slug][:9]
        page = markup(client, "/compare/?" + "&".join(f"program={slug}" for slug in nine))
        assert columns(page) == nine[:4]
        assert "You chose 9. At most 4 fit beside one another" in words(page)
        assert all(f'href="/programs/{slug}/"' in page for slug in nine[4:])
        assert "Compare these instead" in page
        assert "&".join(f"program={slug}" for slug in nine[4:8]) in html.unescape(page)

    def test_a_hundred_are_counted(self, client):
        address = "&".join(f"program=nothing-{number}" for number in range(100))
        assert "You chose 100" in words(markup(client, f"/compare/?{address}"))

    def test_a_duplicate_is_folded_with_a_word(self, client):
        page = markup(client, f"{TWO}&program=maple-hit-associate")
        assert columns(page) == ["maple-hit-associate", "birch-hit-associate"]
        assert "was named twice; it stands here once" in words(page)

    def test_an_unknown_one_is_said_and_the_others_stand(self, client):
        page = markup(client, f"{TWO}&program=no-such-thing")
        assert "We know no program “no-such-thing”" in words(page)
        assert columns(page) == ["maple-hit-associate", "birch-hit-associate"]

    def test_one_that_left_the_list_stands_there_and_says_so(self, client):
        page = markup(client, "/compare/?program=maple-hit-associate&program=birch-him-bachelors")
        assert "The school last reported this program for 2020-21" in words(page) or "2021-22" in words(page)
        assert columns(page) == ["maple-hit-associate", "birch-him-bachelors"]

    def test_one_at_a_closed_school_says_so(self, client):
        page = markup(client, "/compare/?program=maple-hit-associate&program=fern-coding-certificate")
        assert "Closed" in words(page)

    def test_an_old_address_is_followed(self, client):
        program = by_slug("birch-hit-associate")
        rename(listing=program, slug="birch-health-information", by=None)
        page = markup(client, TWO)
        assert columns(page) == ["maple-hit-associate", "birch-health-information"]
        assert "canonical" in page
        assert 'program=birch-health-information">' in page

    def test_the_old_and_the_new_address_of_one_are_one(self, client):
        rename(listing=by_slug("birch-hit-associate"), slug="birch-health-information", by=None)
        page = markup(client, f"{TWO}&program=birch-health-information")
        assert columns(page) == ["maple-hit-associate", "birch-health-information"]
        assert "was named twice" in words(page)

    def test_programs_and_schools_together_are_parted_kindly(self, client):
        page = markup(client, f"{TWO}&school=maple-fork-college")
        assert "do not fit into one table" in words(page)
        assert 'href="/compare/?school=maple-fork-college"' in page

    def test_an_unknown_parameter_is_said(self, client):
        assert "This page has no filter “sort”" in words(markup(client, f"{TWO}&sort=price"))

    @pytest.mark.parametrize("bad", ["%00", "%FF", "' OR 1=1 --", "<script>alert(1)</script>", "a" * 5000, "–", "😀"])
    def test_nothing_that_is_sent_breaks_the_page(self, client, bad):
        for name in ("program", "school", "where", "find", "show"):
            page = markup(client, f"{TWO}&{name}={bad}")
            assert "<script>alert" not in page

    def test_only_reading_is_answered(self, client):
        assert client.post("/compare/").status_code == 405
        assert client.head(TWO).status_code == 200


class TestSchools:
    ADDRESS = "/compare/?school=maple-fork-college&school=cedar-ridge-institute"

    def test_two_schools_stand_side_by_side(self, client):
        page = markup(client, self.ADDRESS)
        assert columns(page) == ["maple-fork-college", "cedar-ridge-institute"]
        assert "Differs" in row(page, "Who runs it")
        assert "Not known for one" in row(page, "Tuition and fees, state residents")
        assert "$4,000 a year" in row(page, "Tuition and fees, state residents")

    def test_the_programs_of_each_award_are_counted(self, client):
        page = markup(client, self.ADDRESS)
        assert row(page, "Associate").endswith("2023-24") or "1" in row(page, "Associate")

    def test_a_closed_school_says_so(self, client):
        page = markup(client, "/compare/?school=maple-fork-college&school=fern-hollow-school")
        assert "Closed" in row(page, "Is it open?")

    def test_a_school_is_found_by_name(self, client):
        page = html.unescape(markup(client, "/compare/?school=maple-fork-college&find=Birch"))
        assert "/compare/?school=maple-fork-college&school=birch-valley-college" in page


class TestKeepingIt:
    def test_the_address_can_be_copied_and_the_page_stays_out_of_search_engines(self, client):
        page = markup(client, f"{TWO}&where=43901")
        assert f'value="http://testserver{TWO}&where=43901"' in html.unescape(page)
        assert '<meta name="robots" content="noindex, follow">' in page

    def test_a_reader_without_a_session_gets_none(self, client):
        response = client.get(TWO)
        assert not response.cookies
        assert "private" not in response.get("Cache-Control", "")
