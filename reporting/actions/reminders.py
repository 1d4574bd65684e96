"""催报: remind those who have not done it, once a day for each occasion; by hand and by the clock (S-75)."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from functools import partial
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.actions.audit import record
from accounts.actions.notices import notify
from accounts.models import Organization, Post, User
from accounts.rules.roles import WRITING_ROLES
from common import clock
from common.conflicts import check_revision
from common.waking import wake
from reporting.actions.cycles import lock_open_cycle
from reporting.models import Cycle, Reminder, Robot
from reporting.models.owed import SOURCES, Debtor, Owed
from reporting.permissions import can_edit_robot, can_remind_cycle
from reporting.rules.refusals import ReminderRefused
from reporting.rules.reminders import (
    REMINDER_FLOW,
    OwedKind,
    ReminderChannel,
    ReminderState,
    reminder_text,
    robot_text,
)
from reporting.tasks.reminders import send_waiting_reminders


@dataclasses.dataclass(frozen=True)
class Recipients:
    """A debtor with the accounts that would be told; none when nobody of the unit can sign in."""

    debtor: Debtor
    users: list[User]


def recipients_of(owed: Owed) -> list[Recipients]:
    """Who writes for each debtor today; one query for all."""
    organizations = [debtor.organization.pk for debtor in owed.debtors]
    posts = Post.objects.current().filter(
        organization__in=organizations, role__in=WRITING_ROLES, person__user__is_active=True
    )
    users: dict[int, dict[int, User]] = defaultdict(dict)
    for post in posts.select_related("person__user__person").order_by("-is_first_responsible", "pk"):
        users[post.organization_id][post.person.user.pk] = post.person.user
    return [Recipients(debtor, list(users[debtor.organization.pk].values())) for debtor in owed.debtors]


def robot_of(committee: Organization) -> Robot | None:
    """The committee's robot, when it may be called."""
    robot = Robot.objects.filter(committee=committee, is_active=True).first()
    allowed = robot is not None and urlsplit(robot.url).hostname in settings.REMINDER_ROBOT_HOSTS
    return robot if allowed else None


@transaction.atomic
def send_reminders(
    cycle: Cycle,
    *,
    kind: OwedKind,
    organizations: Collection[int] | None = None,
    source: Callable[[Cycle], Owed] | None = None,
    by: User | None,
) -> list[Reminder]:
    """Remind the chosen units, or all, that still owe it. `by` is None for the clock.

    `source` says who owes what a higher app asks for, which is not among SOURCES.

    Nobody is reminded twice a day of the same: the lock on the cycle and a constraint see to it.
    Raises ReminderRefused when there is nobody left to remind.
    """
    cycle = lock_open_cycle(cycle.pk)
    if by is not None and not can_remind_cycle(by, cycle):
        raise PermissionDenied
    owed = (source or SOURCES[kind])(cycle)
    chosen = [each for each in owed.debtors if organizations is None or each.organization.pk in organizations]
    owed = dataclasses.replace(owed, debtors=chosen)
    told = recipients_of(owed)
    fresh = _not_yet_sent(cycle, kind, [*_to_people(cycle, owed, told), *_to_group(cycle, owed)])
    if not fresh:
        raise ReminderRefused("所选单位今天已经提醒过，或者已经报送，没有再发。")
    for reminder in fresh:
        reminder.by = by
    reminders = Reminder.objects.bulk_create(fresh)
    for reminder in reminders:
        if reminder.channel == ReminderChannel.INBOX and reminder.user is not None:
            notify([reminder.user], reminder.text, url=reminder.page)
    without = [each.debtor.organization.label for each in told if not each.users]
    units = sorted({reminder.organization.label for reminder in reminders if reminder.organization})
    record(cycle, "催报", by=by, after={"kind": kind.label, "units": units, "without_account": without})
    transaction.on_commit(partial(wake, send_waiting_reminders))
    return reminders


def _to_people(cycle: Cycle, owed: Owed, told: Iterable[Recipients]) -> Iterable[Reminder]:
    for each in told:
        unit = each.debtor.organization
        detail = each.debtor.note if owed.each_its_own else ""
        text = reminder_text(owed.kind, cycle.year, unit.name, owed.deadline, detail)
        for user in each.users:
            yield _reminder(cycle, owed.kind, ReminderChannel.INBOX, text, unit, user, each.debtor.page)
            if settings.REMINDER_EMAIL and user.email:
                yield _reminder(cycle, owed.kind, ReminderChannel.EMAIL, text, unit, user, each.debtor.page)


def _to_group(cycle: Cycle, owed: Owed) -> Iterable[Reminder]:
    if owed.debtors and robot_of(cycle.committee):
        names = [debtor.organization.name for debtor in owed.debtors]
        text = robot_text(owed.kind, str(cycle), names, owed.deadline)
        yield _reminder(cycle, owed.kind, ReminderChannel.ROBOT, text)


def _reminder(
    cycle: Cycle,
    kind: OwedKind,
    channel: ReminderChannel,
    text: str,
    organization: Organization | None = None,
    user: User | None = None,
    page: str = "",
) -> Reminder:
    now = clock.now()
    is_done = channel == ReminderChannel.INBOX  # stored together with the notice it speaks of
    return Reminder(
        cycle=cycle,
        kind=kind,
        channel=channel,
        text=text,
        organization=organization,
        user=user,
        page=page,
        day=clock.today(),
        state=ReminderState.SENT if is_done else ReminderState.QUEUED,
        created_at=now,
        sent_at=now if is_done else None,
        next_at=now,
    )


def _not_yet_sent(cycle: Cycle, kind: OwedKind, reminders: list[Reminder]) -> list[Reminder]:
    today = Reminder.objects.filter(cycle=cycle, kind=kind, day=clock.today())
    sent = set(today.values_list("organization", "user", "channel"))
    return [each for each in reminders if (each.organization_id, each.user_id, each.channel) not in sent]


@transaction.atomic
def retry_reminder(reminder: Reminder, *, by: User) -> Reminder:
    """Send a failed one again; somebody has looked whether it arrived."""
    reminder = Reminder.objects.select_for_update(of=("self",)).select_related("cycle__committee").get(pk=reminder.pk)
    if not can_remind_cycle(by, reminder.cycle):
        raise PermissionDenied
    reminder.state = REMINDER_FLOW.check(reminder.state, "retry")
    reminder.attempts, reminder.error, reminder.next_at = 0, "", clock.now()
    reminder.save(update_fields=["state", "attempts", "error", "next_at"])
    record(reminder, "重新发送催报", by=by)
    transaction.on_commit(partial(wake, send_waiting_reminders))
    return reminder


@transaction.atomic
def save_robot(committee: Organization, *, kind: str, url: str, is_active: bool, seen: int, by: User) -> Robot:
    """The address holds a key, so the trail only says that it was changed."""
    committee = Organization.objects.select_for_update().get(pk=committee.pk)
    if not can_edit_robot(by, committee):
        raise PermissionDenied
    robot = Robot.objects.filter(committee=committee).first() or Robot(committee=committee, revision=0)
    check_revision(robot.revision, seen)
    before = {"kind": robot.kind, "is_active": robot.is_active}
    has_new_address = url != robot.url
    robot.kind, robot.url, robot.is_active = kind, url, is_active
    robot.revision += 1
    robot.save()
    after = {"kind": kind, "is_active": is_active}
    record(robot, "设置群机器人", by=by, before=before, after=after, note="更换了地址" if has_new_address else "")
    return robot
