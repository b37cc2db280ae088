"""The names that the shared frame links to, without the pages behind them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path


def page(_request: HttpRequest, **_parts: str) -> HttpResponse:
    return HttpResponse()


urlpatterns = [
    path("", page, name="home"),
    path("programs/", page, name="program_list"),
    path("programs/<slug:slug>/", page, name="program_detail"),
    path("schools/", page, name="school_list"),
    path("certifications/", page, name="certification_list"),
    path("careers/", page, name="career_list"),
    path("states/", page, name="state_list"),
    path("states/<slug:usps>/", page, name="state_detail"),
    path("lists/", page, name="list_index"),
    path("corrections/", page, name="correction_report"),
    path("data/", page, name="data"),
    path("account/", page, name="account"),
]
