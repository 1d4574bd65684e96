"""Responsibility letters are drawn up from the responsibility list and the key tasks, and their signing recorded (S-47)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.actions.audit import record, snapshot
from accounts.actions.notices import holders, notify
from accounts.models import Organization, User
from accounts.rules.roles import WRITING_ROLES
from common import clock
from reporting.actions.cycles import lock_open_cycle
from reporting.actions.task_assignments import work_url
from reporting.models import Cycle, FiledRow, ResponsibilityLetter, TaskAssignment
from reporting.permissions import can_draw_letters
from reporting.rules.filings import ListKind
from reporting.rules.refusals import LetterRefused


@transaction.atomic
def draw_letters(cycle: Cycle, *, by: User) -> list[ResponsibilityLetter]:
    """One letter for each direct subordinate with a filed responsibility list or a key task.

    An unsigned letter is drawn up anew with today's words; a signed one stays. Raises LetterRefused when
    nobody has anything to put in one.
    """
    cycle = lock_open_cycle(cycle.pk)
    if not can_draw_letters(by, cycle):
        raise PermissionDenied
    signed = cycle.letters.filter(signed_on__isnull=False).values("organization")
    organizations = list(cycle.committee.children.exclude(pk__in=signed).order_by("code"))
    items = letter_items(cycle, organizations)
    if not items and not cycle.letters.exists():
        raise LetterRefused("还没有单位报送责任清单，也没有分配重点任务，不能生成责任书。")
    chosen = [organization for organization in organizations if organization.pk in items]
    return [_draw(cycle, organization, items[organization.pk], by=by) for organization in chosen]


def letter_items(cycle: Cycle, organizations: Iterable[Organization]) -> dict[int, list[dict[str, str]]]:
    """By organization: the rows of its filed responsibility list, then its key tasks."""
    found: dict[int, list[dict[str, str]]] = {}
    rows = FiledRow.objects.filter(
        list__call__cycle=cycle,
        list__kind=ListKind.RESPONSIBILITIES,
        list__organization__in=organizations,
        list__submitted_at__isnull=False,
    )
    for row in rows.select_related("list").order_by("list", "position", "pk"):
        item = {"matter": row.matter, "target": row.measure, "due": str(row.deadline)}
        found.setdefault(row.list.organization_id, []).append(item)
    assignments = TaskAssignment.objects.filter(task__cycle=cycle, organization__in=organizations).for_table()
    for each in assignments:
        item = {"matter": each.task.text, "target": each.shown_target, "due": str(each.deadline)}
        found.setdefault(each.organization_id, []).append(item)
    return found


def _draw(cycle: Cycle, organization: Organization, items: list[dict[str, str]], *, by: User) -> ResponsibilityLetter:
    facts = {
        "party_a": cycle.committee.first_responsible,
        "party_b": organization.first_responsible,
        "items": items,
        "drawn_on": clock.today(),
    }
    letter, created = ResponsibilityLetter.objects.get_or_create(cycle=cycle, organization=organization, defaults=facts)
    if not created:
        for name, value in facts.items():
            setattr(letter, name, value)
        letter.save()
    record(letter, "生成责任书" if created else "重新生成责任书", by=by, after={"items": len(items)})
    return letter


@transaction.atomic
def record_signings(
    cycle: Cycle, *, letters: Sequence[ResponsibilityLetter], signed_on: dt.date | None, by: User
) -> list[ResponsibilityLetter]:
    """Note the day on which letters were signed; None takes a wrong note back. Raises LetterRefused for a day ahead."""
    cycle = lock_open_cycle(cycle.pk)
    if not can_draw_letters(by, cycle) or any(letter.cycle_id != cycle.pk for letter in letters):
        raise PermissionDenied
    if signed_on is not None and signed_on > clock.today():
        raise LetterRefused("签订日期不能晚于今天。")
    for letter in letters:
        before = snapshot(letter)
        letter.signed_on = signed_on
        letter.save(update_fields=["signed_on"])
        record(letter, "登记签订" if signed_on else "取消签订登记", by=by, before=before, after=snapshot(letter))
        if signed_on:
            notify(
                holders(letter.organization, *WRITING_ROLES),
                f"{letter}已登记签订。",
                url=work_url(letter.organization, cycle.year),
            )
    return list(letters)
