"""The addresses of careers: a public contract, see docs."""

from __future__ import annotations

from django.urls import path

from careers import views

urlpatterns = [
    path("careers/", views.career_list, name="career_list"),
    path("careers/<slug:slug>/", views.career_detail, name="career_detail"),
]
