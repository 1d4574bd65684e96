"""Addresses of meetings, comments, score sheets and results."""

from django.urls import URLPattern, path

from reviews.views import accountability as accountability_views
from reviews.views import accountability_rules as rule_views
from reviews.views import agenda as agenda_views
from reviews.views import agenda_versions as agenda_version_views
from reviews.views import assessments as assessment_views
from reviews.views import attachments as attachment_views
from reviews.views import attendance as attendance_views
from reviews.views import attendance_imports as attendance_import_views
from reviews.views import ballot_remarks as ballot_remark_views
from reviews.views import ballot_rounds as round_views
from reviews.views import briefings as briefing_views
from reviews.views import cadre_sheets as cadre_views
from reviews.views import closing as closing_views
from reviews.views import comments as comment_views
from reviews.views import comparisons as comparison_views
from reviews.views import component_scores as component_views
from reviews.views import corrections as correction_views
from reviews.views import cycles as cycle_views
from reviews.views import draws as draw_views
from reviews.views import feedback_letters as letter_views
from reviews.views import findings as finding_views
from reviews.views import live as live_views
from reviews.views import meeting_papers as meeting_paper_views
from reviews.views import meetings as meeting_views
from reviews.views import minutes as minutes_views
from reviews.views import paper_ballots as paper_ballot_views
from reviews.views import papers as paper_views
from reviews.views import places as place_views
from reviews.views import promotion_bars as bar_views
from reviews.views import publications as publication_views
from reviews.views import questions as question_views
from reviews.views import raters as rater_views
from reviews.views import rehearsals as rehearsal_views
from reviews.views import result_papers as result_paper_views
from reviews.views import result_tables as result_table_views
from reviews.views import results as result_views
from reviews.views import rewards as reward_views
from reviews.views import score_sheets as sheet_views
from reviews.views import screens as screen_views
from reviews.views import scripts as script_views
from reviews.views import sheets as phone_sheet_views
from reviews.views import slips as slip_views
from reviews.views import speeches as speech_views
from reviews.views import standings as standing_views
from reviews.views import subordinates as subordinate_views
from reviews.views import tallies as tally_views
from reviews.views import use_of_results as use_views

app_name = "reviews"

meetings: list[URLPattern] = [
    path("meetings/", meeting_views.meeting_list, name="meeting_list"),
    path("cycles/<int:cycle_id>/meetings/create/", meeting_views.meeting_create, name="meeting_create"),
    path("cycles/<int:cycle_id>/places/edit/", place_views.place_edit, name="place_edit"),
    path("meetings/<int:pk>/venues/edit/", place_views.venue_edit, name="venue_edit"),
    path("meetings/<int:pk>/", meeting_views.meeting_show, name="meeting_show"),
    path("meetings/<int:pk>/edit/", meeting_views.meeting_edit, name="meeting_edit"),
    path("meetings/<int:pk>/delete/", meeting_views.meeting_delete, name="meeting_delete"),
    path("meetings/<int:pk>/open/", meeting_views.meeting_open, name="meeting_open"),
    path("meetings/<int:pk>/rehearsal/", rehearsal_views.rehearsal_show, name="rehearsal_show"),
    path("meetings/<int:pk>/rehearsal/begin/", rehearsal_views.rehearsal_begin, name="rehearsal_begin"),
    path("meetings/<int:pk>/rehearsal/fill/", rehearsal_views.rehearsal_fill, name="rehearsal_fill"),
    path("meetings/<int:pk>/rehearsal/run/", rehearsal_views.rehearsal_run, name="rehearsal_run"),
    path("meetings/<int:pk>/rehearsal/end/", rehearsal_views.rehearsal_end, name="rehearsal_end"),
    path("meetings/<int:pk>/live/", live_views.meeting_live, name="meeting_live"),
    path("meetings/<int:pk>/screen/", screen_views.meeting_screen, name="meeting_screen"),
    path("meetings/<int:pk>/screen/renew/", screen_views.screen_renew, name="screen_renew"),
    path("screens/<str:token>/", screen_views.screen_show, name="screen_show"),
    path("screens/<str:token>/follow/", screen_views.screen_follow, name="screen_follow"),
    path("meetings/<int:pk>/slots/add/", live_views.slot_add, name="slot_add"),
    path("meetings/<int:pk>/attendance/edit/", attendance_views.attendance_edit, name="attendance_edit"),
    path("meetings/<int:pk>/attendance/check/", attendance_views.attendance_check, name="attendance_check"),
    path("meetings/<int:pk>/attendance/preset/", attendance_views.attendance_preset, name="attendance_preset"),
    path(
        "meetings/<int:pk>/attendance/import/",
        attendance_import_views.attendance_import_create,
        name="attendance_import_create",
    ),
    path(
        "meetings/<int:pk>/attendance/template/",
        attendance_import_views.attendance_template,
        name="attendance_template",
    ),
    path(
        "attendance-imports/<int:pk>/",
        attendance_import_views.attendance_import_show,
        name="attendance_import_show",
    ),
    path(
        "attendance-imports/<int:pk>/confirm/",
        attendance_import_views.attendance_import_confirm,
        name="attendance_import_confirm",
    ),
    path("meetings/<int:pk>/conduct/paper/", paper_views.conduct_paper, name="conduct_paper"),
    path("meetings/<int:pk>/reporters/paper/", paper_views.reporter_paper, name="reporter_paper"),
    path("meetings/<int:pk>/seats/paper/", paper_views.seat_paper, name="seat_paper"),
    path("meetings/<int:pk>/cards/paper/", paper_views.place_card_paper, name="place_card_paper"),
    path("meetings/<int:pk>/attendance/slips/", attendance_views.attendance_slips, name="attendance_slips"),
    path("doors/<int:pk>/<str:mark>/", attendance_views.door_show, name="door_show"),
    path("sign-in/<str:code>/", attendance_views.attendance_sign, name="attendance_sign"),
    path("meetings/<int:pk>/attendance/paper/", paper_views.attendance_paper, name="attendance_paper"),
    path("meetings/<int:pk>/agenda/edit/", agenda_views.agenda_edit, name="agenda_edit"),
    path("meetings/<int:pk>/agenda/publish/", agenda_version_views.agenda_publish, name="agenda_publish"),
    path("meetings/<int:pk>/draw/edit/", draw_views.draw_edit, name="draw_edit"),
    path("meetings/<int:pk>/draw/paper/", paper_views.draw_paper, name="draw_paper"),
    path("meetings/<int:pk>/agenda/paper/", paper_views.agenda_paper, name="agenda_paper"),
    path("meetings/<int:pk>/script/edit/", script_views.script_edit, name="script_edit"),
    path("meetings/<int:pk>/script/regenerate/", script_views.script_regenerate, name="script_regenerate"),
    path("meetings/<int:pk>/script/paper/", paper_views.script_paper, name="script_paper"),
    path("slots/<int:pk>/edit/", agenda_views.slot_edit, name="slot_edit"),
    path("slots/<int:pk>/absent/", agenda_views.slot_absent, name="slot_absent"),
    path("slots/<int:pk>/start/", live_views.slot_start, name="slot_start"),
    path("slots/<int:pk>/comment/", live_views.slot_comment, name="slot_comment"),
    path("slots/<int:pk>/hear/", live_views.slot_hear, name="slot_hear"),
    path("slots/<int:pk>/pause/", live_views.slot_pause, name="slot_pause"),
    path("slots/<int:pk>/resume/", live_views.slot_resume, name="slot_resume"),
    path("slots/<int:pk>/postpone/", live_views.slot_postpone, name="slot_postpone"),
    path("slots/<int:pk>/turn-written/", live_views.slot_turn_written, name="slot_turn_written"),
    path("slots/<int:pk>/finish/", live_views.slot_finish, name="slot_finish"),
    path("slots/<int:pk>/reopen/", live_views.slot_reopen, name="slot_reopen"),
    path("agenda-items/<int:pk>/show/", live_views.item_show, name="item_show"),
    path("meetings/<int:pk>/briefings/", briefing_views.briefing_list, name="briefing_list"),
    path(
        "meetings/<int:pk>/reporters/<int:reporter_id>/briefing/edit/",
        briefing_views.briefing_edit,
        name="briefing_edit",
    ),
    path(
        "meetings/<int:pk>/reporters/<int:reporter_id>/briefing/reset/",
        briefing_views.briefing_reset,
        name="briefing_reset",
    ),
    path(
        "meetings/<int:pk>/reporters/<int:reporter_id>/briefing/paper/",
        briefing_views.briefing_paper,
        name="briefing_paper",
    ),
    path("meetings/<int:pk>/briefings/<int:post_id>/packet/", briefing_views.briefing_packet, name="briefing_packet"),
    path("meetings/<int:pk>/comments/", comment_views.comment_list, name="comment_list"),
    path("meetings/<int:pk>/comments/current/", comment_views.comment_current, name="comment_current"),
    path(
        "meetings/<int:pk>/reporters/<int:reporter_id>/comments/choose/",
        comment_views.comment_choose,
        name="comment_choose",
    ),
    path(
        "meetings/<int:pk>/reporters/<int:reporter_id>/comments/<int:post_id>/edit/",
        comment_views.comment_edit,
        name="comment_edit",
    ),
    path(
        "meetings/<int:pk>/reporters/<int:reporter_id>/comments/<int:post_id>/save/",
        comment_views.comment_save,
        name="comment_save",
    ),
    path("meetings/<int:pk>/questions/", question_views.question_list, name="question_list"),
    path(
        "meetings/<int:pk>/reporters/<int:reporter_id>/questions/add/",
        question_views.question_add,
        name="question_add",
    ),
    path("questions/<int:pk>/edit/", question_views.question_edit, name="question_edit"),
    path("questions/<int:pk>/answer/", question_views.question_answer, name="question_answer"),
    path("questions/<int:pk>/remove/", question_views.question_remove, name="question_remove"),
    path("meetings/<int:pk>/speeches/", speech_views.speech_list, name="speech_list"),
    path("meetings/<int:pk>/speeches/add/", speech_views.speech_add, name="speech_add"),
    path("speeches/<int:pk>/edit/", speech_views.speech_edit, name="speech_edit"),
    path("speeches/<int:pk>/save/", speech_views.speech_save, name="speech_save"),
    path("speeches/<int:pk>/upload/", speech_views.speech_upload, name="speech_upload"),
    path("speeches/<int:pk>/remove/", speech_views.speech_remove, name="speech_remove"),
    path("speeches/<int:pk>/paper/", speech_views.speech_paper, name="speech_paper"),
    path("meetings/<int:pk>/minutes/", minutes_views.minutes_edit, name="minutes_edit"),
    path("meetings/<int:pk>/minutes/save/", minutes_views.minutes_save, name="minutes_save"),
    path("meetings/<int:pk>/minutes/regenerate/", minutes_views.minutes_regenerate, name="minutes_regenerate"),
    path("meetings/<int:pk>/minutes/paper/", minutes_views.minutes_paper, name="minutes_paper"),
    path("meetings/<int:pk>/minutes/word/", minutes_views.minutes_word, name="minutes_word"),
    path("meetings/<int:pk>/findings/", finding_views.finding_list, name="finding_list"),
    path("meetings/<int:pk>/findings/raise/", finding_views.finding_raise, name="finding_raise"),
    path("meetings/<int:pk>/standing/", standing_views.standing_show, name="standing_show"),
    path("meetings/<int:pk>/standing/paper/", standing_views.standing_paper, name="standing_paper"),
    path("comments/<int:pk>/reopen/", comment_views.comment_reopen, name="comment_reopen"),
]

scoring: list[URLPattern] = [
    path(
        "meetings/<int:pk>/attachments/<int:attachment_pk>/", attachment_views.attachment_show, name="attachment_show"
    ),
    path(
        "meetings/<int:pk>/attachments/<int:attachment_pk>/preview/",
        attachment_views.attachment_preview,
        name="attachment_preview",
    ),
    path(
        "meetings/<int:pk>/attachments/<int:attachment_pk>/open/",
        attachment_views.attachment_open,
        name="attachment_open",
    ),
    path(
        "meetings/<int:pk>/attachments/<int:attachment_pk>/download/",
        attachment_views.attachment_download,
        name="attachment_download",
    ),
    path("meetings/<int:pk>/raters/", rater_views.rater_list, name="rater_list"),
    path("meetings/<int:pk>/raters/add/", rater_views.rater_add, name="rater_add"),
    path("meetings/<int:pk>/raters/take/", rater_views.rater_take, name="rater_take"),
    path("raters/<int:pk>/remove/", rater_views.rater_remove, name="rater_remove"),
    path("raters/<int:pk>/key-in/", sheet_views.key_in_list, name="key_in_list"),
    path("raters/<int:pk>/reporters/<int:reporter_pk>/key-in/", sheet_views.sheet_key_in, name="sheet_key_in"),
    path("meetings/<int:pk>/sheets/", sheet_views.sheet_list, name="sheet_list"),
    path("meetings/<int:pk>/reporters/<int:reporter_pk>/sheet/", sheet_views.sheet_edit, name="sheet_edit"),
    path(
        "meetings/<int:pk>/reporters/<int:reporter_pk>/sheet/submit/",
        sheet_views.sheet_submit,
        name="sheet_submit",
    ),
    path("meetings/<int:pk>/sheets/fill/", phone_sheet_views.sheet_fill, name="sheet_fill"),
    path("meetings/<int:pk>/sheets/send/", phone_sheet_views.sheet_send, name="sheet_send"),
    path("meetings/<int:pk>/sheets/call/", phone_sheet_views.sheet_call, name="sheet_call"),
    path("meetings/<int:pk>/sheets/resume/", phone_sheet_views.sheet_resume, name="sheet_resume"),
    path("meetings/<int:pk>/scoring/", sheet_views.scoring_progress, name="scoring_progress"),
    path("rounds/<int:pk>/papers/", paper_ballot_views.paper_ballot_list, name="paper_ballot_list"),
    path("rounds/<int:pk>/papers/print/", paper_ballot_views.paper_ballot_paper, name="paper_ballot_paper"),
    path(
        "piles/<int:pk>/papers/<int:number>/enter/<int:turn>/",
        paper_ballot_views.paper_ballot_enter,
        name="paper_ballot_enter",
    ),
    path(
        "piles/<int:pk>/papers/<int:number>/decide/",
        paper_ballot_views.paper_ballot_decide,
        name="paper_ballot_decide",
    ),
    path("piles/<int:pk>/papers/drop/", paper_ballot_views.paper_ballot_drop, name="paper_ballot_drop"),
    path("meetings/<int:pk>/close/", closing_views.meeting_close, name="meeting_close"),
    path("meetings/<int:pk>/papers/", meeting_paper_views.paper_list, name="paper_list"),
    path("meetings/<int:pk>/packet/", meeting_paper_views.packet_paper, name="packet_paper"),
    path("meetings/<int:pk>/booklet/", meeting_paper_views.booklet_paper, name="booklet_paper"),
    path("meetings/<int:pk>/summary/", meeting_paper_views.summary_paper, name="summary_paper"),
    path("meetings/<int:pk>/form/", meeting_paper_views.form_paper, name="form_paper"),
    path("cycles/<int:pk>/results/", result_views.result_list, name="result_list"),
    path("cycles/<int:pk>/results/export/", result_table_views.result_export, name="result_export"),
    path("cycles/<int:pk>/results/compute/", result_views.result_compute, name="result_compute"),
    path("cycles/<int:pk>/components/edit/", result_views.component_score_edit, name="component_score_edit"),
    path("cycles/<int:pk>/grades/decide/", result_views.grade_decide_proposed, name="grade_decide_proposed"),
    path("cycles/<int:pk>/advance/", cycle_views.cycle_advance, name="cycle_advance"),
    path(
        "cycles/subordinates/<int:pk>/<int:year>/",
        subordinate_views.subordinate_list,
        name="subordinate_list",
    ),
    path("reporters/<int:pk>/result/", result_views.result_show, name="result_show"),
    path("reporters/<int:pk>/grade/decide/", result_views.grade_decide, name="grade_decide"),
]

results: list[URLPattern] = [
    path("cycles/<int:pk>/results/compare/", comparison_views.result_compare, name="result_compare"),
    path("cycles/<int:pk>/results/workbook/", comparison_views.result_formulas, name="result_formulas"),
    path("cycles/<int:pk>/results/verify/", comparison_views.result_verify, name="result_verify"),
    path("cycles/<int:pk>/results/papers/", result_paper_views.result_paper_list, name="result_paper_list"),
    path("cycles/<int:pk>/results/papers/opinions/", result_paper_views.opinion_paper, name="opinion_paper"),
    path("cycles/<int:pk>/results/papers/tallies/", result_paper_views.tally_table_paper, name="tally_table_paper"),
    path("cycles/<int:pk>/results/papers/rankings/", result_paper_views.ranking_paper, name="ranking_paper"),
    path("cycles/<int:pk>/components/import/", component_views.component_score_import, name="component_score_import"),
    path(
        "cycles/<int:pk>/components/template/",
        component_views.component_score_template,
        name="component_score_template",
    ),
    path("reporters/<int:pk>/corrections/create/", correction_views.correction_create, name="correction_create"),
    path("corrections/<int:pk>/answer/", correction_views.correction_answer, name="correction_answer"),
    path("corrections/<int:pk>/withdraw/", correction_views.correction_withdraw, name="correction_withdraw"),
    path("cycles/<int:pk>/grades/publish/", publication_views.publication_create, name="publication_create"),
    path("cycles/<int:pk>/grades/", publication_views.publication_show, name="publication_show"),
    path("cycles/<int:pk>/feedback/", letter_views.letter_list, name="letter_list"),
    path("cycles/<int:pk>/feedback/draft/", letter_views.letter_draft, name="letter_draft"),
    path("cycles/<int:pk>/feedback/issue/", letter_views.letter_issue, name="letter_issue"),
    path("cycles/<int:pk>/feedback/remind/", letter_views.letter_remind, name="letter_remind"),
    path("cycles/<int:pk>/feedback/packet/", letter_views.letter_packet, name="letter_packet"),
    path("feedback/<int:pk>/", letter_views.letter_show, name="letter_show"),
    path("feedback/<int:pk>/edit/", letter_views.letter_edit, name="letter_edit"),
    path("feedback/<int:pk>/acknowledge/", letter_views.letter_acknowledge, name="letter_acknowledge"),
    path("feedback/<int:pk>/paper/", letter_views.letter_paper, name="letter_paper"),
]

use_of_results: list[URLPattern] = [
    path("cycles/<int:pk>/use/", use_views.use_list, name="use_list"),
    path("reporters/<int:pk>/assessment/edit/", assessment_views.assessment_edit, name="assessment_edit"),
    path("reporters/<int:pk>/appraisal/edit/", assessment_views.appraisal_edit, name="appraisal_edit"),
    path("reporters/<int:pk>/caps/create/", assessment_views.cap_create, name="cap_create"),
    path("caps/<int:pk>/lift/", assessment_views.cap_lift, name="cap_lift"),
    path("reporters/<int:pk>/bars/create/", bar_views.bar_create, name="bar_create"),
    path("bars/<int:pk>/lift/", bar_views.bar_lift, name="bar_lift"),
    path("cycles/<int:pk>/rewards/", reward_views.reward_list, name="reward_list"),
    path("cycles/<int:pk>/rewards/create/", reward_views.reward_create, name="reward_create"),
    path("rewards/<int:pk>/settle/", reward_views.reward_settle, name="reward_settle"),
    path("rewards/<int:pk>/remove/", reward_views.reward_remove, name="reward_remove"),
    path("cycles/<int:pk>/accountability/", accountability_views.accountability_list, name="accountability_list"),
    path(
        "cycles/<int:pk>/accountability/create/",
        accountability_views.accountability_create,
        name="accountability_create",
    ),
    path("accountability/<int:pk>/", accountability_views.accountability_show, name="accountability_show"),
    path("accountability/<int:pk>/edit/", accountability_views.accountability_edit, name="accountability_edit"),
    path("accountability/<int:pk>/cite/", accountability_views.accountability_cite, name="accountability_cite"),
    path("cycles/<int:pk>/watch/", accountability_views.watch_list, name="watch_list"),
    path("committees/<int:pk>/rules/", rule_views.rule_list, name="rule_list"),
    path("committees/<int:pk>/rules/create/", rule_views.rule_create, name="rule_create"),
    path("rules/<int:pk>/edit/", rule_views.rule_edit, name="rule_edit"),
    path("committees/<int:pk>/cadres/", cadre_views.cadre_sheet_list, name="cadre_sheet_list"),
    path("cadres/<int:pk>/", cadre_views.cadre_sheet_show, name="cadre_sheet_show"),
    path("cadres/<int:pk>/paper/", cadre_views.cadre_sheet_paper, name="cadre_sheet_paper"),
]

ballots: list[URLPattern] = [
    path("meetings/<int:pk>/rounds/", round_views.round_list, name="round_list"),
    path("meetings/<int:pk>/rounds/create/", round_views.round_create, name="round_create"),
    path("rounds/<int:pk>/", round_views.round_show, name="round_show"),
    path("rounds/<int:pk>/edit/", round_views.round_edit, name="round_edit"),
    path("rounds/<int:pk>/keys/", round_views.round_make_keys, name="round_make_keys"),
    path("rounds/<int:pk>/slips/", slip_views.slip_print, name="slip_print"),
    path("rounds/<int:pk>/slips/void/", slip_views.slip_void, name="slip_void"),
    path("rounds/<int:pk>/issue/", round_views.round_settle, name="round_settle"),
    path("rounds/<int:pk>/open/", round_views.round_open, name="round_open"),
    path("rounds/<int:pk>/close/", round_views.round_close, name="round_close"),
    path("rounds/<int:pk>/seal/", round_views.round_seal, name="round_seal"),
    path("rounds/<int:pk>/count/", tally_views.round_count, name="round_count"),
    path("rounds/<int:pk>/destroy/", round_views.round_destroy, name="round_destroy"),
    path("rounds/<int:pk>/void/", round_views.round_void, name="round_void"),
    path("rounds/<int:pk>/void/agree/", round_views.round_agree_void, name="round_agree_void"),
    path("rounds/<int:pk>/tally/", tally_views.tally_show, name="tally_show"),
    path("rounds/<int:pk>/tally/paper/", tally_views.tally_paper, name="tally_paper"),
    path("rounds/<int:pk>/output/", tally_views.output_download, name="output_download"),
    path("rounds/<int:pk>/remarks/", ballot_remark_views.ballot_remark_list, name="ballot_remark_list"),
    path("remarks/<uuid:pk>/decide/", ballot_remark_views.ballot_remark_decide, name="ballot_remark_decide"),
    path("ballots/recount.py", tally_views.recount_download, name="recount_download"),
]

urlpatterns = [*meetings, *ballots, *scoring, *results, *use_of_results]
