"""A sender that is killed at many lines of its work, and the one that comes after it: each mail arrives once."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from django.conf import settings


def killed(folder, way, every):
    done = subprocess.run(  # noqa: S603 - our own interpreter on our own code
        [sys.executable, "-m", "tests.directory.mail.killing", str(folder), way, str(every)],
        cwd=settings.BASE_DIR,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
            "MAIL_DIR": f"{folder}/mail",
            "SMTP_HOST": "",
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    runs = json.loads(done.stdout)
    assert all(run["killed"] and run["again"] == 0 and not run["strangers"] for run in runs), runs
    return runs


def test_files_are_there_exactly_once_wherever_the_sender_was_killed(tmp_path):
    runs = killed(tmp_path, "files", 4)
    assert len(runs) >= 20
    assert [run["at"] for run in runs if {*run["arrived"].values()} != {1}] == []
    assert [run["at"] for run in runs if {*run["states"].values()} != {"sent"}] == []


def test_nobody_gets_a_mail_twice_from_the_mail_server_and_only_one_line_leaves_a_doubt(tmp_path):
    runs = killed(tmp_path, "smtp", 5)
    assert len(runs) >= 20
    counts = [(run["at"], mail, number, run["states"][mail]) for run in runs for mail, number in run["arrived"].items()]
    assert [each for each in counts if each[2] > 1] == []
    # What did not arrive is known: the row says that it is in doubt, and that is one line of each mail's way.
    missing = [each for each in counts if each[2] == 0]
    assert {state for *_, state in missing} <= {"in-doubt"}
    assert len(missing) <= len(counts) / 20
