"""Roles and how far each one sees (S-13, S-14, S-15)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    SECRETARY = "secretary", _("党组织书记")
    DEPUTY = "deputy", _("副书记")
    MEMBER = "member", _("班子成员")
    STAFF = "staff", _("党务工作人员")
    ORGANIZATION_DEPARTMENT = "organization_department", _("组织部门")
    LEADER = "leader", _("领导（点评人）")
    SUPERVISION = "supervision", _("督查办")
    SUPERIOR_VIEWER = "superior_viewer", _("上级指导")
    ATTENDEE = "attendee", _("参会评议人")
    ADMINISTRATOR = "administrator", _("系统管理员")


# These see the post's organization and everything under it; the others see their own organization only.
SUBTREE_ROLES = frozenset(
    {
        Role.SECRETARY,
        Role.ORGANIZATION_DEPARTMENT,
        Role.LEADER,
        Role.SUPERVISION,
        Role.SUPERIOR_VIEWER,
        Role.ADMINISTRATOR,
    }
)

OWN_ORGANIZATION_ROLES = frozenset({Role.DEPUTY, Role.MEMBER, Role.STAFF})

# These prepare or lead the reviews of their committee and may read what its subordinates handed in.
REVIEWING_ROLES = frozenset(
    {Role.SECRETARY, Role.ORGANIZATION_DEPARTMENT, Role.LEADER, Role.SUPERVISION, Role.SUPERIOR_VIEWER}
)

# These write for their own organization. Only the secretary's or deputy's own account submits (S-19, S-07).
WRITING_ROLES = frozenset({Role.SECRETARY, Role.DEPUTY, Role.STAFF})
SUBMITTING_ROLES = frozenset({Role.SECRETARY, Role.DEPUTY})

# These lead a committee, and take charge of contact points and of organizations to be put right (S-20, S-21).
LEADING_ROLES = frozenset({Role.SECRETARY, Role.DEPUTY, Role.MEMBER, Role.LEADER})

# 班子: those who lead an organization together (S-11).
TEAM_ROLES = frozenset({Role.SECRETARY, Role.DEPUTY, Role.MEMBER})

# These keep the register of organizations and people of their committee.
REGISTER_ROLES = frozenset({Role.ORGANIZATION_DEPARTMENT, Role.ADMINISTRATOR})

# Given out by administrators only: whoever holds them reads or directs what a whole committee does.
ADMINISTRATOR_GRANTED_ROLES = frozenset({Role.ADMINISTRATOR, Role.ORGANIZATION_DEPARTMENT})
