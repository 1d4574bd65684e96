"""What stands in the way of a cycle's next phase (S-30)."""

import dataclasses
from collections.abc import Callable, Sequence


@dataclasses.dataclass(frozen=True)
class CycleFacts:
    """Names and titles in the order in which they are shown."""

    reporters: int = 0
    has_report_deadline: bool = True
    without_account: Sequence[str] = ()
    uncarried: Sequence[str] = ()
    missing_reports: Sequence[str] = ()
    unaccepted_reports: Sequence[str] = ()
    unplaced: Sequence[str] = ()
    meetings: int = 0
    open_meetings: Sequence[str] = ()
    lists_missing: Sequence[str] = ()
    uncommitted_lists: Sequence[str] = ()
    unfinished_items: Sequence[str] = ()
    undecided: Sequence[str] = ()


@dataclasses.dataclass(frozen=True)
class Blocker:
    """One thing that is missing. `refuses` tells whether the step is forbidden or only worth a thought."""

    text: str
    names: tuple[str, ...] = ()
    refuses: bool = True


class CycleBlockedError(Exception):
    """`blockers` are those that refuse; their names stand in the message."""

    def __init__(self, blockers: Sequence[Blocker]) -> None:
        self.blockers = list(blockers)
        super().__init__(
            "".join(f"{b.text}：{'、'.join(b.names)}。" if b.names else f"{b.text}。" for b in self.blockers)
        )


def blockers(verb: str, facts: CycleFacts) -> list[Blocker]:
    """What is missing before `verb` of the cycle's flow, what forbids it first."""
    found = _FINDERS[verb](facts) if verb in _FINDERS else []
    return sorted(found, key=lambda blocker: not blocker.refuses)


def _to_reporting(facts: CycleFacts) -> list[Blocker]:
    if not facts.reporters:
        return [Blocker("还没有确定述职人名单"), *_uncarried(facts)]
    found = []
    if not facts.has_report_deadline:
        found.append(Blocker("还没有定报告报送时限，不能提醒，也不认定逾期", refuses=False))
    if facts.without_account:
        text = f"还有{len(facts.without_account)}名述职人没有登录账号，不能登录撰写报告"
        found.append(Blocker(text, tuple(facts.without_account), refuses=False))
    return [*found, *_uncarried(facts)]


def _uncarried(facts: CycleFacts) -> list[Blocker]:
    """Only what stands in the report form goes on into the year's list (S-68, S-157)."""
    if not facts.uncarried:
        return []
    return [Blocker("上年度的事项还没有结转，列入报告后各单位才能答复", tuple(facts.uncarried), refuses=False)]


def _to_meeting(facts: CycleFacts) -> list[Blocker]:
    found = _uncarried(facts)
    if facts.missing_reports:
        text = f"还有{len(facts.missing_reports)}个单位没有报送述职报告"
        found.append(Blocker(text, tuple(facts.missing_reports), refuses=False))
    if facts.unaccepted_reports:
        text = f"还有{len(facts.unaccepted_reports)}份述职报告没有采用"
        found.append(Blocker(text, tuple(facts.unaccepted_reports), refuses=False))
    return found


def _to_rectification(facts: CycleFacts) -> list[Blocker]:
    if not facts.meetings:
        return [Blocker("还没有召开述职评议会")]
    found = []
    if facts.unplaced:
        text = f"还有{len(facts.unplaced)}名述职人没有列入任何一次述职评议会"
        found.append(Blocker(text, tuple(facts.unplaced)))
    if facts.open_meetings:
        found.append(Blocker("述职评议会还没有结束", tuple(facts.open_meetings)))
    return found


def _to_supervision(facts: CycleFacts) -> list[Blocker]:
    found = []
    if facts.lists_missing:
        text = f"还有{len(facts.lists_missing)}个单位没有整改清单"
        found.append(Blocker(text, tuple(facts.lists_missing)))
    if facts.uncommitted_lists:
        text = f"还有{len(facts.uncommitted_lists)}个单位没有作出承诺"
        found.append(Blocker(text, tuple(facts.uncommitted_lists), refuses=False))
    return found


def _to_assessment(facts: CycleFacts) -> list[Blocker]:
    if not facts.unfinished_items:
        return []
    return [Blocker("还有整改事项没有销号", tuple(facts.unfinished_items), refuses=False)]


def _to_closed(facts: CycleFacts) -> list[Blocker]:
    found = []
    if facts.undecided:
        found.append(Blocker(f"还有{len(facts.undecided)}名述职人没有审定等次", tuple(facts.undecided)))
    if facts.unfinished_items:
        text = "没有销号的整改事项，办结后在下一年度结转"
        found.append(Blocker(text, tuple(facts.unfinished_items), refuses=False))
    return found


_FINDERS: dict[str, Callable[[CycleFacts], list[Blocker]]] = {
    "open_reporting": _to_reporting,
    "open_meeting": _to_meeting,
    "open_rectification": _to_rectification,
    "open_supervision": _to_supervision,
    "open_assessment": _to_assessment,
    "close": _to_closed,
}
