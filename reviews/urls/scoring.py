"""Addresses of score sheets by name: who scores, on a telephone or a large screen, and what they read beside it."""

from django.urls import path

from reviews.views import (
    attachments,
    raters,
    score_sheets,
    sheets,
)

urlpatterns = [
    path("meetings/<int:pk>/attachments/<int:attachment_pk>/", attachments.attachment_show, name="attachment_show"),
    path(
        "meetings/<int:pk>/attachments/<int:attachment_pk>/preview/",
        attachments.attachment_preview,
        name="attachment_preview",
    ),
    path(
        "meetings/<int:pk>/attachments/<int:attachment_pk>/open/",
        attachments.attachment_open,
        name="attachment_open",
    ),
    path(
        "meetings/<int:pk>/attachments/<int:attachment_pk>/download/",
        attachments.attachment_download,
        name="attachment_download",
    ),
    path("meetings/<int:pk>/raters/", raters.rater_list, name="rater_list"),
    path("meetings/<int:pk>/raters/add/", raters.rater_add, name="rater_add"),
    path("meetings/<int:pk>/raters/take/", raters.rater_take, name="rater_take"),
    path("raters/<int:pk>/remove/", raters.rater_remove, name="rater_remove"),
    path("raters/<int:pk>/key-in/", score_sheets.key_in_list, name="key_in_list"),
    path("raters/<int:pk>/reporters/<int:reporter_pk>/key-in/", score_sheets.sheet_key_in, name="sheet_key_in"),
    path("meetings/<int:pk>/sheets/", score_sheets.sheet_list, name="sheet_list"),
    path("meetings/<int:pk>/reporters/<int:reporter_pk>/sheet/", score_sheets.sheet_edit, name="sheet_edit"),
    path(
        "meetings/<int:pk>/reporters/<int:reporter_pk>/sheet/submit/",
        score_sheets.sheet_submit,
        name="sheet_submit",
    ),
    path("meetings/<int:pk>/sheets/fill/", sheets.sheet_fill, name="sheet_fill"),
    path("meetings/<int:pk>/sheets/send/", sheets.sheet_send, name="sheet_send"),
    path("meetings/<int:pk>/sheets/call/", sheets.sheet_call, name="sheet_call"),
    path("meetings/<int:pk>/sheets/resume/", sheets.sheet_resume, name="sheet_resume"),
    path("meetings/<int:pk>/scoring/", score_sheets.scoring_progress, name="scoring_progress"),
]
