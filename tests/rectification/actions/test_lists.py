import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import AuditEntry, Notice
from accounts.rules.roles import Role
from common import clock
from common.flow import TransitionNotAllowed
from rectification.actions.lists import (
    approve_list,
    commit_list,
    open_list,
    return_list,
    submit_list,
    take_promises,
)
from rectification.actions.problems import ProblemDraft, add_problem
from rectification.models import Problem, RectificationItem, RectificationList
from rectification.rules.items import ItemKind, ItemState, ListState, ProblemSource
from rectification.rules.lists import (
    ListAlreadyOpen,
    ListIncomplete,
    ListNotWritable,
    ReasonMissing,
)
from reporting.models import CarriedItem, DutyReport, ReportProblem
from tests.factories import make_cycle, make_post, make_reporter
from tests.rectification.rows import make_item, make_list
from tests.world import World

pytestmark = pytest.mark.django_db


def opened(world: World, *drafts: ProblemDraft, by: str = "clerk") -> RectificationList:
    return open_list(world.reporter, drafts=drafts, due_text="会后30日内", due_date=None, by=world.user(by))


def test_every_draft_becomes_an_item_in_order(world: World) -> None:
    report = DutyReport.objects.create(reporter=world.reporter)
    own = ReportProblem.objects.create(report=report, text="自查**问题", cause="原因，，")
    made = opened(
        world,
        ProblemDraft(ProblemSource.SELF, own.text, own.cause, "责任落实", report_problem=own),
        ProblemDraft(ProblemSource.COMMENT, "点评的问题"),
        ProblemDraft(ProblemSource.COMMENT, "点评的问题"),
    )
    rows = made.items.values_list("position", "problem__source", "problem__text", "problem__cause")
    assert list(rows) == [
        (1, "self", "自查**问题", "原因，，"),
        (2, "comment", "点评的问题", ""),
        (3, "comment", "点评的问题", ""),
    ]
    assert (made.state, made.due_text) == (ListState.DRAFT, "会后30日内")
    assert Problem.objects.get(report_problem=own).category == "责任落实"


def test_opening_tells_the_writers_and_is_on_record(world: World) -> None:
    made = opened(world, ProblemDraft(ProblemSource.SELF, "一"))
    told = set(Notice.objects.values_list("user__username", flat=True))
    assert told == {"secretary", "staff"}
    assert AuditEntry.objects.of(made).get().verb == "形成清单"


def test_opening_twice_is_refused_and_adds_nothing(world: World) -> None:
    opened(world, ProblemDraft(ProblemSource.SELF, "一"))
    with pytest.raises(ListAlreadyOpen, match="已经形成"):
        opened(world, ProblemDraft(ProblemSource.SELF, "二"))
    assert RectificationItem.objects.count() == 1


@pytest.mark.parametrize("role", ["secretary", "leader", "supervision", "sibling_clerk", "administrator"])
def test_only_the_host_clerk_opens(world: World, role: str) -> None:
    with pytest.raises(PermissionDenied):
        opened(world, by=role)


def test_last_years_item_is_handed_over(world: World) -> None:
    last = make_list(make_reporter(make_cycle(world.county, 2025), world.township), ListState.COMMITTED)
    done, left = last.items.all()
    RectificationItem.objects.filter(pk=done.pk).update(state=ItemState.CLOSED)
    drafts = [
        ProblemDraft(
            ProblemSource.CARRIED,
            item.problem.text,
            carried_item=CarriedItem.objects.create(reporter=world.reporter, origin=item.pk, text="x"),
        )
        for item in (done, left)
    ]
    opened(world, *drafts)
    states = dict(last.items.values_list("pk", "state"))
    assert states == {done.pk: "closed", left.pk: "carried"}


def test_an_old_problem_keeps_its_cause_and_what_is_kept_up_its_promise(world: World) -> None:
    last_year = make_list(make_reporter(make_cycle(world.county, 2025), world.township), ListState.COMMITTED, items=0)
    gone = make_post(world.township, Role.STAFF, end=clock.today() - dt.timedelta(days=1))
    facts = {"kind": ItemKind.STANDING, "due_text": "", "owner_post": gone, "owner_text": "党建办"}
    late = make_item(last_year, text="流动党员", cause="办法不多")
    standing = make_item(last_year, text="每村有特色", measures=("一村一品", "年年打磨"), **facts)
    drafts = [
        ProblemDraft(
            "carried",
            item.problem.text,
            carried_item=CarriedItem.objects.create(reporter=world.reporter, origin=item.pk, text=item.problem.text),
        )
        for item in (late, standing)
    ]
    made = opened(world, *drafts)
    first, second = made.items.order_by("position")
    assert (first.problem.cause, first.problem.novelty, first.problem.previous) == ("办法不多", "old", late)
    assert (first.kind, first.due_text, first.measures.count()) == (ItemKind.DATED, "", 0)
    assert (second.kind, second.owner_post, second.owner_text) == (ItemKind.STANDING, None, "党建办")
    assert [measure.text for measure in second.measures.all()] == ["一村一品", "年年打磨"]
    assert [row.number for row in made.missing_parts()] == [1]


def test_what_waits_and_what_all_have_in_common_joins_the_list(world: World) -> None:
    clerk = world.user("clerk")
    add_problem(world.cycle, draft=ProblemDraft("usual", "平时***"), organization=world.township, by=clerk)
    add_problem(world.cycle, draft=ProblemDraft("usual", "别人的"), organization=world.other_township, by=clerk)
    common = add_problem(world.cycle, draft=ProblemDraft("comment", "责任落得不够实"), by=clerk)
    made = opened(world, ProblemDraft(ProblemSource.SELF, "自查"))
    assert list(made.items.values_list("position", "problem__text", "problem__scope")) == [
        (1, "自查", "individual"),
        (2, "平时***", "individual"),
        (3, "责任落得不够实", "common"),
    ]
    assert made.items.last().problem.common == common


def test_what_is_missing_is_named_item_by_item(world: World) -> None:
    made = make_list(world.reporter, items=1)
    make_item(made, text="甲", measures=(), owner_text="")
    make_item(made, text="乙", due_text="")
    with pytest.raises(ListIncomplete) as refused:
        submit_list(made, by=world.user("secretary"))
    assert str(refused.value) == "第2项“甲”缺整改措施、责任人；第3项“乙”缺整改时限"
    made.refresh_from_db()
    assert made.state == ListState.DRAFT


def test_an_owner_who_left_is_missing(world: World) -> None:
    made = make_list(world.reporter, items=1)
    post = world.reporter.post
    made.items.update(owner_post=post, owner_text="")
    post.end = dt.date(2021, 1, 1)
    post.save()
    assert [str(row) for row in made.missing_parts()] == ["第1项“党建工作抓得不够实1”缺责任人"]


def test_submit_return_submit_approve_commit(world: World) -> None:
    made = make_list(world.reporter)
    submit_list(made, by=world.user("secretary"))
    return_list(made, reason="措施太空", by=world.user("clerk"))
    made.refresh_from_db()
    assert (made.state, made.return_reason) == ("returned", "措施太空")
    submit_list(made, by=world.user("secretary"))
    approve_list(made, by=world.user("clerk"))
    commitment = commit_list(made, text="我承诺***", by=world.user("secretary"))
    made.refresh_from_db()
    assert made.state == "committed"
    assert [item["measures"] for item in commitment.content["items"]] == [["每季度专题研究一次"]] * 2
    assert (commitment.text, commitment.post.person) == ("我承诺***", world.user("secretary").person)
    verbs = list(AuditEntry.objects.of(made).order_by("id").values_list("verb", flat=True))
    assert verbs == ["报审", "退回", "报审", "审定", "作出承诺"]


@pytest.mark.parametrize("role", ["staff", "other_secretary", "clerk", "leader", "attendee"])
def test_only_the_secretary_promises(world: World, role: str) -> None:
    made = make_list(world.reporter, ListState.APPROVED)
    with pytest.raises(PermissionDenied):
        commit_list(made, text="x", by=world.user(role))


@pytest.mark.parametrize("state", [s for s in ListState.values if s != "approved"])
def test_no_promise_before_the_approval_nor_twice(world: World, state: str) -> None:
    made = make_list(world.reporter, state)
    with pytest.raises(TransitionNotAllowed):
        commit_list(made, text="x", by=world.user("secretary"))


@pytest.mark.parametrize("role", ["secretary", "supervision", "leader", "sibling_clerk"])
def test_only_the_host_clerk_screens(world: World, role: str) -> None:
    made = make_list(world.reporter, ListState.SUBMITTED)
    with pytest.raises(PermissionDenied):
        approve_list(made, by=world.user(role))
    with pytest.raises(PermissionDenied):
        return_list(made, reason="x", by=world.user(role))


def test_a_return_without_reason_is_refused(world: World) -> None:
    made = make_list(world.reporter, ListState.SUBMITTED)
    with pytest.raises(ReasonMissing):
        return_list(made, reason=" \n", by=world.user("clerk"))


def test_promises_of_the_report_come_into_the_list_once(world: World) -> None:
    report = DutyReport.objects.create(reporter=world.reporter)
    report.promises.create(text="办成***件", due_text="6月底前", position=1)
    report.promises.create(text="再办一件", position=2)
    made = opened(world, ProblemDraft(ProblemSource.COMMENT, "点评的问题"))
    with pytest.raises(PermissionDenied):
        take_promises(made, by=world.user("other_secretary"))
    assert len(take_promises(made, by=world.user("staff"))) == 2
    assert take_promises(made, by=world.user("clerk")) == []
    rows = made.items.values_list("position", "problem__source", "problem__text", "due_text")
    assert list(rows) == [
        (1, "comment", "点评的问题", ""),
        (2, "promise", "办成***件", "6月底前"),
        (3, "promise", "再办一件", ""),
    ]
    assert AuditEntry.objects.filter(verb="列入承诺").count() == 2


def test_promises_are_not_added_to_a_list_under_screening(world: World) -> None:
    made = make_list(world.reporter, ListState.SUBMITTED)
    with pytest.raises(ListNotWritable):
        take_promises(made, by=world.user("secretary"))
