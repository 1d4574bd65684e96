"""States of lists and items, and where problems come from (S-113, S-147 to S-156)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.flow import Flow


class ProblemSource(models.TextChoices):
    SELF = "self", _("述职自查")
    COMMENT = "comment", _("领导点评")
    QUESTION = "question", _("现场提问")
    USUAL = "usual", _("平时掌握")
    SUPERVISION = "supervision", _("督查检查")
    MASSES = "masses", _("群众评议")
    CARRIED = "carried", _("上年度结转")
    PROMISE = "promise", _("述职承诺")


class ItemKind(models.TextChoices):
    DATED = "dated", _("限期整改")
    STANDING = "standing", _("长期坚持")


class ListState(models.TextChoices):
    DRAFT = "draft", _("拟定中")
    SUBMITTED = "submitted", _("已报审")
    RETURNED = "returned", _("已退回")
    APPROVED = "approved", _("已审定，待承诺")
    COMMITTED = "committed", _("已承诺")


LIST_FLOW = Flow(
    "rectification_list",
    {
        "submit": ([ListState.DRAFT, ListState.RETURNED], ListState.SUBMITTED),
        "return": ([ListState.SUBMITTED], ListState.RETURNED),
        "approve": ([ListState.SUBMITTED], ListState.APPROVED),
        "commit": ([ListState.APPROVED], ListState.COMMITTED),
    },
)

LIST_WRITABLE = frozenset({ListState.DRAFT, ListState.RETURNED})
# An ordered item joins what is being written or what is promised, never what somebody is just judging (S-10).
ORDERABLE = LIST_WRITABLE | {ListState.COMMITTED}


class ItemState(models.TextChoices):
    OPEN = "open", _("整改中")
    APPLIED = "applied", _("已申请销号")
    CLOSED = "closed", _("已销号")
    CARRIED = "carried", _("已结转下年")


ITEM_FLOW = Flow(
    "rectification_item",
    {
        "apply": ([ItemState.OPEN], ItemState.APPLIED),
        "pass": ([ItemState.APPLIED], ItemState.CLOSED),
        "send_back": ([ItemState.APPLIED], ItemState.OPEN),
        "carry": ([ItemState.OPEN, ItemState.APPLIED], ItemState.CARRIED),
    },
)

UNFINISHED = frozenset({ItemState.OPEN, ItemState.APPLIED})

# A dated item is 临期 during its last days (S-155).
SOON_DAYS = 7


class InspectionKind(models.TextChoices):
    ROUTINE = "routine", _("经常性督查")
    SPECIAL_REPORT = "special_report", _("专项报告")
    SPECIAL_INSPECTION = "special_inspection", _("专项检查")
    SPECIAL_SUPERVISION = "special_supervision", _("专项督办")
    SPECIAL_CIRCULAR = "special_circular", _("专项通报")
    SPECIAL_TOUR = "special_tour", _("专项巡察")
    CIRCUIT = "circuit", _("巡回督查")
    RESEARCH = "research", _("调研")
    COVERT = "covert_visit", _("明察暗访")
    QUARTERLY = "quarterly", _("季度督查")
    HALF_YEAR = "half_year", _("半年督查")
