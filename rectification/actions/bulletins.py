"""督查通报 is drawn up from the figures, worded, published and read (S-164 to S-166, S-174)."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.actions.audit import record, snapshot
from accounts.actions.notices import notify
from accounts.models import Organization, Post, User
from common import clock
from common.conflicts import check_revision
from rectification.models import Bulletin, BulletinLine, BulletinReceipt
from rectification.models.bulletin_figures import Figures, figures_of, in_order
from rectification.models.bulletins import READING_ROLES
from rectification.permissions import can_keep_bulletins
from rectification.rules.bulletins import (
    BEFORE,
    BULLETIN_FLOW,
    Audience,
    BulletinKind,
    BulletinRefused,
    BulletinState,
    places,
    span,
    total_of,
)
from reporting.actions.cycles import lock_open_cycle
from reporting.models import Cycle


@dataclasses.dataclass(frozen=True)
class LineWords:
    """What the office says of one organization."""

    findings: str
    comment: str
    is_named: bool


@transaction.atomic
def create_bulletin(cycle: Cycle, *, kind: str, by: User) -> Bulletin:
    """Draw up the bulletin of a period with the figures of today; a special one starts without lines.

    Raises BulletinRefused when the period has one, or has not begun.
    """
    cycle = lock_open_cycle(cycle.pk)
    if not can_keep_bulletins(by, cycle.committee):
        raise PermissionDenied
    first, _last = span(kind, cycle.year)
    if clock.today() < first:
        raise BulletinRefused(
            f"“{BulletinKind(kind).label}”的时间还没有到，请在{first.year}年{first.month}月以后拟稿。"
        )
    label = str(BulletinKind(kind).label)
    try:
        with transaction.atomic():
            bulletin = Bulletin.objects.create(
                cycle=cycle,
                kind=kind,
                title=f"{cycle.committee.name}{cycle.year}年度基层党建工作{label}",
                has_ranking=kind != BulletinKind.SPECIAL,
                audience=Audience.CHOSEN if kind == BulletinKind.SPECIAL else Audience.REPORTERS,
                as_of=clock.today(),
            )
    except IntegrityError as error:
        raise BulletinRefused("这一期通报已经有了，请打开已有的一期。") from error
    if not bulletin.is_special:
        _draw_lines(bulletin, {})
    record(bulletin, "拟稿", by=by, after=snapshot(bulletin))
    return bulletin


@transaction.atomic
def refresh_bulletin(bulletin: Bulletin, *, by: User) -> Bulletin:
    """Count anew; what the office wrote about an organization stays."""
    bulletin = lock_draft(bulletin, by=by)
    if bulletin.is_special:
        raise BulletinRefused("专项通报没有统计数据。")
    kept = {
        line.organization_id: LineWords(line.findings, line.comment, line.is_named) for line in bulletin.lines.all()
    }
    bulletin.lines.all().delete()
    bulletin.as_of = clock.today()
    _draw_lines(bulletin, kept)
    _save(bulletin, "as_of")
    record(bulletin, "更新数据", by=by, after={"as_of": bulletin.as_of})
    return bulletin


@transaction.atomic
def edit_bulletin(
    bulletin: Bulletin, *, facts: Mapping[str, Any], words: Mapping[int, LineWords], seen: int, by: User
) -> Bulletin:
    """`facts` are title, number, opening, common, closing, has_ranking; `words` by id of the line.

    Raises BulletinRefused once published, StaleRevision when somebody else saved meanwhile.
    """
    bulletin = lock_draft(bulletin, by=by)
    check_revision(bulletin.revision, seen)
    before = snapshot(bulletin)
    for name, value in facts.items():
        setattr(bulletin, name, value)
    for line in bulletin.lines.filter(pk__in=words):
        told = words[line.pk]
        line.findings, line.comment, line.is_named = told.findings, told.comment, told.is_named
        line.save(update_fields=["findings", "comment", "is_named"])
    _save(bulletin, *facts)
    record(bulletin, "修改", by=by, before=before, after=snapshot(bulletin))
    return bulletin


@transaction.atomic
def publish_bulletin(
    bulletin: Bulletin, *, audience: str, organizations: Iterable[Organization] = (), by: User
) -> Bulletin:
    """From here on its words and figures stay as they are; recipients are told and may read it (S-166, S-180).

    Raises BulletinRefused when it says nothing, or nobody was chosen.
    """
    bulletin = lock_draft(bulletin, by=by)
    bulletin.state = BULLETIN_FLOW.check(bulletin.state, "publish")
    if not bulletin.opening.strip() and not bulletin.lines.exists() and not bulletin.cases.exists():
        raise BulletinRefused("通报还没有内容，请先填写正文。")
    recipients = _recipients(bulletin, audience, organizations)
    if audience != Audience.NONE and not recipients:
        raise BulletinRefused("发送范围里没有单位，请重新选择。")
    bulletin.audience = audience
    bulletin.published_at, bulletin.published_by = clock.now(), by
    _save(bulletin, "state", "audience", "published_at", "published_by")
    BulletinReceipt.objects.bulk_create(
        [BulletinReceipt(bulletin=bulletin, organization_id=pk) for pk in sorted(recipients)]
    )
    record(bulletin, "印发", by=by, after={"audience": audience, "organizations": len(recipients)})
    url = reverse("rectification:bulletin_show", args=[bulletin.pk])
    notify(_readers(recipients), f"{bulletin.title}已印发，请阅读。", url=url)
    return bulletin


@transaction.atomic
def read_bulletin(bulletin: Bulletin, *, by: User) -> int:
    """Note that the organizations of `by` have read it; returns for how many it was the first time."""
    mine = BulletinReceipt.objects.select_for_update().to_read(by).filter(bulletin=bulletin)
    return mine.update(read_at=clock.now(), read_by=by)


def lock_draft(bulletin: Bulletin, *, by: User) -> Bulletin:
    """The bulletin under lock, for whoever may change it. Raises BulletinRefused once published."""
    rows = Bulletin.objects.select_for_update(of=("self",)).select_related("cycle__committee")
    bulletin = rows.get(pk=bulletin.pk)
    if not can_keep_bulletins(by, bulletin.cycle.committee):
        raise PermissionDenied
    if bulletin.is_published:
        raise BulletinRefused("通报已经印发，内容不能再改。需要更正的，请另发专项通报。")
    return bulletin


def _save(bulletin: Bulletin, *fields: str) -> None:
    bulletin.revision += 1
    bulletin.save(update_fields=[*fields, "revision"])


def _draw_lines(bulletin: Bulletin, kept: Mapping[int, LineWords]) -> None:
    cycle = bulletin.cycle
    figures = figures_of(cycle, *bulletin.span, bulletin.as_of)
    organizations = in_order(cycle, set(figures))
    before = _places_before(bulletin)
    tallies = [_tally(figures[each.pk]) for each in organizations]
    BulletinLine.objects.bulk_create(
        _line(bulletin, number, organization.pk, figures[organization.pk], kept, place, before)
        for number, (organization, place) in enumerate(zip(organizations, places(tallies), strict=True), start=1)
    )


def _tally(figures: Figures) -> Any:
    return total_of([figures.items, figures.tasks, figures.projects])


def _line(
    bulletin: Bulletin,
    position: int,
    organization: int,
    figures: Figures,
    kept: Mapping[int, LineWords],
    place: int | None,
    before: Mapping[int, int],
) -> BulletinLine:
    words = kept.get(organization, LineWords(figures.findings, "", is_named=True))
    counts = {
        f"{name}_{part}": getattr(tally, part)
        for name, tally in (("item", figures.items), ("task", figures.tasks), ("project", figures.projects))
        for part in ("total", "done", "late")
    }
    return BulletinLine(
        bulletin=bulletin,
        organization_id=organization,
        position=position,
        projects=figures.project_words,
        place=place,
        place_before=before.get(organization),
        **dataclasses.asdict(words),
        **counts,
    )


def _places_before(bulletin: Bulletin) -> dict[int, int]:
    """Places of the period before, where one was published."""
    kind = BEFORE.get(BulletinKind(bulletin.kind))
    lines = BulletinLine.objects.filter(
        bulletin__cycle=bulletin.cycle_id, bulletin__kind=kind, bulletin__state=BulletinState.PUBLISHED
    )
    return {line.organization_id: line.place for line in lines if line.place is not None}


def _recipients(bulletin: Bulletin, audience: str, chosen: Iterable[Organization]) -> set[int]:
    if audience == Audience.REPORTERS:
        return set(bulletin.cycle.reporters.values_list("organization", flat=True))
    if audience == Audience.LISTED:
        return set(bulletin.lines.values_list("organization", flat=True))
    if audience == Audience.CHOSEN:
        return {each.pk for each in chosen}
    return set()


def _readers(organizations: Iterable[int]) -> Sequence[User]:
    posts = Post.objects.current().filter(organization__in=organizations, role__in=READING_ROLES)
    return [post.person.user for post in posts.filter(person__user__is_active=True).select_related("person__user")]
