import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from common import clock
from rectification.models import Evidence, RectificationItem
from rectification.rules.items import ListState
from tests.factories import make_cycle, make_reporter
from tests.files import PDF, PNG
from tests.rectification.rows import make_evidence, make_item, make_list, make_progress
from tests.world import World, build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr(clock, "today", lambda: dt.date(2026, 11, 21))
    return build_world()


def signed_in(world: World, role: str) -> Client:
    client = Client()
    client.force_login(world.user(role))
    return client


def first_item(world: World, state: str = ListState.COMMITTED) -> RectificationItem:
    return make_list(world.reporter, state, items=1).items.get()


def form(revision: int, measure: str, **facts: str) -> dict[str, str]:
    return {
        "kind": "dated",
        "owner_text": "***",
        "due_text": "X月底前",
        "revision": str(revision),
        "measures-TOTAL_FORMS": "1",
        "measures-INITIAL_FORMS": "0",
        "measures-0-text": measure,
        "measures-0-ORDER": "1",
        **facts,
    }


def test_two_people_one_item_the_later_sees_both_texts_and_may_decide(world: World) -> None:
    item = first_item(world, ListState.DRAFT)
    address = reverse("rectification:item_edit", args=[item.pk])
    signed_in(world, "staff").post(address, form(1, "先保存的措施"))
    later = signed_in(world, "secretary")
    response = later.post(address, form(1, "后填写的措施"))
    html = response.content.decode()
    assert response.status_code == 409
    assert "先保存的措施" in html
    assert "后填写的措施" in html
    assert item.measures.get().text == "先保存的措施"
    later.post(address, form(2, "后填写的措施"))
    assert item.measures.get().text == "后填写的措施"


def test_a_list_handed_in_meanwhile_keeps_what_was_typed_on_the_page(world: World) -> None:
    item = first_item(world, ListState.SUBMITTED)
    response = signed_in(world, "staff").post(reverse("rectification:item_edit", args=[item.pk]), form(1, "迟到的措施"))
    assert response.status_code == 409
    assert "迟到的措施" in response.content.decode()


def test_an_item_may_be_saved_unfinished(world: World) -> None:
    item = first_item(world, ListState.DRAFT)
    response = signed_in(world, "staff").post(
        reverse("rectification:item_edit", args=[item.pk]), form(1, "  ", owner_text="", due_text="")
    )
    assert response.status_code == 302
    assert item.measures.count() == 0


def test_year_end_without_such_words_is_asked_back(world: World) -> None:
    item = first_item(world, ListState.DRAFT)
    response = signed_in(world, "staff").post(
        reverse("rectification:item_edit", args=[item.pk]), form(1, "措施", year_end="on")
    )
    assert "看不出是哪年年底" in response.content.decode()


def test_evidence_goes_up_and_comes_down_as_an_attachment(world: World) -> None:
    item = first_item(world)
    files = [SimpleUploadedFile("会议记录.pdf", PDF), SimpleUploadedFile("照片.png", PNG)]
    response = signed_in(world, "staff").post(
        reverse("rectification:progress_add", args=[item.pk]),
        {"date": "2026-11-21", "text": "已整改***", "files": files},
    )
    assert response.status_code == 302
    assert list(Evidence.objects.values_list("name", flat=True)) == ["会议记录.pdf", "照片.png"]
    evidence = Evidence.objects.get(name="会议记录.pdf")
    answer = signed_in(world, "clerk").get(reverse("rectification:evidence_download", args=[evidence.pk]))
    assert answer.getvalue() == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''")


def test_a_refused_file_keeps_the_text(world: World) -> None:
    item = first_item(world)
    response = signed_in(world, "staff").post(
        reverse("rectification:progress_add", args=[item.pk]),
        {"date": "2026-11-21", "text": "已整改***", "files": [SimpleUploadedFile("x.pdf", b"MZ")]},
    )
    html = response.content.decode()
    assert "“x.pdf”不能上传" in html
    assert "已整改***" in html


def test_evidence_whose_file_is_lost_is_not_found(world: World) -> None:
    evidence = make_evidence(make_progress(first_item(world)))
    evidence.file.close()
    evidence.file.storage.delete(evidence.file.name)
    answer = signed_in(world, "clerk").get(reverse("rectification:evidence_download", args=[evidence.pk]))
    assert answer.status_code == 404


@pytest.mark.parametrize("role", ["other_secretary", "attendee", "administrator", "sibling_clerk"])
def test_evidence_of_others_is_not_there(world: World, role: str) -> None:
    evidence = make_evidence(make_progress(first_item(world)))
    evidence.file.close()
    answer = signed_in(world, role).get(reverse("rectification:evidence_download", args=[evidence.pk]))
    assert answer.status_code == 404


def test_the_officer_finds_one_button(world: World) -> None:
    item = first_item(world)
    context = signed_in(world, "staff").get(reverse("rectification:item_show", args=[item.pk])).context
    assert [name for name in ("can_edit", "can_report", "can_apply", "can_verify") if context[name]] == ["can_report"]


def test_an_application_without_progress_is_told_so(world: World) -> None:
    response = signed_in(world, "staff").post(reverse("rectification:item_apply", args=[first_item(world).pk]))
    assert "还没有填报过整改进展" in response.content.decode()


def test_what_was_left_is_planned_by_last_years_measures_until_it_is_saved(world: World) -> None:
    year = make_reporter(make_cycle(world.county, world.cycle.year - 1), world.township)
    old = make_list(year, ListState.COMMITTED, items=0)
    before = make_item(old, measures=(), due_text="年底前", lead_unit="乡党建办")
    before.measures.create(position=1, text="逐人建台账", owner_text="张某")
    item = make_item(make_list(world.reporter, ListState.DRAFT, items=0), measures=(), owner_text="", due_text="")
    item.problem.previous = before
    item.problem.save()
    staff, address = signed_in(world, "staff"), reverse("rectification:item_edit", args=[item.pk])

    page = staff.get(address)
    assert page.context["formset"][0]["text"].value() == "逐人建台账"
    assert page.context["formset"][0]["owner"].value() == "张某"
    assert page.context["form"]["lead_unit"].value() == "乡党建办"
    assert (page.context["form"]["due_text"].value(), page.context["form"]["due_date"].value()) == ("", None)
    assert f"已经填入{world.cycle.year - 1}年度第1项的措施" in page.content.decode()
    assert item.list.missing_parts()  # nothing is written by looking

    assert staff.post(address, form(1, "")).status_code == 302
    again = staff.get(address)
    assert not again.context["formset"][0]["text"].value()
    assert "已经填入" not in again.content.decode()
