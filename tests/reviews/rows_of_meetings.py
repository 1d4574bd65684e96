"""A meeting as its clerk sets it up, for the tests of this half."""

from typing import Any

from accounts.models import Post
from accounts.rules.roles import Role
from reporting.models import Reporter
from reporting.rules.cycles import ReportMode
from reviews.actions.meetings import create_meeting, open_meeting
from reviews.models import Meeting
from reviews.rules.meetings import MeetingKind
from tests.factories import make_organization, make_post, make_reporter
from tests.world import World


def host_of(world: World) -> Post:
    found = world.county.posts.filter(role=Role.SECRETARY).first()
    return found or make_post(world.county, Role.SECRETARY)


def leader_of(world: World) -> Post:
    post: Post = world.user("leader").person.posts.get(role=Role.LEADER)
    return post


def set_up_meeting(world: World, **facts: Any) -> Meeting:
    """甲乡 speaks, 乙镇 reports in writing; more by `add_reporter` before."""
    facts = {"kind": MeetingKind.ASSEMBLY, "host": host_of(world)} | facts
    return create_meeting(world.cycle, facts=facts, by=world.user("clerk"))


def opened_meeting(world: World, **facts: Any) -> Meeting:
    return open_meeting(set_up_meeting(world, **facts), by=world.user("clerk"))


def add_reporter(world: World, name: str, mode: str = ReportMode.ORAL) -> Reporter:
    return make_reporter(world.cycle, make_organization(name, world.county), ReportMode(mode))
