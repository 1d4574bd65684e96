import pytest

from documents.rendering.paper import PaperRefused
from reporting.papers.key_tasks import content
from tests.reporting.rows import make_task
from tests.world import World

pytestmark = pytest.mark.django_db


def test_the_list_on_paper_holds_every_column_as_typed(world: World) -> None:
    facts = {
        "group": "十件实事",
        "lead_department": "县委组织部",
        "co_departments": "县财政局",
        "due_text": "XX年年底前",
    }
    make_task(world, [world.township], text="<建成>**个", is_mandatory=True, **facts)
    paper = content(world.cycle.pk)
    html = paper.parts[0].html
    for words in ("共1项", "&lt;建成&gt;**个", "（铁的纪律）", *facts.values(), "甲乡党委", "未启动"):
        assert words in html
    assert html.count('<tr class="keep">') == 2  # the task and its share: neither is torn apart between pages
    assert paper.title == "某县委2026年度重点任务清单"


def test_an_empty_list_is_not_printed(world: World) -> None:
    with pytest.raises(PaperRefused, match="空的"):
        content(world.cycle.pk)
