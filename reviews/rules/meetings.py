"""Kinds and states of meetings, agenda items, slots and comments (S-82, S-90, S-95, S-107)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.rules.roles import Role
from common.flow import Flow


class MeetingError(Exception):
    """A sentence for the person in front of the screen; nothing was changed."""


class MeetingClosedError(MeetingError):
    """Closing fixes facts, attendance, agenda and comments (S-100)."""

    def __init__(self) -> None:
        super().__init__("会议已经结束，会议信息、参会人员、议程和点评不能再改。")


class MeetingKind(models.TextChoices):
    ASSEMBLY = "assembly", _("述职评议大会")
    REVIEW = "review", _("述职评议会")
    SPECIAL_REPORT = "special_report", _("专项述职会")
    ASSESSMENT = "assessment", _("述职评议考核会议")
    SUMMARY = "summary", _("述职评议总结会议")
    PROGRESS = "progress", _("推进会")
    THEMATIC = "thematic", _("专题会")


class MeetingPattern(models.TextChoices):
    """Comments after each report, or after all of them (practice.md 3.2)."""

    EACH = "each", _("一述一评")
    TOGETHER = "together", _("集中述职后点评")


class MeetingState(models.TextChoices):
    PREPARING = "preparing", _("筹备中")
    LIVE = "live", _("正在召开")
    CLOSED = "closed", _("已结束")


MEETING_FLOW = Flow(
    "meeting",
    {
        "open": ([MeetingState.PREPARING], MeetingState.LIVE),
        "close": ([MeetingState.LIVE], MeetingState.CLOSED),
    },
)


class AgendaItemKind(models.TextChoices):
    REPORTS = "reports", _("述职点评")
    WRITTEN_REVIEW = "written_review", _("书面述职评议")
    QUESTIONS = "questions", _("现场提问")
    SCORING = "scoring", _("民主评议、评分")
    SUPERIOR_SPEECH = "superior_speech", _("上级领导点评讲话")
    SECRETARY_SPEECH = "secretary_speech", _("书记讲话")
    DEPLOYMENT = "deployment", _("工作部署")
    DECISION = "decision", _("宣读决定")
    AWARD = "award", _("颁奖")
    EXCHANGE = "exchange", _("交流发言")
    OTHER = "other", _("其他")


class AttendanceKind(models.TextChoices):
    GUIDANCE = "guidance", _("出席指导")
    PARTICIPANTS = "participants", _("参加会议")


class SlotState(models.TextChoices):
    WAITING = "waiting", _("未开始")
    REPORTING = "reporting", _("正在述职")
    HEARD = "heard", _("述毕待点评")
    COMMENTING = "commenting", _("正在点评")
    DONE = "done", _("已完成")


SLOT_FLOW = Flow(
    "slot",
    {
        "start": ([SlotState.WAITING], SlotState.REPORTING),
        # Comments on all of them come after all reports, or this one is commented on later.
        "hear": ([SlotState.REPORTING], SlotState.HEARD),
        "comment": ([SlotState.REPORTING, SlotState.HEARD], SlotState.COMMENTING),
        "finish": ([SlotState.REPORTING, SlotState.HEARD, SlotState.COMMENTING], SlotState.DONE),
        "postpone": ([SlotState.WAITING, SlotState.REPORTING], SlotState.WAITING),
        "reopen": ([SlotState.DONE], SlotState.COMMENTING),
    },
)


# Who at the committee may be asked to comment on a reporter (S-12).
COMMENTING_ROLES = frozenset({Role.SECRETARY, Role.DEPUTY, Role.MEMBER, Role.LEADER})

# One reporter at a time is at the lectern or being commented on.
UNDER_WAY = frozenset({SlotState.REPORTING, SlotState.COMMENTING})


class CommentState(models.TextChoices):
    DRAFT = "draft", _("草稿")
    FINAL = "final", _("已定稿")


COMMENT_FLOW = Flow(
    "comment",
    {
        "finalize": ([CommentState.DRAFT], CommentState.FINAL),
        "reopen": ([CommentState.FINAL], CommentState.DRAFT),
    },
)


class SheetState(models.TextChoices):
    DRAFT = "draft", _("未提交")
    SUBMITTED = "submitted", _("已提交")
