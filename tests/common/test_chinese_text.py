import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.chinese_text import chinese_number, count_characters, nest_quotes, printed_post


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "零"), (1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (99, "九十九"), (100, "100")],
)
def test_numbers_in_words(number: int, words: str) -> None:
    assert chinese_number(number) == words


def test_a_negative_number_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        chinese_number(-1)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("抓党建", 3),
        ("抓党建，促发展。", 8),  # six characters and two marks
        ("2026年", 2),  # one run of digits and one character
        ("投入12.5万元", 5),  # 投 入 12.5 万 元
        ("XX县 ***同志", 7),  # XX 县 * * * 同 志
        ("　　一、（一）\n二", 6),  # blanks and the line break count nothing
        ("95%以上", 3),
        ("——……", 4),
    ],
)
def test_characters_are_counted_as_word_counts_them(text: str, count: int) -> None:
    assert count_characters(text) == count


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("““两代表一委员”和群众代表”没有评分表", "“‘两代表一委员’和群众代表”没有评分表"),
        ("“甲”和“乙”", "“甲”和“乙”"),
        ("“一“二“三”二”一”", "“一‘二“三”二’一”"),
        ("“没有关上", "“没有关上"),
        ("没有打开”的“引号”", "没有打开”的“引号”"),
    ],
)
def test_quotes_within_quotes_are_single_ones(text: str, printed: str) -> None:
    assert nest_quotes(text) == printed


@given(st.text(alphabet="党建抓促一二，。《》（）", max_size=200), st.text(alphabet=" \n\t　", max_size=20))
def test_blanks_never_count(text: str, blanks: str) -> None:
    assert count_characters(text + blanks) == count_characters(blanks + text) == len(text)


@pytest.mark.parametrize(
    ("unit", "title", "printed"),
    [
        ("柳河镇", "党委书记", "柳河镇党委书记"),
        ("甲乡党委", "党委书记", "甲乡党委书记"),
        ("县财政局党组", "党组书记、局长", "县财政局党组书记、局长"),
        ("县直机关工委", "副书记", "县直机关工委副书记"),
        ("县直机关工委", "工委副书记", "县直机关工委副书记"),
        ("市XX局", "***", "市XX局***"),
        ("", "书记", "书记"),
    ],
)
def test_no_word_is_said_twice(unit: str, title: str, printed: str) -> None:
    assert printed_post(unit, title) == printed
