"""Addresses below /api/v1/: a contract."""

from __future__ import annotations

from django.urls import path, re_path

from directory.api.certifications import CertificationDetail, CertificationList
from directory.api.eligibility import Eligibility
from directory.api.index import Index, Nowhere
from directory.api.programs import ProgramDetail, ProgramList
from directory.api.schools import SchoolDetail, SchoolList

ENDPOINTS = [
    path("programs/", ProgramList.as_view(), name="api_program_list"),
    path("programs/<slug:slug>/", ProgramDetail.as_view(), name="api_program_detail"),
    path("schools/", SchoolList.as_view(), name="api_school_list"),
    path("schools/<slug:slug>/", SchoolDetail.as_view(), name="api_school_detail"),
    path("certifications/", CertificationList.as_view(), name="api_certification_list"),
    path("certifications/<slug:slug>/", CertificationDetail.as_view(), name="api_certification_detail"),
    path("eligibility/", Eligibility.as_view(), name="api_eligibility"),
]
urlpatterns = [
    path("", Index.as_view(endpoints=ENDPOINTS), name="api_index"),
    *ENDPOINTS,
    re_path("", Nowhere.as_view()),
]
