"""Minutes of a meeting: composed from the record, edited by hand, the two kept apart (S-103)."""

from __future__ import annotations

import dataclasses

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization
from reporting.models import Reporter
from reviews.rules.closing import JUDGING_KINDS
from reviews.rules.meetings import SlotState
from reviews.rules.minutes import (
    CommentFacts,
    MinutesFacts,
    QuestionFacts,
    SpeechFacts,
    TurnFacts,
    compose_minutes,
    without_comment,
)

from .ballot_rounds import BallotRound, SlipPile
from .comments import Comment
from .live import time_records
from .meeting_facts import ItemLine, MeetingFacts, gather_facts, printed_reporter
from .meetings import Meeting
from .questions import Question
from .score_sheets import sheet_progress


class Minutes(models.Model):
    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="minutes")
    generated = models.TextField()
    text = models.TextField(_("会议纪要"))
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    saved_at = models.DateTimeField(null=True)
    save_id = models.CharField(max_length=64, blank=True, editable=False)
    revision = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("会议纪要")

    def __str__(self) -> str:
        return f"{self.meeting}纪要"

    @property
    def is_edited(self) -> bool:
        return self.text != self.generated

    @property
    def audit_organization(self) -> Organization:
        return self.meeting.committee


@dataclasses.dataclass(frozen=True)
class CurrentMinutes:
    """`text` is what would be printed now, `composed` what the record gives today; `gaps` are sentences."""

    text: str
    composed: str
    row: Minutes | None
    gaps: tuple[str, ...]

    @property
    def is_edited(self) -> bool:
        return self.row is not None and self.row.is_edited

    @property
    def is_stale(self) -> bool:
        """Somebody edited the text, and the record has changed since."""
        return self.is_edited and self.row is not None and self.row.generated != self.composed

    @property
    def revision(self) -> int:
        return self.row.revision if self.row else 0


def current_minutes(meeting: Meeting) -> CurrentMinutes:
    """Nobody's edits are overwritten; unedited minutes follow the record."""
    facts = minutes_facts(meeting)
    composed = compose_minutes(facts)
    row = Minutes.objects.filter(meeting=meeting).select_related("saved_by__person").first()
    text = row.text if row is not None and row.is_edited else composed
    return CurrentMinutes(text, composed, row, tuple(_gaps(meeting, facts)))


def _gaps(meeting: Meeting, facts: MinutesFacts) -> list[str]:
    silent = without_comment(facts.turns)
    gaps = [f"没有点评记录：{'、'.join(silent)}。"] if silent else []
    unanswered = meeting.questions.open().filter(answers_later=True).count()
    if unanswered:
        gaps.append(f"还有{unanswered}个提问等待会后答复。")
    return gaps


def minutes_facts(meeting: Meeting) -> MinutesFacts:
    """The record of the meeting in plain values; the number of queries does not grow with the reporters."""
    facts = gather_facts(meeting)
    comments, questions = _comments(meeting), _questions(meeting)
    times = {record.slot.pk: tuple(_spent(*words) for words in record.words) for record in time_records(facts)}
    heard = [line for line in facts.slots if line.slot.state != SlotState.WAITING]
    turns = tuple(_turn(line.slot.reporter, comments, questions, times.get(line.slot.pk, ())) for line in heard)
    written = [_turn(reporter, comments, questions) for reporter in facts.written]
    judges = meeting.kind in JUDGING_KINDS
    return MinutesFacts(
        title=meeting.title,
        time=facts.date_words,
        place=meeting.place,
        host=f"{meeting.host.printed}{meeting.host.person.name}" if meeting.host else "",
        guests=tuple(guest.printed for guest in facts.guests),
        participants="、".join([*(line.group.name for line in facts.groups), facts.total_words]).rstrip("、"),
        items=tuple(_item(line) for line in facts.items),
        turns=turns if facts.has_reports_item else (),
        written=tuple(printed_reporter(reporter) for reporter in facts.written) if judges else (),
        written_comments=tuple(turn for turn in written if turn.comments or turn.questions),
        counts=tuple(_counts(meeting)),
        speeches=tuple(_speeches(meeting)),
        deadline=str(meeting.cycle.scheme.list_deadline) if judges else "",
        committee=meeting.committee.display_name if judges else "",
    )


def _item(line: ItemLine) -> str:
    """第一项，进行述职点评（计划09:00开始，实际09:02至11:30）。"""
    item = line.item
    speaker = f"，{item.speaker}" if item.speaker else ""
    times = [f"计划{line.time:%H:%M}开始"] if line.time else []
    if item.begun_at:
        until = f"至{timezone.localtime(item.left_at):%H:%M}" if item.left_at else "开始"
        times.append(f"实际{timezone.localtime(item.begun_at):%H:%M}{until}")
    told = f"（{'，'.join(times)}）" if times else ""
    return f"{line.number}，{item.title}{speaker}{told}。"


def _spent(part: str, time: str, over: str) -> str:
    return f"{part}{time}，超时{over}" if over else f"{part}{time}"


def _comments(meeting: Meeting) -> dict[int, list[Comment]]:
    rows = meeting.comments.final().select_related("commenter__person", "commenter__organization")
    found: dict[int, list[Comment]] = {}
    for comment in rows.prefetch_related("problems"):
        found.setdefault(comment.reporter_id, []).append(comment)
    return found


def _questions(meeting: Meeting) -> dict[int, list[Question]]:
    found: dict[int, list[Question]] = {}
    for question in meeting.questions.select_related("asker__person", "asker__organization"):
        found.setdefault(question.reporter_id, []).append(question)
    return found


def _turn(
    reporter: Reporter,
    comments: dict[int, list[Comment]],
    questions: dict[int, list[Question]],
    times: tuple[str, ...] = (),
) -> TurnFacts:
    said = tuple(
        CommentFacts(
            f"{comment.commenter.printed}{comment.commenter.person.name}",
            comment.praise,
            tuple(problem.text for problem in comment.problems.all()),
            comment.demand,
        )
        for comment in comments.get(reporter.pk, [])
    )
    asked = tuple(
        QuestionFacts(row.asker_printed, row.text, row.answer, row.answers_later)
        for row in questions.get(reporter.pk, [])
    )
    return TurnFacts(printed_reporter(reporter), times, said, asked)


def _counts(meeting: Meeting) -> list[str]:
    """How many, never whose and never marks."""
    progress = [row for row in sheet_progress(meeting) if row.expected]
    lines = [f"{row.name}评分表应收{row.expected}份，实收{row.returned}份。" for row in progress]
    rounds = (
        BallotRound.objects.filter(meeting=meeting)
        .tallied()
        .prefetch_related("piles__category", "piles__merged_into__category")
    )
    return [*lines, *(_ballots(pile) for ballot in rounds for pile in ballot.piles.all())]


def _ballots(pile: SlipPile) -> str:
    came = f"{pile.round.title}（{pile.category}）：发出{pile.issued or 0}张，收回{pile.returned or 0}张，"
    if pile.merged_into and pile.valid is None:
        return f"{came}并入{pile.merged_into.category}计票。"
    return f"{came}有效{pile.valid or 0}张，无效{pile.invalid or 0}张，弃权{pile.abstained or 0}张。"


def _speeches(meeting: Meeting) -> list[SpeechFacts]:
    return [
        SpeechFacts(
            f"{speech.speaker_title}{speech.speaker}",
            speech.is_overall,
            speech.achievements,
            tuple(problem.text for problem in speech.problems.all()),
            speech.suggestions,
            tuple(heading.title.rstrip("。") for heading in speech.headings),
        )
        for speech in meeting.speeches.prefetch_related("problems")
    ]


def attendance_names(facts: MeetingFacts) -> dict[str, list[str]]:
    """出席, 列席 and 请假 for the foot of the minutes: by name where there are names."""
    people = [person for line in facts.groups for person in line.attendees]
    return {
        "出席": [guest.printed for guest in facts.guests],
        "参加": [person.printed for person in people if person.present is not False],
        "请假": [person.printed for person in people if person.present is False],
    }
