"""Why a load cannot be taken back now, in words; and that nothing has happened then."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from directory.curation.batches import undo as undoing
from directory.curation.batches.apply import Why, apply
from directory.curation.batches.later import cancel, prepare
from directory.curation.batches.plan import for_all
from directory.curation.signature import sign
from directory.models import (
    ClickCount,
    DuplicatePair,
    FeaturedEntry,
    FeaturedList,
    KeptChange,
    ListingBatch,
    ListingChange,
    Override,
    Program,
    School,
)
from directory.pipeline import change_log
from directory.vocab import BatchWay, GoKind
from tests.directory.importers.samples import BY_SOURCE
from tests.directory.importers.samples_cip import CIP
from tests.directory.importers.samples_ipeds import ANNE, BROOK, COMPLETIONS, HD, MAPLE, awards, completions, hd, school
from tests.directory.pipeline.change_log.rounds import bring
from tests.directory.pipeline.change_log.rows import same, state

pytestmark = pytest.mark.django_db


def refused(run):
    """The reasons; nothing was changed by trying."""
    reasons = change_log.blockers(run)
    before = state()
    with pytest.raises(change_log.CannotRevertError) as found:
        change_log.revert(run, by=None)
    assert found.value.reasons == reasons
    assert same(before, state())
    run.refresh_from_db()
    assert run.reverted_at is None
    return reasons


def test_a_later_load_that_changed_the_same_rows_is_named(tmp_path):
    HD.load(tmp_path)
    first = bring(hd(school(100101, "Maple University"), ANNE, BROOK, year=2025), tmp_path)
    later = bring(hd(school(100101, "Maple Institute"), ANNE, BROOK, year=2026), tmp_path)
    reasons = refused(first)
    assert any(reason.startswith("A later load changed") and "hd2026.csv" in reason for reason in reasons)
    change_log.revert(later, by=None)
    assert change_log.blockers(first) == ()


def test_pairs_that_look_alike_go_with_the_schools_that_the_load_brought(tmp_path):
    HD.load(tmp_path)
    run = bring(hd(MAPLE, ANNE, BROOK, school(100606, "Elm College"), year=2025), tmp_path)
    brought, held = School.objects.get(unitid=100606), School.objects.get(unitid=100101)
    DuplicatePair.objects.create(
        school=held, other_school=brought, score=60, reasons=["One website"], found_at=timezone.now()
    )
    assert change_log.blockers(run) == ()
    change_log.revert(run, by=None)
    assert not DuplicatePair.objects.exists()


def test_a_later_load_of_which_nothing_was_kept_is_noticed_all_the_same(tmp_path):
    HD.load(tmp_path)
    run = bring(hd(school(100101, "Maple University"), ANNE, BROOK, year=2025), tmp_path)
    hd(school(100101, "Maple Institute"), ANNE, BROOK, year=2026).load(tmp_path)
    reasons = refused(run)
    assert any("Maple Institute" in reason and "nothing was kept" in reason for reason in reasons)


def test_facts_of_another_file_about_schools_that_the_load_brought_name_that_file(tmp_path):
    CIP.load(tmp_path)
    HD.load(tmp_path)
    run = bring(hd(MAPLE, ANNE, BROOK, school(100606, "Elm College"), year=2025), tmp_path)
    bring(completions(awards(100606, "51.0707", 3, 4), year=2025), tmp_path)
    reasons = refused(run)
    assert any("1 program came since and belongs to schools that it brought: " in reason for reason in reasons)
    assert any("Completions" in reason for reason in reasons)


def test_an_edit_by_hand_of_what_the_load_wrote_is_named(tmp_path):
    COMPLETIONS.load(tmp_path)
    run = bring(completions(awards(100101, "51.0707", 3, 4), year=2025), tmp_path)
    program = Program.objects.get(field__cip="51.0707", school__unitid=100101)
    program.last_year = 2026
    program.save()
    (reason,) = refused(run)
    assert reason.startswith("1 of the programs that it wrote have been changed since, by hand")
    assert "(last year)" in reason


def test_an_edit_by_hand_of_another_column_stays_and_is_no_hindrance(tmp_path):
    COMPLETIONS.load(tmp_path)
    run = bring(completions(awards(100101, "51.0707", 3, 4), year=2025), tmp_path)
    Program.objects.filter(field__cip="51.0707").update(title="Records at Maple Fork")
    change_log.revert(run, by=None)
    assert Program.objects.filter(title="Records at Maple Fork").exists()


def test_an_edit_while_the_load_was_at_work_is_named(tmp_path):
    HD.load(tmp_path)
    run = bring(hd(school(100101, "Maple University"), ANNE, year=2025), tmp_path)
    maple = School.objects.get(unitid=100101)
    sign(maple, by=User.objects.create_user("pat"), why="A letter")
    maple.save()
    maple.history.update(history_date=run.started_at)
    assert "Somebody edited “Maple University (Maple Fork, OH)” while the load was at work." in refused(run)


def test_what_people_made_of_a_program_that_the_load_brought_holds_it_back(tmp_path):
    CIP.load(tmp_path)
    HD.load(tmp_path)
    run = bring(COMPLETIONS, tmp_path)
    chosen = FeaturedList.objects.create(slug="short", title="Short programs", why="Under a year")
    FeaturedEntry.objects.create(
        featured_list=chosen, program=Program.objects.latest("pk"), reason="Its page says so", dated="2026-11-01"
    )
    (reason,) = refused(run)
    assert reason.startswith("1 entry of a featured list came since and belongs to programs that it brought.")


def changed_at_once(by, *, due_at=None):
    """A batch that changes the one school that a load has brought."""
    brought = School.objects.get(unitid=100606)
    plan = for_all("school", [brought.pk], {"county": "Elm"})
    write = prepare if due_at else apply
    return write(plan=plan, way=BatchWay.BULK, why=Why("They wrote to us", due_at=due_at), by=by)


def test_a_batch_in_force_holds_back_the_load_that_brought_its_school_and_an_undone_one_does_not(tmp_path):
    HD.load(tmp_path)
    before = state()
    run = bring(hd(MAPLE, ANNE, BROOK, school(100606, "Elm College"), year=2025), tmp_path)
    kim = User.objects.create_user("kim")
    batch = changed_at_once(kim)
    assert any("change in a batch" in reason for reason in refused(run))
    undoing.undo(batch=batch, by=kim)
    assert Override.objects.get().active is False
    assert change_log.blockers(run) == ()
    change_log.revert(run, by=None)
    before.pop("directory.ListingBatch")  # who did what stays to be read
    assert same(before, state())
    assert not ListingChange.objects.exists()
    assert ListingBatch.objects.get().reason == "They wrote to us"


def test_a_batch_that_was_cancelled_does_not_hold_a_load_back(tmp_path):
    HD.load(tmp_path)
    run = bring(hd(MAPLE, ANNE, BROOK, school(100606, "Elm College"), year=2025), tmp_path)
    kim = User.objects.create_user("kim")
    batch = changed_at_once(kim, due_at=timezone.now())
    assert any("change in a batch" in reason for reason in refused(run))
    cancel(batch=batch, by=kim)
    assert change_log.blockers(run) == ()
    change_log.revert(run, by=None)
    assert not School.objects.filter(unitid=100606).exists()


def test_counts_of_leaves_go_with_the_program(tmp_path):
    CIP.load(tmp_path)
    HD.load(tmp_path)
    before = state()
    run = bring(COMPLETIONS, tmp_path)
    program = Program.objects.latest("pk")
    ClickCount.objects.create(
        day="2026-11-01", kind=next(iter(GoKind)), school=program.school, program=program, count=3
    )
    change_log.revert(run, by=None)
    assert same(before, state())


def test_a_row_that_came_in_the_place_of_a_removed_one_holds_the_load_back(tmp_path):
    zips = BY_SOURCE["zip-points"]
    zips.load(tmp_path)
    run = bring(zips.but(zips.part.only(range(len(zips.part.rows) - 1))), tmp_path)
    bring(zips, tmp_path)
    assert refused(run)[0].startswith("A later load changed")


def test_other_columns_than_were_kept_hold_it_back(tmp_path, monkeypatch):
    run = bring(HD, tmp_path)
    assert change_log.blockers(run) == ()
    KeptChange.objects.filter(table="directory_school").update(table="directory_college")
    assert refused(run) == ("The tables have other columns since the site was brought up to date.",)


def test_a_quick_look_asks_what_people_made_of_the_rows_and_looks_closely_after_later_loads(tmp_path):
    CIP.load(tmp_path)
    HD.load(tmp_path)
    run = bring(COMPLETIONS, tmp_path)
    assert change_log.blockers(run, quick=True) == ()
    chosen = FeaturedList.objects.create(slug="short", title="Short programs", why="Under a year")
    FeaturedEntry.objects.create(
        featured_list=chosen, program=Program.objects.latest("pk"), reason="Its page says so", dated="2026-11-01"
    )
    assert change_log.blockers(run, quick=True) == change_log.blockers(run) != ()
    FeaturedEntry.objects.all().delete()
    bring(completions(awards(100101, "51.0707", 3, 4), year=2025), tmp_path)
    assert change_log.blockers(run, quick=True) == change_log.blockers(run) != ()


def test_a_quick_look_asks_little_however_much_was_kept(tmp_path, django_assert_max_num_queries):
    CIP.load(tmp_path)
    HD.load(tmp_path)
    run = bring(COMPLETIONS, tmp_path)
    with django_assert_max_num_queries(80):
        change_log.blockers(run, quick=True)
