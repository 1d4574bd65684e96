import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Notice
from accounts.rules.roles import Role
from common.flow import TransitionNotAllowed
from rectification.actions.escalations import answer_escalation, escalate_item
from rectification.models import Escalation, RectificationItem
from rectification.rules.escalations import EscalationRefused, EscalationState
from rectification.rules.items import ItemState, ListState
from tests.factories import make_user
from tests.rectification.rows import make_list
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(world: World) -> RectificationItem:
    return make_list(world.reporter, ListState.COMMITTED, items=1).items.get()


def asked(world: World, item: RectificationItem) -> Escalation:
    return escalate_item(item, reason="用地指标***解决不了", by=world.user("staff"))


def test_the_superior_secretary_is_asked_and_answers(world: World, item: RectificationItem) -> None:
    secretary = make_user(Role.SECRETARY, world.county, "county_secretary")
    escalation = asked(world, item)
    assert Notice.objects.filter(user=secretary, text__contains="请答复").count() == 1
    answer_escalation(escalation, reply="由县自然资源局牵头", by=secretary)
    escalation.refresh_from_db()
    assert (escalation.state, escalation.reply) == (EscalationState.ANSWERED, "由县自然资源局牵头")
    assert Notice.objects.filter(user__username="staff", text__contains="已有答复").exists()
    with pytest.raises(TransitionNotAllowed):
        answer_escalation(escalation, reply="再答", by=secretary)
    assert asked(world, item).state == EscalationState.ASKED


def test_not_twice_not_without_words_not_when_finished(world: World, item: RectificationItem) -> None:
    staff = world.user("staff")
    with pytest.raises(EscalationRefused, match="请写明"):
        escalate_item(item, reason=" ", by=staff)
    escalation = asked(world, item)
    with pytest.raises(EscalationRefused, match="等待答复"):
        asked(world, item)
    with pytest.raises(EscalationRefused, match="答复意见"):
        answer_escalation(escalation, reply="", by=world.user("leader"))
    Escalation.objects.all().delete()
    RectificationItem.objects.update(state=ItemState.CLOSED)
    with pytest.raises(EscalationRefused, match="还没有办结"):
        asked(world, item)


@pytest.mark.parametrize("role", ["secretary", "staff", "supervision", "superior", "sibling_clerk", "administrator"])
def test_others_do_not_answer(world: World, item: RectificationItem, role: str) -> None:
    with pytest.raises(PermissionDenied):
        answer_escalation(asked(world, item), reply="x", by=world.user(role))


@pytest.mark.parametrize("role", ["clerk", "leader", "other_secretary"])
def test_others_do_not_ask(world: World, item: RectificationItem, role: str) -> None:
    with pytest.raises(PermissionDenied):
        escalate_item(item, reason="x", by=world.user(role))
