"""Role × URL of the use of results: 甲乡's reporter is looked at."""

import datetime as dt
from typing import Any

from accounts.rules.organizations import OrganizationLevel
from reporting.models import BasisDocument
from reviews.models import AccountabilityRecord, AccountabilityRule, GradeCap, PromotionBar, Reward
from tests.reviews.access_of_scoring import REPORTER, YEAR, YEAR_CLERK, row
from tests.world import World

READ = row(403, clerk=200, leader=200, superior=200, **YEAR)
KEEP_REPORTER = row(403, clerk=200, **REPORTER)
# The county as an organization: seen from above and by its own people only.
OUTSIDE_COUNTY = dict.fromkeys(("secretary", "staff", "other_secretary", "attendee", "sibling_clerk"), 404)
RULES = row(200, **OUTSIDE_COUNTY, administrator=403)
KEEP_RULES = row(403, clerk=200, **OUTSIDE_COUNTY)
CADRES = row(403, clerk=200, leader=200, superior=200, **OUTSIDE_COUNTY)
PERSON = row(403, clerk=200, leader=200, superior=200, other_secretary=404, attendee=404, sibling_clerk=404)

TABLE: dict[str, dict[str, int]] = {
    "reviews:use_list": READ,
    "reviews:assessment_edit": KEEP_REPORTER,
    "reviews:appraisal_edit": KEEP_REPORTER,
    "reviews:cap_create": KEEP_REPORTER,
    "reviews:cap_lift": KEEP_REPORTER,
    "reviews:bar_create": KEEP_REPORTER,
    "reviews:bar_lift": YEAR_CLERK,
    "reviews:reward_list": READ,
    "reviews:reward_create": YEAR_CLERK,
    "reviews:reward_settle": YEAR_CLERK,
    "reviews:reward_remove": row(403, clerk=302, **YEAR),
    "reviews:accountability_list": READ,
    "reviews:accountability_create": YEAR_CLERK,
    "reviews:accountability_show": READ,
    "reviews:accountability_edit": YEAR_CLERK,
    "reviews:accountability_cite": YEAR_CLERK,
    "reviews:watch_list": READ,
    "reviews:rule_list": RULES,
    "reviews:rule_create": KEEP_RULES,
    "reviews:rule_edit": KEEP_RULES,
    "reviews:cadre_sheet_list": CADRES,
    "reviews:cadre_sheet_show": PERSON,
    "reviews:cadre_sheet_paper": PERSON | {"clerk": 302, "leader": 302, "superior": 302},
}


def make_rule(world: World, situation: str = "poor", **facts: Any) -> AccountabilityRule:
    basis, _ = BasisDocument.objects.get_or_create(committee=world.county, title="责任制实施办法")
    facts = {"text": "条款", "measure": "talk", "effective_from": dt.date(2020, 1, 1)} | facts
    return AccountabilityRule.objects.create(committee=world.county, basis=basis, situation=situation, **facts)


def make_record(world: World, **facts: Any) -> AccountabilityRecord:
    facts = {
        "cycle": world.cycle,
        "organization": world.township,
        "level": OrganizationLevel.TOWNSHIP,
        "responsibility": "first",
        "measure": "talk",
        "date": dt.date(2026, 6, 1),
        "reason": "事由",
        "decided_by": "县委",
        "post": world.reporter.post,
        "recorded_by": world.user("clerk"),
    } | facts
    return AccountabilityRecord.objects.create(**facts)


def objects(world: World) -> dict[str, dict[str, Any]]:
    clerk, reporter = world.user("clerk"), world.reporter
    rule, record = make_rule(world), make_record(world)
    cap = GradeCap.objects.create(
        reporter=reporter,
        reason="弄虚作假",
        max_grade=world.cycle.scheme.grades.last(),
        evidence="核查报告",
        approved_by="县委",
        approved_on=dt.date(2026, 6, 1),
        recorded_by=clerk,
    )
    bar = PromotionBar.objects.create(
        cycle=world.cycle, person=reporter.post.person, reason="不抓党建", start=dt.date(2026, 6, 1), set_by=clerk
    )
    reward = Reward.objects.create(
        cycle=world.cycle, organization=world.township, kind="penalty", matter="扣减", recorded_by=clerk
    )
    of_cycle, of_reporter = {"pk": world.cycle.pk}, {"pk": reporter.pk}
    of_committee, of_person = {"pk": world.county.pk}, {"pk": reporter.post.person_id}
    kinds = {
        "use_list reward_list reward_create accountability_list accountability_create watch_list": of_cycle,
        "assessment_edit appraisal_edit cap_create bar_create": of_reporter,
        "cap_lift": {"pk": cap.pk},
        "bar_lift": {"pk": bar.pk},
        "reward_settle reward_remove": {"pk": reward.pk},
        "accountability_show accountability_edit accountability_cite": {"pk": record.pk},
        "rule_list rule_create cadre_sheet_list": of_committee,
        "rule_edit": {"pk": rule.pk},
        "cadre_sheet_show cadre_sheet_paper": of_person,
    }
    return {f"reviews:{name}": kwargs for names, kwargs in kinds.items() for name in names.split()}
