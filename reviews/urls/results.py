"""Addresses of results: scores, grades, corrections, publication and the letters that tell them."""

from django.urls import path

from reviews.views import (
    comparisons,
    component_scores,
    corrections,
    cycles,
    feedback_letters,
    publications,
    result_papers,
    result_tables,
    results,
    subordinates,
)

urlpatterns = [
    path("cycles/<int:pk>/results/", results.result_list, name="result_list"),
    path("cycles/<int:pk>/results/export/", result_tables.result_export, name="result_export"),
    path("cycles/<int:pk>/results/compute/", results.result_compute, name="result_compute"),
    path("cycles/<int:pk>/components/edit/", results.component_score_edit, name="component_score_edit"),
    path("cycles/<int:pk>/grades/decide/", results.grade_decide_proposed, name="grade_decide_proposed"),
    path("cycles/<int:pk>/advance/", cycles.cycle_advance, name="cycle_advance"),
    path(
        "cycles/subordinates/<int:pk>/<int:year>/",
        subordinates.subordinate_list,
        name="subordinate_list",
    ),
    path("reporters/<int:pk>/result/", results.result_show, name="result_show"),
    path("reporters/<int:pk>/grade/decide/", results.grade_decide, name="grade_decide"),
    path("cycles/<int:pk>/results/compare/", comparisons.result_compare, name="result_compare"),
    path("cycles/<int:pk>/results/workbook/", comparisons.result_formulas, name="result_formulas"),
    path("cycles/<int:pk>/results/verify/", comparisons.result_verify, name="result_verify"),
    path("cycles/<int:pk>/results/papers/", result_papers.result_paper_list, name="result_paper_list"),
    path("cycles/<int:pk>/results/papers/opinions/", result_papers.opinion_paper, name="opinion_paper"),
    path("cycles/<int:pk>/results/papers/tallies/", result_papers.tally_table_paper, name="tally_table_paper"),
    path("cycles/<int:pk>/results/papers/rankings/", result_papers.ranking_paper, name="ranking_paper"),
    path("cycles/<int:pk>/components/import/", component_scores.component_score_import, name="component_score_import"),
    path(
        "cycles/<int:pk>/components/template/",
        component_scores.component_score_template,
        name="component_score_template",
    ),
    path("reporters/<int:pk>/corrections/create/", corrections.correction_create, name="correction_create"),
    path("corrections/<int:pk>/answer/", corrections.correction_answer, name="correction_answer"),
    path("corrections/<int:pk>/withdraw/", corrections.correction_withdraw, name="correction_withdraw"),
    path("cycles/<int:pk>/grades/publish/", publications.publication_create, name="publication_create"),
    path("cycles/<int:pk>/grades/", publications.publication_show, name="publication_show"),
    path("cycles/<int:pk>/feedback/", feedback_letters.letter_list, name="letter_list"),
    path("cycles/<int:pk>/feedback/draft/", feedback_letters.letter_draft, name="letter_draft"),
    path("cycles/<int:pk>/feedback/issue/", feedback_letters.letter_issue, name="letter_issue"),
    path("cycles/<int:pk>/feedback/remind/", feedback_letters.letter_remind, name="letter_remind"),
    path("cycles/<int:pk>/feedback/packet/", feedback_letters.letter_packet, name="letter_packet"),
    path("feedback/<int:pk>/", feedback_letters.letter_show, name="letter_show"),
    path("feedback/<int:pk>/edit/", feedback_letters.letter_edit, name="letter_edit"),
    path("feedback/<int:pk>/acknowledge/", feedback_letters.letter_acknowledge, name="letter_acknowledge"),
    path("feedback/<int:pk>/paper/", feedback_letters.letter_paper, name="letter_paper"),
]
