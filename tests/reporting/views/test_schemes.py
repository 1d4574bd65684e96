from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Domain
from documents.models import Document
from reporting.actions.schemes import freeze_scheme
from reporting.models import Scheme
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(world: World, client: Client) -> Client:
    client.force_login(world.user("clerk"))
    return client


def address(world: World, name: str) -> str:
    return reverse(f"reporting:scheme_{name}", args=[world.cycle.scheme.pk])


def as_shown(client: Client, url: str) -> dict[str, Any]:
    """What a browser would send back unchanged."""
    form = client.get(url).context["form"]
    data: dict[str, Any] = {}
    for bound in form.limits:
        data[bound.html_name] = bound.value() or ""
    for part in form.parts:
        for bound in part.formset.management_form:
            data[bound.html_name] = bound.value()
        for number, row in enumerate(part.formset, start=1):
            for bound in row:
                value = bound.value()
                if value not in (None, False):
                    data[bound.html_name] = "on" if value is True else value
            data[f"{row.prefix}-ORDER"] = number
    return data


def test_what_is_shown_can_be_saved(world: World, clerk: Client) -> None:
    data = as_shown(clerk, address(world, "edit"))
    data |= {"categories-0-weight": "50", "categories-1-weight": "50", "report_due_text": "X月底前"}
    answer = clerk.post(address(world, "edit"), data)
    assert answer.url == address(world, "show")
    scheme = Scheme.objects.get()
    assert [str(row.weight) for row in scheme.categories.all()] == ["50.00", "50.00"]
    assert scheme.sections.count() == 6
    assert "X月底前" in clerk.get(address(world, "show")).content.decode()


def test_weights_are_refused_by_name_and_what_was_typed_stays(world: World, clerk: Client) -> None:
    data = as_shown(clerk, address(world, "edit")) | {"categories-0-weight": "55"}
    answer = clerk.post(address(world, "edit"), data)
    words = answer.content.decode()
    assert answer.status_code == 200
    assert "评分人类别的权重合计为95%，应当正好是100%。" in words
    assert 'value="55"' in words


def test_a_row_is_removed_and_added(world: World, clerk: Client) -> None:
    data = as_shown(clerk, address(world, "edit"))
    data |= {"categories-1-DELETE": "on", "categories-TOTAL_FORMS": 3}
    data |= {"categories-2-name": "“两代表一委员”", "categories-2-weight": "40", "categories-2-ORDER": "3"}
    data |= {"categories-2-channel": "anonymous"}
    clerk.post(address(world, "edit"), data)
    assert list(Scheme.objects.get().categories.values_list("name", "position")) == [
        ("县委领导", 1),
        ("“两代表一委员”", 2),
    ]


def test_the_slower_gets_409_with_both(world: World, clerk: Client) -> None:
    data = as_shown(clerk, address(world, "edit"))
    clerk.post(address(world, "edit"), data | {"report_due_text": "先保存的时限"})
    answer = clerk.post(address(world, "edit"), data | {"report_due_text": "后保存的时限"})
    words = answer.content.decode()
    assert answer.status_code == 409
    assert "先保存的时限" in words
    assert "后保存的时限" in words


def test_a_frozen_scheme_says_so_and_lets_deadlines_move(world: World, clerk: Client) -> None:
    freeze_scheme(world.cycle.scheme, "甲乡党委报送了报告", by=None)
    words = clerk.get(address(world, "edit")).content.decode()
    assert "甲乡党委报送了报告" in words
    assert "categories-0-weight" not in words
    data = {"report_due_text": "延期", "report_due_date": "2026-12-31", "list_due_text": "", "seen": 1}
    data |= {"report_readers": "reporters", "result_readers": "own", "reminder_days": "5"}
    assert clerk.post(address(world, "deadlines"), data).url == address(world, "show")
    assert clerk.post(address(world, "deadlines"), data).status_code == 409


def test_all_who_see_the_year_read_the_scheme(world: World, client: Client) -> None:
    client.force_login(world.user("other_secretary"))
    words = client.get(address(world, "show")).content.decode()
    assert "履行主体责任" in words
    assert "修改方案" not in words


def test_a_domain_gets_its_own_lines_and_a_quota(world: World, clerk: Client) -> None:
    school = Domain.objects.get(code="school").pk
    data = as_shown(clerk, address(world, "edit"))
    data |= {"dimensions-TOTAL_FORMS": 3, "dimensions-2-name": "立德树人", "dimensions-2-domain": school}
    data |= {"dimensions-2-max_score": "100", "dimensions-2-weight": "90", "dimensions-2-ORDER": "3"}
    data |= {"quotas-TOTAL_FORMS": 1, "quotas-0-domain": "", "quotas-0-lower_min": "15", "quotas-0-ORDER": "1"}
    words = clerk.post(address(world, "edit"), data).content.decode()
    assert "“学校”的评分项目的权重合计为90%，应当正好是100%。" in words
    answer = clerk.post(address(world, "edit"), data | {"dimensions-2-weight": "100"})
    assert answer.url == address(world, "show")
    words = clerk.get(address(world, "show")).content.decode()
    assert "学校的评分项目" in words
    assert "评分项目（其他领域通用）" in words
    assert [(row.group, row.good_max, row.lower_min) for row in Scheme.objects.get().quotas.all()] == [
        ("全部述职人", None, 15)
    ]


def test_the_scheme_is_asked_for_on_paper(world: World, clerk: Client) -> None:
    assert clerk.post(address(world, "paper")).url == address(world, "show")
    assert Document.objects.get().paper == "reporting.papers.schemes.content"


def test_how_sheets_are_marked_is_part_of_the_scheme(world: World, clerk: Client) -> None:
    data = as_shown(clerk, address(world, "edit"))
    data |= {
        "scoring_mode": "grade",
        "asks_overall": "on",
        "categories-1-channel": "anonymous",
        "grades-0-points": "95",
    }
    clerk.post(address(world, "edit"), data)
    scheme = Scheme.objects.get()
    assert (scheme.scoring_mode, scheme.asks_overall, scheme.asks_remark) == ("grade", True, False)
    assert [(row.letter, row.channel, row.paper_colour) for row in scheme.categories.all()] == [
        ("A", "named", "粉红"),
        ("B", "anonymous", "浅黄"),
    ]
    assert [row.points for row in scheme.grades.all()] == [95, 80, 60, 40]
    words = clerk.get(address(world, "show")).content.decode()
    assert "等次：逐项选等次；另作总体评价" in words
    assert "无记名测评票（纸票浅黄）" in words


def test_bands_that_overlap_are_refused_in_words(world: World, clerk: Client) -> None:
    data = as_shown(clerk, address(world, "edit")) | {"scoring_mode": "band", "grades-1-band_max": "95"}
    words = clerk.post(address(world, "edit"), data).content.decode()
    assert "各等次的分档不能重叠" in words
    assert Scheme.objects.get().scoring_mode == "points"
