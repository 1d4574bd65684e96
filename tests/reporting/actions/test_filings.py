import dataclasses
import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import AuditEntry, Notice
from common import clock
from common.conflicts import StaleRevision
from common.flow import TransitionNotAllowed
from reporting.actions.filings import (
    CallFacts,
    RowChange,
    accept_filed_list,
    add_filed_rows,
    call_filing,
    return_filed_list,
    save_filed_list,
    submit_filed_list,
)
from reporting.models import FiledList
from reporting.rules.filings import FiledWords, FilingState
from reporting.rules.refusals import FilingRefused
from tests.reporting.rows import noon
from tests.reporting.rows_of_work import WORDS, call_lists, filed_list, hand_in_list
from tests.world import World

pytestmark = pytest.mark.django_db
DUE = dt.date(2026, 3, 15)


def test_lists_are_asked_of_everybody_named_and_each_is_told_once(world: World) -> None:
    call = call_lists(world)
    assert call.counts() == {
        "expected": 4,
        "draft": 4,
        "submitted": 0,
        "returned": 0,
        "accepted": 0,
        "late": 0,
        "owing_units": 2,
    }
    assert [notice.text for notice in Notice.objects.filter(user=world.user("staff"))] == [
        "请报送2026年度问题清单、责任清单，时限3月15日前。"
    ]
    call_lists(world, [world.township, world.other_township, world.department])
    assert FiledList.objects.count() == 6
    assert Notice.objects.filter(user=world.user("staff")).count() == 1


def test_who_is_missing_is_exact(world: World) -> None:
    with clock.at(noon(2026, 3, 15)):
        call = call_lists(world, due_date=DUE)
        hand_in_list(filed_list(world), world)
        assert sorted({each.organization.code for each in call.owing()}) == ["X1", "X2"]
        hand_in_list(filed_list(world, "responsibilities"), world)
        assert {each.organization.code for each in call.owing()} == {"X2"}
        assert call.counts()["late"] == 0
    with clock.at(noon(2026, 3, 16)):
        assert call.counts()["late"] == 2
        assert set(FiledList.objects.late(clock.today()).values_list("organization__code", flat=True)) == {"X2"}


def test_late_is_decided_by_the_first_time(world: World) -> None:
    with clock.at(noon(2026, 3, 1)):
        call_lists(world, due_date=DUE)
    with clock.at(noon(2026, 3, 15)):
        filed = hand_in_list(filed_list(world), world)
    with clock.at(noon(2026, 3, 20)):
        return_filed_list(filed, reason="不具体", by=world.user("clerk"))
        again = submit_filed_list(filed, by=world.user("secretary"))
        late = hand_in_list(filed_list(world, "responsibilities"), world)
    assert (again.is_late, again.lateness, late.is_late, late.lateness) == (False, "", True, "逾期报送")


def test_a_worded_deadline_makes_nobody_late(world: World) -> None:
    call = call_lists(world, due_date=None)
    with clock.at(noon(2031, 1, 1)):
        assert call.counts()["late"] == 0


def test_an_empty_list_is_given_up_a_written_one_not(world: World) -> None:
    call_lists(world)
    filed = filed_list(world)
    save_filed_list(filed, rows=[RowChange(WORDS)], seen=filed.revision, by=world.user("staff"))
    call_lists(world, [world.township])
    assert set(FiledList.objects.values_list("organization__code", flat=True)) == {"X1"}
    with pytest.raises(FilingRefused, match=r"甲乡党委（X1）已经填写问题清单"):
        call_lists(world, [world.other_township])


def test_rows_are_kept_as_typed_and_in_order(world: World) -> None:
    call_lists(world)
    filed, staff = filed_list(world), world.user("staff")
    second = dataclasses.replace(WORDS, matter="第二  项，，")
    filed = save_filed_list(filed, rows=[RowChange(WORDS), RowChange(second)], seen=filed.revision, by=staff)
    first, last = filed.rows.all()
    swapped = [RowChange(second, last.pk), RowChange(WORDS, first.pk)]
    filed = save_filed_list(filed, rows=swapped, seen=filed.revision, by=staff)
    assert [(row.pk, row.words) for row in filed.rows.all()] == [(last.pk, second), (first.pk, WORDS)]
    filed = save_filed_list(filed, rows=swapped[:1], seen=filed.revision, by=staff)
    assert filed.words() == [second]


def test_a_row_of_another_list_is_not_touched(world: World) -> None:
    call_lists(world)
    other = FiledList.objects.filter(organization=world.other_township).first()
    assert other is not None
    other = add_filed_rows(other, rows=[(7, WORDS)], by=world.user("other_secretary"))
    foreign = other.rows.get()
    filed = filed_list(world)
    stolen = [RowChange(FiledWords("改"), foreign.pk)]
    save_filed_list(filed, rows=stolen, seen=filed.revision, by=world.user("staff"))
    foreign.refresh_from_db()
    assert foreign.words == WORDS


def test_two_at_one_list(world: World) -> None:
    call_lists(world)
    filed = filed_list(world)
    save_filed_list(filed, rows=[RowChange(WORDS)], seen=1, by=world.user("staff"))
    with pytest.raises(StaleRevision):
        save_filed_list(filed, rows=[], seen=1, by=world.user("secretary"))
    assert filed.rows.count() == 1


def test_the_same_item_is_taken_over_once(world: World) -> None:
    call_lists(world)
    filed = filed_list(world)
    for _ in range(2):
        add_filed_rows(filed, rows=[(7, WORDS)], by=world.user("staff"))
    assert filed.rows.count() == 1


def test_an_incomplete_list_is_refused_by_name_of_what_is_missing(world: World) -> None:
    call_lists(world)
    filed, secretary = filed_list(world), world.user("secretary")
    with pytest.raises(FilingRefused, match="还没有内容"):
        submit_filed_list(filed, by=secretary)
    filed = save_filed_list(filed, rows=[RowChange(FiledWords("问题"))], seen=filed.revision, by=secretary)
    with pytest.raises(FilingRefused, match="第1项缺措施、责任人、时限"):
        submit_filed_list(filed, by=secretary)


def test_filed_lists_go_to_the_department_and_come_back_with_a_reason(world: World) -> None:
    call_lists(world)
    clerk = world.user("clerk")
    filed = hand_in_list(filed_list(world), world)
    assert Notice.objects.filter(user=clerk).get().text == "甲乡党委2026年度问题清单已报送，请审核。"
    with pytest.raises(FilingRefused, match="已经报送"):
        save_filed_list(filed, rows=[], seen=filed.revision, by=world.user("staff"))
    with pytest.raises(FilingRefused, match="退回的意见"):
        return_filed_list(filed, reason=" ", by=clerk)
    filed = return_filed_list(filed, reason="第1项措施不具体", by=clerk)
    assert (filed.state, filed.return_reason) == (FilingState.RETURNED, "第1项措施不具体")
    filed = accept_filed_list(submit_filed_list(filed, by=world.user("secretary")), by=clerk)
    assert (filed.state, filed.return_reason) == (FilingState.ACCEPTED, "")
    verbs = list(AuditEntry.objects.of(filed).order_by("pk").values_list("verb", flat=True))
    assert verbs == ["保存清单", "报送清单", "退回清单", "报送清单", "审核通过清单"]
    with pytest.raises(TransitionNotAllowed):
        accept_filed_list(filed, by=clerk)


def test_wrong_people_are_refused(world: World) -> None:
    call_lists(world)
    filed = filed_list(world)
    facts = CallFacts(["problems"])
    for role in ("secretary", "leader", "sibling_clerk"):
        with pytest.raises(PermissionDenied):
            call_filing(world.cycle, facts=facts, organizations=[], seen=1, by=world.user(role))
    for role in ("other_secretary", "clerk"):
        with pytest.raises(PermissionDenied):
            save_filed_list(filed, rows=[], seen=1, by=world.user(role))
    with pytest.raises(PermissionDenied):
        submit_filed_list(filed, by=world.user("staff"))
    filed = hand_in_list(filed, world)
    for role in ("secretary", "leader", "superior"):
        with pytest.raises(PermissionDenied):
            accept_filed_list(filed, by=world.user(role))
        with pytest.raises(PermissionDenied):
            return_filed_list(filed, reason="x", by=world.user(role))
