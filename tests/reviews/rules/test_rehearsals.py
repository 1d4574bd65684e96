from reviews.rules.rehearsals import check_tables, differing_rows, verdict

LABELS = {"reviews.comment": "点评", "reviews.slot": "述职"}


def test_rows_that_came_went_or_changed_differ() -> None:
    assert differing_rows({"1": "a", "2": "b", "3": "c"}, {"1": "a", "2": "x", "4": "d"}) == {"2", "3", "4"}


def test_nothing_remains() -> None:
    before = {"reviews.slot": {"1": "a"}}
    checks = check_tables(before, {"reviews.slot": {"1": ""}, "reviews.comment": {"9": ""}}, before, LABELS)
    assert [(check.before, check.during, check.after, check.is_clean) for check in checks] == [
        (0, 1, 0, True),
        (1, 1, 1, True),
    ]
    assert verdict(checks, documents_left=0, notices=0) == []


def test_what_remains_is_named() -> None:
    checks = check_tables({}, {}, {"reviews.comment": {"9": "x"}}, LABELS)
    assert verdict(checks, documents_left=1, notices=2) == [
        "“点评”演练前0行、现在1行，1行与演练前不同。",
        "演练中生成的文书还有1份没有清除。",
        "演练期间发出了2条与这次会议有关的消息。",
    ]
