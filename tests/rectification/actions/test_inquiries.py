import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import AuditEntry, Notice
from common import clock
from common.flow import TransitionNotAllowed
from rectification.actions.inquiries import (
    answer_inquiry,
    close_inquiry,
    hold_inquiry,
    issue_inquiry,
    return_inquiry,
)
from rectification.models import Inquiry
from rectification.rules.inquiries import InquiryRefused
from tests.world import World, build_world

pytestmark = pytest.mark.django_db

FACTS: dict[str, Any] = {
    "kind": "letter",
    "by_whom": "县委组织部",
    "date": None,
    "date_text": "X月X日",
    "place": "",
    "reason": "***问题整改滞后，，",
    "demands": "请说明原因",
    "due_text": "",
    "due_date": dt.date(2026, 7, 10),
}


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr(clock, "today", lambda: dt.date(2026, 7, 8))
    return build_world()


def issue(world: World, role: str = "clerk", **facts: Any) -> Inquiry:
    return issue_inquiry(world.reporter.post, committee=world.county, facts=FACTS | facts, by=world.user(role))


def test_a_letter_is_answered_returned_answered_and_closed(world: World) -> None:
    letter = issue(world)
    assert Notice.objects.filter(user=world.user("secretary")).count() == 1
    answer_inquiry(letter, text="说明***", by=world.user("secretary"))
    with pytest.raises(InquiryRefused, match="补充说明"):
        return_inquiry(letter, reason=" ", by=world.user("clerk"))
    return_inquiry(letter, reason="原因不具体", by=world.user("clerk"))
    answer_inquiry(letter, text="再说明", by=world.user("secretary"))
    closed = close_inquiry(letter, conclusion="采信", by=world.user("supervision"))
    assert (closed.state, closed.answer, closed.reason) == ("closed", "再说明", "***问题整改滞后，，")
    verbs = list(AuditEntry.objects.of(closed).order_by("id").values_list("verb", flat=True))
    assert verbs == ["发出函询", "答复函询", "退回答复", "答复函询", "办结"]


def test_a_talk_is_recorded_by_the_office(world: World) -> None:
    talk = issue(world, kind="interview")
    with pytest.raises(InquiryRefused, match="登记谈话情况"):
        answer_inquiry(talk, text="x", by=world.user("secretary"))
    with pytest.raises(InquiryRefused, match="请填写"):
        hold_inquiry(talk, text="", by=world.user("clerk"))
    assert hold_inquiry(talk, text="已谈", by=world.user("clerk")).state == "held"
    with pytest.raises(TransitionNotAllowed):
        hold_inquiry(talk, text="再谈", by=world.user("clerk"))


@pytest.mark.parametrize("role", ["secretary", "staff", "leader", "superior", "administrator", "sibling_clerk"])
def test_others_issue_none(world: World, role: str) -> None:
    with pytest.raises(PermissionDenied):
        issue(world, role)


@pytest.mark.parametrize("role", ["staff", "clerk", "leader", "other_secretary"])
def test_nobody_answers_for_the_person(world: World, role: str) -> None:
    letter = issue(world)
    with pytest.raises(PermissionDenied):
        answer_inquiry(letter, text="x", by=world.user(role))


def test_only_those_below_are_asked(world: World) -> None:
    own = world.user("leader").active_posts[0]
    with pytest.raises(InquiryRefused, match="管理范围"):
        issue_inquiry(own, committee=world.county, facts=FACTS, by=world.user("clerk"))


def test_what_nobody_has_answered_in_time_is_found(world: World) -> None:
    late = issue(world, due_date=dt.date(2026, 7, 7))
    issue(world)
    issue(world, due_date=None, due_text="X月底前")
    assert list(Inquiry.objects.overdue(clock.today())) == [late]
