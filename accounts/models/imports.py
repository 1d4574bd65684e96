"""A workbook that was uploaded and compared with the register, and waits for its uploader's word."""

from __future__ import annotations

import collections
import datetime as dt
import typing

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext as _translate
from django.utils.translation import gettext_lazy as _

from accounts.rules.import_runs import (
    IMPORT_FLOW,
    LOST_SECONDS,
    MOST_LOSSES,
    UNFINISHED,
    WORKED_ON,
    ImportState,
)
from common import clock

from .organizations import Organization

if typing.TYPE_CHECKING:
    from .users import User

KEPT_DAYS = 7


class Outcome(models.TextChoices):
    WRONG = "wrong", _("有误")
    NEW = "new", _("新增")
    CHANGE = "change", _("修改")
    SAME = "same", _("不变")


class AttemptLost(Exception):
    """Somebody else has taken over: this attempt's work is of no use any more."""


class RegisterImportQuerySet(models.QuerySet["RegisterImport"]):
    def visible_to(self, user: User) -> typing.Self:
        return self.filter(uploaded_by_id=user.pk)

    def outdated(self) -> typing.Self:
        """What need not be kept: it names people, and the register has moved on."""
        return self.filter(created_at__lt=clock.now() - dt.timedelta(days=KEPT_DAYS))

    def unfinished(self) -> typing.Self:
        return self.filter(state__in=UNFINISHED)

    def silent(self, at: dt.datetime) -> typing.Self:
        """Unfinished ones nobody has said a word about for too long."""
        return self.unfinished().filter(heard_at__lte=at - dt.timedelta(seconds=LOST_SECONDS))

    @transaction.atomic
    def claim(self, pk: int) -> RegisterImport | None:
        """Take one to compare or write it. None: it is done, waits for its uploader, or somebody else has it."""
        row = self.select_for_update(skip_locked=True, of=("self",)).filter(pk=pk).first()
        verbs = {ImportState.RECEIVED: "read", ImportState.QUEUED: "start", ImportState.CONFIRMED: "write"}
        if row is None or row.state not in verbs:
            return None
        row.state = IMPORT_FLOW.check(row.state, verbs[ImportState(row.state)])
        row.attempt += 1
        row.heard_at = clock.now()
        row.done = row.total = 0
        row.save(update_fields=["state", "attempt", "heard_at", "done", "total"])
        return row

    @transaction.atomic
    def requeue_silent(self) -> list[int]:
        """Put back what nobody has worked on for too long; the ids of all that should be sent again."""
        now, waiting = clock.now(), []
        verbs = {
            ImportState.READING: "requeue_reading",
            ImportState.COMPARING: "requeue_comparing",
            ImportState.WRITING: "requeue_writing",
        }
        for row in self.silent(now).select_for_update(skip_locked=True, of=("self",)):
            if row.state in WORKED_ON:
                row.losses += 1
                lost = row.losses >= MOST_LOSSES
                row.state = IMPORT_FLOW.check(row.state, "fail" if lost else verbs[ImportState(row.state)])
                row.reason = _translate("处理过程多次意外中断，没有写入任何内容。请与系统管理员联系。") if lost else ""
                row.data = None if lost else row.data
            row.heard_at = now
            row.save(update_fields=["state", "losses", "reason", "heard_at", "data"])
            if row.state in UNFINISHED:
                waiting.append(row.pk)
        return waiting


class RegisterImport(models.Model):
    """`rows` is the file as read, `lines` what each row would do, `mark` the digest of those lines.

    While it is read, compared or written the row is also the job that does it. A long file waits in `data` until it is
    read, and no longer: it names people.
    """

    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="+")
    file_name = models.CharField(_("文件"), max_length=200)
    created_at = models.DateTimeField(_("上传时间"))
    data = models.BinaryField(null=True)
    rows = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    lines = models.JSONField(default=list)
    mark = models.CharField(max_length=64, blank=True)
    compared_at = models.DateTimeField(_("核对时间"), null=True)
    confirmed_at = models.DateTimeField(_("导入时间"), null=True)
    state = models.CharField(_("状态"), max_length=10, choices=ImportState, default=ImportState.QUEUED)
    # Counts up with every start: what an older attempt brings back is not taken.
    attempt = models.PositiveIntegerField(default=0)
    losses = models.PositiveSmallIntegerField(default=0)
    heard_at = models.DateTimeField(default=clock.now)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    # Why it was not written, or not yet.
    reason = models.CharField(max_length=300, blank=True)

    objects = RegisterImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("导入")
        ordering = ("-created_at", "-id")

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("accounts:import_show", args=[self.pk])

    @property
    def is_unfinished(self) -> bool:
        return self.state in UNFINISHED

    @property
    def is_failed(self) -> bool:
        return self.state == ImportState.FAILED

    @property
    def per_cent(self) -> int | None:
        """Nothing while it is not known how much there is to do."""
        return self.done * 100 // self.total if self.total else None

    @property
    def progress_label(self) -> str:
        if self.state == ImportState.READING:
            return _translate("正在读取文件，已读 %(done)d 行") % {"done": self.done}
        if self.state == ImportState.COMPARING:
            return _translate("正在与系统中的数据逐行核对")
        if self.state != ImportState.WRITING:
            return _translate("正在排队，很快开始")
        if not self.done:
            return _translate("正在写入")
        return _translate("正在写入第 %(done)d 项，共 %(total)d 项") % {"done": self.done, "total": self.total}

    def change(self, verb: str = "", **values: object) -> None:
        """Change the row while the attempt is still its own; this is the fence. Raises AttemptLost."""
        mine = RegisterImport.objects.filter(pk=self.pk, attempt=self.attempt, state=self.state)
        if verb:
            values["state"] = IMPORT_FLOW.check(self.state, verb)
        if not mine.update(heard_at=clock.now(), **values):
            raise AttemptLost
        for name, value in values.items():
            setattr(self, name, value)

    @property
    def counts(self) -> dict[str, int]:
        """How many rows there are of each outcome."""
        found = collections.Counter(line["outcome"] for line in self.lines)
        return {outcome.value: found[outcome.value] for outcome in Outcome}

    @property
    def is_sound(self) -> bool:
        return not self.counts[Outcome.WRONG]

    @property
    def has_changes(self) -> bool:
        counts = self.counts
        return bool(counts[Outcome.NEW] or counts[Outcome.CHANGE])

    @property
    def audit_organization(self) -> Organization:
        return self.organization
