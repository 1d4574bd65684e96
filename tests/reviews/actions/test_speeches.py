import pytest
from django.core.exceptions import PermissionDenied

from common.conflicts import StaleRevision
from rectification.models import Problem
from rectification.rules.items import ProblemSource
from reviews.actions.speeches import SpeechWords, add_speech, remove_speech, save_speech
from reviews.models import Meeting, Speech
from reviews.rules.speeches import SpeechKind, SpeechRefusedError
from tests.reviews.rows_of_meetings import opened_meeting
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(world: World) -> Meeting:
    return opened_meeting(world)


def overall(world: World, meeting: Meeting) -> Speech:
    return add_speech(meeting, kind=SpeechKind.OVERALL, speaker="高某", by=world.user("clerk"))


def write(world: World, speech: Speech, *problems: str, revision: int, save_id: str = "") -> Speech:
    words = SpeechWords({"achievements": "有成绩。"}, problems)
    return save_speech(speech, words=words, revision=revision, save_id=save_id, by=world.user("clerk"))


def test_one_overall_comment_per_meeting(world: World, meeting: Meeting) -> None:
    """S-126."""
    overall(world, meeting)
    with pytest.raises(SpeechRefusedError, match="只能有一份"):
        overall(world, meeting)
    for _ in range(2):
        add_speech(meeting, kind=SpeechKind.SECRETARY, speaker="***", by=world.user("clerk"))
    assert meeting.speeches.count() == 3


def test_a_save_repeated_counts_once_and_a_stale_one_is_told(world: World, meeting: Meeting) -> None:
    speech = overall(world, meeting)
    assert write(world, speech, "甲", revision=1, save_id="a").revision == 2
    assert write(world, speech, "甲", revision=1, save_id="a").revision == 2
    with pytest.raises(StaleRevision):
        write(world, speech, "乙", revision=1, save_id="b")


def test_a_problem_on_the_list_is_never_lost(world: World, meeting: Meeting) -> None:
    speech = write(world, overall(world, meeting), "甲", "乙", revision=1)
    problem = Problem.objects.create(
        cycle=world.cycle, organization=world.township, source=ProblemSource.COMMENT, text="乙"
    )
    speech.problems.filter(text="乙").update(problem=problem)
    speech = write(world, speech, "丙", "乙", "甲", revision=2)
    assert list(speech.problems.values_list("text", "problem")) == [("丙", None), ("乙", problem.pk), ("甲", None)]
    speech = write(world, speech, revision=3)
    assert [row.text for row in speech.problems.all()] == ["乙"]
    with pytest.raises(SpeechRefusedError, match="不能删去"):
        remove_speech(speech, by=world.user("clerk"))


def test_only_the_clerk_writes(world: World, meeting: Meeting) -> None:
    for role in ("leader", "secretary", "superior", "sibling_clerk"):
        with pytest.raises(PermissionDenied):
            add_speech(meeting, kind=SpeechKind.OTHER, speaker="***", by=world.user(role))
    speech = overall(world, meeting)
    remove_speech(speech, by=world.user("clerk"))
    with pytest.raises(SpeechRefusedError, match="已被删去"):
        write(world, speech, "甲", revision=1)
