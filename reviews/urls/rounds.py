"""Addresses of ballots: rounds, their slips and papers, tallies and remarks."""

from django.urls import path

from reviews.views import (
    ballot_remarks,
    ballot_rounds,
    paper_ballots,
    slips,
    tallies,
)

urlpatterns = [
    path("rounds/<int:pk>/papers/", paper_ballots.paper_ballot_list, name="paper_ballot_list"),
    path("rounds/<int:pk>/papers/print/", paper_ballots.paper_ballot_paper, name="paper_ballot_paper"),
    path(
        "piles/<int:pk>/papers/<int:number>/enter/<int:turn>/",
        paper_ballots.paper_ballot_enter,
        name="paper_ballot_enter",
    ),
    path(
        "piles/<int:pk>/papers/<int:number>/decide/",
        paper_ballots.paper_ballot_decide,
        name="paper_ballot_decide",
    ),
    path("piles/<int:pk>/papers/drop/", paper_ballots.paper_ballot_drop, name="paper_ballot_drop"),
    path("meetings/<int:pk>/rounds/", ballot_rounds.round_list, name="round_list"),
    path("meetings/<int:pk>/rounds/create/", ballot_rounds.round_create, name="round_create"),
    path("rounds/<int:pk>/", ballot_rounds.round_show, name="round_show"),
    path("rounds/<int:pk>/edit/", ballot_rounds.round_edit, name="round_edit"),
    path("rounds/<int:pk>/keys/", ballot_rounds.round_make_keys, name="round_make_keys"),
    path("rounds/<int:pk>/slips/", slips.slip_print, name="slip_print"),
    path("rounds/<int:pk>/slips/void/", slips.slip_void, name="slip_void"),
    path("rounds/<int:pk>/issue/", ballot_rounds.round_settle, name="round_settle"),
    path("rounds/<int:pk>/open/", ballot_rounds.round_open, name="round_open"),
    path("rounds/<int:pk>/close/", ballot_rounds.round_close, name="round_close"),
    path("rounds/<int:pk>/resume/", ballot_rounds.round_resume, name="round_resume"),
    path("rounds/<int:pk>/seal/", ballot_rounds.round_seal, name="round_seal"),
    path("rounds/<int:pk>/count/", tallies.round_count, name="round_count"),
    path("rounds/<int:pk>/destroy/", ballot_rounds.round_destroy, name="round_destroy"),
    path("rounds/<int:pk>/void/", ballot_rounds.round_void, name="round_void"),
    path("rounds/<int:pk>/void/agree/", ballot_rounds.round_agree_void, name="round_agree_void"),
    path("rounds/<int:pk>/tally/", tallies.tally_show, name="tally_show"),
    path("rounds/<int:pk>/tally/paper/", tallies.tally_paper, name="tally_paper"),
    path("rounds/<int:pk>/output/", tallies.output_download, name="output_download"),
    path("rounds/<int:pk>/remarks/", ballot_remarks.ballot_remark_list, name="ballot_remark_list"),
    path("remarks/<uuid:pk>/decide/", ballot_remarks.ballot_remark_decide, name="ballot_remark_decide"),
    path("ballots/recount.py", tallies.recount_download, name="recount_download"),
]
