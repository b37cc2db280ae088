"""A button of a file that is pressed after the session was over is told in words before it is pressed again."""

from __future__ import annotations

import html
import re

import pytest
from django.contrib.auth.models import Group, User

from directory.models import ReleaseProposal
from directory.vocab import ProposalState, Role
from tests.directory.admin.releases.conftest import at, send, text_of
from tests.directory.pipeline.proposals.conftest import work

pytestmark = pytest.mark.django_db
PASSWORD = "long-and-odd-42"


@pytest.fixture
def previewed(publisher):
    send(publisher)
    work()
    return ReleaseProposal.objects.get()


@pytest.fixture
def signed_in_again(publisher, previewed, settings):
    """Presses a button after the session, and signs in as somebody on the page that comes."""
    settings.STAFF_SECOND_FACTOR = False

    def press(verb, name="ada", **given):
        user = User.objects.get(username=name)
        user.set_password(PASSWORD)
        user.save()
        publisher.logout()
        page = text_of(publisher.post(at(previewed, verb), given))
        carried = re.search(r'name="typed_before" value="([^"]+)"', page)
        assert carried
        entered = {"username": name, "password": PASSWORD, "typed_before": html.unescape(carried[1])}
        return html.unescape(text_of(publisher.post("/admin/login/", entered)))

    return press


def seen_of(proposal):
    return {"sha256": proposal.sha256, "preview": str(proposal.preview_number)}


def readable(page):
    """The page without what a form carries hidden."""
    return re.sub(r'<input type="hidden"[^>]*>', "", page)


def test_an_approval_names_its_file_what_it_would_do_and_where_to_look(publisher, previewed, signed_in_again):
    page = signed_in_again("approve", **seen_of(previewed), overruled="I rang them")
    words = readable(page)
    assert "you pressed “Approve and load”" in words
    assert "The file is hd2024.csv (IPEDS institution directory (HD), 2024-25)." in words
    assert "3 rows added, 0 changed, 0 removed, 0 of the file rejected" in words
    assert f'<a href="{at(previewed)}">Look at its preview first</a>' in words
    assert "<dt>Why this file is right all the same</dt><dd>I rang them</dd>" in words
    for unread in (previewed.sha256, "Sha256", "<dt>Preview</dt>", "/approve/</code>"):
        assert unread not in words
    previewed.refresh_from_db()
    assert previewed.state == ProposalState.PREVIEWED
    answer = publisher.post(at(previewed, "approve"), dict(re.findall(r'hidden" name="(\w+)" value="([^"]*)"', page)))
    assert answer.status_code == 302
    previewed.refresh_from_db()
    assert previewed.state == ProposalState.APPROVED


def test_an_approval_that_can_do_nothing_any_more_says_so(previewed, signed_in_again):
    ReleaseProposal.objects.update(preview_number=2)
    assert "previewed anew since you looked" in signed_in_again("approve", **seen_of(previewed))
    ReleaseProposal.objects.update(state=ProposalState.REFUSED)
    assert "Meanwhile it stands at “Refused”" in signed_in_again("approve", **seen_of(previewed))


@pytest.mark.parametrize(("verb", "button"), [("refuse", "Refuse it"), ("take_back", "Take it back")])
def test_a_reason_comes_back_under_its_own_label(previewed, signed_in_again, verb, button):
    page = readable(signed_in_again(verb, reason="Line 5 is broken"))
    assert f"you pressed “{button}”" in page
    assert "<dt>Reason</dt><dd>Line 5 is broken</dd>" in page


def test_who_may_not_decide_is_told_nothing_of_the_file(previewed, signed_in_again):
    user = User.objects.create_user("cy", password=PASSWORD, is_staff=True)
    user.groups.add(Group.objects.get(name=Role.CURATOR))
    page = readable(signed_in_again("approve", name="cy", **seen_of(previewed)))
    assert "hd2024.csv" not in page
    assert previewed.sha256 not in page
