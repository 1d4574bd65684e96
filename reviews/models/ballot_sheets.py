"""What is asked on the ballots of a meeting, as phones and paper get it (rules/sheets.py)."""

from __future__ import annotations

from typing import Any

from .meetings import Meeting
from .sheets import unit_names

REMARK_MAX = 100
RULES = (
    "无记名测评，页面和票箱都不记录您是谁。",
    "请在每一行选择一项；不选为弃权，不计入该项平均分。",
    "截止以前可以修改，以最后一次提交为准。",
)


def describe_ballot(meeting: Meeting) -> dict[str, Any]:
    """All reporters of the meeting, nobody left out: a missing row would say whose ballot it is."""
    scheme = meeting.cycle.scheme
    sets = scheme.dimension_sets()
    general = [_item(scheme, line) for line in sets.general]
    everybody = list(meeting.reporters)
    units = unit_names(everybody)
    reporters = []
    for order, reporter in enumerate(everybody, start=1):
        row = {
            "id": str(reporter.pk),
            "order": order,
            "unit": units[reporter.organization_id],
            "name": reporter.name,
            "post": reporter.printed_title,
            "oral": reporter.is_oral if hasattr(reporter, "is_oral") else reporter.mode == "oral",
        }
        lines = [_item(scheme, line) for line in sets.of(reporter.organization)]
        reporters.append(row | ({"items": lines} if lines != general else {}))
    return {
        "title": meeting.title,
        "mode": scheme.scoring_mode,
        "grades": [
            {
                "code": grade.code,
                "label": grade.label,
                "points": str(grade.points),
                "min": str(grade.band_min),
                "max": str(grade.band_max),
            }
            for grade in scheme.grades.all()
        ],
        "items": general,
        "overall": scheme.asks_overall,
        "remark": scheme.asks_remark,
        "remark_max": REMARK_MAX,
        "reporters": reporters,
        "rules": list(RULES),
    }


def _item(scheme: Any, line: Any) -> dict[str, str]:
    return {"id": str(line.pk), "name": line.name, "max": str(scheme.full_mark_of(line))}
