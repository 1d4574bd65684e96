"""Addresses of the voting booth: another host name, none of the pages of the office (config/middleware.py)."""

from django.urls import path

from reviews.views import booth

urlpatterns = [
    path("", booth.booth_page, name="booth_page"),
    path("favicon.ico", booth.booth_icon, name="booth_icon"),
    path("a/<slug:digest>/<str:name>", booth.booth_asset, name="booth_asset"),
    path("sheet/", booth.booth_sheet, name="booth_sheet"),
    path("ballots/", booth.booth_submit, name="booth_submit"),
    path("rounds/<int:pk>/state/", booth.booth_state, name="booth_state"),
    path("rounds/<int:pk>/receipts/", booth.booth_receipts, name="booth_receipts"),
]
