"""Typical cases into a bulletin that is being drawn up, and out of it (S-142)."""

from django.db import transaction

from accounts.actions.audit import record
from accounts.models import User
from rectification.models import Bulletin, TypicalCase
from rectification.rules.bulletins import BulletinRefused

from .bulletins import lock_draft


@transaction.atomic
def add_case(bulletin: Bulletin, *, origin: int, text: str, by: User) -> TypicalCase:
    """Tell of a case in these words; once more replaces the words. Raises BulletinRefused once published."""
    bulletin = lock_draft(bulletin, by=by)
    if not text.strip():
        raise BulletinRefused("请写明通报的文字。")
    case, _ = TypicalCase.objects.update_or_create(bulletin=bulletin, origin=origin, defaults={"text": text})
    record(bulletin, "写入典型问题", by=by, after={"text": text})
    return case


@transaction.atomic
def remove_case(case: TypicalCase, *, by: User) -> None:
    bulletin = lock_draft(case.bulletin, by=by)
    record(bulletin, "移出典型问题", by=by, before={"text": case.text})
    case.delete()
