"""Addresses of what follows from a result: appraisal, bars, rewards, accountability, cadre sheets."""

from django.urls import path

from reviews.views import (
    accountability,
    accountability_rules,
    assessments,
    cadre_sheets,
    promotion_bars,
    rewards,
    use_of_results,
)

urlpatterns = [
    path("cycles/<int:pk>/use/", use_of_results.use_list, name="use_list"),
    path("reporters/<int:pk>/assessment/edit/", assessments.assessment_edit, name="assessment_edit"),
    path("reporters/<int:pk>/appraisal/edit/", assessments.appraisal_edit, name="appraisal_edit"),
    path("reporters/<int:pk>/caps/create/", assessments.cap_create, name="cap_create"),
    path("caps/<int:pk>/lift/", assessments.cap_lift, name="cap_lift"),
    path("reporters/<int:pk>/bars/create/", promotion_bars.bar_create, name="bar_create"),
    path("bars/<int:pk>/lift/", promotion_bars.bar_lift, name="bar_lift"),
    path("cycles/<int:pk>/rewards/", rewards.reward_list, name="reward_list"),
    path("cycles/<int:pk>/rewards/create/", rewards.reward_create, name="reward_create"),
    path("rewards/<int:pk>/settle/", rewards.reward_settle, name="reward_settle"),
    path("rewards/<int:pk>/remove/", rewards.reward_remove, name="reward_remove"),
    path("cycles/<int:pk>/accountability/", accountability.accountability_list, name="accountability_list"),
    path(
        "cycles/<int:pk>/accountability/create/",
        accountability.accountability_create,
        name="accountability_create",
    ),
    path("accountability/<int:pk>/", accountability.accountability_show, name="accountability_show"),
    path("accountability/<int:pk>/edit/", accountability.accountability_edit, name="accountability_edit"),
    path("accountability/<int:pk>/cite/", accountability.accountability_cite, name="accountability_cite"),
    path("cycles/<int:pk>/watch/", accountability.watch_list, name="watch_list"),
    path("committees/<int:pk>/rules/", accountability_rules.rule_list, name="rule_list"),
    path("committees/<int:pk>/rules/create/", accountability_rules.rule_create, name="rule_create"),
    path("rules/<int:pk>/edit/", accountability_rules.rule_edit, name="rule_edit"),
    path("committees/<int:pk>/cadres/", cadre_sheets.cadre_sheet_list, name="cadre_sheet_list"),
    path("cadres/<int:pk>/", cadre_sheets.cadre_sheet_show, name="cadre_sheet_show"),
    path("cadres/<int:pk>/paper/", cadre_sheets.cadre_sheet_paper, name="cadre_sheet_paper"),
]
