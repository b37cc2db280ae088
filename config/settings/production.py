"""The settings of a public server behind a proxy that ends TLS; nothing secret has a default here."""

from __future__ import annotations

from urllib.parse import urlsplit

from config import env
from config.settings.base import *  # noqa: F403 - the public server is the base plus what follows
from config.settings.base import CONTENT_SECURITY_POLICY, SITE_NAME

DEBUG = False
SECRET_KEY = env.required("DJANGO_SECRET_KEY")
ALLOWED_HOSTS = [part.strip() for part in env.required("DJANGO_ALLOWED_HOSTS").split(",") if part.strip()]

# Mails lead to the first of our names unless told otherwise.
SITE_URL = env.text("SITE_URL", f"https://{ALLOWED_HOSTS[0].lstrip('.')}").rstrip("/")
MAIL_DOMAIN = urlsplit(SITE_URL).hostname or "localhost"
DEFAULT_FROM_EMAIL = env.text("MAIL_FROM", f"{SITE_NAME} <guide@{MAIL_DOMAIN}>")

STAFF_SECOND_FACTOR = env.flag("STAFF_SECOND_FACTOR", default=True)

SECURE_SSL_REDIRECT = True
# The probes ask over plain HTTP from inside the network.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
# Only right behind a proxy that sets or strips this header itself (docs/operations.md).
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = env.number("HSTS_SECONDS", 63_072_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"

CONTENT_SECURITY_POLICY["DIRECTIVES"]["upgrade-insecure-requests"] = True
