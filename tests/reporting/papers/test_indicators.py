import pytest

from documents.rendering.paper import PaperRefused
from reporting.papers.indicators import content
from tests.reporting.rows import add_part_sections
from tests.reporting.rows_of_figures import give, set_standards
from tests.world import World

pytestmark = pytest.mark.django_db


def test_nothing_is_printed_before_there_is_something(world: World) -> None:
    with pytest.raises(PaperRefused, match="没有列出履职数据"):
        content(world.cycle.pk)
    add_part_sections(world.cycle)
    with pytest.raises(PaperRefused, match="还没有单位报送"):
        content(world.cycle.pk)


def test_figures_are_printed_as_typed_with_their_verdict_six_to_a_sheet(world: World) -> None:
    add_part_sections(world.cycle)
    for number in range(5):
        facts = {"operator": "at_least", "threshold": "<XX>"}
        world.cycle.scheme.figures.create(name=f"其他{number}", unit="个", position=9, **facts)
    set_standards(world.cycle)
    give(world.reporter, {"到基层调研": "130余次", "投入经费": "***"}, by=world.user("secretary"))
    html = content(world.cycle.pk).parts[0].html
    for words in ("130余次", "***", "达标", "130次以上", "无法计算1个", "1／0／0", "&lt;XX&gt;", "未报送", "指标口径"):
        assert words in html
    assert html.count('<section class="landscape">') == 3
