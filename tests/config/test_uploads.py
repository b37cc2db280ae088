"""Whose files are taken, and where: staff that are wholly in, on the pages that ask for one."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.urls import reverse

from config.uploads import UPLOAD_PAGES
from directory.staff.session import DESK

pytestmark = pytest.mark.django_db
PAGE = "/admin/directory/releaseproposal/add/"


@pytest.fixture
def written(monkeypatch) -> list[str]:
    """Names of files of which something came to the disk."""
    names: list[str] = []
    begin = TemporaryFileUploadHandler.new_file

    def noted(self, field_name, file_name, *args, **named):
        names.append(file_name)
        return begin(self, field_name, file_name, *args, **named)

    monkeypatch.setattr(TemporaryFileUploadHandler, "new_file", noted)
    return names


@pytest.fixture
def sent(rf):
    """A form with a file between two fields, read as a page reads it: sent(address, user, session)."""
    read = []

    def send(address=PAGE, user=None, session=None):
        file = SimpleUploadedFile("x.csv", b"a,b")
        request = rf.post(address, {"before": "kept", "file": file, "after": "kept too"})
        request.user, request.session = user or AnonymousUser(), session or {}
        read.append(request)
        assert (request.POST["before"], request.POST["after"]) == ("kept", "kept too")
        return request

    yield send
    for request in read:
        request.close()


@pytest.fixture
def pat() -> User:
    return User.objects.create_user("pat", is_staff=True)


def test_staff_who_are_in_bring_a_file_to_a_page_that_asks_for_one(sent, pat, written):
    for name in UPLOAD_PAGES:
        assert sent(reverse(f"admin:{name}"), pat).FILES["file"].read() == b"a,b"
    assert len(written) == len(UPLOAD_PAGES)


@pytest.mark.parametrize("address", ["/corrections/report/", "/admin/directory/synonym/add/", "/admin/nothing/", "/"])
def test_no_other_page_takes_one(sent, pat, written, address):
    request = sent(address, pat)
    assert (list(request.FILES), request.files_not_taken, written) == ([], ["x.csv"], [])


def test_nobody_else_has_a_file_written(sent, written):
    reader = User.objects.create_user("reader")
    for user in (None, reader):
        assert list(sent(PAGE, user).FILES) == []
    assert written == []


def test_where_a_second_factor_is_required_a_password_is_not_enough(sent, pat, written, settings):
    settings.STAFF_SECOND_FACTOR = True
    for session in ({}, {DESK: {"since": 0, "seen": 0, "factor": "totp"}}):
        assert list(sent(PAGE, pat, session).FILES) == []
    assert written == []


def test_a_stranger_is_sent_to_the_sign_in_with_nothing_written(client, written):
    file = SimpleUploadedFile("x.csv", b"a,b" * 100)
    page = client.post(f"{PAGE}?source=ipeds-hd", {"note": "n", "file": file})
    assert page.status_code == 403
    assert "Files have to be chosen again: x.csv" in page.content.decode()
    assert written == []
