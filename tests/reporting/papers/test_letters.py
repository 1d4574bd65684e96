import datetime as dt

import pytest

from documents.rendering.paper import PaperRefused
from reporting.actions.letters import draw_letters, record_signings
from reporting.papers.letters import content, packet
from tests.reporting.rows import make_task
from tests.world import World

pytestmark = pytest.mark.django_db


def test_a_letter_names_both_parties_items_and_the_day(world: World) -> None:
    make_task(world, [world.township], text="<建成>**个", due_text="XX年年底前")
    (letter,) = draw_letters(world.cycle, by=world.user("clerk"))
    html = content(letter.pk).parts[0].html
    words = ("2026年度抓基层党建工作目标责任书", "某县委", "甲乡党委　党委书记 张某", "&lt;建成&gt;**个", "XX年年底前")
    for each in words:
        assert each in html
    assert "　　　年　　月　　日" in html
    record_signings(world.cycle, letters=[letter], signed_on=dt.date(2026, 3, 20), by=world.user("clerk"))
    assert "2026年3月20日" in content(letter.pk).parts[0].html


def test_all_letters_are_one_packet_each_on_a_sheet_of_its_own(world: World) -> None:
    with pytest.raises(PaperRefused, match="还没有生成责任书"):
        packet(world.cycle.pk)
    make_task(world, [world.township, world.other_township])
    draw_letters(world.cycle, by=world.user("clerk"))
    paper = packet(world.cycle.pk)
    assert [(part.title, part.label, part.starts_right) for part in paper.parts] == [
        ("甲乡党委", "X1", True),
        ("乙镇党委", "X2", True),
    ]
    assert paper.contents
