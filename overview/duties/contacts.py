"""What a leader has in charge: contact points of this year, and organizations to be put right (S-20, S-21)."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import ContactPoint, OrganizationClass, User
from common import clock
from common.deadlines import Deadline
from overview.duties.duty import Duty


def contact_points(user: User) -> Iterator[Duty]:
    """One for each; with a visit on record there is nothing to do, and the count stays in sight."""
    if user.person_id is None:
        return
    mine = ContactPoint.objects.filter(leader__person=user.person_id, year=clock.today().year)
    for contact in mine.for_table().order_by("organization__code"):
        count = {"count": contact.visit_count}
        text = _("今年已登记到访%(count)s次。") % count if contact.visit_count else _("今年还没有登记到访。")
        title = _("联系点：%(organization)s") % {"organization": contact.organization.display_name}
        url = reverse("accounts:contact_show", args=[contact.pk])
        tone = "done" if contact.visit_count else "normal"
        yield Duty(title, text, url, _("查看到访情况") if contact.visit_count else _("登记到访"), tone=tone)


def weak_in_charge(user: User) -> Iterator[Duty]:
    """Until the putting right is finished; the latest year tells of an organization that was weak in several."""
    if user.person_id is None:
        return
    mine = OrganizationClass.objects.being_put_right().visible_to(user).filter(leader__person=user.person_id)
    latest = {row.organization_id: row for row in mine.for_page().order_by("year")}
    for row in latest.values():
        title = _("包抓整顿：%(organization)s") % {"organization": row.organization.display_name}
        text = _("%(year)s年列为软弱涣散，正在整顿。") % {"year": row.year}
        page = reverse("accounts:organization_show", args=[row.organization_id])
        yield Duty(title, text, f"{page}#class", _("查看情况"), Deadline(date=row.finished_on))
