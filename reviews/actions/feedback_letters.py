"""反馈意见书: draft, word, issue, read, remind (practice.md 3.4)."""

from __future__ import annotations

import dataclasses

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from accounts.actions.audit import record, snapshot
from accounts.actions.notices import holders, notify
from accounts.models import User
from accounts.rules.roles import SUBMITTING_ROLES
from common import clock
from common.conflicts import check_revision
from rectification.models import RectificationItem
from reporting.models import Cycle, Reporter
from reviews.models import Comment, FeedbackLetter
from reviews.permissions import can_acknowledge_letter, can_use_results
from reviews.rules.use_of_results import UseRefused


@dataclasses.dataclass(frozen=True)
class LetterWords:
    praise: str
    problems: str
    demands: str
    due_text: str
    signature: str


@transaction.atomic
def draft_letters(cycle: Cycle, *, by: User) -> int:
    """A draft for everybody who has none yet, from final comments and the list. Returns how many were made."""
    cycle = Cycle.objects.select_for_update(of=("self",)).select_related("committee", "scheme").get(pk=cycle.pk)
    if not can_use_results(by, cycle):
        raise PermissionDenied
    made = 0
    for reporter in cycle.reporters.in_order().filter(feedback__isnull=True):
        letter = FeedbackLetter.objects.create(reporter=reporter, **dataclasses.asdict(_first_words(cycle, reporter)))
        record(letter, "起草反馈意见书", by=by)
        made += 1
    return made


def _first_words(cycle: Cycle, reporter: Reporter) -> LetterWords:
    """Comments word for word; problems of the list with their source, else those of the comments. Never a vote."""
    comments = list(Comment.objects.final().filter(reporter=reporter).prefetch_related("problems"))
    items = RectificationItem.objects.filter(list__reporter=reporter).select_related("problem")
    problems = [f"{item.problem.text}（{item.problem.get_source_display()}）" for item in items]
    if not problems:
        problems = [f"{each.text}（领导点评）" for comment in comments for each in comment.problems.all()]
    return LetterWords(
        praise="\n".join(comment.praise for comment in comments if comment.praise.strip()),
        problems="\n".join(" ".join(text.split()) for text in problems),
        demands="\n".join(comment.demand for comment in comments if comment.demand.strip()),
        due_text=str(cycle.scheme.list_deadline),
        signature=cycle.committee.name,
    )


@transaction.atomic
def edit_letter(letter: FeedbackLetter, *, words: LetterWords, seen: int, by: User) -> FeedbackLetter:
    letter = _locked(letter)
    if not can_use_results(by, letter.reporter.cycle):
        raise PermissionDenied
    if letter.is_issued:
        raise UseRefused("反馈意见书已经发出，不能再改。")
    check_revision(letter.revision, seen)
    before = snapshot(letter)
    for name, value in dataclasses.asdict(words).items():
        setattr(letter, name, value)
    letter.revision += 1
    letter.save()
    record(letter, "修改反馈意见书", by=by, before=before, after=snapshot(letter))
    return letter


@transaction.atomic
def issue_letters(cycle: Cycle, *, by: User) -> list[FeedbackLetter]:
    """Send every draft of somebody whose grade is decided; the secretaries are told. Returns those sent."""
    cycle = Cycle.objects.select_for_update(of=("self",)).select_related("committee").get(pk=cycle.pk)
    if not can_use_results(by, cycle):
        raise PermissionDenied
    drafts = FeedbackLetter.objects.select_for_update(of=("self",)).of_cycle(cycle).filter(issued_at__isnull=True)
    letters = list(drafts.filter(reporter__result__decided_grade__isnull=False).for_table())
    if not letters:
        raise UseRefused("没有可以发出的反馈意见书：先起草，等次审定以后才能发出。")
    for letter in letters:
        letter.issued_at, letter.issued_by = clock.now(), by
        letter.save(update_fields=["issued_at", "issued_by"])
        record(letter, "发出反馈意见书", by=by, after=snapshot(letter))
        _tell(letter, "述职评议考核反馈意见书已经发出，请阅读并签收。")
    return letters


@transaction.atomic
def remind_unread(cycle: Cycle, *, by: User) -> int:
    """Remind those who have not signed for their letter, once a day at most. Returns how many were reminded."""
    if not can_use_results(by, cycle):
        raise PermissionDenied
    count = 0
    for letter in FeedbackLetter.objects.unread().of_cycle(cycle).select_for_update(of=("self",)).for_table():
        if letter.reminded_on != clock.today():
            letter.reminded_on = clock.today()
            letter.save(update_fields=["reminded_on"])
            record(letter, "提醒签收反馈意见书", by=by)
            _tell(letter, "述职评议考核反馈意见书还没有签收，请尽快阅读并签收。")
            count += 1
    return count


def read_letter(letter: FeedbackLetter, *, by: User) -> None:
    """When the secretary first opened it; looking again changes nothing."""
    if can_acknowledge_letter(by, letter):
        FeedbackLetter.objects.filter(pk=letter.pk, read_at__isnull=True).update(read_at=clock.now())


@transaction.atomic
def acknowledge_letter(letter: FeedbackLetter, *, by: User) -> FeedbackLetter:
    """Signed for by the secretary (or deputy) with the time; a second click changes nothing."""
    letter = _locked(letter)
    if not can_acknowledge_letter(by, letter):
        raise PermissionDenied
    if letter.acknowledged_at is None:
        letter.acknowledged_at, letter.acknowledged_by = clock.now(), by
        letter.read_at = letter.read_at or letter.acknowledged_at
        letter.save(update_fields=["acknowledged_at", "acknowledged_by", "read_at"])
        record(letter, "签收反馈意见书", by=by)
    return letter


def _tell(letter: FeedbackLetter, words: str) -> None:
    reporter = letter.reporter
    notify(
        holders(reporter.organization, *SUBMITTING_ROLES),
        f"{reporter.cycle.year}年度{words}",
        url=reverse("reviews:letter_show", args=[letter.pk]),
    )


def _locked(letter: FeedbackLetter) -> FeedbackLetter:
    rows = FeedbackLetter.objects.select_for_update(of=("self",))
    return rows.select_related("reporter__cycle__committee", "reporter__organization").get(pk=letter.pk)
