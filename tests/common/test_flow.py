import pytest

from common.flow import Flow, TransitionNotAllowed

LAMP = Flow("lamp", {"light": (["off"], "on"), "douse": (["on"], "off"), "break": (["on", "off"], "broken")})


def test_a_verb_leads_from_its_sources_to_its_target() -> None:
    assert LAMP.check("off", "light") == "on"
    assert LAMP.check("on", "break") == "broken"


@pytest.mark.parametrize(("state", "verb"), [("on", "light"), ("broken", "douse"), ("off", "sing")])
def test_every_other_pair_is_refused_in_words(state: str, verb: str) -> None:
    with pytest.raises(TransitionNotAllowed, match="请刷新页面"):
        LAMP.check(state, verb)


def test_buttons_follow_from_the_table() -> None:
    assert LAMP.verbs_from("off") == ["light", "break"]
    assert LAMP.verbs_from("broken") == []
    assert LAMP.states == {"on", "off", "broken"}
