from reviews.rules.cadre_sheets import standing_key


def order(*people: tuple[str, list[str], int, bool]) -> list[str]:
    return [name for name, *facts in sorted(people, key=lambda each: standing_key(*each[1:]))]


def test_people_stand_by_their_grades_over_the_years() -> None:
    assert order(
        ("没有等次", [], 0, False),
        ("一般", ["fair"], 0, False),
        ("两年好", ["good", "good"], 0, False),
        ("一年好", ["good"], 0, False),
        ("好而被问责", ["good"], 1, False),
        ("好、较好", ["good", "fairly_good"], 0, False),
        ("不得提拔", ["good", "good"], 0, True),
    ) == ["两年好", "一年好", "好而被问责", "好、较好", "一般", "没有等次", "不得提拔"]
