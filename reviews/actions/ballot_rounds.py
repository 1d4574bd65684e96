"""A round of anonymous ballots from its set-up to the box that is shut (S-121, quality.md 2)."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models.functions import Now

from accounts.actions.audit import record, snapshot
from accounts.models import User
from common import clock
from common.conflicts import check_revision
from reporting.actions.schemes import freeze_scheme
from reviews.actions.scrubs import scrub_boxes
from reviews.models import BallotRound, Meeting, PaperEntry, SealedBallot, SlipPile
from reviews.models.ballot_sheets import describe_ballot
from reviews.permissions import can_agree_void, can_manage_meeting, can_manage_round
from reviews.rules.ballot_rounds import (
    ROUND_FLOW,
    BallotError,
    KeyMode,
    issue_faults,
    present_fault,
    quorum_fault,
)
from reviews.sealing.ballots import ballot_size
from reviews.sealing.keys import Envelopes, new_envelopes, signing_key

FACTS = ("title", "mode", "smallest_group", "grace_seconds", "expected")
_BOX_LOCK = 7_391_120_402  # of all boxes; the second number of a lock is the round


@transaction.atomic
def create_round(meeting: Meeting, *, facts: Mapping[str, Any], voters: Mapping[int, int], by: User) -> BallotRound:
    """A new round with a pile of slips for each category that votes without a name; `voters` by category."""
    meeting = Meeting.objects.locked(meeting.pk)
    if not can_manage_meeting(by, meeting):
        raise PermissionDenied
    if meeting.is_closed:
        raise BallotError("会议已经结束，不能再新建无记名测评。")
    categories = [c for c in meeting.cycle.scheme.categories.all() if c.is_anonymous]
    if not categories:
        raise BallotError("考核方案中没有“无记名测评票”的类别，请先在方案中确定哪些类别投无记名票。")
    round_ = BallotRound.objects.create(meeting=meeting, **facts)
    for category in categories:
        round_.piles.create(category=category, voters=voters.get(category.pk, 0))
    record(round_, "新建无记名测评", by=by, after=snapshot(round_))
    return round_


@transaction.atomic
def edit_round(
    round_: BallotRound, *, facts: Mapping[str, Any], voters: Mapping[int, int], revision: int, by: User
) -> BallotRound:
    round_ = lock_round(round_, by=by)
    check_revision(round_.revision, revision)
    before = snapshot(round_)
    _move(round_, "edit")
    for name in FACTS:
        setattr(round_, name, facts[name])
    _save(round_)
    for pile in round_.piles.all():
        pile.voters = voters.get(pile.category_id, pile.voters)
        pile.save(update_fields=["voters"])
    record(round_, "修改无记名测评", by=by, before=before, after=snapshot(round_))
    return round_


@transaction.atomic
def make_keys(round_: BallotRound, *, by: User) -> tuple[BallotRound, Envelopes]:
    """Fix the sheet and make the key. The envelopes exist in the answer only: print them, store them nowhere."""
    round_ = lock_round(round_, by=by)
    _move(round_, "make_keys")
    description = describe_ballot(round_.meeting)
    if not description["reporters"] or not (description["items"] or description["overall"]):
        raise BallotError("测评表上还没有述职人或者测评项目，请先确定述职人和考核方案。")
    envelopes = new_envelopes(shares=round_.mode == KeyMode.ENVELOPES)
    scheme = round_.meeting.cycle.scheme
    if not scheme.is_frozen:
        freeze_scheme(scheme, "无记名测评票已经定稿。", by=by)
    round_.description = description
    round_.box_size = ballot_size(description)
    round_.public_key = envelopes.public_key
    round_.verify_key = bytes(signing_key(round_.pk).verify_key).hex()
    _save(round_)
    record(round_, "生成票箱密钥", by=by, after={"public_key": round_.public_key, "envelopes": len(envelopes.codes)})
    return round_, envelopes


@dataclasses.dataclass(frozen=True)
class Issue:
    """What the clerks counted of one pile."""

    issued: int
    unissued: int
    spoiled: int


@transaction.atomic
def settle_issue(round_: BallotRound, *, piles: Mapping[int, Issue], present: int, by: User) -> BallotRound:
    """Write down what became of the slips, by id of the pile. Whether it balances is asked when voting opens."""
    round_ = lock_round(round_, by=by)
    _move(round_, "settle_issue")
    round_.present = present
    _save(round_)
    for pile in round_.piles.all():
        pile.issued, pile.unissued, pile.spoiled = dataclasses.astuple(piles[pile.pk])
        pile.save(update_fields=["issued", "unissued", "spoiled"])
    counts = {p.name: [p.printed, p.issued, p.unissued, p.spoiled] for p in round_.slip_counts()}
    record(round_, "登记测评码发放", by=by, after={"present": present, **counts})
    return round_


def opening_faults(round_: BallotRound) -> list[str]:
    """Every reason why voting cannot open, in sentences; the page shows them before the button."""
    counts = round_.slip_counts()
    general = [quorum_fault(round_.expected, round_.present), present_fault(round_.present or 0, counts)]
    return [fault for fault in general if fault] + issue_faults(counts)


@transaction.atomic
def open_round(round_: BallotRound, *, by: User) -> BallotRound:
    round_ = lock_round(round_, by=by)
    _move(round_, "open")
    faults = opening_faults(round_)
    if faults:
        raise BallotError("".join(faults))
    round_.opened_at = clock.now()
    _save(round_)
    record(round_, "开始无记名投票", by=by, after={"opened_at": round_.opened_at})
    return round_


@transaction.atomic
def close_round(round_: BallotRound, *, grace_seconds: int | None = None, by: User) -> BallotRound:
    """Call for the last ballots: who is under way has the grace time, counted by the database's clock.

    `grace_seconds` as it is called in the hall; None = as it was set up.
    """
    round_ = lock_round(round_, by=by)
    _move(round_, "close")
    if grace_seconds is not None:
        round_.grace_seconds = grace_seconds
    _save(round_)
    grace = dt.timedelta(seconds=round_.grace_seconds)
    BallotRound.objects.filter(pk=round_.pk).update(closes_at=Now() + grace)
    round_.refresh_from_db()
    record(round_, "宣布投票截止", by=by, after={"grace_seconds": round_.grace_seconds})
    return round_


@transaction.atomic
def resume_round(round_: BallotRound, *, by: User) -> BallotRound:
    """Called too early: voting goes on, with the box that is there. Once it is shut there is no way back."""
    round_ = lock_round(round_, by=by)
    _move(round_, "resume")
    round_.closes_at = None
    _save(round_)
    record(round_, "撤回截止，继续投票", by=by)
    return round_


@transaction.atomic
def seal_box(round_: BallotRound, *, by: User) -> BallotRound:
    """Shut the box. No submission runs beside it: what was acknowledged is in, everything else is not."""
    round_ = lock_round(round_, by=by)
    hold_box(round_.pk, shared=False)
    _move(round_, "seal")
    if BallotRound.objects.accepting().filter(pk=round_.pk).exists():
        raise BallotError("等候时间还没有到，现在还不能封箱。")
    round_.box_count, round_.box_hash = box_contents(round_)
    round_.sealed_at = clock.now()
    _save(round_)
    record(round_, "封存票箱", by=by, after={"count": round_.box_count, "hash": round_.box_hash})
    return round_


@transaction.atomic
def destroy_keys(round_: BallotRound, *, witnesses: str, by: User) -> BallotRound:
    """Written down once the envelopes were shredded in front of the witnesses; the box went with the count."""
    round_ = lock_round(round_, by=by)
    _move(round_, "destroy")
    round_.destroyed_at = clock.now()
    _save(round_)
    record(round_, "销毁密钥信封", by=by, after={"witnesses": witnesses})
    return round_


@transaction.atomic
def ask_void(round_: BallotRound, *, reason: str, by: User) -> BallotRound:
    """The first of two people says why the round is to be void."""
    round_ = lock_round(round_, by=by)
    ROUND_FLOW.check(round_.state, "void")
    if not reason.strip():
        raise BallotError("请写明作废的原因。")
    round_.void_reason, round_.void_asked_by = reason, by
    _save(round_)
    record(round_, "提出作废", by=by, note=reason)
    return round_


@transaction.atomic
def agree_void(round_: BallotRound, *, redo: bool, by: User) -> BallotRound:
    """The second person agrees; the box goes unopened. With `redo` the answer is the round that is held instead."""
    round_ = BallotRound.objects.select_for_update(of=("self",)).select_related("meeting__cycle").get(pk=round_.pk)
    if not can_agree_void(by, round_):
        raise PermissionDenied
    hold_box(round_.pk, shared=False)
    _move(round_, "void")
    round_.void_agreed_by = by
    _save(round_)
    SealedBallot.objects.filter(round=round_).delete()
    PaperEntry.objects.of_round(round_).delete()
    round_.slips.all().delete()
    record(round_, "作废", by=by, note=round_.void_reason)
    transaction.on_commit(scrub_boxes, robust=True)
    return _again(round_, by=by) if redo else round_


def _again(old: BallotRound, *, by: User) -> BallotRound:
    facts = {name: getattr(old, name) for name in FACTS}
    new = BallotRound.objects.create(meeting=old.meeting, replaces=old, **facts)
    for pile in old.piles.all():
        SlipPile.objects.create(round=new, category_id=pile.category_id, voters=pile.voters)
    record(new, "重新组织无记名测评", by=by, note=old.void_reason)
    return new


def hold_box(round_id: int, *, shared: bool) -> None:
    """Until the transaction ends. Submissions share the lock, shutting the box has it alone.

    An advisory lock leaves no trace on any row. On SQLite whoever writes is alone already.
    """
    if connection.vendor == "postgresql":
        name = "pg_advisory_xact_lock_shared" if shared else "pg_advisory_xact_lock"
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {name}(%s)", [box_lock(round_id)])


def box_lock(round_id: int) -> int:
    """The number of the advisory lock of a round's box."""
    return _BOX_LOCK * 1_000_000 + round_id


def box_contents(round_: BallotRound) -> tuple[int, str]:
    """Number of rows and the hash over all of them, sorted; tells afterwards that none came or went."""
    rows = SealedBallot.objects.filter(round=round_).order_by().values_list("submission", "slip_hash", "ciphertext")
    digest = hashlib.sha256()
    count = 0
    for submission, slip, sealed in sorted((s, h, bytes(c)) for s, h, c in rows):
        digest.update(f"{submission} {slip} {hashlib.sha256(sealed).hexdigest()}\n".encode())
        count += 1
    return count, digest.hexdigest()


def lock_round(round_: BallotRound, *, by: User) -> BallotRound:
    """The row as it stands, locked; for whoever manages the round."""
    rows = BallotRound.objects.select_for_update(of=("self",)).select_related("meeting__cycle__committee")
    locked: BallotRound = rows.get(pk=round_.pk)
    if not can_manage_round(by, locked):
        raise PermissionDenied
    return locked


def _move(round_: BallotRound, verb: str) -> None:
    round_.state = ROUND_FLOW.check(round_.state, verb)


def _save(round_: BallotRound) -> None:
    round_.revision += 1
    round_.save()
