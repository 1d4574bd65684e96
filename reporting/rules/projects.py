"""States of a secretary-led project, who must declare one, and what a declaration lacks (S-39 to S-42)."""

import datetime as dt
from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.flow import Flow


class ProjectState(models.TextChoices):
    DRAFT = "draft", _("草稿")
    DECLARED = "declared", _("已申报")
    RETURNED = "returned", _("已退回")
    ACCEPTED = "accepted", _("已立项")
    CLOSED = "closed", _("已结项")


PROJECT_FLOW = Flow(
    "project",
    {
        "declare": ([ProjectState.DRAFT, ProjectState.RETURNED], ProjectState.DECLARED),
        "return": ([ProjectState.DECLARED], ProjectState.RETURNED),
        "accept": ([ProjectState.DECLARED], ProjectState.ACCEPTED),
        "close": ([ProjectState.ACCEPTED], ProjectState.CLOSED),
    },
)

WRITABLE = frozenset({ProjectState.DRAFT, ProjectState.RETURNED})
# These count as declared: an organization with one of them is not missing (S-40).
DECLARED = frozenset({ProjectState.DECLARED, ProjectState.ACCEPTED, ProjectState.CLOSED})
UNDER_WAY = frozenset({ProjectState.ACCEPTED, ProjectState.CLOSED})


class ScopeMode(models.TextChoices):
    """Which direct subordinates must declare a project (S-40)."""

    NONE = "none", _("不要求申报")
    ALL = "all", _("全部直属下级党组织")
    DOMAINS = "domains", _("按领域")
    CHOSEN = "chosen", _("逐个指定")


class Quarter(models.IntegerChoices):
    FIRST = 1, _("一季度")
    SECOND = 2, _("二季度")
    THIRD = 3, _("三季度")
    FOURTH = 4, _("四季度")


def quarter_of(day: dt.date, year: int) -> int:
    """The quarter of `year` that `day` falls in; what comes after that year counts to its last one."""
    if day.year != year:
        return Quarter.FOURTH if day.year > year else Quarter.FIRST
    return (day.month + 2) // 3


# What the form of practice.md 3.1 asks for; the rest may stay empty.
ASKED = {
    "title": _("项目名称"),
    "problem": _("拟解决的问题"),
    "measures": _("内容措施"),
    "expected": _("预期成效"),
}


def missing_facts(facts: Mapping[str, str], *, has_milestone: bool, has_deadline: bool) -> list[str]:
    """Names of what must still be filled in before the project can be declared, in the order of the form (S-39)."""
    missing = [str(label) for name, label in ASKED.items() if not facts.get(name, "").strip()]
    if not has_milestone:
        missing.append(str(_("工作安排（至少一个阶段）")))
    if not has_deadline:
        missing.append(str(_("完成时限")))
    return missing
