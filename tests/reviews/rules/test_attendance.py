import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.rules.attendance import (
    PRESET,
    AttendanceTotal,
    Group,
    Member,
    attendance_total,
    identity,
    parse_members,
    preset_for,
    spoken_total,
    total_words,
    write_members,
)


def test_members_are_lines_of_name_unit_and_post() -> None:
    text = "张三 甲乡 党委书记\n\n***\n张　三 县XX局 党组书记、局长\nXX | 某 公司 | 董事长"
    assert parse_members(text) == [
        Member("张三", "甲乡", "党委书记"),
        Member("***"),
        Member("张　三", "县XX局", "党组书记、局长"),
        Member("XX", "某 公司", "董事长"),
    ]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("张三、李四，王五,XX；***", ["张三", "李四", "王五", "XX", "***"]),
        ("张三, 李四， 王五", ["张三", "李四", "王五"]),
        ("张　三、李四、", ["张　三", "李四"]),
        ("张三（县委副书记、组织部部长）、李四", ["张三（县委副书记、组织部部长）", "李四"]),
        ("张三（县委副书记、组织部部长）", ["张三（县委副书记、组织部部长）"]),
    ],
)
def test_a_line_of_names_alone_is_several_members(line: str, names: list[str]) -> None:
    assert parse_members(line) == [Member(name) for name in names]


@pytest.mark.parametrize(
    ("line", "members"),
    [
        ("沙有田，沙湾村，党支部书记", [Member("沙有田", "沙湾村", "党支部书记")]),
        ("***, 县XX局, 党组书记、局长", [Member("***", "县XX局", "党组书记、局长")]),
        ("沙有田，村委会主任", [Member("沙有田", "", "村委会主任")]),
        ("县委书记，县长", [Member("县委书记"), Member("县长")]),
        ("张三、李四，王村长", [Member("张三"), Member("李四"), Member("王村长")]),
    ],
)
def test_name_unit_and_post_with_commas_are_one_person(line: str, members: list[Member]) -> None:
    assert parse_members(line) == members


def test_a_post_with_a_comma_stays_one_member() -> None:
    assert parse_members("张三 县XX局 党组书记、局长") == [Member("张三", "县XX局", "党组书记、局长")]
    assert parse_members("张三、李四 | 县XX局 | 干部") == [Member("张三、李四", "县XX局", "干部")]


WORDS = st.text(st.sampled_from("张三*X　甲乡 委，、（）"), max_size=6).map(str.strip)


@given(st.lists(st.builds(Member, WORDS.filter(bool), WORDS, WORDS)))
def test_what_is_written_reads_back_the_same(members: list[Member]) -> None:
    members = [Member(m.name.strip(" "), m.unit.strip(" "), m.post.strip(" ")) for m in members]
    assert parse_members(write_members(members)) == members


def test_the_preset_has_nine_categories_in_the_words_of_the_place() -> None:
    assert preset_for("清溪县委") == PRESET
    assert len(PRESET) == 9
    assert preset_for("某市委")[0] == "市委常委"


def test_masked_names_are_never_taken_for_one_person() -> None:
    assert identity(Member("***", "县XX局", "局长")) is None
    assert identity(Member("张三")) is None
    assert identity(Member("张三", "甲乡", "书记")) == Member("张三", "甲乡", "书记")
    assert identity(Member("***"), 7) == 7


def test_who_is_in_two_categories_counts_once_and_masked_figures_are_skipped() -> None:
    groups = [Group("9人", (1, 2)), Group("", (2, 3, None)), Group("***", (1,)), Group("")]
    # 9 + 3 - person 2 once; the masked category neither counts nor repeats.
    assert attendance_total(groups) == AttendanceTotal(11, 1, 1)


@pytest.mark.parametrize(
    ("typed", "total", "words"),
    [
        ("", AttendanceTotal(103, 0, 0), "共103人"),
        ("", AttendanceTotal(89, 1, 0), "共89人（另有1类人数未计）"),
        ("", AttendanceTotal(0, 3, 0), ""),
        ("***多人", AttendanceTotal(5, 0, 0), "共***多人"),
        ("130多", AttendanceTotal(5, 0, 0), "共130多人"),
    ],
)
def test_the_total_in_words(typed: str, total: AttendanceTotal, words: str) -> None:
    assert total_words(typed, total) == words


@pytest.mark.parametrize(
    ("typed", "total", "words"),
    [
        ("", AttendanceTotal(103, 0, 0), "共103人"),
        ("", AttendanceTotal(89, 1, 0), "共89人以上"),
        ("", AttendanceTotal(0, 3, 0), ""),
        ("***多人", AttendanceTotal(5, 2, 0), "共***多人"),
    ],
)
def test_the_total_as_it_is_read_aloud(typed: str, total: AttendanceTotal, words: str) -> None:
    assert spoken_total(typed, total) == words
