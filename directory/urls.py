"""The directory's public addresses: a contract, see docs."""

from __future__ import annotations

from django.urls import include, path

from directory.views import certifications, data, export, home, programs, schools, states
from directory.views.leave import leave
from directory.views.suggest import suggestions

urlpatterns = [
    path("", home.home, name="home"),
    path("programs/", programs.program_list, name="program_list"),
    path("programs/results.csv", export.program_csv, name="program_csv"),
    path("programs/<slug:slug>/", programs.program_detail, name="program_detail"),
    path("api/v1/", include("directory.api.urls")),
    path("schools/", schools.school_list, name="school_list"),
    path("schools/<slug:slug>/", schools.school_detail, name="school_detail"),
    path("certifications/", certifications.certification_list, name="certification_list"),
    path("certifications/<slug:slug>/", certifications.certification_detail, name="certification_detail"),
    path("states/", states.state_list, name="state_list"),
    path("states/<slug:usps>/", states.state_detail, name="state_detail"),
    path("data/", data.data, name="data"),
    path("suggest/", suggestions, name="suggest"),
    path("go/<slug:slug>/<slug:kind>/", leave, name="go"),
]
