"""What readers say of one program, below the program's own address."""

from __future__ import annotations

from django.urls import path

from directory.views.review_answers import reply, report_review
from directory.views.review_writing import withdraw, write
from directory.views.reviews import review_list

urlpatterns = [
    path("", review_list, name="review_list"),
    path("write/", write, name="review_write"),
    path("withdraw/", withdraw, name="review_withdraw"),
    path("<int:pk>/report/", report_review, name="review_report"),
    path("<int:pk>/reply/", reply, name="review_reply"),
]
