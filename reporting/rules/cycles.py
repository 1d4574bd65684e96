"""The phases of a year (S-30)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.flow import Flow


class CyclePhase(models.TextChoices):
    PREPARATION = "preparation", _("筹备")
    REPORTING = "reporting", _("撰写与审核报告")
    MEETING = "meeting", _("述职评议会")
    RECTIFICATION = "rectification", _("列清单、作承诺")
    SUPERVISION = "supervision", _("督查整改")
    ASSESSMENT = "assessment", _("年终考核")
    CLOSED = "closed", _("已办结")


def nearness(year: int, today: int) -> tuple[bool, int]:
    """Sorts years so that the one under way comes first: next year's, opened early, stands behind (S-28)."""
    return year > today, -year


# What a phase is for and what comes after it, in one sentence for the head of the board.
PHASE_WORDS = {
    CyclePhase.PREPARATION: _("现在：核对考核方案，列入述职人。下一步：通知各单位撰写报告。"),
    CyclePhase.REPORTING: _("现在：各单位撰写报送，组织部门逐份审核。下一步：召开述职评议会。"),
    CyclePhase.MEETING: _("现在：召开述职评议会，逐个述职、点评、评分。下一步：列清单、作承诺。"),
    CyclePhase.RECTIFICATION: _("现在：各单位列出整改清单，书记作出承诺。下一步：督查整改。"),
    CyclePhase.SUPERVISION: _("现在：按清单整改，组织部门和督查办督查。下一步：年终考核。"),
    CyclePhase.ASSESSMENT: _("现在：核定整改和考核结果。下一步：办结年度。"),
    CyclePhase.CLOSED: _("本年度已经办结，材料可以查看，不能修改。"),
}

CYCLE_FLOW = Flow(
    "cycle",
    {
        "open_reporting": ([CyclePhase.PREPARATION], CyclePhase.REPORTING),
        "open_meeting": ([CyclePhase.REPORTING], CyclePhase.MEETING),
        "open_rectification": ([CyclePhase.MEETING], CyclePhase.RECTIFICATION),
        "open_supervision": ([CyclePhase.RECTIFICATION], CyclePhase.SUPERVISION),
        "open_assessment": ([CyclePhase.SUPERVISION], CyclePhase.ASSESSMENT),
        "close": ([CyclePhase.ASSESSMENT], CyclePhase.CLOSED),
    },
)


class ReportMode(models.TextChoices):
    ORAL = "oral", _("大会述职")
    WRITTEN = "written", _("书面述职")
