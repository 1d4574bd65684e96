import re

import pytest

from documents.rendering.paper import PaperRefused
from reporting.actions.notes import add_note, answer_note
from reporting.actions.reports import return_report, submit_report
from reporting.papers.opinions import content
from reporting.rules.notes import Anchor
from tests.reporting.rows import hand_in
from tests.world import build_world

pytestmark = pytest.mark.django_db


def test_the_sheet_says_what_was_said_and_what_became_of_it() -> None:
    world = build_world()
    clerk, secretary = world.user("clerk"), world.user("secretary")
    report = hand_in(world.reporter, by=secretary)
    note = add_note(report, anchor=Anchor("", "走访***户"), text="哪些村？", by=clerk)
    report = return_report(report, reason="问题不具体\n重写第2个问题。", by=clerk)
    version = report.returned_version
    answer_note(note, answer="已写明。", is_settled=True, by=secretary)
    submit_report(report, note="逐条改了。", by=secretary)
    (part,) = content(version.pk).parts
    words = re.sub(r"<[^>]+>", "|", part.html)
    for expected in (
        "甲乡党委（X1）", "第1轮审核", "问题不具体", "重写第2个问题。", "“走访***户”：哪些村？（已处理：已写明。）",
        "是否述“我”", "上年度没有结转事项", "赵某", "逐条改了。",
    ):  # fmt: skip
        assert expected in words
    with pytest.raises(PaperRefused):
        content(report.versions.get(number=1).pk)
