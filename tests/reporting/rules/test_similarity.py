import random
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.rules.similarity import Text, compare, compare_all, read_text, weigh

COPIED = "大坪村土地流转款拖了三年，我包村十七趟，和六十一户逐户对账，全部兑付。"
chance = random.Random(2026)


def own_words(length: int) -> str:
    return "".join(chr(chance.randrange(0x4E00, 0x9F00)) for _ in range(length))


def text(words: str, name: str = "正文") -> Text:
    return read_text([(name, words)])


def one_to_one(mine: str, theirs: str):
    both = [text(mine), text(theirs)]
    return compare(both[0], weigh(both)[0], both[1])


def test_a_copied_passage_is_shown_as_written_on_both_sides() -> None:
    before, after = own_words(34), own_words(40)
    match = one_to_one(f"{before}。{COPIED}", f"{after}。{COPIED.replace('，', ' ')}")
    assert match.percent == Decimal("47.7")  # 31 of 65 characters
    (passage,) = match.passages
    assert passage.mine == COPIED
    assert passage.theirs == COPIED.replace("，", " ")
    assert passage.characters == 31


def test_the_same_text_is_wholly_similar_and_another_not_at_all() -> None:
    words = own_words(500)
    assert one_to_one(words, words).percent == Decimal("100.0")
    assert one_to_one(words, own_words(500)).percent == Decimal("0.0")


@pytest.mark.parametrize(
    "words",
    [
        "XX县XX镇XX村***户X月X日***元XX次***人",
        "走访***户解决***件投入***万元新建XX个",  # between the masks no passage is long enough
        "全年召开党委会十二次",  # shorter than a passage
        "",
    ],
)
def test_masked_words_and_short_phrases_do_not_count(words: str) -> None:
    assert one_to_one(words, words).passages == ()


def test_a_passage_stops_at_a_mask() -> None:
    match = one_to_one(f"{COPIED}***{COPIED}", f"{COPIED}***")
    assert [passage.mine for passage in match.passages] == [COPIED, COPIED]


def test_what_many_reports_say_weighs_less_and_what_most_say_nothing() -> None:
    genre = "坚持以党的政治建设为统领，推动基层党组织全面进步、全面过硬。"
    shared = "三家合抄的一段话讲的是同一件事情，一个字也没有改动过。"
    texts = [text(genre + own_words(300) + (shared if n < 3 else "")) for n in range(10)]
    found = [matches for matches, _ in compare_all(texts, [None] * 10)]
    assert [[match.other for match in matches] for matches in found[3:]] == [[]] * 7
    for n in range(3):
        assert {match.other for match in found[n]} == {0, 1, 2} - {n}
        assert all(genre[:10] not in passage.mine for match in found[n] for passage in match.passages)
    pair = compare(texts[0], weigh(texts[:2])[0], texts[1])
    assert found[0][0].percent < pair.percent


def test_one_text_copied_by_many_is_found_with_all_of_them() -> None:
    copied = own_words(900)
    texts = [text(copied + own_words(100)) for _ in range(15)] + [text(own_words(1000)) for _ in range(185)]
    found = [matches for matches, _ in compare_all(texts, [None] * 200)]
    assert all(found[n] and all(match.other < 15 for match in found[n]) for n in range(15))
    assert not any(found[15:])


def test_last_years_own_report_is_compared_too() -> None:
    words = own_words(300)
    texts = [text(words), text(own_words(300))]
    (_, own), (_, nothing) = compare_all(texts, [text(words[:150] + own_words(150)), None])
    assert own is not None
    assert own.percent == Decimal("50.0")
    assert nothing is None


def test_places_are_named() -> None:
    mine = read_text([("“主要成绩”", own_words(50)), ("第1个问题", COPIED)])
    other = read_text([("第2个问题的原因", COPIED)])
    (passage,) = compare(mine, weigh([mine, other])[0], other).passages
    assert (passage.my_place, passage.their_place) == ("第1个问题", "第2个问题的原因")


@given(st.lists(st.text(alphabet="党委抓我*X，。 12\x00\n村", max_size=60), max_size=5))
def test_any_texts_can_be_compared(bodies: list[str]) -> None:
    texts = [read_text([("一", body), ("二", body[::-1])]) for body in bodies]
    for number, (matches, own) in enumerate(compare_all(texts, list(texts))):
        assert all(Decimal(0) <= match.percent <= Decimal(100) for match in matches)
        assert all(match.other != number for match in matches)
        assert own is None or own.percent <= Decimal(100)
