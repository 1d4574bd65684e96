"""What came of 2025: a veto, letters, publication, and how the results were used."""

import datetime as dt
from decimal import Decimal

from overview.demo.cast import COUNTY, account, clerk, on, organization, post
from reporting.actions.basis_documents import BasisFacts, create_basis_document
from reporting.models import BasisDocument, Cycle, Reporter
from reporting.rules.schemes import GradeCode
from reviews.actions.accountability import RecordFacts, create_record
from reviews.actions.accountability_rules import RuleFacts, create_rule
from reviews.actions.assessments import AssessmentFacts, CapFacts, create_cap, save_appraisal, save_assessment
from reviews.actions.feedback_letters import acknowledge_letter, draft_letters, issue_letters
from reviews.actions.publications import publish_results
from reviews.actions.rewards import RewardFacts, create_reward, settle_reward
from reviews.models import FeedbackLetter
from reviews.rules.accountability_rules import Situation
from reviews.rules.use_of_results import AppraisalGrade, Measure, Outcome, Responsibility, RewardKind

GOOD_ONE, WEAK_ONE = "QX-T01", "QX-J06"
WEAK_SECRETARY = "P306"
MEETING = "县委常委会会议"


def _reporter(cycle: Cycle, code: str) -> Reporter:
    return cycle.reporters.get(organization__code=code)


def enter_veto(cycle: Cycle) -> None:
    with on("2026-01-19"):
        facts = CapFacts(
            reason="未按要求整改上年度问题",
            max_grade=cycle.scheme.grades.get(code=GradeCode.FAIR),
            evidence="县委督查办2025年12月督查通报第X期，3个问题整改不到位。",
            approved_by="县委书记",
            approved_on=dt.date(2026, 1, 19),
        )
        create_cap(_reporter(cycle, WEAK_ONE), facts=facts, by=clerk())


def tell_results(cycle: Cycle) -> None:
    """Published and fed back some days after the decision; all but the last secretary have signed."""
    with on("2026-01-26", 10):
        publish_results(cycle, by=clerk())
        draft_letters(cycle, by=clerk())
        issue_letters(cycle, by=clerk())
    letters = list(FeedbackLetter.objects.of_cycle(cycle).for_table())
    for letter in letters[:-1]:
        with on("2026-01-27", 9):
            acknowledge_letter(letter, by=account(letter.reporter.post.person.code))


def use_results(cycle: Cycle) -> None:
    with on("2026-02-05"):
        measures, duty = _basis()
        _rules(measures, duty)
        for reporter in cycle.reporters.in_order():
            failed = reporter.organization.code == WEAK_ONE
            outcome = Outcome.FAILED if failed else Outcome.PASSED
            facts = AssessmentFacts(outcome, decided_by=MEETING, decided_on=dt.date(2026, 2, 5))
            save_assessment(reporter, facts=facts, seen=0, by=clerk())
        save_appraisal(_reporter(cycle, GOOD_ONE), grade=AppraisalGrade.EXCELLENT, note="", seen=0, by=clerk())
        save_appraisal(_reporter(cycle, WEAK_ONE), grade=AppraisalGrade.BASIC, note="", seen=0, by=clerk())
        town = organization(GOOD_ONE)
        paid = RewardFacts(town, RewardKind.REWARD, "年度党建工作先进单位奖励", amount="X万元", basis=measures)
        settle_reward(create_reward(cycle, facts=paid, by=clerk()), settled_on=dt.date(2026, 2, 5), by=clerk())
        due = RewardFacts(town, RewardKind.REWARD, "按星级给予党建工作经费奖励", amount="***元", basis=measures)
        create_reward(cycle, facts=due, by=clerk())
    with on("2026-07-20"):
        create_record(cycle, facts=_talk(duty), by=clerk())


def _basis() -> tuple[BasisDocument, BasisDocument]:
    county, by = organization(COUNTY), clerk()
    measures = BasisFacts("抓基层党建工作责任制实施办法", "中共清溪县委", "清委发〔2024〕X号", dt.date(2024, 3, 1))
    duty = BasisFacts("中国共产党问责条例", "中共中央", "", dt.date(2019, 8, 25))
    return (
        create_basis_document(county, facts=measures, upload=None, by=by),
        create_basis_document(county, facts=duty, upload=None, by=by),
    )


def _rules(measures: BasisDocument, duty: BasisDocument) -> None:
    county, since = organization(COUNTY), dt.date(2024, 3, 1)
    for facts in (
        RuleFacts(Situation.GOOD, "综合评价为好等次的，予以通报表扬。", since, measures, consequence="通报表扬"),
        RuleFacts(Situation.FAIR, "综合评价为一般等次的，由县委约谈。", since, measures, measure=Measure.TALK),
        RuleFacts(Situation.FAILED, "年度党建责任制考核不合格的，予以诫勉。", since, duty, measure=Measure.ADMONITION),
        RuleFacts(
            Situation.UNURGED,
            "问题长期得不到解决，上级党组织又不主动督促整改的，要同步问责。",
            since,
            measures,
            threshold=Decimal(30),
            measure=Measure.REMINDER,
        ),
    ):
        create_rule(county, facts=facts, by=clerk())


def _talk(basis: BasisDocument) -> RecordFacts:
    return RecordFacts(
        organization=organization(WEAK_ONE),
        responsibility=Responsibility.FIRST,
        measure=Measure.TALK,
        date=dt.date(2026, 7, 20),
        reason="上年度述职评议指出的问题逾期没有整改，作为第一责任人研究部署不力。",
        decided_by="县委",
        post=post(WEAK_SECRETARY, WEAK_ONE),
        handled_by="县委组织部",
        basis=basis,
        is_typical=True,
    )
