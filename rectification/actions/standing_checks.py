"""The quarter's check of an item that goes on (S-162)."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from accounts.actions.audit import record, snapshot
from accounts.actions.notices import holders, notify
from accounts.models import User
from accounts.rules.roles import WRITING_ROLES
from common import clock
from rectification.models import RectificationItem, StandingCheck
from rectification.permissions import can_check_item
from rectification.rules.items import ItemKind
from rectification.rules.standing_checks import StandingCheckRefused, quarter_of
from reporting.actions.cycles import refuse_closed

from .items import locked_item


@transaction.atomic
def check_item(item: RectificationItem, *, year: int, quarter: int, outcome: str, note: str, by: User) -> StandingCheck:
    """Write down what was found in a quarter, once. Raises StandingCheckRefused."""
    item = locked_item(item)
    if not can_check_item(by, item):
        raise PermissionDenied
    refuse_closed(item.list.cycle)
    if item.kind != ItemKind.STANDING or not item.list.is_committed:
        raise StandingCheckRefused("只有已经承诺的“长期坚持”事项才按季度检查。")
    if (year, quarter) > quarter_of(clock.today()):
        raise StandingCheckRefused("这个季度还没有到，不能登记检查。")
    if item.standing_checks.filter(year=year, quarter=quarter).exists():
        raise StandingCheckRefused(f"{year}年第{quarter}季度已经检查过。")
    if not note.strip():
        raise StandingCheckRefused("请写明检查情况。")
    check = StandingCheck.objects.create(
        item=item, year=year, quarter=quarter, outcome=outcome, note=note, by=by, at=clock.now()
    )
    record(item, "季度检查", by=by, after=snapshot(check), note=note)
    notify(
        holders(item.organization, *WRITING_ROLES),
        f"{item.list.cycle.year}年度整改清单第{item.position}项{year}年第{quarter}季度检查：{check.get_outcome_display()}。",
        url=reverse("rectification:item_show", args=[item.pk]),
    )
    return check
