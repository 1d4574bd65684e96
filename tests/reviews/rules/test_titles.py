import pytest

from accounts.rules.organizations import OrganizationKind as K
from reviews.rules.meetings import MeetingKind
from reviews.rules.titles import compose_title, place_of, reporters_phrase, scope_words


@pytest.mark.parametrize(
    ("committee", "place", "scope"),
    [
        ("清溪县委", "清溪县", "全县"),
        ("某市委", "某市", "全市"),
        ("XX区委", "XX区", "XX区"),
        ("甲乡党委", "甲乡", "全乡"),
        ("城关街道党工委", "城关街道", "城关街道"),
        ("委", "委", "委"),
    ],
)
def test_the_scope_comes_from_the_committees_name(committee: str, place: str, scope: str) -> None:
    assert place_of(committee) == place
    assert scope_words(committee) == scope


@pytest.mark.parametrize(
    ("kinds", "kind", "title"),
    [
        ({K.COMMITTEE}, MeetingKind.SPECIAL_REPORT, "2026年度全县党委书记抓基层党建工作专项述职会"),
        (
            {K.COMMITTEE, K.WORKING_COMMITTEE},
            MeetingKind.REVIEW,
            "2026年度全县党（工）委书记抓基层党建工作述职评议会",
        ),
        (
            {K.COMMITTEE, K.WORKING_COMMITTEE, K.LEADERSHIP_GROUP},
            MeetingKind.ASSEMBLY,
            "2026年度全县党（工）委（党组）书记抓基层党建工作述职评议大会",
        ),
        ({K.COMMITTEE}, MeetingKind.PROGRESS, "2026年度全县基层党建工作推进会"),
    ],
)
def test_a_title_is_composed_from_facts(kinds: set[str], kind: str, title: str) -> None:
    composed = compose_title(year=2026, committee_name="清溪县委", reporter_kinds=kinds, kind=kind)
    assert composed == title


def test_deputies_among_the_reporters_are_named() -> None:
    assert reporters_phrase({K.COMMITTEE}, ["党委书记", "工委副书记"]) == "党委书记、副书记"
    assert reporters_phrase({K.COMMITTEE}, ["党委书记"]) == "党委书记"
