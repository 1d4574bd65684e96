"""年底严格考核: the organization department marks each promise, with what it is based on (S-150)."""

import dataclasses
import itertools
from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse

from accounts.actions.audit import record, snapshot
from accounts.actions.notices import holders, notify
from accounts.models import User
from accounts.rules.roles import WRITING_ROLES
from common import clock
from common.conflicts import check_revision
from documents.attachments import StoredFile, stored_files
from rectification.models import Fulfilment, RectificationItem, RectificationList
from rectification.permissions import can_mark_fulfilment
from rectification.rules.fulfilments import FulfilmentRefused, check_mark
from rectification.rules.items import ItemKind, ItemState
from reporting.actions.cycles import refuse_closed


@dataclasses.dataclass(frozen=True)
class MarkRow:
    """A mark for one item of the list with files it is based on; `revision` is 0 while it has none."""

    item: int
    mark: str
    evidence: str
    revision: int = 0
    files: Sequence[UploadedFile] = ()


@transaction.atomic
def mark_fulfilments(rectification_list: RectificationList, *, rows: Sequence[MarkRow], by: User) -> list[Fulfilment]:
    """Mark items of one promised list; rows that change nothing are passed over.

    Files join those the mark has. Raises FulfilmentRefused naming the item, AttachmentRefused for a file that may not
    be kept, StaleRevision, CycleClosed.
    """
    rectification_list = (
        RectificationList.objects.select_for_update(of=("self",))
        .select_related("reporter__organization", "reporter__cycle__committee")
        .get(pk=rectification_list.pk)
    )
    if not can_mark_fulfilment(by, rectification_list):
        raise PermissionDenied
    refuse_closed(rectification_list.cycle)
    if not rectification_list.is_committed:
        raise FulfilmentRefused("清单还没有承诺，不能评定兑现情况。")
    items = {item.pk: item for item in rectification_list.items.for_table().select_related("fulfilment")}
    rows = [row for row in rows if row.item in items]
    with stored_files([file for row in rows for file in row.files], "evidence") as stored:
        waiting = iter(stored)
        files = {row.item: list(itertools.islice(waiting, len(row.files))) for row in rows}
        given = [mark for row in rows if (mark := _mark(items[row.item], row, files[row.item], by=by))]
    if given:
        notify(
            holders(rectification_list.organization, *WRITING_ROLES),
            f"{rectification_list}的承诺兑现情况已评定{len(given)}项。",
            url=reverse("rectification:list_show", args=[rectification_list.pk]),
        )
    return given


def _mark(item: RectificationItem, row: MarkRow, files: Sequence[StoredFile], *, by: User) -> Fulfilment | None:
    found: Fulfilment | None = getattr(item, "fulfilment", None)
    if found and not files and (found.mark, found.evidence) == (row.mark, row.evidence):
        return None
    check_revision(found.revision if found else 0, row.revision)
    try:
        check_mark(
            mark=row.mark,
            evidence=row.evidence,
            is_closed=item.state == ItemState.CLOSED,
            is_standing=item.kind == ItemKind.STANDING,
        )
    except FulfilmentRefused as error:
        raise FulfilmentRefused(f"第{item.position}项：{error}") from None
    before = snapshot(found) if found else None
    mark = found or Fulfilment(item=item, revision=0)
    mark.mark, mark.evidence, mark.by, mark.at = row.mark, row.evidence, by, clock.now()
    mark.revision += 1
    mark.save()
    for file in files:
        mark.files.create(file=file.path, name=file.name, content_type=file.content_type, size=file.size)
    after = snapshot(mark) | ({"files": [file.name for file in files]} if files else {})
    record(item, "评定兑现情况", by=by, before=before, after=after, note=row.evidence)
    return mark
