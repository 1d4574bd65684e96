import datetime as dt

import pytest

from reviews.rules.results import decision_faults

TODAY = dt.date(2027, 1, 20)
COMPLETE = {
    "proposed": 1,
    "decided": 1,
    "deciding_meeting": "县委常委会第***次会议",
    "decided_on": TODAY,
    "reason": "",
    "today": TODAY,
}


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({}, set()),
        ({"decided": 2}, {"reason"}),
        ({"decided": 2, "reason": "　\n"}, {"reason"}),
        ({"decided": 2, "reason": "整改成效明显"}, set()),
        ({"proposed": None, "decided": 2}, set()),
        ({"deciding_meeting": " "}, {"deciding_meeting"}),
        ({"decided_on": None}, {"decided_on"}),
        ({"decided_on": dt.date(2027, 1, 21)}, {"decided_on"}),
        ({"held_on": dt.date(2027, 1, 20)}, set()),
        ({"held_on": dt.date(2027, 1, 20), "decided_on": dt.date(2027, 1, 19)}, {"decided_on"}),
        ({"decided": 2, "deciding_meeting": "", "decided_on": None}, {"reason", "deciding_meeting", "decided_on"}),
    ],
)
def test_what_a_decision_lacks(change, fields):
    assert set(decision_faults(**(COMPLETE | change))) == fields
