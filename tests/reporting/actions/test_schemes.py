import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import AuditEntry
from common.conflicts import StaleRevision
from reporting.actions.schemes import (
    SchemeChanges,
    SchemeDeadlines,
    edit_scheme,
    edit_scheme_deadlines,
    freeze_scheme,
)
from reporting.models import Cycle, Scheme
from reporting.rules.refusals import CycleClosed, SchemeFrozen, SchemeInvalid
from tests.reporting.rows import write
from tests.world import World

pytestmark = pytest.mark.django_db

FIELDS = {
    "sections": [
        "heading",
        "kind",
        "required",
        "guidance",
        "min_characters",
        "max_characters",
        "min_share",
        "max_share",
    ],
    "dimensions": ["name", "domain", "max_score", "weight", "guidance"],
    "categories": ["name", "weight", "channel", "colour"],
    "components": ["name", "weight", "input"],
    "grades": ["code", "label", "min_score", "points", "band_min", "band_max"],
    "quotas": ["domain", "good_max", "lower_min"],
}


def as_it_is(scheme: Scheme) -> SchemeChanges:
    parts: dict[str, list[dict[str, Any]]] = {
        part: [{"id": row.pk, **{name: getattr(row, name) for name in names}} for row in getattr(scheme, part).all()]
        for part, names in FIELDS.items()
    }
    limits = {
        "report_max_characters": 3000,
        "problem_share_min": None,
        "shares_block": False,
        "report_minutes": 10,
        "comment_minutes": 5,
        "scoring_mode": scheme.scoring_mode,
        "asks_overall": scheme.asks_overall,
        "asks_remark": scheme.asks_remark,
        "satisfaction_min": scheme.satisfaction_min,
        "trims_extremes": scheme.trims_extremes,
        "warning_seconds": 60,
        "small_groups": scheme.small_groups,
    }
    return SchemeChanges(limits, SchemeDeadlines("X月底前", None, "会后30日内"), parts)


def test_rows_are_renamed_added_removed_and_put_in_order(world: World) -> None:
    scheme = world.cycle.scheme
    changes = as_it_is(scheme)
    sections = changes.parts["sections"]
    sections[0]["heading"] = "履行责任"
    removed = sections.pop(2)
    sections.insert(0, {**removed, "id": None, "heading": "领办项目"})
    changes.parts["categories"][0]["weight"] = Decimal(70)
    changes.parts["categories"][1]["weight"] = Decimal(30)
    kept = sections[1]["id"]
    scheme = edit_scheme(scheme, changes=changes, seen=1, by=world.user("clerk"))
    assert [(row.heading, row.position) for row in scheme.sections.all()] == [
        ("领办项目", 1),
        ("履行责任", 2),
        ("个人履职情况", 3),
        ("上次承诺兑现", 4),
        ("存在问题及原因剖析", 5),
        ("下一步措施与承诺", 6),
    ]
    assert scheme.sections.get(position=2).pk == kept
    assert scheme.sections.get(position=1).key == "section_1"
    assert [str(row.weight) for row in scheme.categories.all()] == ["70.00", "30.00"]
    assert (scheme.report_due_text, scheme.report_due_date, scheme.report_minutes) == ("X月底前", None, 10)
    entry = AuditEntry.objects.of(scheme).get()
    assert entry.verb == "修改方案"
    assert [row["weight"] for row in entry.before["categories"]] == ["60.00", "40.00"]
    assert [row["weight"] for row in entry.after["categories"]] == ["70.00", "30.00"]


def test_weights_that_do_not_add_up_are_named_and_nothing_changes(world: World) -> None:
    changes = as_it_is(world.cycle.scheme)
    changes.parts["categories"][0]["weight"] = Decimal("59.5")
    changes.parts["components"][0]["weight"] = Decimal(99)
    with pytest.raises(SchemeInvalid) as refused:
        edit_scheme(world.cycle.scheme, changes=changes, seen=1, by=world.user("clerk"))
    assert refused.value.sentences == [
        "评分人类别的权重合计为99.5%，应当正好是100%。",
        "综合评价组成的权重合计为99%，应当正好是100%。",
    ]
    assert Scheme.objects.get().components.count() == 1


def test_two_grades_exchange_their_names(world: World) -> None:
    changes = as_it_is(world.cycle.scheme)
    grades = changes.parts["grades"]
    grades[0]["code"], grades[1]["code"] = grades[1]["code"], grades[0]["code"]
    scheme = edit_scheme(world.cycle.scheme, changes=changes, seen=1, by=world.user("clerk"))
    assert list(scheme.grades.values_list("code", "label")) == [
        ("fairly_good", "好"),
        ("good", "较好"),
        ("fair", "一般"),
        ("poor", "差"),
    ]


def test_a_section_in_which_somebody_wrote_is_not_removed(world: World) -> None:
    write(world.reporter, by=world.user("staff"))
    changes = as_it_is(world.cycle.scheme)
    del changes.parts["sections"][2]
    with pytest.raises(SchemeInvalid, match="“主要成绩”已有单位填写"):
        edit_scheme(world.cycle.scheme, changes=changes, seen=1, by=world.user("clerk"))
    assert world.cycle.scheme.sections.count() == 6


def test_a_frozen_scheme_keeps_everything_but_its_deadlines(world: World) -> None:
    clerk = world.user("clerk")
    scheme = freeze_scheme(world.cycle.scheme, "第一份评分表", by=clerk)
    again = freeze_scheme(scheme, "另一个原因", by=clerk)
    assert (again.frozen_at, again.frozen_reason) == (scheme.frozen_at, "第一份评分表")
    with pytest.raises(SchemeFrozen, match="第一份评分表"):
        edit_scheme(scheme, changes=as_it_is(scheme), seen=1, by=clerk)
    deadlines = SchemeDeadlines("延至12月20日", dt.date(2026, 12, 20), "会后30日内", None)
    scheme = edit_scheme_deadlines(scheme, deadlines=deadlines, seen=1, by=clerk)
    assert (str(scheme.report_deadline), scheme.report_due_date) == ("延至12月20日", dt.date(2026, 12, 20))
    entry = AuditEntry.objects.of(scheme).get(verb="调整时限和公开范围")
    assert entry.before["report_due_text"] == "12月15日前"
    with pytest.raises(StaleRevision):
        edit_scheme_deadlines(scheme, deadlines=deadlines, seen=1, by=clerk)


def test_two_who_edit_a_scheme(world: World) -> None:
    clerk = world.user("clerk")
    edit_scheme(world.cycle.scheme, changes=as_it_is(world.cycle.scheme), seen=1, by=clerk)
    with pytest.raises(StaleRevision):
        edit_scheme(world.cycle.scheme, changes=as_it_is(world.cycle.scheme), seen=1, by=clerk)


@pytest.mark.parametrize("role", ["secretary", "leader", "administrator", "sibling_clerk"])
def test_nobody_else_edits(world: World, role: str) -> None:
    with pytest.raises(PermissionDenied):
        edit_scheme(world.cycle.scheme, changes=as_it_is(world.cycle.scheme), seen=1, by=world.user(role))
    with pytest.raises(PermissionDenied):
        edit_scheme_deadlines(world.cycle.scheme, deadlines=SchemeDeadlines(), seen=1, by=world.user(role))


def test_a_closed_years_scheme_stays(world: World) -> None:
    Cycle.objects.update(phase="closed")
    scheme = Scheme.objects.get()
    with pytest.raises(CycleClosed):
        edit_scheme_deadlines(scheme, deadlines=SchemeDeadlines(), seen=1, by=world.user("clerk"))


def test_a_long_reason_of_freezing_fits(world) -> None:
    scheme = freeze_scheme(world.cycle.scheme, "长" * 120 + "报送了报告", by=world.user("clerk"))
    assert scheme.frozen_reason == "长" * 120
