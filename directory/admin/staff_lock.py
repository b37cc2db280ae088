"""Locks of the staff sign-in, for an administrator to lift."""

from __future__ import annotations

import datetime as dt
from typing import Any

from axes.models import AccessAttempt
from django.conf import settings
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from directory.admin.base import DeskAdmin, column, person
from directory.staff import locks


@admin.register(AccessAttempt)
class StaffLockAdmin(DeskAdmin):
    """Wrong tries of the last quarter of an hour, by name and network. Deleting them opens what they lock."""

    list_display = (
        column("username", "Name"),
        column("ip_address", "Network"),
        column("failures_since_start", "Wrong tries"),
        "is_locked",
        "last_try",
        "until",
    )
    list_display_links = None
    search_fields = ("username", "ip_address")
    ordering = ("-attempt_time",)
    fields = ("username", "ip_address", "failures_since_start", "last_try", "until")
    readonly_fields = fields
    actions = ("open_again",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description="Locked", boolean=True)
    def is_locked(self, row: Any) -> bool:
        """This name from this network, or with the other rows the name or the network as a whole."""
        most = max(row.of_name or 0, row.of_network or 0)
        return row.failures_since_start >= settings.AXES_FAILURE_LIMIT or most >= settings.STAFF_TRIES_IN_ALL

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return locks.with_sums(super().get_queryset(request))

    @admin.display(description="Last wrong try", ordering="attempt_time")
    def last_try(self, row: Any) -> dt.datetime:
        return row.attempt_time

    @admin.display(description="Counts until")
    def until(self, row: Any) -> dt.datetime:
        return row.attempt_time + settings.AXES_COOLOFF_TIME

    @admin.action(description="Open the chosen again", permissions=["delete"])
    def open_again(self, request: HttpRequest, rows: QuerySet) -> None:
        count = locks.lift(tries=rows, by=person(request))
        self.message_user(request, f"Opened again: {count}.")

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)  # the same by another name
        return actions

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return super().changelist_view(request, {"title": "Locks of the staff sign-in", **(extra_context or {})})
