import datetime as dt

from reviews.rules.doors import DOOR_SECONDS, door_code, is_door_code

NOW = dt.datetime(2027, 1, 12, 1, 0, 30, tzinfo=dt.UTC)
TURN = dt.timedelta(seconds=DOOR_SECONDS)


def test_the_code_changes_with_time_and_key_and_is_four_digits():
    codes = [door_code("a", NOW + TURN * turn) for turn in range(200)]
    assert {len(code) for code in codes} == {4}
    assert len(set(codes)) > 190
    assert door_code("a", NOW) == door_code("a", NOW + dt.timedelta(seconds=29))
    assert door_code("a", NOW) != door_code("b", NOW)


def test_the_present_code_and_the_one_before_are_good():
    code = door_code("a", NOW)
    assert [is_door_code("a", code, NOW + TURN * turn) for turn in (-1, 0, 1, 2)] == [False, True, True, False]
    assert is_door_code("a", f" {code[:2]} {code[2:]}", NOW)
    assert not is_door_code("a", "", NOW)
    assert not is_door_code("a", "²", NOW)
