"""Role × URL of meetings, agenda, attendance, script, live and comments."""

from typing import Any

from accounts.rules.roles import Role
from common import clock
from reviews.models import Comment, Meeting, Question, Slot, Speech
from reviews.rules.meetings import AgendaItemKind, CommentState, MeetingKind
from reviews.rules.speeches import SpeechKind
from tests.accounts.access import row
from tests.factories import make_post
from tests.world import ROLES, World

# The neighbour does not see the meeting; neither does whoever has no part in it.
SEEN = {"sibling_clerk": 404, "attendee": 404, "administrator": 404}
READ = row(200, **SEEN)
CLERK = row(403, **SEEN, clerk=200)
CLERK_POST = row(403, **SEEN, clerk=302)
REVIEWERS = row(200, **SEEN, secretary=403, staff=403, other_secretary=403)
REVIEWERS_POST = row(302, **SEEN, secretary=403, staff=403, other_secretary=403)
# Speeches are the office's: reviewers read them, others do not know of them.
SPEECH = row(200, **SEEN, secretary=404, staff=404, other_secretary=404)
SPEECH_CLERK = row(403, **SEEN, secretary=404, staff=404, other_secretary=404, clerk=200)
LISTS = row(200)

TABLE: dict[str, dict[str, int]] = {
    "reviews:meeting_list": LISTS,
    "reviews:meeting_create": row(
        404,
        secretary=403,
        staff=403,
        other_secretary=403,
        clerk=200,
        leader=403,
        supervision=403,
        superior=403,
        administrator=403,
    ),
    "reviews:meeting_show": READ,
    "reviews:meeting_edit": CLERK,
    "reviews:place_edit": row(
        404,
        secretary=403,
        staff=403,
        other_secretary=403,
        clerk=200,
        leader=403,
        supervision=403,
        superior=403,
        administrator=403,
    ),
    "reviews:venue_edit": CLERK,
    "reviews:meeting_delete": CLERK,
    "reviews:meeting_open": CLERK,
    "reviews:rehearsal_show": CLERK,
    "reviews:rehearsal_begin": CLERK_POST,
    "reviews:rehearsal_fill": CLERK_POST,
    "reviews:rehearsal_run": CLERK_POST,
    "reviews:rehearsal_end": CLERK_POST,
    "reviews:meeting_live": CLERK,
    "reviews:meeting_screen": READ,
    "reviews:attendance_edit": CLERK,
    "reviews:attendance_check": CLERK,
    "reviews:attendance_preset": CLERK_POST,
    "reviews:attendance_import_create": CLERK,
    "reviews:attendance_template": CLERK,
    # Only who uploaded it sees it.
    "reviews:attendance_import_show": row(404, clerk=200),
    "reviews:attendance_import_confirm": row(404, clerk=302),
    "reviews:seat_paper": REVIEWERS_POST,
    "reviews:place_card_paper": REVIEWERS_POST,
    "reviews:conduct_paper": REVIEWERS_POST,
    "reviews:reporter_paper": REVIEWERS_POST,
    "reviews:attendance_paper": REVIEWERS_POST,
    # Nobody is named yet: told so.
    "reviews:attendance_slips": CLERK_POST,
    # Whoever holds the slip, without signing in to the system.
    "reviews:door_show": dict.fromkeys(ROLES, 200),
    "reviews:attendance_sign": dict.fromkeys(ROLES, 200),
    "reviews:agenda_edit": CLERK,
    "reviews:agenda_publish": REVIEWERS,
    "reviews:draw_edit": CLERK,
    "reviews:draw_paper": REVIEWERS_POST,
    "reviews:agenda_paper": REVIEWERS_POST,
    "reviews:script_edit": REVIEWERS,
    "reviews:script_regenerate": CLERK,
    "reviews:script_paper": REVIEWERS_POST,
    "reviews:slot_edit": CLERK,
    "reviews:slot_absent": CLERK_POST,
    "reviews:slot_start": CLERK_POST,
    "reviews:slot_comment": CLERK_POST,
    "reviews:slot_hear": CLERK_POST,
    "reviews:slot_pause": CLERK_POST,
    "reviews:slot_resume": CLERK_POST,
    "reviews:slot_postpone": CLERK_POST,
    "reviews:slot_turn_written": CLERK,
    "reviews:slot_add": CLERK,
    # Whoever has the link, without signing in.
    "reviews:screen_show": dict.fromkeys(ROLES, 200),
    "reviews:screen_follow": dict.fromkeys(ROLES, 200),
    # Last: the link is another one afterwards.
    "reviews:screen_renew": CLERK_POST,
    "reviews:slot_finish": CLERK_POST,
    "reviews:slot_reopen": CLERK_POST,
    "reviews:item_show": CLERK_POST,
    "reviews:question_list": READ,
    "reviews:question_add": row(403, **SEEN, clerk=200, leader=200),
    "reviews:question_edit": row(403, **SEEN, clerk=200, leader=200, other_secretary=404),
    "reviews:question_answer": row(403, **SEEN, clerk=200, secretary=200, other_secretary=404),
    "reviews:question_remove": row(403, **SEEN, clerk=302, leader=302, other_secretary=404),
    "reviews:speech_list": REVIEWERS,
    "reviews:speech_add": CLERK,
    "reviews:speech_edit": SPEECH,
    # Nothing sent: made from no revision.
    "reviews:speech_save": SPEECH_CLERK | {"clerk": 409},
    "reviews:speech_upload": SPEECH_CLERK,
    "reviews:speech_paper": SPEECH | dict.fromkeys(["clerk", "leader", "supervision", "superior"], 302),
    "reviews:speech_remove": SPEECH_CLERK | {"clerk": 302},
    "reviews:minutes_edit": REVIEWERS,
    "reviews:minutes_save": CLERK | {"clerk": 422},
    "reviews:minutes_regenerate": CLERK,
    "reviews:minutes_paper": REVIEWERS_POST,
    "reviews:minutes_word": REVIEWERS,
    "reviews:finding_list": CLERK,
    "reviews:finding_raise": CLERK_POST,
    "reviews:standing_show": REVIEWERS,
    "reviews:standing_paper": REVIEWERS_POST,
    "reviews:briefing_list": row(403, **SEEN, clerk=200, leader=200),
    "reviews:briefing_edit": row(403, **SEEN, clerk=200, leader=200),
    "reviews:briefing_reset": row(403, **SEEN, clerk=302),
    "reviews:briefing_packet": row(403, **SEEN, clerk=302, leader=302),
    "reviews:briefing_paper": row(403, **SEEN, clerk=302, leader=302),
    "reviews:comment_list": READ,
    "reviews:comment_current": row(302, **SEEN),
    "reviews:comment_choose": row(403, **SEEN, clerk=200, leader=302),
    "reviews:comment_edit": row(403, **SEEN, clerk=200, leader=200),
    # Nothing sent: an empty draft is kept for who may write.
    "reviews:comment_save": row(403, **SEEN, clerk=200, leader=200),
    "reviews:comment_reopen": row(404, secretary=403, staff=403, clerk=200, leader=403, supervision=403, superior=403),
}


def objects(world: World) -> dict[str, dict[str, Any]]:
    """A meeting of the world's cycle: its leader comments on 甲乡, one comment on 甲乡 is final."""
    leader = world.user("leader").person.posts.get()
    host = make_post(world.county, Role.SECRETARY)
    meeting = Meeting.objects.create(cycle=world.cycle, kind=MeetingKind.REVIEW, title="某县述职评议会", host=host)
    item = meeting.agenda_items.create(kind=AgendaItemKind.REPORTS, title="述职点评", position=1)
    slot = Slot.objects.create(meeting=meeting, reporter=world.reporter, position=1)
    slot.commenters.add(leader)
    final = Comment.objects.create(
        meeting=meeting,
        reporter=world.reporter,
        commenter=host,
        written_by=world.user("clerk"),
        state=CommentState.FINAL,
    )
    question = Question.objects.create(
        meeting=meeting, reporter=world.reporter, asker=leader, text="为什么？", recorded_by=world.user("clerk")
    )
    speech = Speech.objects.create(meeting=meeting, kind=SpeechKind.SECRETARY, speaker="***")
    of_speech = {"pk": speech.pk}
    upload = meeting.attendance_imports.create(
        uploaded_by=world.user("clerk"), file_name="名单.xlsx", created_at=clock.now(), rows=[]
    )
    about = {"pk": meeting.pk, "reporter_id": world.reporter.pk, "post_id": leader.pk}
    of_slot = {"pk": slot.pk}
    kwargs = {
        "reviews:meeting_list": {},
        "reviews:meeting_create": {"cycle_id": world.cycle.pk},
        "reviews:attendance_import_show": {"pk": upload.pk},
        "reviews:attendance_import_confirm": {"pk": upload.pk},
        "reviews:place_edit": {"cycle_id": world.cycle.pk},
        "reviews:item_show": {"pk": item.pk},
        "reviews:comment_choose": {"pk": meeting.pk, "reporter_id": world.reporter.pk},
        "reviews:comment_edit": about,
        "reviews:briefing_edit": {"pk": meeting.pk, "reporter_id": world.reporter.pk},
        "reviews:briefing_reset": {"pk": meeting.pk, "reporter_id": world.reporter.pk},
        "reviews:briefing_paper": {"pk": meeting.pk, "reporter_id": world.reporter.pk},
        "reviews:briefing_packet": {"pk": meeting.pk, "post_id": leader.pk},
        "reviews:comment_save": about,
        "reviews:comment_reopen": {"pk": final.pk},
    }
    kwargs |= {f"reviews:screen_{verb}": {"token": meeting.screen_token} for verb in ("show", "follow")}
    kwargs["reviews:question_add"] = kwargs["reviews:comment_choose"]
    kwargs |= {f"reviews:question_{verb}": {"pk": question.pk} for verb in ("edit", "answer", "remove")}
    kwargs |= {f"reviews:speech_{verb}": of_speech for verb in ("edit", "save", "upload", "remove", "paper")}
    # Nobody is named at the meeting itself, so that no slips are printed here.
    other = Meeting.objects.create(cycle=world.cycle, kind=MeetingKind.PROGRESS, title="某县推进会")
    group = other.attendance_groups.create(name="某类")
    kwargs["reviews:door_show"] = {"pk": meeting.pk, "mark": meeting.door_mark}
    kwargs["reviews:attendance_sign"] = {"code": group.attendees.create(name="***", code="code").code}
    kwargs["reviews:slot_add"] = {"pk": meeting.pk}
    for name in TABLE:
        kwargs.setdefault(name, of_slot if ":slot_" in name else {"pk": meeting.pk})
    return kwargs
