"""Addresses of careers below /api/v1/: a contract. `config` puts them before those of the directory."""

from __future__ import annotations

from django.urls import path

from careers.api.careers import CareerDetail, CareerList

urlpatterns = [
    path("careers/", CareerList.as_view(), name="api_career_list"),
    path("careers/<slug:slug>/", CareerDetail.as_view(), name="api_career_detail"),
]
