"""Rounds of anonymous ballots and their piles of slips. Nothing here says who voted or how."""

from __future__ import annotations

import typing

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization, User
from reporting.models import Cycle, RaterCategory
from reviews.rules.ballot_rounds import (
    ACCEPTING,
    BEFORE_VOTING,
    GRACE_SECONDS,
    LEAST_SMALLEST_GROUP,
    SMALLEST_GROUP,
    TALLIED,
    KeyMode,
    RoundState,
    SlipCounts,
)

from .meetings import Meeting


class BallotRoundQuerySet(models.QuerySet["BallotRound"]):
    def visible_to(self, user: User) -> typing.Self:
        return self.filter(meeting__in=Meeting.objects.visible_to(user))

    def accepting(self) -> typing.Self:
        """Open, or in the grace time after the call to close; the database's clock decides."""
        return self.filter(Q(state=RoundState.OPEN) | Q(state=RoundState.CLOSING, closes_at__gte=Now()))

    def unscrubbed(self) -> typing.Self:
        """The box was deleted; what it left on the disk was not taken off yet (actions/scrubs.py)."""
        return self.filter(state__in=[*TALLIED, RoundState.VOID], scrubbed_at__isnull=True)

    def under_way(self) -> typing.Self:
        """Voting was opened, and nothing is counted yet."""
        return self.filter(state__in=[*ACCEPTING, RoundState.SEALED])

    def tallied(self) -> typing.Self:
        return self.filter(state__in=TALLIED)

    def of_cycle(self, cycle: Cycle) -> typing.Self:
        return self.filter(meeting__cycle=cycle)


class BallotRound(models.Model):
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="ballot_rounds")
    title = models.CharField(_("名称"), max_length=120)
    mode = models.CharField(_("密钥保管"), max_length=10, choices=KeyMode, default=KeyMode.SIMPLE)
    smallest_group = models.PositiveSmallIntegerField(
        _("合并计票的人数下限"),
        default=SMALLEST_GROUP,
        validators=[MinValueValidator(LEAST_SMALLEST_GROUP), MaxValueValidator(50)],
    )
    grace_seconds = models.PositiveSmallIntegerField(
        _("宣布截止后等候（秒）"), default=GRACE_SECONDS, validators=[MaxValueValidator(1800)]
    )
    expected = models.PositiveIntegerField(_("应到人数"), null=True, blank=True)
    present = models.PositiveIntegerField(_("实到人数"), null=True, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=RoundState, default=RoundState.SETUP)
    # The sheet as phones get it, fixed when the keys are made (rules/sheets.py).
    description = models.JSONField(default=dict, editable=False)
    public_key = models.CharField(max_length=64, blank=True, editable=False)
    verify_key = models.CharField(max_length=64, blank=True, editable=False)
    box_size = models.PositiveIntegerField(default=0, editable=False)  # bytes of every ballot before sealing
    opened_at = models.DateTimeField(null=True, editable=False)
    closes_at = models.DateTimeField(null=True, editable=False)
    sealed_at = models.DateTimeField(null=True, editable=False)
    counted_at = models.DateTimeField(null=True, editable=False)
    destroyed_at = models.DateTimeField(null=True, editable=False)
    # What the deleted box left on the disk is gone; until then why the last try failed.
    scrubbed_at = models.DateTimeField(null=True, editable=False)
    scrub_fault = models.CharField(max_length=200, blank=True, editable=False)
    box_count = models.PositiveIntegerField(null=True, editable=False)
    box_hash = models.CharField(max_length=64, blank=True, editable=False)
    witnesses = models.CharField(_("在场监票人"), max_length=200, blank=True)
    void_reason = models.CharField(_("作废原因"), max_length=300, blank=True)
    void_asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    void_agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, editable=False, related_name="replaced_by", verbose_name=_("重投前的一轮")
    )
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = BallotRoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("无记名测评")
        ordering = ("id",)

    def __str__(self) -> str:
        return self.title

    @property
    def audit_organization(self) -> Organization:
        return self.meeting.committee

    @property
    def is_accepting(self) -> bool:
        return self.state in ACCEPTING

    @property
    def is_tallied(self) -> bool:
        return self.state in TALLIED

    @property
    def awaits_scrub(self) -> bool:
        return (self.is_tallied or self.state == RoundState.VOID) and self.scrubbed_at is None

    @property
    def tone(self) -> str:
        """Of the badge that shows the state."""
        tones = {RoundState.OPEN: "working", RoundState.CLOSING: "waiting", RoundState.SEALED: "locked"}
        known = tones | {RoundState.COUNTED: "good", RoundState.DESTROYED: "good", RoundState.VOID: "bad"}
        return known.get(RoundState(self.state), "idle")

    @property
    def phase(self) -> str:
        """What a phone needs to know: wait, open, closing, over, counted or void."""
        if self.state in BEFORE_VOTING:
            return "wait"
        known = {RoundState.OPEN: "open", RoundState.CLOSING: "closing", RoundState.VOID: "void"}
        return known.get(RoundState(self.state), "counted" if self.is_tallied else "over")

    @property
    def needs_envelopes(self) -> int:
        """How many envelopes open the box."""
        return 2 if self.mode == KeyMode.ENVELOPES else 1

    @property
    def waits_for_second_person(self) -> bool:
        return self.void_asked_by_id is not None and self.state != RoundState.VOID

    def slip_counts(self) -> list[SlipCounts]:
        """The piles as they stand; those whose issue was not counted yet have noughts."""
        voided = Count("slips", filter=Q(slips__voided=True))
        return [
            SlipCounts(pile.name, pile.printed, pile.issued or 0, pile.unissued or 0, pile.spoiled or 0, pile.done)
            for pile in self.piles.select_related("category").annotate(done=voided)
        ]


class SlipPile(models.Model):
    """The slips of one category (A票, B票 …) and what became of them, in numbers only."""

    round = models.ForeignKey(BallotRound, models.CASCADE, related_name="piles")
    category = models.ForeignKey(RaterCategory, models.PROTECT, related_name="slip_piles", verbose_name=_("类别"))
    voters = models.PositiveIntegerField(_("应投票人数"), default=0)
    printed = models.PositiveIntegerField(_("印制"), default=0)
    issued = models.PositiveIntegerField(_("发出"), null=True, blank=True)
    unissued = models.PositiveIntegerField(_("未发"), null=True, blank=True)
    spoiled = models.PositiveIntegerField(_("作废"), null=True, blank=True)
    # Known once the box was opened.
    by_phone = models.PositiveIntegerField(_("手机收回"), null=True, editable=False)
    on_paper = models.PositiveIntegerField(_("纸票收回"), null=True, editable=False)
    valid = models.PositiveIntegerField(_("有效"), null=True, editable=False)
    invalid = models.PositiveIntegerField(_("无效"), null=True, editable=False)
    abstained = models.PositiveIntegerField(_("弃权"), null=True, editable=False)
    # Valid ballots with lines filled by 同上 or 都选; of merged piles together.
    shortcuts = models.PositiveIntegerField(_("一次填好"), null=True, editable=False)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, editable=False, related_name="merged")

    class Meta:
        verbose_name = _("票种")
        ordering = ("category__position", "id")
        constraints: typing.ClassVar = [
            models.UniqueConstraint(fields=["round", "category"], name="one_pile_per_category"),
            models.CheckConstraint(
                condition=Q(by_phone__isnull=True) | Q(issued__gte=F("by_phone") + F("on_paper")),
                name="no_more_returned_than_issued",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.category}）"

    @property
    def name(self) -> str:
        """A票."""
        return f"{self.category.letter}票"

    @property
    def audit_organization(self) -> Organization:
        return self.round.meeting.committee

    @property
    def returned(self) -> int | None:
        return None if self.by_phone is None or self.on_paper is None else self.by_phone + self.on_paper

    @property
    def missing(self) -> int | None:
        """未交: given out and not come back, known once the box was opened."""
        return None if self.issued is None or self.returned is None else self.issued - self.returned
