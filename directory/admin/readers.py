"""Readers' addresses stay off the desk: django-allauth would put them there."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.contrib import admin

admin.site.unregister(EmailAddress)
