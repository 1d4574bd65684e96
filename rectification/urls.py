"""Addresses of lists, items, evidence, inspections and the carry step."""

from django.urls import path

from rectification.views import (
    bulletins,
    carrying,
    filed_lists,
    inspections,
    items,
    lists,
    merges,
    orders,
    problems,
    usual_performance,
)

app_name = "rectification"

urlpatterns = [
    path("lists/", lists.list_list, name="list_list"),
    path("lists/<int:pk>/", lists.list_show, name="list_show"),
    path("lists/<int:pk>/promises/", lists.promises_take, name="promises_take"),
    path("lists/<int:pk>/submit/", lists.list_submit, name="list_submit"),
    path("lists/<int:pk>/return/", lists.list_return, name="list_return"),
    path("lists/<int:pk>/approve/", lists.list_approve, name="list_approve"),
    path("lists/<int:pk>/commit/", lists.list_commit, name="list_commit"),
    path("lists/<int:pk>/print/", lists.list_print, name="list_print"),
    path("lists/<int:pk>/commitment/print/", lists.commitment_print, name="commitment_print"),
    path(
        "reporters/<int:pk>/usual-performance/", usual_performance.usual_performance_show, name="usual_performance_show"
    ),
    path("cycles/<int:pk>/problems/", problems.problem_list, name="problem_list"),
    path("cycles/<int:pk>/problems/add/", problems.problem_add, name="problem_add"),
    path("cycles/<int:pk>/problems/merge/", merges.problem_merge, name="problem_merge"),
    path("cycles/<int:pk>/problems/export/", problems.problem_export, name="problem_export"),
    path("cycles/<int:pk>/problems/print/", problems.problem_print, name="problem_print"),
    path("problems/<int:pk>/", problems.problem_show, name="problem_show"),
    path("problems/<int:pk>/edit/", problems.problem_edit, name="problem_edit"),
    path("problems/<int:pk>/place/", problems.problem_place, name="problem_place"),
    path("problems/<int:pk>/assign/", problems.problem_assign, name="problem_assign"),
    path("problems/<int:pk>/unmerge/", merges.problem_unmerge, name="problem_unmerge"),
    path("items/", items.item_list, name="item_list"),
    path("items/overdue/", items.overdue_list, name="overdue_list"),
    path("items/<int:pk>/", items.item_show, name="item_show"),
    path("items/<int:pk>/edit/", items.item_edit, name="item_edit"),
    path("items/<int:pk>/reassign/", items.item_reassign, name="item_reassign"),
    path("items/<int:pk>/progress/add/", items.progress_add, name="progress_add"),
    path("items/<int:pk>/apply/", items.item_apply, name="item_apply"),
    path("items/<int:pk>/verify/", items.item_verify, name="item_verify"),
    path("evidence/<int:pk>/download/", items.evidence_download, name="evidence_download"),
    path("organizations/<int:organization_pk>/order/", orders.order_create, name="order_create"),
    path("inspections/", inspections.inspection_list, name="inspection_list"),
    path("inspections/create/", inspections.inspection_create, name="inspection_create"),
    path("inspections/<int:pk>/", inspections.inspection_show, name="inspection_show"),
    path("cycles/<int:pk>/bulletins/", bulletins.bulletin_board, name="bulletin_board"),
    path("cycles/<int:pk>/bulletins/create/", bulletins.bulletin_create, name="bulletin_create"),
    path("bulletins/", bulletins.bulletin_list, name="bulletin_list"),
    path("bulletins/<int:pk>/", bulletins.bulletin_show, name="bulletin_show"),
    path("bulletins/<int:pk>/edit/", bulletins.bulletin_edit, name="bulletin_edit"),
    path("bulletins/<int:pk>/refresh/", bulletins.bulletin_refresh, name="bulletin_refresh"),
    path("bulletins/<int:pk>/publish/", bulletins.bulletin_publish, name="bulletin_publish"),
    path("bulletins/<int:pk>/print/", bulletins.bulletin_paper, name="bulletin_paper"),
    path("bulletins/<int:pk>/report/print/", bulletins.bulletin_report_paper, name="bulletin_report_paper"),
    path("bulletins/<int:pk>/export/", bulletins.bulletin_export, name="bulletin_export"),
    path("filed-lists/<int:pk>/start/", filed_lists.filed_list_start, name="filed_list_start"),
    path("cycles/<int:pk>/carry/", carrying.carry_create, name="carry_create"),
]
