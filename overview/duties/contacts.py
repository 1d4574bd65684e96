"""A leader's contact points of this year (S-20)."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import ContactPoint, User
from common import clock
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
