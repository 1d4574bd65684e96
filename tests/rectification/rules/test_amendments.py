from rectification.rules.amendments import Change, plan_changes


def test_only_what_differs_in_the_order_of_the_form() -> None:
    before = {"kind": "限期整改", "due": "X月底前", "measures": ["一", "二"], "owner": "***"}
    after = {"kind": "限期整改", "due": "年底前", "measures": ["一"], "owner": "***", "parties": []}
    assert plan_changes(before, after) == [Change("整改措施", "一\n二", "一"), Change("整改时限", "X月底前", "年底前")]
