"""Comments in three parts: drafted, finalized, corrected with a trace (S-107 to S-110)."""

import dataclasses

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from accounts.actions.audit import record
from accounts.actions.notices import holders
from accounts.models import Post, User
from accounts.rules.roles import SUBMITTING_ROLES
from common import clock
from common.conflicts import check_revision
from common.flow import TransitionNotAllowed
from reporting.models import Reporter
from reviews.actions.screens import tell
from reviews.models import Comment, CommentProblem, Meeting
from reviews.permissions import can_edit_comment, can_write_comment
from reviews.rules.comments import check_final
from reviews.rules.meetings import COMMENT_FLOW, MeetingClosedError, MeetingError


@dataclasses.dataclass(frozen=True)
class CommentWords:
    """The three parts; None leaves a part as it is (a page saves only what changed)."""

    praise: str | None = None
    problems: tuple[str, ...] | None = None
    demand: str | None = None


@transaction.atomic
def save_comment(
    meeting: Meeting,
    reporter: Reporter,
    *,
    commenter: Post,
    words: CommentWords,
    revision: int,
    save_id: str = "",
    after: str = "",
    by: User,
) -> Comment:
    """Keep a draft. `revision` is 0 while there is none.

    The same `save_id` again changes nothing; `after` names a save of the same page whose answer
    may have been lost.
    """
    meeting = _locked(meeting)
    comment = _comment_of(meeting, reporter, commenter)
    if not can_write_comment(by, meeting, reporter, commenter):
        raise PermissionDenied
    if save_id and comment.save_id == save_id:
        return comment
    if comment.is_final:
        raise TransitionNotAllowed(comment.state, "save", "点评已经定稿，修改前请先说明理由、恢复为草稿。")
    if not (after and comment.save_id == after):
        check_revision(comment.revision, revision)
    _write(comment, words, save_id=save_id, by=by)
    return comment


@transaction.atomic
def finalize_comment(
    meeting: Meeting,
    reporter: Reporter,
    *,
    commenter: Post,
    words: CommentWords,
    revision: int,
    confirmed: bool,
    by: User,
) -> Comment:
    """Make the comment count; the reporter can read it from now on (S-110).

    Raises SecondLookError for a comment without any problem unless `confirmed` (S-109).
    """
    meeting = _locked(meeting)
    comment = _comment_of(meeting, reporter, commenter)
    if not can_write_comment(by, meeting, reporter, commenter):
        raise PermissionDenied
    target = COMMENT_FLOW.check(comment.state, "finalize")
    check_revision(comment.revision, revision)
    problems = words.problems if words.problems is not None else _problems(comment)
    check_final(
        praise=comment.praise if words.praise is None else words.praise,
        problems=problems,
        demand=comment.demand if words.demand is None else words.demand,
        confirmed=confirmed,
    )
    _write(comment, words, save_id="", by=by)
    comment.state, comment.finalized_at = target, clock.now()
    comment.save()
    comment.problems.filter(text="").delete()
    record(comment, "点评定稿", by=by, after=_snapshot(comment))
    url = reverse("reviews:comment_list", args=[meeting.pk])
    users = holders(reporter.organization, *SUBMITTING_ROLES)
    tell(meeting, users=users, text=f"{commenter.person.name}同志对{reporter}的点评意见已经形成。", url=url)
    return comment


@transaction.atomic
def reopen_comment(comment: Comment, *, reason: str, by: User) -> Comment:
    """Back to a draft, with a reason; what it said before stays in the trail (S-110)."""
    meeting = _locked(comment.meeting)
    comment = meeting.comments.select_for_update().get(pk=comment.pk)
    if not can_edit_comment(by, comment):
        raise PermissionDenied
    target = COMMENT_FLOW.check(comment.state, "reopen")
    if not reason.strip():
        raise MeetingError("请写明修改的理由。")
    before = _snapshot(comment)
    comment.state, comment.finalized_at = target, None
    comment.revision += 1
    comment.save()
    record(comment, "恢复点评为草稿", by=by, before=before, after=_snapshot(comment), note=reason)
    return comment


def _locked(meeting: Meeting) -> Meeting:
    meeting = Meeting.objects.locked(meeting.pk)
    if meeting.is_closed:
        raise MeetingClosedError
    return meeting


def _comment_of(meeting: Meeting, reporter: Reporter, commenter: Post) -> Comment:
    row = meeting.comments.filter(reporter=reporter, commenter=commenter).first()
    return row or Comment(meeting=meeting, reporter=reporter, commenter=commenter, revision=0)


def _write(comment: Comment, words: CommentWords, *, save_id: str, by: User) -> None:
    is_new = comment.pk is None
    if words.praise is not None:
        comment.praise = words.praise
    if words.demand is not None:
        comment.demand = words.demand
    comment.written_by, comment.saved_at, comment.save_id = by, clock.now(), save_id
    comment.revision += 1
    comment.save()
    if words.problems is not None:
        comment.problems.all().delete()
        CommentProblem.objects.bulk_create(
            CommentProblem(comment=comment, position=position, text=text)
            for position, text in enumerate(words.problems, start=1)
        )
    if is_new:
        verb = "起草点评" if by.person_id == comment.commenter.person_id else "代录点评"
        record(comment, verb, by=by)


def _problems(comment: Comment) -> tuple[str, ...]:
    if comment.pk is None:
        return ()
    return tuple(comment.problems.values_list("text", flat=True))


def _snapshot(comment: Comment) -> dict[str, object]:
    return {
        "state": comment.state,
        "praise": comment.praise,
        "problems": list(_problems(comment)),
        "demand": comment.demand,
    }
