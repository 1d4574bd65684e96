"""Every verb of the year's flow against everything missing, and nothing missing."""

import pytest

from reporting.rules.cycles import CYCLE_FLOW
from reviews.rules.cycles import Blocker, CycleBlockedError, CycleFacts, blockers

NOTHING_DONE = CycleFacts(
    reporters=0,
    uncarried=["丙2项"],
    missing_reports=["甲"],
    unaccepted_reports=["乙"],
    meetings=0,
    lists_missing=["甲"],
    uncommitted_lists=["乙"],
    unfinished_items=["丙2项"],
    undecided=["甲", "丁"],
)
ALL_DONE = CycleFacts(reporters=17, meetings=1)


@pytest.mark.parametrize("verb", CYCLE_FLOW.verbs)
def test_nothing_stands_in_the_way_of_what_is_complete(verb):
    assert blockers(verb, ALL_DONE) == []


@pytest.mark.parametrize(
    ("verb", "found"),
    [
        (
            "open_reporting",
            [
                Blocker("还没有确定述职人名单"),
                Blocker("上年度的事项还没有结转，列入报告后各单位才能答复", ("丙2项",), refuses=False),
            ],
        ),
        (
            "open_meeting",
            [
                Blocker("上年度的事项还没有结转，列入报告后各单位才能答复", ("丙2项",), refuses=False),
                Blocker("还有1个单位没有报送述职报告", ("甲",), refuses=False),
                Blocker("还有1份述职报告没有采用", ("乙",), refuses=False),
            ],
        ),
        ("open_rectification", [Blocker("还没有召开述职评议会")]),
        (
            "open_supervision",
            [
                Blocker("还有1个单位没有整改清单", ("甲",)),
                Blocker("还有1个单位没有作出承诺", ("乙",), refuses=False),
            ],
        ),
        ("open_assessment", [Blocker("还有整改事项没有销号", ("丙2项",), refuses=False)]),
        (
            "close",
            [
                Blocker("还有2名述职人没有审定等次", ("甲", "丁")),
                Blocker("没有销号的整改事项，办结后在下一年度结转", ("丙2项",), refuses=False),
            ],
        ),
    ],
)
def test_what_is_missing_is_named_and_what_forbids_comes_first(verb, found):
    assert blockers(verb, NOTHING_DONE) == found


def test_a_year_opens_without_deadline_or_accounts_but_not_unsaid():
    facts = CycleFacts(reporters=2, has_report_deadline=False, without_account=["甲乡张某"])
    assert blockers("open_reporting", facts) == [
        Blocker("还没有定报告报送时限，不能提醒，也不认定逾期", refuses=False),
        Blocker("还有1名述职人没有登录账号，不能登录撰写报告", ("甲乡张某",), refuses=False),
    ]


def test_open_meetings_are_named():
    facts = CycleFacts(meetings=2, open_meetings=["第二片区"])

    assert blockers("open_rectification", facts) == [Blocker("述职评议会还没有结束", ("第二片区",))]


def test_refusal_names_everything():
    error = CycleBlockedError([Blocker("还没有召开述职评议会"), Blocker("没有审定等次", ("甲", "乙"))])

    assert str(error) == "还没有召开述职评议会。没有审定等次：甲、乙。"
