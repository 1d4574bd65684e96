"""Progress with evidence, the application to close, and the organization department's answer (S-156)."""

import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse

from accounts.actions.audit import record, snapshot
from accounts.actions.notices import holders, notify
from accounts.models import User
from accounts.rules.roles import WRITING_ROLES, Role
from common import clock
from common.flow import TransitionNotAllowed
from documents.attachments import stored_files
from rectification.models import Progress, RectificationItem, Verification
from rectification.permissions import can_report_progress, can_verify_item
from rectification.rules.items import ITEM_FLOW, ItemState
from rectification.rules.lists import ReasonMissing, check_new_deadline
from rectification.rules.progress import NoProgress, ProgressRefused

# What the trail says of each outcome.
WORDS: dict[str, str] = {
    Verification.Outcome.PASSED: "准予销号",
    Verification.Outcome.RETURNED: "退回继续整改",
    Verification.Outcome.MAKE_UP: "要求补课",
    Verification.Outcome.REDO: "要求回炉",
}
NEW_DEADLINE = frozenset({Verification.Outcome.MAKE_UP, Verification.Outcome.REDO})


@transaction.atomic
def add_progress(
    item: RectificationItem,
    *,
    date: dt.date,
    text: str,
    files: Sequence[UploadedFile] = (),
    actual: str | None = None,
    by: User,
) -> Progress:
    """Report what was done on a day, with files that show it, and how far a target in numbers is reached (`actual`).

    Raises TransitionNotAllowed before the promise and after the application to close, AttachmentRefused for a file
    that may not be kept, ProgressRefused for a day that has not come.
    """
    item = _locked(item)
    if not can_report_progress(by, item):
        raise PermissionDenied
    _check_under_way(item)
    if date > clock.today():
        raise ProgressRefused("进展日期不能晚于今天。")
    if not text.strip():
        raise ProgressRefused("请写明整改进展情况。")
    with stored_files(list(files), "evidence") as stored:
        progress = Progress.objects.create(item=item, date=date, text=text, by=by, at=clock.now())
        for file in stored:
            kept = {"file": file.path, "name": file.name, "content_type": file.content_type, "size": file.size}
            progress.evidence.create(**kept)
        facts = {"date": date, "text": text, "files": [file.name for file in stored]}
        record(item, "填报进展", by=by, after=facts if actual is None else {**facts, "actual": actual})
    if actual is not None and actual != item.target_actual:
        item.target_actual = actual
        item.save(update_fields=["target_actual"])
    return progress


def _check_under_way(item: RectificationItem) -> None:
    if not item.list.is_committed:
        raise TransitionNotAllowed(item.list.state, "progress", "清单还没有审定和承诺，承诺之后再填报进展。")
    if item.state != ItemState.OPEN:
        raise TransitionNotAllowed(item.state, "progress", f"该事项{item.get_state_display()}，现在不能填报进展。")


@transaction.atomic
def apply_item(item: RectificationItem, *, by: User) -> RectificationItem:
    """Apply for closing (申请销号). Raises NoProgress before the first report of progress."""
    item = _locked(item)
    if not can_report_progress(by, item):
        raise PermissionDenied
    before = snapshot(item)
    state = ITEM_FLOW.check(item.state, "apply")
    _check_under_way(item)
    if not item.progress.exists():
        raise NoProgress
    _move(item, state, "申请销号", before=before, by=by)
    notify(
        holders(item.list.cycle.committee, Role.ORGANIZATION_DEPARTMENT),
        f"{item.organization}申请对{item.list.cycle.year}年度整改清单第{item.position}项销号，请审核。",
        url=_item_url(item),
    )
    return item


@transaction.atomic
def verify_item(
    item: RectificationItem,
    *,
    outcome: str,
    reason: str,
    due_text: str = "",
    due_date: dt.date | None = None,
    by: User,
) -> Verification:
    """Pass or return an application; `outcome` is a `Verification.Outcome`, a return needs a reason (S-156).

    补课 and 回炉 need a new deadline, which takes the place of the old one (S-159).
    """
    item = _locked(item)
    if not can_verify_item(by, item):
        raise PermissionDenied
    before = snapshot(item)
    passed = outcome == Verification.Outcome.PASSED
    state = ITEM_FLOW.check(item.state, "pass" if passed else "send_back")
    if not passed and not reason.strip():
        raise ReasonMissing
    again = outcome in NEW_DEADLINE
    check_new_deadline(needed=again, due_text=due_text, due_date=due_date, today=clock.today())
    verification = Verification.objects.create(
        item=item,
        outcome=outcome,
        reason=reason,
        new_due_text=due_text if again else "",
        new_due_date=due_date if again else None,
        by=by,
        at=clock.now(),
    )
    if again:
        item.due_text, item.due_date = due_text, due_date
    _move(item, state, WORDS[outcome], before=before, by=by, note=reason)
    answer = "已准予销号。" if passed else f"的销号申请没有通过：{verification.get_outcome_display()}。"
    notify(
        holders(item.organization, *WRITING_ROLES),
        f"{item.list.cycle.year}年度整改清单第{item.position}项{answer}",
        url=_item_url(item),
    )
    return verification


def _move(
    item: RectificationItem, state: str, verb: str, *, before: dict[str, object], by: User, note: str = ""
) -> None:
    item.state = state
    item.revision += 1
    item.save(update_fields=["state", "due_text", "due_date", "revision"])
    record(item, verb, by=by, before=before, after=snapshot(item), note=note)


def _locked(item: RectificationItem) -> RectificationItem:
    return (
        RectificationItem.objects.select_for_update(of=("self",))
        .select_related("list__reporter__organization", "list__reporter__cycle__committee", "problem")
        .get(pk=item.pk)
    )


def _item_url(item: RectificationItem) -> str:
    return reverse("rectification:item_show", args=[item.pk])
