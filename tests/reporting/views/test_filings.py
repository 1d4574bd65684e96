import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from common import clock
from documents.models import Document
from reporting.models import FiledList
from reporting.papers.filings import content
from tests.factories import make_organization
from tests.reporting.rows import noon
from tests.reporting.rows_of_work import call_lists, filed_list, hand_in_list
from tests.world import World

pytestmark = pytest.mark.django_db


def signed_in(world: World, role: str) -> Client:
    client = Client()
    client.force_login(world.user(role))
    return client


def address(name: str, pk: int) -> str:
    return reverse(f"reporting:{name}", args=[pk])


def page(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def rows(revision: int, *matters: str) -> dict[str, object]:
    data: dict[str, object] = {"revision": revision, "rows-TOTAL_FORMS": len(matters), "rows-INITIAL_FORMS": 0}
    for index, matter in enumerate(matters):
        data |= {f"rows-{index}-matter": matter, f"rows-{index}-ORDER": index + 1}
        data |= {f"rows-{index}-measure": "措施**", f"rows-{index}-owner": "***", f"rows-{index}-due_text": "X月底前"}
    return data


def test_the_clerk_asks_for_lists_and_everybody_with_a_head_is_ticked(world: World) -> None:
    clerk = signed_in(world, "clerk")
    assert "还没有布置报送" in page(clerk, address("filing_board", world.cycle.pk))
    url = address("filing_call", world.cycle.pk)
    initial = clerk.get(url).context["form"].initial
    assert set(initial["organizations"]) == {world.township.pk, world.other_township.pk, world.department.pk}
    assert "请至少选择一个单位" in clerk.post(url, {"kinds": ["problems"], "revision": 0}).content.decode()
    data = {"kinds": ["problems"], "organizations": [world.township.pk], "due_text": "X月底前", "revision": 0}
    assert clerk.post(url, data).url == address("filing_board", world.cycle.pk)
    stale = clerk.post(url, data)
    assert stale.status_code == 409
    assert clerk.post(url, data | {"revision": stale.context["form"]["revision"].value()}).status_code == 302


def test_a_list_is_written_filed_and_accepted_in_the_browser(world: World) -> None:
    call_lists(world)
    filed = filed_list(world)
    secretary, clerk = signed_in(world, "secretary"), signed_in(world, "clerk")
    shown = page(secretary, address("work_show", world.township.pk))
    assert "问题清单" in shown
    assert "责任清单" in shown
    assert clerk.get(address("filed_list_show", filed.pk)).status_code == 404  # a draft is the writer's own
    url = address("filed_list_edit", filed.pk)
    answer = secretary.post(
        url, rows(filed.revision, "抓得不细，，", "第二项") | {"rows-TOTAL_FORMS": 3, "submit": "1"}
    )
    assert answer.url == address("filed_list_submit", filed.pk)
    assert "（2 项）" in page(secretary, answer.url)
    assert secretary.post(answer.url).url == address("filed_list_show", filed.pk)
    assert "抓得不细，，" in page(clerk, address("filed_list_show", filed.pk))
    clerk.post(address("filed_list_accept", filed.pk))
    assert "已审核" in page(secretary, address("filed_list_show", filed.pk))


def test_the_loser_of_two_saves_has_both_texts(world: World) -> None:
    call_lists(world)
    filed = filed_list(world)
    secretary, staff = signed_in(world, "secretary"), signed_in(world, "staff")
    url = address("filed_list_edit", filed.pk)
    staff.post(url, rows(1, "先写的"))
    answer = secretary.post(url, rows(1, "后写的"))
    assert answer.status_code == 409
    assert "先写的" in answer.content.decode()
    assert "后写的" in answer.content.decode()
    again = answer.context["form"]["revision"].value()
    assert secretary.post(url, rows(int(again), "后写的")).status_code == 302
    assert [row.matter for row in filed.rows.all()] == ["后写的"]


def test_the_board_names_who_has_not_filed_and_counts_what_it_shows(world: World) -> None:
    with clock.at(noon(2026, 3, 20)):
        call_lists(world, due_date=dt.date(2026, 3, 15))
        hand_in_list(filed_list(world), world)
        hand_in_list(filed_list(world, "responsibilities"), world)
        clerk = signed_in(world, "clerk")
        url = address("filing_board", world.cycle.pk)
        shown = page(clerk, url)
        assert "没有报齐的单位 1 个" in shown
        assert "<li>乙镇党委（X2）　问题清单未报，责任清单未报</li>" in shown
        assert "逾期未报" in shown
        assert "逾期报送" in shown
        counts = clerk.get(url).context["counts"]
        for query, name in {"": "expected", "?state=draft": "draft", "?state=late": "late"}.items():
            assert clerk.get(url + query).context["page_obj"].paginator.count == counts[name]
        assert "应报 4 份，未报 2 份，已退回 0 份，待审核 2 份，逾期 4 份" in page(
            clerk, address("cycle_show", world.cycle.pk)
        )


def test_a_return_says_why(world: World) -> None:
    call_lists(world)
    filed = hand_in_list(filed_list(world), world)
    clerk = signed_in(world, "clerk")
    url = address("filed_list_return", filed.pk)
    assert "请填写此项。" in clerk.post(url, {"reason": ""}).content.decode()
    clerk.post(url, {"reason": "第1项没有写清谁来办"})
    assert "第1项没有写清谁来办" in page(signed_in(world, "staff"), address("filed_list_edit", filed.pk))


def test_the_list_on_paper_holds_every_column_as_typed(world: World) -> None:
    call_lists(world)
    filed = hand_in_list(filed_list(world), world)
    paper = content(filed.pk)
    for words in ("抓得不细，**户", "每季度研究", "***", "党政办", "财政所", "X月底前", "党委书记：张某"):
        assert words in paper.parts[0].html
    assert paper.title == "甲乡党委2026年度问题清单"
    signed_in(world, "secretary").post(address("filed_list_paper", filed.pk))
    assert Document.objects.get().organization == world.township


def test_queries_do_not_grow_with_rows(world: World) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            page(clerk, address("filing_board", world.cycle.pk))
        return len(captured)

    clerk = signed_in(world, "clerk")
    call_lists(world, [world.township])
    one = queries()
    call_lists(world, [world.township, *(make_organization(parent=world.county) for _ in range(20))])
    assert FiledList.objects.count() == 42
    assert queries() == one
