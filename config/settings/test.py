"""The settings of the tests: the base with quick hashing, a known key and no collected static files."""

from __future__ import annotations

import os

# The base reads its key when it is imported; a test run must not need the machine's own.
os.environ.setdefault("DJANGO_SECRET_KEY", "only-for-tests-" + "0123456789abcdef" * 3)
os.environ["DJANGO_DEBUG"] = "0"

from config.settings.base import *  # noqa: F403 - the tests run the base plus what follows
from config.settings.base import STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Tests work themselves through what is proposed.
RELEASES_START_WORKER = False
# What a test changes is found at once.
SEARCH_RELOADS_BEHIND = False
# Serve straight from static/ and ask nothing of var/static.
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
