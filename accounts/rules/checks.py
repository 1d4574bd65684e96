"""What may be wrong with a register, what it means and where it is put right (S-10, S-27)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.rules.organizations import OrganizationKind, OrganizationLevel


class Check(models.TextChoices):
    SUPERIOR = "superior", _("上级不明确")
    RESPONSIBLE = "responsible", _("没有第一责任人")
    UNIT_HEAD = "unit_head", _("单位主要负责人不是支部书记")
    ACCOUNT = "account", _("第一责任人没有账号")
    IDLE = "idle", _("没有任职而账号仍可登录")


MEANINGS = {
    Check.SUPERIOR: _(
        "没有上级，或者村（社区）、支部直接挂在县级以上党委之下。应明确到具体的上级；一时找不到的，由所在乡镇（街道）党（工）委兜底。"
    ),
    Check.RESPONSIBLE: _("今天没有第一责任人，报告、清单无人负责。"),
    Check.UNIT_HEAD: _(
        "机关党支部的书记应由单位主要负责人担任。书记确是主要负责人的，在其任职中勾选“单位主要负责人”即可。"
    ),
    Check.ACCOUNT: _("没有可用的账号，不能报送述职报告、不能承诺整改。"),
    Check.IDLE: _("任职已经结束或者还没有开始，账号应当停用；仍在任的，请补登任职。"),
}

# A branch stands under a committee of its township or department; above that, its superior was never named.
LOW_LEVELS = frozenset({OrganizationLevel.VILLAGE, OrganizationLevel.BRANCH})
HIGH_LEVELS = frozenset({OrganizationLevel.PROVINCE, OrganizationLevel.CITY, OrganizationLevel.COUNTY})
BRANCH_KINDS = frozenset({OrganizationKind.BRANCH, OrganizationKind.GENERAL_BRANCH})
ORGAN_DOMAIN = "organ"
