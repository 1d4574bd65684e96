"""Bulletins that came and are not read yet, and those that a committee owes (S-164, S-174)."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.rules.roles import Role
from common import clock
from overview.duties.duty import Duty
from rectification.models import Bulletin, BulletinReceipt
from rectification.rules.bulletins import PERIODS, is_missing
from reporting.models import Cycle


def bulletins_to_read(user: User) -> Iterator[Duty]:
    for receipt in BulletinReceipt.objects.to_read(user).select_related("bulletin").distinct():
        url = reverse("rectification:bulletin_show", args=[receipt.bulletin_id])
        yield Duty(receipt.bulletin.title, _("上级印发的通报，阅读后自动登记已读。"), url, _("阅读"))


def bulletins_missing(user: User) -> Iterator[Duty]:
    """For the supervision office, year by year; two queries."""
    cycles = Cycle.objects.running().filter(committee__in=user.organizations_as(Role.SUPERVISION))
    published: dict[int, set[str]] = {cycle.pk: set() for cycle in cycles}
    rows = Bulletin.objects.filter(cycle__in=published, published_at__isnull=False)
    for cycle_pk, kind in rows.values_list("cycle", "kind"):
        published[cycle_pk].add(kind)
    for cycle in cycles:
        facts = {"today": clock.today(), "opened_on": cycle.opened_on}
        done = published[cycle.pk]
        owed = [str(kind.label) for kind in PERIODS if is_missing(kind, cycle.year, published=kind in done, **facts)]
        if owed:
            text = _("到期未印发：%(names)s。") % {"names": "、".join(owed)}
            url = reverse("rectification:bulletin_board", args=[cycle.pk])
            yield Duty(_("%(year)s年度督查通报") % {"year": cycle.year}, text, url, _("去拟稿"))
