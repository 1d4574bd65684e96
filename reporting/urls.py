"""Addresses of cycles, schemes, reporters and reports. A report is found by its reporter."""

from django.urls import path

from reporting.views import cycles, printing, project_scopes, projects, reporters, reports, schemes, writing

app_name = "reporting"

urlpatterns = [
    path("cycles/", cycles.cycle_list, name="cycle_list"),
    path("cycles/create/", cycles.cycle_create, name="cycle_create"),
    path("cycles/<int:pk>/", cycles.cycle_show, name="cycle_show"),
    path("cycles/<int:pk>/edit/", cycles.cycle_edit, name="cycle_edit"),
    path("cycles/<int:pk>/reporters/add/", reporters.reporter_add, name="reporter_add"),
    path("cycles/<int:pk>/reporters/order/", reporters.reporter_order, name="reporter_order"),
    path("cycles/<int:pk>/projects/", project_scopes.project_board, name="project_board"),
    path("cycles/<int:pk>/projects/scope/", project_scopes.project_scope_edit, name="project_scope_edit"),
    path("cycles/<int:pk>/projects/push/", project_scopes.project_push, name="project_push"),
    path("projects/", projects.project_list, name="project_list"),
    path("projects/create/", projects.project_create, name="project_create"),
    path("projects/<int:pk>/", projects.project_show, name="project_show"),
    path("projects/<int:pk>/edit/", projects.project_edit, name="project_edit"),
    path("projects/<int:pk>/remove/", projects.project_remove, name="project_remove"),
    path("projects/<int:pk>/declare/", projects.project_declare, name="project_declare"),
    path("projects/<int:pk>/accept/", projects.project_accept, name="project_accept"),
    path("projects/<int:pk>/return/", projects.project_return, name="project_return"),
    path("projects/<int:pk>/close/", projects.project_close, name="project_close"),
    path("projects/<int:pk>/progress/", projects.project_progress, name="project_progress"),
    path("projects/<int:pk>/paper/", projects.project_paper, name="project_paper"),
    path("schemes/<int:pk>/", schemes.scheme_show, name="scheme_show"),
    path("schemes/<int:pk>/edit/", schemes.scheme_edit, name="scheme_edit"),
    path("schemes/<int:pk>/paper/", schemes.scheme_paper, name="scheme_paper"),
    path("schemes/<int:pk>/deadlines/", schemes.scheme_deadlines, name="scheme_deadlines"),
    path("reporters/<int:pk>/edit/", reporters.reporter_edit, name="reporter_edit"),
    path("reporters/<int:pk>/remove/", reporters.reporter_remove, name="reporter_remove"),
    path("reports/", reports.report_list, name="report_list"),
    path("reports/<int:pk>/", reports.report_show, name="report_show"),
    path("reports/<int:pk>/edit/", writing.report_edit, name="report_edit"),
    path("reports/<int:pk>/autosave/", writing.report_autosave, name="report_autosave"),
    path("reports/<int:pk>/check/", writing.report_check, name="report_check"),
    path("reports/<int:pk>/submit/", reports.report_submit, name="report_submit"),
    path("reports/<int:pk>/return/", reports.report_return, name="report_return"),
    path("reports/<int:pk>/accept/", reports.report_accept, name="report_accept"),
    path("reports/<int:pk>/lock/", reports.report_lock, name="report_lock"),
    path("reports/<int:pk>/reopen/", reports.report_reopen, name="report_reopen"),
    path("reports/<int:pk>/paper/", printing.report_paper, name="report_paper"),
    path("report-versions/<int:pk>/", reports.report_version_show, name="report_version_show"),
]
