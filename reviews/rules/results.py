"""What a decision on a grade must say, and when scores may be worked out (S-124, S-125)."""

import datetime as dt


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
