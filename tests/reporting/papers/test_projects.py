import pytest

from reporting.actions.projects import record_project_progress
from reporting.papers.projects import content
from tests.reporting.rows import accepted_project
from tests.world import build_world

pytestmark = pytest.mark.django_db


def test_the_declaration_prints_every_field_and_masked_words_as_typed() -> None:
    world = build_world()
    project = accepted_project(world.cycle, world.township, by=world.user("secretary"), clerk=world.user("clerk"))
    record_project_progress(project, quarter=2, text="走访***户", seen=project.revision, by=world.user("staff"))
    html = content(project.pk).parts[0].html
    for words in (
        "2026年度书记领办基层党建项目申报表",
        "联建***个产业党支部",
        "1．摸底（3月底前）",
        "党建办",
        "11月底前",
    ):
        assert words in html
    assert "<b>二季度：</b>走访***户" in html
    assert "同意立项。" in html
    assert "甲乡党委书记　张某" in html
