import pytest
from django.utils.translation import gettext_lazy

from documents.rendering.paper import PaperRefused
from overview.papers.statistics import content, drawn
from overview.statistics.table import Chart, Row, Table
from tests.factories import make_cycle
from tests.world import World

pytestmark = pytest.mark.django_db


def test_a_picture_stands_above_its_table(world: World) -> None:
    paper = content(world.cycle.pk)
    html = paper.parts[0].html
    assert html.count("data:image/svg+xml;base64,") >= 3
    assert "述职人数（按领域）" in html


def test_nothing_to_count_is_said(world: World) -> None:
    with pytest.raises(PaperRefused, match="没有可以统计"):
        content(make_cycle(world.sibling).pk)


def test_too_many_rows_for_a_page_are_a_table_only() -> None:
    rows = [Row(str(number), (1,)) for number in range(25)]
    assert drawn(Table("t", "题", "", ("类", "数"), rows, None, Chart("bar", (0,)))) == ""


def test_names_that_are_translated_late_are_drawn() -> None:
    table = Table(
        "t", "题", "", ("类", gettext_lazy("数")), [Row(gettext_lazy("调研"), (1,))], None, Chart("bar", (0,))
    )
    assert drawn(table).startswith("data:image/svg+xml;base64,")
