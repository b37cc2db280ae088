"""The addresses of careers: a public contract, see docs."""

from __future__ import annotations

from django.urls import path

from careers import views
from careers.decision.views import certificate_or_associate
from careers.pathways.views import pathways
from careers.plan import taking
from careers.plan import views as plan
from careers.plan.day_views import own_day

urlpatterns = [
    path("careers/", views.career_list, name="career_list"),
    path("careers/<slug:slug>/", views.career_detail, name="career_detail"),
    path("certificate-or-associate/", certificate_or_associate, name="certificate_or_associate"),
    path("pathways/", pathways, name="pathways"),
    path("plan/", plan.plan, name="plan"),
    path("plan/steps/", plan.steps, name="plan_steps"),
    path("plan/agree/", plan.agree, name="plan_agree"),
    path("plan/tick/", plan.tick, name="plan_tick"),
    path("plan/date/", own_day, name="plan_date"),
    path("plan/note/", plan.note, name="plan_note"),
    path("plan/delete/", plan.delete, name="plan_delete"),
    path("plan/share/", taking.share, name="plan_share"),
    path("plan/take-back/", taking.take_back, name="plan_take_back"),
    path("plan/my-plan.ics", taking.plan_calendar, name="plan_calendar"),
    path("plan/my-plan.csv", taking.plan_table, name="plan_table"),
    path("plan/<str:token>/", taking.shared_plan, name="shared_plan"),
]
