"""Codes, envelopes and sealed ballots: what goes in comes out, and nothing that was tampered with does."""

import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.public import PrivateKey

from reviews.sealing.ballots import (
    BallotUnreadable,
    ballot_size,
    open_sealed,
    read_ballot,
    receipt_of,
    seal,
    sealed_size,
    write_ballot,
)
from reviews.sealing.codes import check_letter, new_code, read_code
from reviews.sealing.keys import EnvelopeError, key_mark, new_envelopes, open_envelopes
from reviews.sealing.letters import ALPHABET, from_letters, to_letters

GRADES = [{"code": code, "label": code, "points": "1", "min": "0", "max": "100"} for code in ("good", "fair", "poor")]
DESCRIPTION = {
    "title": "测评表",
    "mode": "band",
    "grades": GRADES,
    "items": [{"id": "1", "name": "履行责任", "max": "100"}, {"id": "2", "name": "个人履职", "max": "100"}],
    "overall": True,
    "remark": True,
    "reporters": [{"id": "7"}, {"id": "9", "items": [{"id": "3", "name": "领域项目", "max": "100"}]}],
}

MARK = st.one_of(
    st.none(),
    st.fixed_dictionaries(
        {},
        optional={"grade": st.sampled_from(["good", "fair", "poor"]), "points": st.sampled_from(["0", "95", "88.5"])},
    ),
)


@given(st.binary(min_size=1, max_size=40))
def test_letters_give_the_bytes_back(data: bytes) -> None:
    assert from_letters(to_letters(data))[: len(data)] == data


def test_a_slip_is_read_from_the_scanned_address_or_as_it_was_typed() -> None:
    code = new_code()
    mark = key_mark("ab" * 32)
    assert read_code(f"http://booth.cn/#{code.long}{mark}") == code.long
    assert read_code(code.typed.lower().replace("-", " ")) == code.short
    assert read_code(code.short.replace("0", "O").replace("1", "l")) == code.short


@given(st.text(ALPHABET, min_size=15, max_size=15), st.integers(0, 14), st.sampled_from(ALPHABET))
def test_a_wrong_letter_is_told(body: str, place: int, other: str) -> None:
    wrong = body[:place] + other + body[place + 1 :]
    distance = abs(ALPHABET.index(other) - ALPHABET.index(body[place]))
    if distance % 31:  # the 32nd letter cannot be told from the first by a check of one letter
        assert read_code(wrong + check_letter(body)) == ""


@pytest.mark.parametrize("chosen", [(0, 1), (0, 2), (2, 1)])
def test_any_two_of_three_envelopes_open_the_box(chosen: tuple[int, int]) -> None:
    envelopes = new_envelopes(shares=True)
    key = open_envelopes([envelopes.codes[place] for place in chosen], envelopes.public_key)
    assert bytes(key.public_key).hex() == envelopes.public_key


def test_one_envelope_opens_the_box_of_the_simple_mode() -> None:
    envelopes = new_envelopes(shares=False)
    assert len(envelopes.codes) == 1
    assert open_envelopes(envelopes.codes, envelopes.public_key)


def test_one_of_three_twice_or_another_rounds_envelope_does_not_open_it() -> None:
    envelopes, other = new_envelopes(shares=True), new_envelopes(shares=True)
    for texts, words in [
        ([envelopes.codes[0]], "凑齐两个"),
        ([envelopes.codes[0]] * 2, "同一个信封"),
        ([envelopes.codes[0], other.codes[1]], "第2个密钥有误"),
        (["", envelopes.codes[1]], "第1个密钥应当有32个"),
    ]:
        with pytest.raises(EnvelopeError, match=words):
            open_envelopes(texts, envelopes.public_key)


@given(
    st.dictionaries(st.sampled_from(["1", "2"]), MARK),
    MARK,
    st.text(max_size=60),
    st.integers(min_value=1, max_value=9),
)
def test_a_ballot_comes_out_as_it_went_in_and_always_has_the_same_length(items, overall, remark, counter) -> None:
    marks = {"7": {"items": {k: v for k, v in items.items() if v}, "overall": overall, "remark": remark}}
    given_marks = {key: value for key, value in marks["7"].items() if value}
    plain = write_ballot(DESCRIPTION, marks, counter=counter)
    assert len(plain) == ballot_size(DESCRIPTION)
    ballot = read_ballot(DESCRIPTION, plain)
    assert ballot.counter == counter
    assert ballot.marks == ({"7": given_marks} if given_marks else {})


def test_a_sealed_ballot_opens_with_the_key_only() -> None:
    key = PrivateKey.generate()
    plain = write_ballot(DESCRIPTION, {}, counter=1)
    sealed = seal(plain, bytes(key.public_key).hex())
    assert len(sealed) == sealed_size(len(plain))
    assert open_sealed(sealed, key) == plain
    for spoiled in (sealed[:-1], sealed[:40] + bytes([sealed[40] ^ 1]) + sealed[41:], b"", b"x" * 20):
        with pytest.raises(BallotUnreadable):
            open_sealed(spoiled, key)
    with pytest.raises(BallotUnreadable):
        open_sealed(sealed, PrivateKey.generate())


@pytest.mark.parametrize(
    "plain",
    [b"", b"{}", b"[]", b"null", b'{"n":1,"r":"x","m":"","t":{}}', b'{"n":1,"r":"00","m":"9,,;,","t":{"5":"x"}}'],
)
def test_what_is_no_ballot_is_refused(plain: bytes) -> None:
    with pytest.raises(BallotUnreadable):
        read_ballot(DESCRIPTION, plain.ljust(ballot_size(DESCRIPTION)))


def test_a_receipt_follows_from_the_seed_alone() -> None:
    seed = secrets.token_hex(16)
    one = read_ballot(DESCRIPTION, write_ballot(DESCRIPTION, {}, counter=1, seed=seed))
    other = read_ballot(DESCRIPTION, write_ballot(DESCRIPTION, {"7": {"remark": "好"}}, counter=2, seed=seed))
    assert one.receipt == other.receipt == receipt_of(seed)
    assert len(one.receipt) == 16


def test_shortcuts_go_along_and_make_no_ballot_longer() -> None:
    plain = write_ballot(DESCRIPTION, {"7": {"remark": "好", "shortcut": "all"}}, counter=2**53 - 1)
    assert len(plain) == len(write_ballot(DESCRIPTION, {}, counter=1))
    assert read_ballot(DESCRIPTION, plain).shortcuts == 1
    # A page that was loaded before they were counted, and one that makes something up.
    for written in (b"", b',"s":-1', b',"s":99999', b',"s":"x"'):
        other = plain.replace(b',"s":1', written).strip().ljust(len(plain), b" ")
        assert read_ballot(DESCRIPTION, other).shortcuts == 0
