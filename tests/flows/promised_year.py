"""A county of its own for the story of a problem and what comes of it in the year after."""

from accounts.models import User
from rectification.actions.lists import open_list
from rectification.actions.problems import ProblemDraft
from reporting.models import Cycle, Reporter
from tests.factories import make_cycle, make_reporter
from tests.world import build_world

WORDS = {"X1": "流动党员86名只联系上31名。", "X2": "外出党员底数不清，教育管理跟不上。"}


def open_lists() -> None:
    """After the meeting: two organizations have their lists, each with one problem in its own words."""
    world = build_world()
    for reporter in (world.reporter, world.other_reporter):
        draft = ProblemDraft("self", WORDS[reporter.organization.code])
        open_list(reporter, drafts=[draft], due_text="会后30日内", due_date=None, by=world.user("clerk"))


def begin_the_next_year() -> None:
    county = User.objects.get(username="clerk").person.posts.get().organization
    cycle = make_cycle(county, 2027)
    make_reporter(cycle, Reporter.objects.get(cycle__committee=county, organization__code="X1").organization)


def year(number: int) -> int:
    return Cycle.objects.get(committee__code="X", year=number).pk


def reporter(number: int) -> int:
    return Reporter.objects.get(cycle__committee__code="X", cycle__year=number, organization__code="X1").pk
