"""The settings of a person's own machine: what `script/server` runs with.

Everything a machine makes for itself (database, secret key, collected static files) lies in var/.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONE, SELF

from config import env
from config.settings.sign_in import *  # noqa: F403 - a part of the same settings, in a file of its own

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = BASE_DIR / "var"

# --- Who and where -----------------------------------------------------------------------------
SITE_NAME = env.text("SITE_NAME", "Health Records Field Guide")
DEBUG = env.flag("DJANGO_DEBUG")
SECRET_KEY = env.secret_key(VAR_DIR / "secret_key")
# Django's own names for this machine when DEBUG is on; said here so that they also hold when it is off.
ALLOWED_HOSTS = env.items("DJANGO_ALLOWED_HOSTS", ("localhost", "127.0.0.1", "[::1]"))
CSRF_TRUSTED_ORIGINS = env.items("DJANGO_CSRF_TRUSTED_ORIGINS")
SECURITY_CONTACT = env.text("SECURITY_CONTACT")  # an address for /.well-known/security.txt

# --- The product -------------------------------------------------------------------------------
# Where the official files lie that `import_folder` and the tests marked "official" read.
OFFICIAL_DATA_DIR = Path(env.text("OFFICIAL_DATA_DIR") or BASE_DIR.parent / "shared" / "data").resolve()
# An accreditation that nobody has confirmed with the accreditor for longer than this falls back to
# "stated": a bit over a year, because accreditors publish their lists once a year.
ACCREDITATION_REVIEW_DAYS = env.number("ACCREDITATION_REVIEW_DAYS", 400)
# For so many days what a load changed is kept, so that the load can be taken back whole.
UNDO_DAYS = env.number("UNDO_DAYS", 180)
# In so many days we want to have decided what a reader reports as wrong; readers see it, and whether we do.
CORRECTION_TARGET_DAYS = env.number("CORRECTION_TARGET_DAYS", 14)
# In so many days we want to have read what students and schools write; the desk sorts by it, readers are not told.
REVIEW_TARGET_DAYS = env.number("REVIEW_TARGET_DAYS", 5)
# So many reports an hour are taken from one address, of which only a digest is kept, for that hour.
CORRECTIONS_PER_HOUR = env.number("CORRECTIONS_PER_HOUR", 10)

# A page in between when a reader leaves for a school. Off: a note beside the links says where they lead.
LEAVING_PAGE = env.flag("LEAVING_PAGE")

# Loading official files at the desk (docs/releases.md): whether somebody else than the proposer has to approve, and
# whether the site starts the worker by itself when something is asked; else `manage.py work_proposals` has to run.
RELEASES_NEED_SECOND_PERSON = env.flag("RELEASES_NEED_SECOND_PERSON")
RELEASES_START_WORKER = env.flag("RELEASES_START_WORKER", default=True)
# What may come in: megabytes as sent, members of a zip, times that a member may be larger unpacked.
RELEASES_MAX_UPLOAD_MB = env.number("RELEASES_MAX_UPLOAD_MB", 500)
RELEASES_MAX_MEMBERS = env.number("RELEASES_MAX_MEMBERS", 100)
RELEASES_MAX_RATIO = env.number("RELEASES_MAX_RATIO", 200)
# For so many days after its proposal has ended a file is kept (`manage.py trim_releases`).
RELEASES_KEEP_DAYS = env.number("RELEASES_KEEP_DAYS", 90)

# A worker goes on answering from what it holds while it reads changed programs anew, a second or two.
SEARCH_RELOADS_BEHIND = True

# Networks that the link checker may ask besides the public internet, for trials on one machine ("127.0.0.0/8").
LINK_CHECK_ALSO_REACH = env.items("LINK_CHECK_ALSO_REACH")

# --- Parts -------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "directory.staff_desk.StaffDeskConfig",  # django.contrib.admin
    "axes",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "django_filters",
    "rest_framework",
    "simple_history",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "directory.apps.DirectoryConfig",
    "careers.apps.CareersConfig",
]

MIDDLEWARE = [
    "config.middleware.HeadWithoutBody",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.ContentSecurityPolicy",
    "config.kept_pages.KeptPages",
    "config.readers_own.ReadersOwn",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ASGI_APPLICATION = "config.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "directory.context_processors.site",
            ],
        },
    },
]

# --- Database ----------------------------------------------------------------------------------
# WAL lets readers go on while an import writes. IMMEDIATE takes the write lock at the start of a
# transaction, so that a second writer waits (up to `timeout` seconds) and does not fail half-way.
SQLITE_OPTIONS: dict[str, Any] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}


def database(url: str) -> dict[str, Any]:
    """Django's settings for a DATABASE_URL, with the options that either database needs here."""
    settings: dict[str, Any] = {**dj_database_url.parse(url, conn_max_age=600, conn_health_checks=True)}
    if settings["ENGINE"] == "django.db.backends.sqlite3":
        settings["OPTIONS"] = {**SQLITE_OPTIONS, **settings.get("OPTIONS", {})}
    # Explicit transactions where something is written; a transaction around every page would take
    # SQLite's write lock for each reader.
    settings["ATOMIC_REQUESTS"] = False
    return settings


DATABASES = {"default": database(env.text("DATABASE_URL", f"sqlite:///{VAR_DIR / 'db.sqlite3'}"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Files -------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
# Files that staff load. There is no public address of them (no MEDIA_URL): they are handed out at the desk only.
MEDIA_ROOT = Path(env.text("MEDIA_ROOT") or VAR_DIR / "media")
FILE_UPLOAD_HANDLERS = ["config.uploads.BoundedUpload"]

# --- Pages that are kept ------------------------------------------------------------------------
# Whole answers to questions that are asked again, in each worker's own memory: a hundred of some 80 kB.
# See config/kept_pages.py; nothing has to be emptied by hand.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "TIMEOUT": 24 * 60 * 60,
        "OPTIONS": {"MAX_ENTRIES": 100},
    },
}

# --- Language and time -------------------------------------------------------------------------
LANGUAGE_CODE = "en-us"
TIME_ZONE = "UTC"
# Times without a format of their own (the staff desk) name their zone.
FORMAT_MODULE_PATH = ["config.formats"]
USE_I18N = True
USE_TZ = True

# --- Signing in: the rest stands in sign_in.py ----------------------------------------------------
MFA_TOTP_ISSUER = SITE_NAME

# --- Mail ------------------------------------------------------------------------------------------
SITE_URL = env.text("SITE_URL", f"http://127.0.0.1:{env.number('PORT', 8000)}").rstrip("/")
MAIL_DOMAIN = urlsplit(SITE_URL).hostname or "localhost"
MAIL_DIR = Path(env.text("MAIL_DIR") or VAR_DIR / "mail")
DEFAULT_FROM_EMAIL = env.text("MAIL_FROM", f"{SITE_NAME} <guide@{MAIL_DOMAIN}>")
# Without a mail server every mail is a file in MAIL_DIR.
EMAIL_HOST = env.text("SMTP_HOST")
EMAIL_PORT = env.number("SMTP_PORT", 587)
EMAIL_HOST_USER = env.text("SMTP_USER")
EMAIL_HOST_PASSWORD = env.text("SMTP_PASSWORD")
EMAIL_USE_TLS = env.flag("SMTP_STARTTLS", default=True)
# Ask the server for a report of each mail that it has passed on (RFC 3461): `record_bounce` settles doubts by them.
SMTP_RECEIPTS = env.flag("SMTP_RECEIPTS")
EMAIL_TIMEOUT = env.number("SMTP_TIMEOUT", 10)  # seconds; a reader waits for the mail with the code
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend" if EMAIL_HOST else "directory.engagement.mail_files.MailFiles"
)

# --- What a browser may do on our pages ------------------------------------------------------------
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "config.refusals.csrf_failure"
# Nothing is allowed but what we serve ourselves; no inline script or style anywhere, the admin included.
CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "img-src": [SELF, "data:"],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# --- API: public and read-only ----------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "UNAUTHENTICATED_USER": None,
    "EXCEPTION_HANDLER": "directory.api.problems.handle",
    "URL_FORMAT_OVERRIDE": None,  # `?format=` is no parameter of the contract
}

# --- Logging ---------------------------------------------------------------------------------------
# To stderr, without addresses, query strings, form values or accounts: what a reader looked for is
# nobody's business. The server writes no access log (see docs/operations.md).
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"refusals": {"()": "config.logs.RefusalsInOneLine"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["refusals"]}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "django.server": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        "axes": {"level": "CRITICAL"},  # names and addresses; our own lines say that something was locked
    },
}
