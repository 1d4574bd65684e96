"""Titles of meetings, composed from facts (S-83)."""

from accounts.rules.organizations import post_phrase
from reviews.rules.meetings import MeetingKind

_BODIES = ("党工委", "党委", "党组", "工委", "委")
_WHOLE = {
    "省": "全省",
    "市": "全市",
    "州": "全州",
    "县": "全县",
    "旗": "全旗",
    "乡": "全乡",
    "镇": "全镇",
}

# What each kind is called inside a title; 推进会 and 专题会 are about the work, not about those who report.
_ABOUT_REPORTS = {
    MeetingKind.ASSEMBLY: "述职评议大会",
    MeetingKind.REVIEW: "述职评议会",
    MeetingKind.SPECIAL_REPORT: "专项述职会",
    MeetingKind.ASSESSMENT: "述职评议考核会议",
    MeetingKind.SUMMARY: "述职评议总结会议",
}


def place_of(committee_name: str) -> str:
    """清溪县委 → 清溪县, 甲乡党委 → 甲乡."""
    for body in _BODIES:
        if committee_name.endswith(body) and len(committee_name) > len(body):
            return committee_name.removesuffix(body)
    return committee_name


def scope_words(committee_name: str) -> str:
    """全县, 全市, 全镇 …; a district keeps its name (XX区), as does a body without a place."""
    place = place_of(committee_name)
    return _WHOLE.get(place[-1:], place)


def compose_title(*, year: int, committee_name: str, reporter_kinds: set[str], kind: str) -> str:
    """2026年度全县党（工）委（党组）书记抓基层党建工作述职评议大会 (S-83).

    `reporter_kinds` are the kinds of the organizations that report, orally or in writing.
    """
    scope = scope_words(committee_name)
    words = _ABOUT_REPORTS.get(MeetingKind(kind))
    if words is None:
        return f"{year}年度{scope}基层党建工作{MeetingKind(kind).label}"
    return f"{year}年度{scope}{post_phrase(reporter_kinds)}抓基层党建工作{words}"


def reporters_phrase(kinds: set[str], titles: list[str]) -> str:
    """党（工）委书记, with 、副书记 where a deputy is among those who reported (S-07)."""
    deputies = any("副书记" in title for title in titles)
    return post_phrase(kinds) + ("、副书记" if deputies else "")
