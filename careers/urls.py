"""The addresses of careers: a public contract, see docs."""

from __future__ import annotations

from django.urls import path

from careers import views
from careers.decision.views import certificate_or_associate
from careers.pathways.views import pathways
from careers.plan import views as plan

urlpatterns = [
    path("careers/", views.career_list, name="career_list"),
    path("careers/<slug:slug>/", views.career_detail, name="career_detail"),
    path("certificate-or-associate/", certificate_or_associate, name="certificate_or_associate"),
    path("pathways/", pathways, name="pathways"),
    path("plan/", plan.plan, name="plan"),
    path("plan/note/", plan.note, name="plan_note"),
    path("plan/delete/", plan.delete, name="plan_delete"),
]
