import pytest

from accounts.rules.organizations import OrganizationKind as Kind
from accounts.rules.organizations import post_phrase, secretary_title


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        (Kind.COMMITTEE, "党委书记"),
        (Kind.WORKING_COMMITTEE, "党工委书记"),
        (Kind.LEADERSHIP_GROUP, "党组书记"),
        (Kind.ORGANS_WORKING_COMMITTEE, "工委书记"),
        (Kind.PRIMARY_COMMITTEE, "党委书记"),
        (Kind.COMPREHENSIVE_COMMITTEE, "党委书记"),
        (Kind.GENERAL_BRANCH, "党总支书记"),
        (Kind.BRANCH, "党支部书记"),
    ],
)
def test_the_kind_decides_the_printed_title(kind: Kind, title: str) -> None:
    assert secretary_title(kind) == title


@pytest.mark.parametrize(
    ("kinds", "phrase"),
    [
        ({Kind.COMMITTEE}, "党委书记"),
        ({Kind.COMMITTEE, Kind.WORKING_COMMITTEE}, "党（工）委书记"),
        ({Kind.COMMITTEE, Kind.WORKING_COMMITTEE, Kind.LEADERSHIP_GROUP}, "党（工）委（党组）书记"),
        ({Kind.COMMITTEE, Kind.LEADERSHIP_GROUP}, "党委（党组）书记"),
        ({Kind.LEADERSHIP_GROUP}, "党组书记"),
        ({Kind.WORKING_COMMITTEE}, "党工委书记"),
        ({Kind.BRANCH, Kind.COMMITTEE}, "党组织书记"),
        (set(), "党组织书记"),
    ],
)
def test_the_kinds_present_decide_the_words_of_the_meeting(kinds: set[str], phrase: str) -> None:
    assert post_phrase(kinds) == phrase
