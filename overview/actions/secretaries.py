"""Replace a secretary in one deed (S-08)."""

import dataclasses
import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.actions.audit import record
from accounts.actions.notices import notify
from accounts.actions.people import create_person, end_post, set_account_active, start_post
from accounts.models import Organization, Person, Post, User
from accounts.rules.roles import Role
from overview.permissions import can_replace_secretary
from rectification.actions.items import hand_over_items
from rectification.models import RectificationItem
from reporting.actions.projects import hand_over_projects
from reporting.actions.reporters import edit_reporter
from reporting.models import Reporter


class SecretaryChanged(Exception):
    """Somebody else has replaced the secretary since the page was opened."""

    def __init__(self, now: Post | None) -> None:
        self.now = now
        who = f"{now.person.label}，{now.title}" if now else "（空缺）"
        super().__init__(f"您打开页面之后，已有人办理了更换，现在的第一责任人是：{who}。请核对后再决定是否继续。")


@dataclasses.dataclass(frozen=True)
class Succession:
    """Who follows and how. `person` is somebody registered; without one, `name` and `code` make a new person.

    `ends` are other posts of `person` that end with the same day; `reporters` are to be the successor from now on.
    """

    start: dt.date
    title: str
    person: Person | None = None
    name: str = ""
    code: str = ""
    ends: Sequence[Post] = ()
    keeps_account: bool = True
    reporters: Sequence[Reporter] = ()


@transaction.atomic
def replace_secretary(organization: Organization, succession: Succession, *, seen: Post | None, by: User) -> Post:
    """End the old post on the day before, start the new one, hand over what is open.

    Reports already handed in keep their author. `seen` is who the page said is in the post (SecretaryChanged).
    """
    organization = Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
    if not can_replace_secretary(by, organization):
        raise PermissionDenied
    outgoing = organization.incumbent
    if outgoing != seen:
        raise SecretaryChanged(outgoing)
    for ending in [*([outgoing] if outgoing else []), *succession.ends]:
        end_post(ending, end=succession.start - dt.timedelta(days=1), by=by)
    post = _start(organization, succession, by=by)
    if outgoing is not None:
        _hand_over(outgoing, post, succession, by=by)
    record(organization, "更换第一责任人", by=by, before=_named(outgoing), after=_named(post))
    _tell(post, succession)
    return post


def _start(organization: Organization, succession: Succession, *, by: User) -> Post:
    facts: dict[str, Any] = {
        "organization": organization,
        "title": succession.title,
        "role": Role.SECRETARY,
        "start": succession.start,
        "is_first_responsible": True,
    }
    if succession.person is not None:
        return start_post(succession.person, by=by, **facts)
    return create_person(code=succession.code, name=succession.name, by=by, **facts).posts.get()


def _hand_over(outgoing: Post, post: Post, succession: Succession, *, by: User) -> None:
    for reporter in succession.reporters:
        edit_reporter(reporter, post=post, mode=reporter.mode, mode_reason=reporter.mode_reason, by=by)
    hand_over_projects(outgoing, successor=post, by=by)
    hand_over_items(outgoing, successor=post, by=by)
    account = User.objects.filter(person=outgoing.person, is_active=True).first()
    if account is not None and not succession.keeps_account:
        set_account_active(account, active=False, by=by)


def _tell(post: Post, succession: Succession) -> None:
    """The successor reads on the first page what is waiting; without an account there is nobody to tell."""
    organization = post.organization
    items = RectificationItem.objects.unfinished().filter(list__reporter__organization=organization).count()
    text = _("您已登记为%(post)s。本单位有未完成整改事项%(items)s项、待您报送的述职报告%(reports)s份，请在首页查看。")
    counts = {"post": post.printed, "items": items, "reports": len(succession.reporters)}
    notify(User.objects.filter(person=post.person, is_active=True), text % counts, url=reverse("overview:home"))


def _named(post: Post | None) -> dict[str, str]:
    return {"第一责任人": f"{post.person.label}，{post.title}" if post else "无"}
