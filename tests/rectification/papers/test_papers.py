"""What stands on paper; how it looks is documents' affair."""

import pytest

from documents.rendering.paper import PaperRefused
from rectification.papers import commitments, lists
from rectification.rules.items import ListState
from tests.rectification.rows import make_item, make_list
from tests.world import World

pytestmark = pytest.mark.django_db


def test_the_list_on_paper_holds_every_column_as_typed(world: World) -> None:
    made = make_list(world.reporter, items=0)
    make_item(made, text="共***人，<X>", measures=("甲", "乙"), lead_unit="XX局")
    paper = lists.content(made.pk)
    html = paper.parts[0].html
    for words in ("序号", "共***人，&lt;X&gt;", "述职自查", "1．甲", "2．乙", "***", "XX局", "X月底前", "待承诺"):
        assert words in html
    assert paper.title == "甲乡党委2026年度整改清单"


def test_the_letter_is_refused_before_the_approval(world: World) -> None:
    with pytest.raises(PaperRefused, match="审定之后"):
        commitments.content(make_list(world.reporter, ListState.SUBMITTED).pk)


def test_the_letter_may_be_signed_by_hand_after_the_approval(world: World) -> None:
    html = commitments.content(make_list(world.reporter, ListState.APPROVED).pk).parts[0].html
    assert "某县委：" in html
    assert "承诺人（签名）" in html


def test_the_letter_prints_what_was_promised_not_what_stands_now(world: World) -> None:
    made = make_list(world.reporter, ListState.COMMITTED)
    made.items.update(due_text="改过的时限")
    html = commitments.content(made.pk).parts[0].html
    assert "郑重承诺" in html
    assert "改过的时限" not in html
    assert html.count("整改时限：X月底前") == 2
