"""One row per file on paper. While it is not finished the row is also the job that makes it."""

from __future__ import annotations

import datetime as dt
import logging
import re
import typing
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _translate
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization, User
from accounts.rules.roles import WRITING_ROLES, Role
from common import clock
from documents.rendering.paper import Paper, PaperRefused, fingerprint
from documents.rules.documents import LOST_SECONDS, UNFINISHED, DocumentState

logger = logging.getLogger(__name__)


class DocumentQuerySet(models.QuerySet["Document"]):
    def of(self, subject: models.Model, paper: str | None = None) -> typing.Self:
        """Documents made of this row, newest first."""
        found = self.filter(subject_type=subject._meta.label_lower, subject_id=subject.pk)
        return found.filter(paper=paper) if paper else found

    def latest_of(self, subject: models.Model, paper: str) -> Document | None:
        return self.of(subject, paper).first()

    def visible_to(self, user: User) -> typing.Self:
        """Those who lead and prepare the committee's review, the organization it is about, and who asked for it.

        Administrators keep the register, not the papers. Who asked loses sight of it with the post.
        """
        readers = user.organizations_as(Role.ORGANIZATION_DEPARTMENT, Role.LEADER, Role.SECRETARY)
        owners = user.organizations_as(*WRITING_ROLES)
        reach = Organization.objects.visible_to(user)
        asked = Q(requested_by=user) & (Q(committee__in=reach) | Q(organization__in=reach))
        return self.filter(Q(committee__in=readers) | Q(organization__in=owners) | asked)

    def unfinished(self) -> typing.Self:
        return self.filter(state__in=UNFINISHED)

    def silent(self, at: dt.datetime) -> typing.Self:
        """Unfinished ones nobody has said a word about for too long."""
        return self.unfinished().filter(heard_at__lte=at - dt.timedelta(seconds=LOST_SECONDS))


class Document(models.Model):
    # The dotted name of the function `content(subject_id) -> Paper` in the app that knows it.
    paper = models.CharField(_("内容"), max_length=120, editable=False)
    subject_type = models.CharField(max_length=100, editable=False)
    subject_id = models.BigIntegerField(editable=False)
    title = models.CharField(_("标题"), max_length=200)
    committee = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name=_("主办党委"))
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("所涉党组织"),
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("申请人")
    )
    requested_at = models.DateTimeField(_("申请时间"), default=clock.now)

    state = models.CharField(_("状态"), max_length=10, choices=DocumentState, default=DocumentState.QUEUED)
    # Counts up with every start: what an older attempt brings back is not taken.
    attempt = models.PositiveIntegerField(default=0)
    losses = models.PositiveSmallIntegerField(default=0)
    # When somebody last worked on it, or last sent word to the workers that it waits.
    heard_at = models.DateTimeField(default=clock.now)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    note = models.CharField(_("说明"), max_length=300, blank=True)
    reason = models.CharField(_("失败原因"), max_length=300, blank=True)

    fingerprint = models.CharField(max_length=64, blank=True)
    file = models.FileField(_("文件"), blank=True)
    pages = models.PositiveIntegerField(_("页数"), default=0)
    finished_at = models.DateTimeField(_("完成时间"), null=True, blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("文书")
        ordering = ("-pk",)
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "paper"], name="document_subject"),
            models.Index(
                fields=["heard_at"],
                name="document_unfinished",
                condition=Q(state__in=["queued", "rendering"]),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "subject_type", "subject_id"],
                condition=Q(state__in=["queued", "rendering"]),
                name="document_one_unfinished",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("documents:document_show", kwargs={"pk": self.pk})

    @property
    def audit_organization(self) -> Organization:
        return self.organization or self.committee

    @property
    def is_unfinished(self) -> bool:
        return self.state in UNFINISHED

    @property
    def is_ready(self) -> bool:
        return self.state == DocumentState.READY

    @property
    def is_failed(self) -> bool:
        return self.state == DocumentState.FAILED

    @property
    def progress_label(self) -> str:
        """What is being done, in words for whoever waits."""
        if self.state == DocumentState.QUEUED:
            return self.note or _translate("正在排队，很快开始")
        if not self.total:
            return _translate("正在汇集内容")
        if self.total == 1:
            return _translate("正在排版")
        if self.done + 1 >= self.total:
            return _translate("正在装订成册")
        return _translate("正在排版第 %(number)d 份，共 %(total)d 份") % {
            "number": self.done + 1,
            "total": self.total - 1,
        }

    @property
    def per_cent(self) -> int:
        return self.done * 100 // self.total if self.total else 0

    @property
    def path(self) -> Path:
        """Where the running attempt puts its file."""
        name = f"document-{self.pk}-{self.attempt}.pdf"
        return Path(settings.MEDIA_ROOT) / "documents" / name

    @property
    def is_file_there(self) -> bool:
        return bool(self.file) and self.file.storage.exists(self.file.name)

    @property
    def size(self) -> int:
        return self.file.size if self.is_file_there else 0

    @property
    def file_name(self) -> str:
        """The name under which it is saved by those who download it."""
        return re.sub(r'[\x00-\x1f\\/:*?"<>|]+', "_", self.title).strip(" .") + ".pdf"

    def content(self) -> Paper:
        """The paper as it would be made now."""
        return import_string(self.paper)(self.subject_id)

    @property
    def is_outdated(self) -> bool:
        """Whether it would look different if it were made now. Renders templates, no pages."""
        if not self.is_ready:
            return False
        if not self.is_file_there:
            return True
        try:
            return fingerprint(self.content()) != self.fingerprint
        except (ObjectDoesNotExist, PaperRefused):
            return True
        except Exception:
            # The page that asks shows more than this paper and must not fall with it.
            logger.exception("Whether document %s is out of date cannot be told", self.pk)
            return True
