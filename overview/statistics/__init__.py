"""What a year says in figures, for those who review it; every table a fixed number of queries."""

import dataclasses
from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from overview.statistics.attendance import attendance_table
from overview.statistics.efforts import effort_table
from overview.statistics.figures import figure_table
from overview.statistics.grades import grade_tables
from overview.statistics.inspections import inspection_tables
from overview.statistics.items import item_tables, tree_table
from overview.statistics.problems import problem_tables
from overview.statistics.reporters import filing_table, reporter_tables
from overview.statistics.table import Table
from reporting.models import Cycle

MOST_ROWS = 60  # of organizations on a page or a paper that can still be read; Excel has all of them


@dataclasses.dataclass(frozen=True)
class Chapter:
    """A page of statistics; the first is what people see first.

    `tables` takes how many organizations a table lists at most, None for all of them.
    """

    key: str
    title: str | Promise
    tables: Callable[[Cycle, int | None], list[Table]]


CHAPTERS = (
    Chapter("reports", _("述职和报送"), lambda cycle, most: [*reporter_tables(cycle), filing_table(cycle)]),
    Chapter("grades", _("等次"), lambda cycle, most: grade_tables(cycle)),
    Chapter("problems", _("问题"), problem_tables),
    Chapter("items", _("整改"), item_tables),
    Chapter("levels", _("各级整改"), lambda cycle, most: [tree_table(cycle, most)]),
    Chapter("inspections", _("督查"), inspection_tables),
    Chapter("efforts", _("履职"), lambda cycle, most: [effort_table(cycle, most)]),
    Chapter("figures", _("履职数据"), lambda cycle, most: [figure_table(cycle)]),
    Chapter("meetings", _("会议"), lambda cycle, most: [attendance_table(cycle)]),
)


def chapter_of(key: str) -> Chapter | None:
    return next((chapter for chapter in CHAPTERS if chapter.key == key), None)
