"""The directory's public addresses: a contract, see docs."""

from __future__ import annotations

from django.urls import path

from directory.views import schools
from directory.views.leave import leave

urlpatterns = [
    path("schools/", schools.school_list, name="school_list"),
    path("schools/<slug:slug>/", schools.school_list, name="school_detail"),
    path("states/<slug:usps>/", schools.school_list, name="state_detail"),
    path("go/<slug:slug>/<slug:kind>/", leave, name="go"),
]
