"""Who reports in a cycle, how, and in which order (S-07, S-63 to S-65)."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import models, transaction

from accounts.actions.audit import record, snapshot
from accounts.models import Post, User
from reporting.actions.cycles import lock_open_cycle
from reporting.models import Cycle, DutyReport, Reporter
from reporting.permissions import (
    can_add_reporter,
    can_edit_reporter,
    can_order_reporter,
    can_remove_reporter,
)
from reporting.rules.cycles import ReportMode
from reporting.rules.refusals import ReporterRefused
from reporting.rules.reporters import moved


@dataclasses.dataclass(frozen=True)
class ReporterChoice:
    """An organization's post-holder who is to report, and how."""

    post: Post
    mode: str
    mode_reason: str = ""


@transaction.atomic
def add_reporters(cycle: Cycle, choices: Iterable[ReporterChoice], *, by: User) -> list[Reporter]:
    """Appoint current post-holders of direct subordinates; each gets an empty report.

    Raises ReporterRefused for an organization that is no direct subordinate or already listed.
    """
    cycle = lock_open_cycle(cycle.pk)
    if not can_add_reporter(by, cycle):
        raise PermissionDenied
    _refuse_fixed(cycle)
    added = [_add(cycle, choice, by=by) for choice in choices]
    _renumber(cycle)
    return added


@transaction.atomic
def copy_reporters(cycle: Cycle, *, source: Cycle, by: User) -> tuple[list[Reporter], list[str]]:
    """Appoint the organizations of an earlier year again, each with who is responsible today and the same way.

    Returns who was appointed, and the labels of organizations that are no direct subordinates any more, have nobody
    in the post, or are listed already.
    """
    cycle = lock_open_cycle(cycle.pk)
    if not can_add_reporter(by, cycle) or source.committee_id != cycle.committee_id:
        raise PermissionDenied
    candidates = {organization.pk for organization in cycle.candidates()}
    current = Post.objects.current().filter(organization__in=candidates).select_related("organization", "person")
    heads = {post.organization_id: post for post in current.filter(is_first_responsible=True)}
    added, left = [], []
    for earlier in source.reporters.in_order().select_related("organization"):
        post = heads.get(earlier.organization_id)
        if post is None:
            left.append(earlier.organization.label)
        else:
            added.append(_add(cycle, ReporterChoice(post, earlier.mode, earlier.mode_reason), by=by))
    _renumber(cycle)
    return added, left


def _add(cycle: Cycle, choice: ReporterChoice, *, by: User) -> Reporter:
    organization = choice.post.organization
    if organization.parent_id != cycle.committee_id:
        raise ReporterRefused(f"{organization.label}不是{cycle.committee}的直属下级党组织。")
    _refuse_past_post(choice.post)
    if cycle.reporters.filter(organization=organization).exists():
        raise ReporterRefused(f"{organization.label}已在本年度述职名单中。")
    reporter = Reporter.objects.create(
        cycle=cycle,
        organization=organization,
        post=choice.post,
        mode=choice.mode,
        mode_reason=_reason(choice.mode, choice.mode_reason),
        order=cycle.reporters.count() + 1,
    )
    DutyReport.objects.create(reporter=reporter)
    record(reporter, "列入述职名单", by=by, after=snapshot(reporter))
    return reporter


@transaction.atomic
def edit_reporter(reporter: Reporter, *, post: Post, mode: str, mode_reason: str = "", by: User) -> Reporter:
    """Change who reports or how; order numbers recompute (S-65).

    The post may be a past one only if it is the one already chosen (S-08).
    """
    cycle = lock_open_cycle(reporter.cycle_id)
    reporter = _locked(reporter)
    if not can_edit_reporter(by, reporter):
        raise PermissionDenied
    if post.organization_id != reporter.organization_id:
        raise ReporterRefused("述职人必须是本单位的任职人员。")
    if post.pk != reporter.post_id:
        _refuse_past_post(post)
    before = snapshot(reporter)
    if mode != reporter.mode:
        _refuse_fixed(cycle)
        if reporter.is_fixed:
            raise ReporterRefused(f"{reporter.organization.label}述职的会议已经召开，述职方式不能再调整。")
        reporter.mode, reporter.order = mode, cycle.reporters.count() + 1
    reporter.post, reporter.mode_reason = post, _reason(mode, mode_reason)
    reporter.save()
    _renumber(cycle)
    reporter.refresh_from_db()
    record(reporter, "修改述职安排", by=by, before=before, after=snapshot(reporter))
    return reporter


@transaction.atomic
def change_mode_at_meeting(reporter: Reporter, *, mode: str, reason: str = "", by: User) -> Reporter:
    """Who has not come reports in writing, or who was to write speaks after all, although the order stands (S-88)."""
    cycle = lock_open_cycle(reporter.cycle_id)
    reporter = _locked(reporter)
    if not can_edit_reporter(by, reporter):
        raise PermissionDenied
    before = snapshot(reporter)
    reporter.mode, reporter.order = mode, cycle.reporters.count() + 1
    reporter.mode_reason = _reason(mode, reason)
    reporter.save()
    _renumber(cycle)
    reporter.refresh_from_db()
    record(reporter, "会上变更述职方式", by=by, before=before, after=snapshot(reporter))
    return reporter


@transaction.atomic
def remove_reporter(reporter: Reporter, *, by: User) -> None:
    """Take a reporter off the list; refused once anything has been written."""
    cycle = lock_open_cycle(reporter.cycle_id)
    reporter = _locked(reporter)
    if not can_remove_reporter(by, reporter):
        raise PermissionDenied
    _refuse_fixed(cycle)
    if _has_text(reporter):
        raise ReporterRefused(f"{reporter.organization.label}已经开始撰写述职报告，不能移出名单。")
    record(reporter, "移出述职名单", by=by, before=snapshot(reporter))
    try:
        reporter.delete()
    except models.ProtectedError:
        raise ReporterRefused(f"{reporter.organization.label}已列入会议议程，不能移出名单，请先调整议程。") from None
    _renumber(cycle)


@transaction.atomic
def move_reporter(reporter: Reporter, step: int, *, by: User) -> Reporter:
    """Move by `step` places (−1 is up) among those of the same mode."""
    cycle = lock_open_cycle(reporter.cycle_id)
    if not can_order_reporter(by, cycle):
        raise PermissionDenied
    _refuse_fixed(cycle)
    reporter = _locked(reporter)
    peers = list(cycle.reporters.filter(mode=reporter.mode).order_by("order", "id"))
    place = next(peer for peer in peers if peer.pk == reporter.pk)
    old = place.order
    _number(moved(peers, place, step))
    place.refresh_from_db()
    if place.order != old:
        record(place, "调整述职顺序", by=by, before={"order": old}, after={"order": place.order})
    return place


@transaction.atomic
def fix_reporters(reporters: models.QuerySet[Reporter], *, by: User) -> int:
    """Their meeting opens: how they report no longer changes (S-65). Returns how many were fixed now."""
    rows = Reporter.objects.filter(pk__in=[reporter.pk for reporter in reporters], is_fixed=False)
    if not all(can_edit_reporter(by, reporter) for reporter in rows.select_related("cycle__committee")[:1]):
        raise PermissionDenied
    return rows.update(is_fixed=True)


def _locked(reporter: Reporter) -> Reporter:
    """The row as it is now. Raises ReporterRefused when somebody has taken it off the list meanwhile."""
    found = Reporter.objects.select_for_update().filter(pk=reporter.pk).first()
    if found is None:
        raise ReporterRefused(f"{reporter.organization.label}刚刚已被移出述职名单，请刷新页面。")
    return found


def _refuse_fixed(cycle: Cycle) -> None:
    if not cycle.is_order_open:
        raise ReporterRefused("会议议程已经确定，述职名单、方式和顺序不能再调整。")


def _refuse_past_post(post: Post) -> None:
    if post.has_ended:
        raise ReporterRefused(f"{post}已不再任职，请选择现任人员。")


def _has_text(reporter: Reporter) -> bool:
    """Whether anything was saved, handed in, or handed down from last year."""
    # Whoever is saving holds this lock: a first text that arrives just now is not removed with its row.
    report = DutyReport.objects.select_for_update().filter(reporter=reporter).first()
    return report is not None and (report.saved_at is not None or report.submitted_at is not None)


def _reason(mode: str, reason: str) -> str:
    return reason if mode == ReportMode.WRITTEN else ""


def _renumber(cycle: Cycle) -> None:
    for mode in ReportMode.values:
        _number(list(cycle.reporters.filter(mode=mode).order_by("order", "id")))


def _number(reporters: list[Reporter]) -> None:
    """Number from 1, writing only what changes."""
    for order, reporter in enumerate(reporters, start=1):
        if reporter.order != order:
            reporter.order = order
            reporter.save(update_fields=["order"])
