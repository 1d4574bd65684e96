"""Kinds and levels of party organizations (S-01, S-02)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganizationKind(models.TextChoices):
    COMMITTEE = "committee", _("党委")
    WORKING_COMMITTEE = "working_committee", _("党工委")
    LEADERSHIP_GROUP = "leadership_group", _("党组")
    ORGANS_WORKING_COMMITTEE = "organs_working_committee", _("机关工委")
    PRIMARY_COMMITTEE = "primary_committee", _("基层党委")
    COMPREHENSIVE_COMMITTEE = "comprehensive_committee", _("综合党委")
    GENERAL_BRANCH = "general_branch", _("党总支")
    BRANCH = "branch", _("党支部")


class OrganizationLevel(models.TextChoices):
    PROVINCE = "province", _("省级")
    CITY = "city", _("市级")
    COUNTY = "county", _("县（市、区）级")
    TOWNSHIP = "township", _("乡镇（街道）、部门")
    VILLAGE = "village", _("村（社区）")
    BRANCH = "branch", _("支部")


_SECRETARY_TITLES = {
    OrganizationKind.WORKING_COMMITTEE: "党工委书记",
    OrganizationKind.LEADERSHIP_GROUP: "党组书记",
    OrganizationKind.ORGANS_WORKING_COMMITTEE: "工委书记",
    OrganizationKind.GENERAL_BRANCH: "党总支书记",
    OrganizationKind.BRANCH: "党支部书记",
}


def secretary_title(kind: str) -> str:
    """The post title an organization of this kind prints for its secretary (S-02), e.g. 党组书记."""
    return _SECRETARY_TITLES.get(OrganizationKind(kind), "党委书记")


def level_below(level: str) -> OrganizationLevel:
    """The level at which the direct subordinates mostly stand; the lowest stays (S-01)."""
    levels = list(OrganizationLevel)
    return levels[min(levels.index(OrganizationLevel(level)) + 1, len(levels) - 1)]


def post_phrase(kinds: set[str]) -> str:
    """The words for the secretaries of a meeting, by the kinds present (S-83).

    党委书记, 党（工）委书记, 党（工）委（党组）书记, 党组书记; branches are 党组织书记.
    """
    committees = {
        OrganizationKind.COMMITTEE,
        OrganizationKind.PRIMARY_COMMITTEE,
        OrganizationKind.COMPREHENSIVE_COMMITTEE,
    }
    working = {OrganizationKind.WORKING_COMMITTEE, OrganizationKind.ORGANS_WORKING_COMMITTEE}
    present = {OrganizationKind(kind) for kind in kinds}
    if not present or present & {OrganizationKind.BRANCH, OrganizationKind.GENERAL_BRANCH}:
        return "党组织书记"
    has_committee, has_working = bool(present & committees), bool(present & working)
    has_group = OrganizationKind.LEADERSHIP_GROUP in present
    if has_group and not (has_committee or has_working):
        return "党组书记"
    body = "党（工）委" if has_working else "党委"
    if has_working and not has_committee and not has_group:
        body = "党工委"
    return f"{body}（党组）书记" if has_group else f"{body}书记"
