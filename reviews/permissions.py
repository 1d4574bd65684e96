"""Who may do what at a meeting, with comments, scores and results. Eight lines at most each."""

from accounts.models import Organization, Post, User
from accounts.rules.roles import OWN_ORGANIZATION_ROLES, REVIEWING_ROLES, SUBMITTING_ROLES, Role
from rectification.permissions import can_keep_bulletins
from reporting.models import Cycle, Reporter
from reviews.models import (
    AccountabilityRecord,
    BallotRound,
    Comment,
    Correction,
    FeedbackLetter,
    Meeting,
    Question,
    Rater,
)
from reviews.rules.meetings import MeetingState
from reviews.rules.results import DECIDING_ROLES

# --- Meetings, agenda, attendance, script, live -------------------------------------------------


def can_create_meeting(user: User, cycle: Cycle) -> bool:
    """The organization department of the committee that holds the cycle (S-13)."""
    return not cycle.is_closed and user.has_role(Role.ORGANIZATION_DEPARTMENT, cycle.committee)


def can_edit_place(user: User, cycle: Cycle) -> bool:
    """Say who is heard at which of the year's meetings."""
    return can_create_meeting(user, cycle)


def can_manage_meeting(user: User, meeting: Meeting) -> bool:
    """Whose clerk keeps the meeting; what the state allows is asked beside it."""
    return user.has_role(Role.ORGANIZATION_DEPARTMENT, meeting.committee)


def can_edit_meeting(user: User, meeting: Meeting) -> bool:
    """Closing fixes facts, attendance and agenda (S-100)."""
    return meeting.state != MeetingState.CLOSED and can_manage_meeting(user, meeting)


def can_open_meeting(user: User, meeting: Meeting) -> bool:
    return can_manage_meeting(user, meeting)


def can_run_meeting(user: User, meeting: Meeting) -> bool:
    """Advance slots and agenda items of the meeting under way (S-95)."""
    return can_manage_meeting(user, meeting)


def can_read_meeting_papers(user: User, meeting: Meeting) -> bool:
    """Agenda, script and attendance list: for those who prepare or lead the meeting."""
    return user.has_role_over(REVIEWING_ROLES, meeting.committee)


# --- Comments -----------------------------------------------------------------------------------


def can_read_comments(user: User, meeting: Meeting) -> bool:
    """All of them for those who lead and comment, the own organization's for those who report."""
    if can_read_meeting_papers(user, meeting) or meeting.is_commenter(user):
        return True
    own = user.organizations_as(*OWN_ORGANIZATION_ROLES, Role.SECRETARY)
    return bool(meeting.reporters.filter(organization__in=own).exists())


def can_write_comment(user: User, meeting: Meeting, reporter: Reporter, commenter: Post) -> bool:
    """The commenter while in the post, or the clerk on behalf; never about the own organization (S-08, S-128)."""
    if not meeting.may_comment(commenter, reporter) or meeting.state == MeetingState.CLOSED:
        return False
    own = user.person_id == commenter.person_id and commenter.is_current
    return own or can_manage_meeting(user, meeting)


def can_edit_comment(user: User, comment: Comment) -> bool:
    return can_write_comment(user, comment.meeting, comment.reporter, comment.commenter)


def can_ask_question(user: User, meeting: Meeting, reporter: Reporter, asker: Post | None) -> bool:
    """A leader in person, or the clerk on behalf, also of a guest; not to the own organization (S-94, S-128)."""
    if asker is None:
        return can_manage_meeting(user, meeting)
    if not meeting.possible_commenters.filter(pk=asker.pk).exists() or meeting.is_own_organization(asker, reporter):
        return False
    return can_manage_meeting(user, meeting) or (user.person_id == asker.person_id and asker.is_current)


def can_edit_question(user: User, question: Question) -> bool:
    return can_manage_meeting(user, question.meeting) or question.is_asked_by(user)


def can_answer_question(user: User, question: Question) -> bool:
    """Who was asked, or the clerk who notes it."""
    own = user.has_any_role(SUBMITTING_ROLES, question.reporter.organization)
    return own or can_manage_meeting(user, question.meeting)


def can_open_attachments(user: User, meeting: Meeting) -> bool:
    """Whoever comments on or scores the reporters of the meeting opens what lies beside their reports (S-73)."""
    scores = Rater.objects.filter(meeting=meeting, person=user.person_id or 0).exists()
    return scores or meeting.is_commenter(user) or can_read_meeting_papers(user, meeting)


def can_edit_speeches(user: User, meeting: Meeting) -> bool:
    """Also after the meeting, while the year is not over: speeches and minutes are written up then."""
    return not meeting.cycle.is_closed and can_manage_meeting(user, meeting)


def can_raise_finding(user: User, meeting: Meeting) -> bool:
    """Make a problem of what was named at the meeting."""
    return can_edit_speeches(user, meeting)


def can_edit_minutes(user: User, meeting: Meeting) -> bool:
    return can_edit_speeches(user, meeting)


# --- Raters, score sheets, results, closing -----------------------------------------------------


def can_manage_raters(user: User, meeting: Meeting) -> bool:
    return can_manage_meeting(user, meeting)


def can_fill_sheet(user: User, rater: Rater) -> bool:
    """Only the rater; whose report it is, is asked by `Rater.may_score`."""
    return user.person_id is not None and user.person_id == rater.person_id


def can_key_in_sheet(user: User, rater: Rater) -> bool:
    """The clerk copies paper forms on behalf of raters, in the clerk's own name (S-191)."""
    return can_manage_meeting(user, rater.meeting)


def can_call_sheets(user: User, meeting: Meeting) -> bool:
    """Say that sheets are taken so long and no longer, and take them again."""
    return can_manage_meeting(user, meeting)


def can_show_progress(user: User, meeting: Meeting) -> bool:
    """How many sheets are in, for those who run the meeting and the person in the chair."""
    chairs = meeting.host is not None and meeting.host.person_id == user.person_id
    return chairs or user.has_any_role(DECIDING_ROLES, meeting.committee)


def can_list_results(user: User, cycle: Cycle) -> bool:
    """Scores of everybody: the host committee's own people and superiors, no rater, no reporter."""
    return user.has_any_role(DECIDING_ROLES, cycle.committee) or user.has_role_over(
        {Role.SUPERIOR_VIEWER}, cycle.committee
    )


def can_show_own_grade(user: User, reporter: Reporter) -> bool:
    """The reporting organization's secretary or deputy sees the own grade, once it is published or fed back."""
    return user.has_any_role(SUBMITTING_ROLES, reporter.organization)


def can_publish_results(user: User, cycle: Cycle) -> bool:
    return user.has_role(Role.ORGANIZATION_DEPARTMENT, cycle.committee)


def can_propose_correction(user: User, cycle: Cycle) -> bool:
    """Also of a closed year: what was wrong is put right by two people, whenever it is found."""
    return user.has_role(Role.ORGANIZATION_DEPARTMENT, cycle.committee)


def can_answer_correction(user: User, correction: Correction) -> bool:
    """Another than who proposed it, of those who decide on grades."""
    is_other = user.pk != correction.proposed_by_id
    return is_other and user.has_any_role(DECIDING_ROLES, correction.result.reporter.cycle.committee)


def can_acknowledge_letter(user: User, letter: FeedbackLetter) -> bool:
    """The secretary or deputy signs for what was issued."""
    return letter.is_issued and user.has_any_role(SUBMITTING_ROLES, letter.reporter.organization)


def can_manage_results(user: User, cycle: Cycle) -> bool:
    """Type parts, compute, and enter what the committee decided."""
    return not cycle.is_closed and user.has_role(Role.ORGANIZATION_DEPARTMENT, cycle.committee)


def can_use_results(user: User, cycle: Cycle) -> bool:
    """Rewards are paid and marks lifted long after the year is closed (S-130 to S-140)."""
    return user.has_role(Role.ORGANIZATION_DEPARTMENT, cycle.committee)


def can_cite_record(user: User, entry: AccountabilityRecord) -> bool:
    """Into a bulletin: whoever keeps the record and the bulletins (S-142)."""
    return can_use_results(user, entry.cycle) and can_keep_bulletins(user, entry.cycle.committee)


def can_read_accountability_rules(user: User, committee: Organization) -> bool:
    """Rules are there to be known: whoever prepares or leads, and the superior."""
    return user.has_role_over(REVIEWING_ROLES, committee)


def can_edit_accountability_rules(user: User, committee: Organization) -> bool:
    return user.has_role(Role.ORGANIZATION_DEPARTMENT, committee)


def can_read_cadre_sheets(user: User, committee: Organization) -> bool:
    """A person over the years, for those who see the results of every year (S-133)."""
    return user.has_any_role(DECIDING_ROLES, committee) or user.has_role_over({Role.SUPERIOR_VIEWER}, committee)


def can_list_subordinates(user: User, organization: Organization) -> bool:
    """Numbers of the levels below, for those who review the committee or stand above it; nobody looks sideways."""
    return user.has_role_over(REVIEWING_ROLES, organization)


def can_close_meeting(user: User, meeting: Meeting) -> bool:
    return can_manage_meeting(user, meeting)


def can_request_packet(user: User, meeting: Meeting) -> bool:
    """Leaders and commenters read everything of the meetings they attend (S-14, S-184)."""
    comments = meeting.slots.filter(commenters__person_id=user.person_id or 0).exists()
    return comments or user.has_any_role(DECIDING_ROLES, meeting.committee)


def can_read_briefings(user: User, meeting: Meeting) -> bool:
    """Those who lead, and whoever comments; no reporter."""
    return meeting.is_commenter(user) or user.has_any_role(DECIDING_ROLES, meeting.committee)


def can_request_summary(user: User, meeting: Meeting) -> bool:
    """Scores and grades of everybody stand in it."""
    return user.has_any_role(DECIDING_ROLES, meeting.committee)


def can_request_form(user: User, meeting: Meeting) -> bool:
    return can_manage_meeting(user, meeting)


def can_open_papers(user: User, meeting: Meeting) -> bool:
    """Whoever may ask for one of them opens their page."""
    return any(may(user, meeting) for may in (can_request_packet, can_request_summary, can_request_form))


# --- Anonymous ballots --------------------------------------------------------------------------


def can_manage_round(user: User, round_: BallotRound) -> bool:
    """The clerks of the committee; what the state allows is asked beside it."""
    return can_manage_meeting(user, round_.meeting)


def can_agree_void(user: User, round_: BallotRound) -> bool:
    """A second person: another clerk, or somebody who leads or supervises the review."""
    if round_.void_asked_by_id in (None, user.pk):
        return False
    return user.has_any_role(DECIDING_ROLES | {Role.SUPERVISION}, round_.meeting.committee)


def can_show_round(user: User, round_: BallotRound) -> bool:
    return user.has_any_role(DECIDING_ROLES | {Role.SUPERVISION}, round_.meeting.committee)
