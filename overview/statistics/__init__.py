"""What a year says in figures, for those who review it; every table a fixed number of queries."""

import dataclasses
from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from overview.statistics.attendance import attendance_table
from overview.statistics.efforts import effort_table
from overview.statistics.grades import grade_tables
from overview.statistics.inspections import inspection_tables
from overview.statistics.items import item_tables
from overview.statistics.problems import problem_tables
from overview.statistics.reporters import filing_table, reporter_tables
from overview.statistics.table import Table
from reporting.models import Cycle


@dataclasses.dataclass(frozen=True)
class Chapter:
    """A page of statistics; the first is what people see first."""

    key: str
    title: str | Promise
    tables: Callable[[Cycle], list[Table]]


CHAPTERS = (
    Chapter("reports", _("述职和报送"), lambda cycle: [*reporter_tables(cycle), filing_table(cycle)]),
    Chapter("grades", _("等次"), grade_tables),
    Chapter("problems", _("问题"), problem_tables),
    Chapter("items", _("整改"), item_tables),
    Chapter("inspections", _("督查"), inspection_tables),
    Chapter("efforts", _("履职"), lambda cycle: [effort_table(cycle)]),
    Chapter("meetings", _("会议"), lambda cycle: [attendance_table(cycle)]),
)


def chapter_of(key: str) -> Chapter | None:
    return next((chapter for chapter in CHAPTERS if chapter.key == key), None)
