"""Items of a list: measures, owner, deadline, progress with evidence, verification (S-148, S-153 to S-156)."""

from __future__ import annotations

import datetime as dt
import typing

from django.conf import settings
from django.db import models
from django.db.models import Case, Q, When
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization, Post, User
from common import clock
from common.deadlines import Deadline, DueState
from rectification.rules.fulfilments import FulfilmentMark
from rectification.rules.items import SOON_DAYS, UNFINISHED, ItemKind, ItemState
from rectification.rules.parties import PartyKind
from rectification.rules.targets import TargetOperator, is_met, target_words

from .lists import RectificationList
from .problems import Problem
from .shown_files import ShownFile


def _overdue(today: dt.date) -> Q:
    return Q(state__in=UNFINISHED, kind=ItemKind.DATED, due_date__lt=today)


class RectificationItemQuerySet(models.QuerySet["RectificationItem"]):
    def visible_to(self, user: User) -> typing.Self:
        return self.filter(list__in=RectificationList.objects.visible_to(user))

    def unfinished(self) -> typing.Self:
        return self.filter(state__in=UNFINISHED)

    def unverified(self) -> typing.Self:
        """Nobody else than who answers for it has found it done, in its own year or since."""
        return self.exclude(state=ItemState.CLOSED)

    def overdue(self, today: dt.date) -> typing.Self:
        """Unfinished after the last day of a dated deadline; worded deadlines are never overdue (S-31, S-155)."""
        return self.filter(_overdue(today))

    def with_late_date(self, today: dt.date) -> typing.Self:
        """`late_date`: the deadline that an overdue item missed, nothing for the others; so that one pass counts both."""
        return self.annotate(late_date=Case(When(_overdue(today), then="due_date")))

    def due_soon(self, today: dt.date) -> typing.Self:
        """Unfinished with the last day of a dated deadline today or within `SOON_DAYS` days (S-155)."""
        last = today + dt.timedelta(days=SOON_DAYS)
        return self.unfinished().filter(kind=ItemKind.DATED, due_date__gte=today, due_date__lte=last)

    def to_carry(self, committee: Organization, year: int) -> typing.Self:
        """What a year leaves to the next (S-68): whatever is unfinished, and 长期坚持 even when verified.

        What the year's end found 未完成 goes on too, also when it had been verified before (S-150).
        """
        left = Q(state__in=UNFINISHED) | Q(kind=ItemKind.STANDING, state=ItemState.CLOSED)
        left |= Q(fulfilment__mark=FulfilmentMark.UNDONE, state=ItemState.CLOSED)
        return self.filter(left, list__reporter__cycle__committee=committee, list__reporter__cycle__year=year)

    def for_table(self) -> typing.Self:
        """Everything a table row shows, in three queries however many rows there are."""
        return self.select_related(
            "problem",
            "owner_post__person",
            "list__reporter__organization__domain",
            "list__reporter__cycle__committee",
        ).prefetch_related("measures", "parties")


class RectificationItem(models.Model):
    list = models.ForeignKey(RectificationList, models.CASCADE, related_name="items", verbose_name=_("清单"))
    problem = models.OneToOneField(Problem, models.PROTECT, related_name="item", verbose_name=_("问题"))
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(_("整改类型"), max_length=10, choices=ItemKind, default=ItemKind.DATED)
    owner_post = models.ForeignKey(
        Post, models.PROTECT, null=True, blank=True, related_name="owned_items", verbose_name=_("责任人（本单位任职）")
    )
    owner_text = models.CharField(_("责任人（按原文）"), max_length=120, blank=True)
    lead_unit = models.CharField(_("牵头单位"), max_length=120, blank=True)
    co_units = models.CharField(_("责任单位"), max_length=250, blank=True)
    due_text = models.CharField(_("整改时限（文字）"), max_length=60, blank=True)
    due_date = models.DateField(_("整改时限（日期）"), null=True, blank=True)
    target = models.CharField(_("整改目标"), max_length=250, blank=True)
    # A number to be reached, as typed: 3, 90%, XX (S-154).
    target_operator = models.CharField(_("量化要求"), max_length=2, choices=TargetOperator, blank=True)
    target_value = models.CharField(_("目标数"), max_length=30, blank=True)
    target_unit = models.CharField(_("单位"), max_length=20, blank=True)
    target_actual = models.CharField(_("实际完成数"), max_length=30, blank=True)
    # 一事一案: an item with a work group of its own and a report at the end (S-161).
    case_group = models.TextField(_("工作专班"), blank=True)
    case_report = models.TextField(_("办结报告"), blank=True)
    state = models.CharField(_("状态"), max_length=12, choices=ItemState, default=ItemState.OPEN)
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = RectificationItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("整改事项")
        ordering = ("position", "id")
        constraints: typing.ClassVar = [
            models.CheckConstraint(condition=Q(state__in=ItemState.values), name="item_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.list} 第{self.position}项"

    @property
    def planned_before(self) -> RectificationItem | None:
        """Last year's item to plan this one by, as long as nothing has been written here (S-157)."""
        return self.problem.previous if self.revision == 1 and not self.measures.all() else None

    @property
    def deadline(self) -> Deadline:
        return Deadline(self.due_text, self.due_date)

    def is_overdue(self, today: dt.date) -> bool:
        return (
            self.state in UNFINISHED
            and self.kind == ItemKind.DATED
            and self.due_date is not None
            and self.due_date < today
        )

    @property
    def shown_state(self) -> tuple[str, str]:
        """Code and label for people: what nobody has promised yet is not under way."""
        if self.state == ItemState.OPEN and not self.list.is_committed:
            return "not_started", str(_("待承诺"))
        return self.state, str(self.get_state_display())

    @property
    def due_state(self) -> str:
        """`overdue`, `soon`, or empty when the item is finished, standing or has no date (S-31, S-155)."""
        if self.state not in UNFINISHED or self.kind != ItemKind.DATED:
            return ""
        state = self.deadline.state(clock.today(), SOON_DAYS)
        return state.value if state in (DueState.OVERDUE, DueState.SOON) else ""

    @property
    def days_left(self) -> int | None:
        """Days until the last day in time, negative once it has passed; None without a date."""
        return (self.due_date - clock.today()).days if self.due_date else None

    @property
    def has_owner(self) -> bool:
        """An owner whose post has ended is none (S-153)."""
        return not self.owner_post.has_ended if self.owner_post is not None else bool(self.owner_text.strip())

    def promised_content(self) -> dict[str, typing.Any]:
        """The item word for word, as a promise keeps it and a letter prints it."""
        return {
            "number": self.position,
            "problem": self.problem.text,
            "source": str(self.problem.get_source_display()),
            "cause": self.problem.cause,
            "measures": [measure.words for measure in self.measures.all()],
            "owner": self.owner_label,
            "lead_unit": self.lead_unit,
            "co_units": self.co_units,
            "kind": str(self.get_kind_display()),
            "due": str(self.deadline),
            "due_date": self.due_date.isoformat() if self.due_date else None,
            "target": self.target,
            "quantity": self.quantity,
            "parties": [str(party) for party in self.parties.all()],
        }

    @property
    def measures_text(self) -> str:
        return "\n".join(measure.words for measure in self.measures.all())

    @property
    def quantity(self) -> str:
        """不少于3次, as promised; empty without a number (S-154)."""
        return target_words(self.target_operator, self.target_value, self.target_unit)

    @property
    def is_target_met(self) -> bool | None:
        return is_met(self.target_operator, self.target_value, self.target_actual)

    @property
    def organization(self) -> Organization:
        return self.list.organization

    @property
    def owner_label(self) -> str:
        """Who is in charge; 待明确 once the owner's post has ended (S-153)."""
        if not self.has_owner:
            return "待明确"
        return self.owner_post.person.name if self.owner_post is not None else self.owner_text

    @property
    def audit_organization(self) -> Organization:
        return self.list.organization


class Measure(models.Model):
    item = models.ForeignKey(RectificationItem, models.CASCADE, related_name="measures")
    position = models.PositiveSmallIntegerField(default=0)
    text = models.TextField(_("整改措施"))
    # Who does it, where it is not the owner of the item (S-151).
    owner_text = models.CharField(_("责任人"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("整改措施")
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def words(self) -> str:
        return f"{self.text}（{self.owner_text}）" if self.owner_text.strip() else self.text


class ItemParty(models.Model):
    """Another organization that shares the responsibility, and in which way (S-163)."""

    item = models.ForeignKey(RectificationItem, models.CASCADE, related_name="parties")
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(_("责任类别"), max_length=10, choices=PartyKind)
    unit = models.CharField(_("单位或个人"), max_length=120)

    class Meta:
        verbose_name = _("责任分工")
        ordering = ("position", "id")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}：{self.unit}"


class Progress(models.Model):
    item = models.ForeignKey(RectificationItem, models.CASCADE, related_name="progress")
    date = models.DateField(_("日期"))
    text = models.TextField(_("进展情况"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("整改进展")
        ordering = ("date", "id")

    def __str__(self) -> str:
        return self.text[:60]


class Evidence(ShownFile):
    """A file that shows the progress."""

    progress = models.ForeignKey(Progress, models.CASCADE, related_name="evidence")

    class Meta(ShownFile.Meta):
        verbose_name = _("佐证材料")


class Verification(models.Model):
    """The organization department's answer to an application to close; never the owner's own (S-156)."""

    class Outcome(models.TextChoices):
        PASSED = "passed", _("审核通过，准予销号")
        RETURNED = "returned", _("退回继续整改")
        MAKE_UP = "make_up", _("补课，按新时限补齐")
        REDO = "redo", _("回炉，按新时限重新整改")

    item = models.ForeignKey(RectificationItem, models.CASCADE, related_name="verifications")
    outcome = models.CharField(_("审核结果"), max_length=10, choices=Outcome)
    reason = models.TextField(_("意见"), blank=True)
    new_due_text = models.CharField(_("新的时限（文字）"), max_length=60, blank=True)
    new_due_date = models.DateField(_("新的时限（日期）"), null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("销号审核")
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"{self.item} {self.get_outcome_display()}"

    @property
    def new_deadline(self) -> Deadline:
        """What took the place of the old one, after 补课 or 回炉 (S-159)."""
        return Deadline(self.new_due_text, self.new_due_date)
