"""How staff and readers sign in, and what locks a door; part of the base."""

from __future__ import annotations

import datetime as dt

from config import env

# --- Staff sign-in -----------------------------------------------------------------------------
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
# Staff come in by a password at the desk, readers by a code at /account/; neither way opens the other's door.
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # lets nobody in itself; says no while a name or an address is locked
    "django.contrib.auth.backends.ModelBackend",
    "directory.engagement.readers.ReaderBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# Whether staff must have a second factor. Who has one is asked for it in any case (docs/operations.md).
STAFF_SECOND_FACTOR = env.flag("STAFF_SECOND_FACTOR")
# Secrets of second factors lie encrypted in the database with the first of these; the others still open them.
STAFF_FACTOR_KEYS = env.items("STAFF_FACTOR_KEYS")
MFA_ADAPTER = "directory.staff.adapter.StaffFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # half a minute each way, for clocks that are not quite right
MFA_RECOVERY_CODE_DIGITS = 10

# --- Staff sign-in: locks after wrong tries ----------------------------------------------------------
AXES_HANDLER = "directory.staff.locks.StaffLocks"
AXES_CLIENT_IP_CALLABLE = "directory.staff.locks.network_of"
# What is counted is a name from a network, so one person's slips lock out nobody else. For all names from a network,
# and for a name from all networks, many more tries are taken: whoever changes the one or the other ends there.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
STAFF_TRIES_IN_ALL = 50
AXES_COOLOFF_TIME = dt.timedelta(minutes=15)
# Tries while it is locked count for nothing: else somebody else could keep a person out for as long as they like.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
# Its middleware would stand in the way of every reader's page; the sign-in page says itself that it is locked.
SILENCED_SYSTEM_CHECKS = ["axes.W002"]

# --- Readers: an address, a code, no password ------------------------------------------------------
ACCOUNT_ADAPTER = "directory.engagement.sign_in.ReaderAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = 2
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_TIMEOUT = 60 * 60  # the form may lie open; the code's own quarter of an hour decides
# Digits are quick to type on a phone; eight of them with three tries each leave nothing to guess.
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": True}
ACCOUNT_RATE_LIMITS = False  # ours count for all processes together: directory/engagement/sign_in_limits.py
