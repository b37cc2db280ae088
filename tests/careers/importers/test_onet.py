"""O*NET: facts hang on their own code, text files read like workbooks, and newer releases take off what is gone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from careers.models import (
    AlternateTitle,
    Interest,
    JobZone,
    OnetJobZone,
    OnetOccupation,
    RelatedOccupation,
    Task,
    Technology,
)
from directory.importers.registry import recognise
from directory.models import ImportRun
from directory.pipeline.load import Order, load
from directory.vocab import Source
from tests.careers.importers.runs import release_of
from tests.careers.samples_onet import (
    CALLERS,
    INTERESTS,
    LAMPS,
    OCCUPATIONS,
    RATINGS,
    RELATED,
    REPORTED,
    TASKS,
    TECHNOLOGY,
    TITLES,
    TRIMMERS,
    ZONES,
    occupations,
    tasks,
    technology,
    titles,
)
from tests.directory.importers.files import archive, write
from tests.factories.state import fingerprint

pytestmark = pytest.mark.django_db


def again(sample, folder, **order):
    """The file alone: what it needs has been loaded."""
    return load(Order(sample.write(folder), sample.source, **order)).run


def test_a_part_of_an_occupation_is_a_code_of_its_own(tmp_path):
    run = OCCUPATIONS.load(tmp_path).run
    assert (run.state, release_of(run).vintage, release_of(run).rank) == (ImportRun.State.APPLIED, "29.3", 2903)
    trimmers = OnetOccupation.objects.get(code=TRIMMERS)
    assert (trimmers.occupation_id, trimmers.is_whole, trimmers.title) == ("29-2072", False, "Wick Trimmers")
    assert OnetOccupation.objects.get(code=LAMPS).is_whole


def test_tasks_of_a_part_are_not_mixed_into_the_whole(tmp_path):
    TASKS.load(tmp_path)
    assert list(Task.objects.filter(onet=LAMPS).values_list("text", "kind")) == [
        ("Light lamps.", "Core"),
        ("Count lamps.", "Supplemental"),
    ]
    trimming = Task.objects.get(onet=TRIMMERS)
    assert (trimming.text, trimming.kind, trimming.dated, trimming.said_by) == ("Trim wicks.", "", "2020-11", "Analyst")


def test_technology_keeps_what_is_hot_and_in_demand(tmp_path):
    TECHNOLOGY.load(tmp_path)
    rows = Technology.objects.filter(onet=LAMPS).values_list("name", "hot", "in_demand", "commodity")
    assert list(rows) == [
        ("Wickware", True, True, "Wick management software"),
        ("Oil ledger", False, False, "Ledger software"),
    ]


def test_titles_of_two_files_stand_side_by_side(tmp_path):
    TITLES.load(tmp_path)
    again(REPORTED, tmp_path)
    assert list(AlternateTitle.objects.filter(onet=LAMPS).order_by("kind", "title").values_list("kind", "title")) == [
        ("alternate", "Lamp Technician (Lamp Tech)"),
        ("alternate", "Lighter"),
        ("reported", "Lamp Clerk"),
        ("reported", "Lighter"),
    ]
    assert AlternateTitle.objects.get(title__startswith="Lamp Technician").short_title == "Lamp Tech"
    assert again(TITLES, tmp_path).state == ImportRun.State.UNCHANGED


def test_none_is_a_word_and_an_empty_short_title_is_empty(tmp_path):
    titles((LAMPS, "Lamp Keepers", "None Counter", "None", "08"), (LAMPS, "Lamp Keepers", "Lighter", "", "08")).load(
        tmp_path
    )
    assert dict(AlternateTitle.objects.values_list("title", "short_title")) == {"None Counter": "None", "Lighter": ""}


def test_a_title_that_stands_there_twice_is_kept_once(tmp_path):
    run = titles(*TITLES.part.rows, TITLES.part.rows[1]).load(tmp_path).run
    assert (run.rejected, AlternateTitle.objects.count()) == (1, 3)
    assert "says again what line 3 says" in run.rejects.get().reason


def test_related_occupations_keep_tier_and_order(tmp_path):
    RELATED.load(tmp_path)
    rows = RelatedOccupation.objects.filter(onet=LAMPS).values_list("related", "tier", "index")
    assert list(rows) == [(CALLERS, "Primary-Short", 1), (TRIMMERS, "Supplemental", 2)]


def test_interests_keep_scores_and_high_points_apart(tmp_path):
    INTERESTS.load(tmp_path)
    rows = Interest.objects.filter(onet=LAMPS).values_list("element", "scale", "value", "said_by")
    assert [(element, scale, str(value), by) for element, scale, value, by in rows] == [
        ("1.B.1.a", "OI", "2.86", "Machine Learning"),
        ("1.B.1.g", "IH", "6.00", "Machine Learning"),
    ]


def test_job_zones_say_who_rated_them(tmp_path):
    RATINGS.load(tmp_path)
    rating = OnetJobZone.objects.select_related("zone").get(onet=LAMPS)
    assert (rating.zone.name, rating.dated, rating.rated_by) == (
        "Job Zone Three: Medium",
        "2021-11",
        "Analyst - Preliminary",
    )
    assert JobZone.objects.get(zone=1).svp_range == "(Below 4.0)"


def test_a_rating_outside_the_reference_is_left_over(tmp_path):
    for needed in RATINGS.needs:
        needed.load(tmp_path)
    row = (LAMPS, "Lamp Keepers", "2", "11/2021", "Analyst")
    run = again(RATINGS.but(replace(RATINGS.part, rows=(row, RATINGS.part.rows[1]))), tmp_path)
    assert (run.rejects.get().column, OnetJobZone.objects.count()) == ("Job Zone", 1)


@pytest.mark.parametrize(
    "sample", [TASKS, TECHNOLOGY, TITLES, RELATED, INTERESTS, RATINGS], ids=lambda each: each.source
)
def test_facts_about_a_code_that_is_not_held_are_left_over(sample, tmp_path):
    stranger = tuple("99-9999.00" if cell == LAMPS else cell for cell in sample.part.rows[0])
    run = sample.but(replace(sample.part, rows=(stranger, *sample.part.rows[1:]))).load(tmp_path).run
    assert (run.state, run.rejects.first().value) == (ImportRun.State.APPLIED, "99-9999.00")


@pytest.mark.parametrize(
    "sample",
    [OCCUPATIONS, ZONES, RATINGS, TASKS, TECHNOLOGY, TITLES, REPORTED, RELATED, INTERESTS],
    ids=lambda each: each.source,
)
def test_the_same_file_twice_changes_nothing(sample, tmp_path):
    sample.load(tmp_path)
    before = fingerprint()
    assert again(sample, tmp_path).state == ImportRun.State.UNCHANGED
    assert fingerprint() == before


def test_text_files_without_titles_say_the_same(tmp_path):
    TECHNOLOGY.load(tmp_path)
    TASKS.load(tmp_path)
    before = fingerprint()
    lines = {
        Source.ONET_TASKS: [
            "O*NET-SOC Code\tTask ID\tTask\tTask Type\tIncumbents Responding\tDate\tDomain Source",
            f"{LAMPS}\t1\tLight lamps.\tCore\t95\t08/2023\tIncumbent",
            f"{LAMPS}\t2\tCount lamps.\tSupplemental\t12\t08/2023\tIncumbent",
            f"{TRIMMERS}\t3\tTrim wicks.\tn/a\tn/a\t11/2020\tAnalyst",
        ],
        Source.ONET_TECHNOLOGY: [
            "O*NET-SOC Code\tExample\tCommodity Code\tHot Technology\tIn Demand",
            f"{LAMPS}\tWickware\t43232202\tY\tY",
            f"{LAMPS}\tOil ledger\t43231602\tN\tN",
            f"{CALLERS}\tWickware\t43232202\tY\tN",
        ],
    }
    for source, rows in lines.items():
        path = write(tmp_path / "db_29_3_text" / f"{source}.txt", "\r\n".join(rows) + "\r\n")
        run = load(Order(path, source)).run
        assert (run.state, release_of(run).vintage, run.rejected) == (ImportRun.State.UNCHANGED, "29.3", 0)
    assert fingerprint() == before


def test_the_read_me_beside_a_file_tells_its_release(tmp_path):
    OCCUPATIONS.load(tmp_path / "before")
    folder = tmp_path / "here"
    write(folder / "Read Me.txt", "O*NET 30.1 Database\nNovember 2026 Release\n")
    run = load(Order(write(folder / "Task Statements.xlsx", TASKS.content()), Source.ONET_TASKS)).run
    assert (run.state, release_of(run).vintage) == (ImportRun.State.APPLIED, "30.1")


def test_without_a_read_me_the_release_is_asked_for(tmp_path):
    OCCUPATIONS.load(tmp_path / "before")
    run = load(Order(write(tmp_path / "here" / "Task Statements.xlsx", TASKS.content()), Source.ONET_TASKS)).run
    assert run.state == ImportRun.State.REFUSED
    assert "--vintage" in run.message


def test_a_newer_release_takes_off_what_it_no_longer_says(tmp_path):
    TASKS.load(tmp_path)
    newer = tasks(
        *TASKS.part.rows[:2],
        (LAMPS, "Lamp Keepers", "4", "Fill lamps.", "Core", "50", "08/2025", "Incumbent"),
        version="30_0",
    )
    run = again(newer, tmp_path)
    assert (run.added, run.removed) == (1, 1)
    assert {task.release.vintage for task in Task.objects.select_related("release")} == {"30.0"}


def test_an_older_release_is_refused(tmp_path):
    TASKS.load(tmp_path)
    run = again(tasks(*TASKS.part.rows, version="28_2"), tmp_path)
    assert run.state == ImportRun.State.REFUSED
    assert "29.3" in run.message


def test_a_code_that_a_newer_release_drops_is_kept_for_its_facts_and_out_of_force(tmp_path):
    TASKS.load(tmp_path)
    run = again(occupations(*OCCUPATIONS.part.rows[:2], version="30_0"), tmp_path)
    assert (run.removed, OnetOccupation.objects.get(code=TRIMMERS).in_force) == (1, False)
    assert Task.objects.filter(onet=TRIMMERS).exists()


def test_technology_that_is_neither_hot_nor_cold_is_rejected(tmp_path):
    odd = (LAMPS, "Lamp Keepers", "Wickware", "43232202", "Wick management software", "maybe", "N")
    run = technology(odd, *TECHNOLOGY.part.rows[1:]).load(tmp_path).run
    assert (run.rejects.get().column, run.rejects.get().value) == ("Hot Technology", "maybe")


def archive_of_text_files(folder):
    """The download as O*NET packs it: some forty text files, of which several have the columns of others."""
    scores = "O*NET-SOC Code\tElement ID\tScale ID\tData Value\tN\tStandard Error\tDate\tDomain Source\r\n"
    values = "O*NET-SOC Code\tElement ID\tScale ID\tData Value\tDate\tDomain Source\r\n"
    ratings = "O*NET-SOC Code\tTask ID\tTask\tScale ID\tDate\tDomain Source\r\n"
    files = {
        "Abilities.txt": scores + f"{LAMPS}\t1.A.1.a.1\tIM\t3\t8\t0.1\t08/2023\tAnalyst\r\n",
        "Interests.txt": values + f"{LAMPS}\t1.B.1.a\tOI\t2.86\t11/2023\tMachine Learning\r\n",
        "Read Me.txt": "O*NET 29.3 Database\r\n",
        "Task Ratings.txt": ratings + f"{LAMPS}\t1\tLight lamps.\tFT\t08/2023\tIncumbent\r\n",
        "Work Values.txt": values + f"{LAMPS}\t1.B.2.a\tEX\t4\t11/2023\tAnalyst\r\n" * 20,
    }
    return write(folder / "db_29_3_text.zip", archive({f"db_29_3_text/{name}": text for name, text in files.items()}))


def test_the_archive_of_text_files_is_read_by_the_right_member(tmp_path):
    OCCUPATIONS.load(tmp_path / "before")
    path = archive_of_text_files(tmp_path)
    run = load(Order(path, Source.ONET_INTERESTS)).run
    assert (run.state, run.rejected, Interest.objects.count()) == (ImportRun.State.APPLIED, 0, 1)
    assert load(Order(path, Source.ONET_TASKS)).run.state == ImportRun.State.REFUSED


def test_tables_that_look_alike_are_told_apart_in_a_folder(tmp_path):
    assert [found.importer.source for found in recognise(archive_of_text_files(tmp_path))] == [Source.ONET_INTERESTS]
    text = "O*NET-SOC Code\tElement ID\tScale ID\tData Value\tDate\tDomain Source\r\n"
    assert recognise(write(tmp_path / "Work Values.txt", text + "x\r\n")) == []
