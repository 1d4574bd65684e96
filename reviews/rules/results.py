"""What a decision on a grade must say, and when scores may be worked out (S-124, S-125)."""

import datetime as dt

from accounts.rules.roles import Role

# Who prepares the decision on grades, and who takes it (S-124, S-125).
DECIDING_ROLES = frozenset({Role.ORGANIZATION_DEPARTMENT, Role.LEADER, Role.SECRETARY})


class ResultsError(Exception):
    """A sentence for the person in front of the screen; nothing was stored."""


def decision_faults(
    *,
    proposed: int | None,
    decided: int,
    deciding_meeting: str,
    decided_on: dt.date | None,
    reason: str,
    today: dt.date,
    held_on: dt.date | None = None,
) -> dict[str, str]:
    """What is missing in a decision, by field. `proposed` and `decided` are ids of grades.

    The reason is asked for when the decision differs from the proposal. Where nothing was proposed
    (a scheme without a formula) there is nothing to differ from. `held_on` is the day of the review meeting.
    """
    faults = {}
    if not deciding_meeting.strip():
        faults["deciding_meeting"] = "请填写审定等次的会议，如“县委常委会会议”。"
    if decided_on is None:
        faults["decided_on"] = "请填写审定日期。"
    elif decided_on > today:
        faults["decided_on"] = "审定日期不能晚于今天。"
    elif held_on is not None and decided_on < held_on:
        faults["decided_on"] = "审定日期不能早于述职评议会召开的日期。"
    if proposed is not None and proposed != decided and not reason.strip():
        faults["reason"] = "审定等次与建议等次不一致，请写明理由。"
    return faults


def publication_effects() -> list[str]:
    """What follows from publishing, in words for who is about to do it."""
    return [
        "公布以前，任何述职单位都看不到等次；公布以后，范围以内的单位能看到单位、姓名和等次，看不到得分和名次。",
        "公布以后改动等次须一人提出、另一人批准，原来的结果保留。",
    ]
