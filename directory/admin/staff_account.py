"""Accounts of staff. Readers' accounts are the readers' own; only a superuser finds one, to delete it when asked."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path

from directory.admin.base import NoChanges, person
from directory.admin.lost_factor import LostFactorForm
from directory.staff import factors, notices
from directory.vocab import Role

# Django's own pages for these would show readers and let one account lift another.
# Those of second factors would show secrets.
for own in (User, Group, Authenticator):
    admin.site.unregister(own)


class NewStaffForm(AdminUserCreationForm):
    """Who is entered at the desk works at the desk."""

    def save(self, commit: bool = True) -> Any:
        self.instance.is_staff = True
        return super().save(commit)


class StaffAccountForm(UserChangeForm):
    """An administrator stays one until another administrator says otherwise: the last one cannot lock everybody out."""

    #: The account that fills the form in; set for each request.
    by: User

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if self.instance == self.by and not self.by.is_superuser:
            if not given.get("is_active", True):
                self.add_error(
                    "is_active", ValidationError("Another administrator can close your account; you cannot.")
                )
            if "groups" in given and not given["groups"].filter(name=Role.ADMINISTRATOR).exists():
                self.add_error(
                    "groups", ValidationError("Another administrator can take this role from you; you cannot.")
                )
        return given


@admin.register(User)
class StaffAccountAdmin(UserAdmin):
    """An administrator gives roles and takes them; superusers are touched and made by superusers alone."""

    form = StaffAccountForm
    add_form = NewStaffForm
    list_display = ("username", "email", "roles", "is_active", "is_superuser", "second_factor", "last_login")
    list_filter = ("groups", "is_active", "is_superuser")
    show_facets = admin.ShowFacets.NEVER
    #: What only a superuser may set: it would lift an account above every role.
    ABOVE = ("is_superuser", "user_permissions")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        accounts = super().get_queryset(request).prefetch_related("groups")
        held = Authenticator.objects.filter(user=OuterRef("pk"), type__in=factors.FACTORS)
        accounts = accounts.annotate(has_factor=Exists(held))
        return accounts if person(request).is_superuser else accounts.filter(is_staff=True)

    @admin.display(description="roles")
    def roles(self, user: User) -> str:
        return ", ".join(sorted(group.name for group in user.groups.all())) or "none"

    @admin.display(description="second factor", boolean=True)
    def second_factor(self, user: User) -> bool:
        return bool(user.has_factor)  # type: ignore[attr-defined]

    def get_urls(self) -> list[URLPattern]:
        lost = self.admin_site.admin_view(self.lost_factor_view)
        return [path("<int:pk>/lost-factor/", lost, name="auth_user_lost_factor"), *super().get_urls()]

    def lost_factor_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """GET says what somebody has, never its secrets; POST removes it all for a reason."""
        account = self.get_object(request, str(pk))
        if not self.has_change_permission(request, account):
            raise PermissionDenied
        if account is None or not account.is_staff:
            raise Http404
        if account == request.user:
            return redirect("admin:second_factors")  # one's own are changed with one's own password
        form = LostFactorForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            reason = form.cleaned_data["reason"]
            count = factors.remove_all_of(account=account, by=person(request), reason=reason)
            then = "sets up another at the next sign-in" if settings.STAFF_SECOND_FACTOR else "signs in without one"
            said = f"The account {account} has no second factor any more and {then}." if count else "There was none."
            self.message_user(request, said, messages.SUCCESS if count else messages.WARNING)
            return redirect("admin:auth_user_change", account.pk)
        context = {
            **self.admin_site.each_context(request), "title": f"Second factors of {account}", "account": account,
            "held": factors.held_by(account), "codes_left": factors.codes_left(account), "form": form,
            "mailed": notices.reaches(account), "is_required": settings.STAFF_SECOND_FACTOR,
        }  # fmt: skip
        return render(request, "admin/auth/user/lost_factor.html", context)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (form,), {"by": person(request)}) if obj is not None else form

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return self.add_fieldsets
        rights = ("is_active", "groups", *(self.ABOVE if person(request).is_superuser else ()))
        return (
            (None, {"fields": ("username", "password", "email")}),
            ("Rights", {"fields": rights}),
            ("Days", {"fields": ("last_login", "date_joined")}),
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("last_login", "date_joined")

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "groups" and not person(request).is_superuser:
            # Another group may hold what no role does.
            kwargs["queryset"] = Group.objects.filter(name__in=Role.values)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever sets the password of an account has all of its rights: nobody does for somebody who has more."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or person(request).is_superuser or not _outranks(obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only a reader's, by a superuser, for a reader who asks and cannot sign in any more.

        What an account of staff did keeps its name: it is made inactive instead.
        """
        return person(request).is_superuser and (obj is None or not obj.is_staff)


def _outranks(account: User) -> bool:
    """Whether an account may do more than the roles say."""
    beside = account.groups.exclude(name__in=Role.values).exists() or account.user_permissions.exists()
    return account.is_superuser or beside


@admin.register(Group)
class RolesAdmin(NoChanges, GroupAdmin):
    """What each role may do, to be read: the roles are declared in code and written anew after every update."""
