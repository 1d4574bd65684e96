"""Lists of the year's start, letters and due reports, for the tests of this app."""

import datetime as dt
from collections.abc import Sequence

from accounts.models import Organization
from reporting.actions.filings import CallFacts, RowChange, call_filing, save_filed_list, submit_filed_list
from reporting.models import FiledList, FilingCall
from reporting.rules.filings import FiledWords, ListKind
from tests.world import World

WORDS = FiledWords("抓得不细，**户", "每季度研究", "***", "党政办", "财政所", "X月底前")


def call_lists(
    world: World,
    organizations: Sequence[Organization] = (),
    kinds: Sequence[str] = (ListKind.PROBLEMS, ListKind.RESPONSIBILITIES),
    due_date: dt.date | None = None,
) -> FilingCall:
    """Lists are asked of both townships unless told otherwise."""
    asked = list(organizations) or [world.township, world.other_township]
    facts = CallFacts(kinds, "3月15日前", due_date)
    call = FilingCall.objects.filter(cycle=world.cycle).first()
    seen = call.revision if call else 0
    return call_filing(world.cycle, facts=facts, organizations=asked, seen=seen, by=world.user("clerk"))


def filed_list(world: World, kind: str = ListKind.PROBLEMS) -> FiledList:
    """甲乡's list of a kind."""
    return FiledList.objects.get(organization=world.township, kind=kind)


def hand_in_list(filed: FiledList, world: World, words: FiledWords = WORDS) -> FiledList:
    secretary = world.user("secretary")
    filed = save_filed_list(filed, rows=[RowChange(words)], seen=filed.revision, by=secretary)
    return submit_filed_list(filed, by=secretary)
