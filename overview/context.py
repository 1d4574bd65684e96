"""What every page shows around its content: the menu, the inbox, the demo banner."""

import dataclasses
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from accounts.models import Notice, Post, User
from accounts.rules.roles import REGISTER_ROLES, REVIEWING_ROLES, WRITING_ROLES, Role
from accounts.rules.second_factors import SECOND_FACTOR_ROLES
from overview.demo.logins import DEMO_PASSWORD, demo_logins
from reporting.models import Cycle

ALL = frozenset(Role)
_PAGES: list[tuple[str, str, str, frozenset[Role]]] = [
    ("overview:home", "首页", "house", ALL),
    ("reporting:cycle_list", "年度", "calendar3", REVIEWING_ROLES | {Role.ADMINISTRATOR}),
    ("reporting:work_list", "年度工作", "list-check", WRITING_ROLES),
    ("reporting:duty_entry_list", "履职纪实", "journal-check", WRITING_ROLES),
    ("reporting:report_list", "述职报告", "file-earmark-text", WRITING_ROLES | REVIEWING_ROLES),
    ("reviews:meeting_list", "会议", "people", REVIEWING_ROLES | WRITING_ROLES | {Role.ATTENDEE}),
    ("rectification:list_list", "整改", "check2-square", REVIEWING_ROLES | WRITING_ROLES),
    (
        "rectification:inspection_list",
        "督查",
        "binoculars",
        frozenset({Role.SUPERVISION, Role.ORGANIZATION_DEPARTMENT}),
    ),
    ("rectification:bulletin_list", "通报", "megaphone", REVIEWING_ROLES | WRITING_ROLES | {Role.MEMBER}),
    ("documents:document_list", "文书", "printer", REVIEWING_ROLES | WRITING_ROLES),
    ("accounts:organization_list", "党组织", "diagram-3", ALL - {Role.ATTENDEE}),
    ("accounts:audit_list", "操作记录", "journal-text", REGISTER_ROLES),
]


# Nothing is ever asked for on these without a year of the superior.
_FOR_A_SUPERIOR = {"reporting:work_list", "reporting:duty_entry_list"}


# First parts of further addresses under an entry of the menu.
_UNDER = {
    "reviews:meeting_list": (
        "rounds piles slots agenda-items raters questions speeches comments remarks attendance-imports"
    ),
    "rectification:list_list": "items problems amendments",
    "accounts:organization_list": "people posts contacts domains",
}


@dataclasses.dataclass(frozen=True)
class MenuItem:
    label: str
    url: str
    icon: str
    active: bool


def navigation(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)
    context: dict[str, Any] = {"demo_mode": settings.DEMO}
    if settings.DEMO:
        context |= {"demo_logins": SimpleLazyObject(demo_logins), "demo_password": DEMO_PASSWORD}
    if not isinstance(user, User) and not getattr(user, "is_authenticated", False):
        return context
    posts = user.active_posts
    return context | {
        "navigation": [item for page in _pages_of(user) if (item := _menu_item(request, user, *page))],
        "notices_url": reverse("accounts:notice_list"),
        "unread_notices": Notice.objects.filter(user=user.pk).unread().count(),
        "has_second_factor_page": user.holds(*SECOND_FACTOR_ROLES),
        "committee_name": _committee_of(posts),
        "user_post": f"{posts[0].organization.display_name} · {posts[0].title}" if posts else "",
    }


def _pages_of(user: User) -> list[tuple[str, str, str, frozenset[Role]]]:
    """Without pages of work for a superior, where no superior keeps its year in this system."""
    superiors = {post.organization.parent_id for post in user.active_posts if post.role in WRITING_ROLES} - {None}
    if Cycle.objects.filter(committee__in=superiors).exists():
        return _PAGES
    return [page for page in _PAGES if page[0] not in _FOR_A_SUPERIOR]


def _committee_of(posts: list[Post]) -> str:
    """The organization in whose name the person works: its primary post's."""
    primary = [post for post in posts if post.is_primary] or posts
    return primary[0].organization.display_name if primary else ""


def _menu_item(
    request: HttpRequest, user: User, name: str, label: str, icon: str, roles: frozenset[Role]
) -> MenuItem | None:
    if name != "overview:home" and not user.holds(*roles):
        return None
    url = reverse(name)
    further = tuple(f"/{part}/" for part in _UNDER.get(name, "").split())
    active = request.path == url if url == "/" else request.path.startswith((url, *further))
    return MenuItem(_(label), url, icon, active)
