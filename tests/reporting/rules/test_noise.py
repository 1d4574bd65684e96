import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.rules.noise import HEADER, PAGE, WEBSITE, noise_among, noise_of


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        # As the sources have them (S-198).
        ("仅供学习参考，请勿照搬照抄", WEBSITE),
        ("举报成功免费赠送一年会员材料", WEBSITE),
        ("仅供学习 禁止外传", WEBSITE),
        ("　 仅 供 学 习　禁止外传 ", WEBSITE),
        ("更多材料请关注公众号：某某文秘", WEBSITE),
        ("本文来源：某某文秘网", WEBSITE),
        ("www.example.com", WEBSITE),
        ("来源：https://example.com/a/1.html", WEBSITE),
        ("第 3 页 共 12 页", PAGE),
        ("第三页", PAGE),
        ("- 3 -", PAGE),
        ("—3—", PAGE),
        ("3 / 12", PAGE),
        ("Page 3 of 12", PAGE),
    ],
)
def test_lines_of_websites_and_pages_are_known_by_their_words(line: str, kind: str) -> None:
    assert noise_of(line) == kind


@pytest.mark.parametrize(
    "line",
    [
        "",
        "12",
        "XX、***",
        "（一）抓党员教育学习不够经常。",
        "组织党员外出学习参观3次，参考外地做法改进工作。",
        "要求各支部对上级文件不得照抄，结合实际抓落实。",
        "引导党员关注“清溪先锋”公众号，组织党员加微信群学习。",
        "建成宣传材料网格化管理点3个。",
        "严禁传播谣言，带头守规矩。",
        "建成党建网站1个，更新材料120篇。",
        "原因：",
        "该材料由县委组织部汇编，仅供参考，各支部学习以后结合本单位实际逐条提出落实意见，报镇党委研究，形成党建工作要点，并在年底前逐项对账。",
    ],
)
def test_lines_of_a_report_are_left_alone(line: str) -> None:
    assert noise_of(line) == ""


def test_a_header_is_what_comes_again_on_every_page() -> None:
    head = "甲乡党委2026年度述职报告"
    lines = [head, "一、主要成绩", "已完成", head, "已完成", "- 2 -", head, "已完成", "原因："]
    assert noise_among(lines) == {0: HEADER, 3: HEADER, 5: PAGE, 6: HEADER}
    assert noise_among(lines[:5]) == {}


@given(st.lists(st.text(max_size=80), max_size=20))
def test_nothing_is_changed_and_empty_lines_are_no_noise(lines: list[str]) -> None:
    found = noise_among(lines)
    assert all(lines[at].strip() for at in found)
