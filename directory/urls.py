"""The directory's public addresses: a contract, see docs."""

from __future__ import annotations

from django.urls import include, path

from directory.views import (
    account,
    certifications,
    compare,
    correction_reply,
    corrections,
    data,
    export,
    home,
    lists,
    programs,
    saved_searches,
    schools,
    sign_in,
    states,
)
from directory.views.leave import leave
from directory.views.mail_stop import mail_stop
from directory.views.shortlist import shortlist
from directory.views.suggest import suggestions

urlpatterns = [
    path("", home.home, name="home"),
    path("programs/", programs.program_list, name="program_list"),
    path("programs/results.csv", export.program_csv, name="program_csv"),
    path("programs/<slug:slug>/", programs.program_detail, name="program_detail"),
    path("programs/<slug:slug>/reviews/", include("directory.review_urls")),
    path("api/v1/", include("directory.api.urls")),
    path("schools/", schools.school_list, name="school_list"),
    path("schools/<slug:slug>/", schools.school_detail, name="school_detail"),
    path("certifications/", certifications.certification_list, name="certification_list"),
    path("certifications/<slug:slug>/", certifications.certification_detail, name="certification_detail"),
    path("states/", states.state_list, name="state_list"),
    path("states/<slug:usps>/", states.state_detail, name="state_detail"),
    path("corrections/", corrections.corrections, name="correction_report"),
    path("corrections/<str:reference>/", corrections.correction_state, name="correction_state"),
    path("corrections/<str:reference>/reply/", correction_reply.correction_reply, name="correction_reply"),
    path("compare/", compare.compare_page, name="compare"),
    path("compare/comparison.csv", compare.compare_csv, name="compare_csv"),
    path("lists/", lists.list_index, name="list_index"),
    path("lists/military-friendly/", lists.military_list, name="military_list"),
    path("lists/<slug:slug>/", lists.featured_list, name="featured_list"),
    path("data/", data.data, name="data"),
    path("shortlist/", shortlist, name="shortlist"),
    path("suggest/", suggestions, name="suggest"),
    path("account/", account.account, name="account"),
    # The names are django-allauth's own.
    path("account/sign-in/", sign_in.sign_in, name="account_login"),
    path("account/code/", sign_in.code, name="account_confirm_login_code"),
    path("account/sign-out/", sign_in.sign_out, name="account_logout"),
    path("account/delete/", account.delete, name="account_delete"),
    path("account/deleted/", account.deleted, name="account_deleted"),
    path("account/searches/new/", saved_searches.new_search, name="saved_search_new"),
    path("account/searches/<int:search>/", saved_searches.change_search, name="saved_search"),
    path("account/programs/", saved_searches.program_alerts, name="program_alerts"),
    path("mail/stop/<str:token>/", mail_stop, name="mail_stop"),
    path("go/<slug:slug>/<slug:kind>/", leave, name="go"),
]
