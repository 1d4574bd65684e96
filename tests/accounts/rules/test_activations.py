import datetime as dt

import pytest

from accounts.rules.activations import ALPHABET, ActivationState, new_code, proposed_username, state_of, typed_code

NOW = dt.datetime(2027, 1, 5, 9, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


def test_a_code_has_nothing_that_is_mistaken_for_something_else_on_paper() -> None:
    code = new_code()
    assert not set("ilo01IO") & set(ALPHABET)
    assert len(code) == 14
    assert set(code) <= set(ALPHABET) | {"-"}
    assert len({new_code() for _ in range(100)}) == 100


@pytest.mark.parametrize(
    "typed", ["abcd-efgh-jkmn", " ABCD EFGH JKMN", "ａｂｃｄ－efgh－jkmn", "abcdefghjkmn", "abcd_efgh—jkmn"]
)
def test_however_a_code_is_typed_it_is_the_same(typed: str) -> None:
    assert typed_code(typed) == "abcd-efgh-jkmn"


@pytest.mark.parametrize(
    ("used_at", "voided_at", "expires_at", "state"),
    [
        (None, None, NOW + DAY, ActivationState.OPEN),
        (None, None, NOW, ActivationState.EXPIRED),
        (None, NOW - DAY, NOW + DAY, ActivationState.VOIDED),
        (NOW - DAY, None, NOW - DAY, ActivationState.USED),
    ],
)
def test_states(used_at, voided_at, expires_at, state: ActivationState) -> None:
    assert state_of(used_at=used_at, voided_at=voided_at, expires_at=expires_at, now=NOW) == state


@pytest.mark.parametrize(
    ("pinyin", "code", "taken", "username"),
    [
        ("zhang san", "P1", (), "zhangsan"),
        ("zhang san", "P1", {"zhangsan", "zhangsan2"}, "zhangsan3"),
        ("***", "P-0012", (), "p-0012"),
        ("zhang X", "县 12", (), "zhangx"),
        ("***", "***", (), "user"),
    ],
)
def test_a_login_name_is_the_name_or_else_the_code(pinyin: str, code: str, taken, username: str) -> None:
    assert proposed_username(pinyin, code, taken) == username
