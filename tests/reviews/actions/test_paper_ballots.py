import json
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import AuditEntry, User
from accounts.rules.roles import Role
from reviews.actions.paper_ballots import decide_paper, drop_paper, enter_paper, paper_faults
from reviews.actions.slips import mark_slip_used_on_paper
from reviews.actions.tallies import count_round
from reviews.models import BallotRemark, PaperEntry, SlipPile, TallyLine
from reviews.models.result_inputs import inputs_of
from reviews.rules.ballot_rounds import BallotError
from reviews.rules.paper_ballots import Entry, Turn
from reviews.rules.slips import UsedOnPaperError
from reviews.sealing import recount
from tests.factories import make_user
from tests.reviews.rows_of_ballots import Round, all_marked, make_round, open_up
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(world: World) -> Round:
    return open_up(make_round(world, voters=(7, 6)))


@pytest.fixture
def second(world: World) -> User:
    """Another clerk of the same office."""
    return make_user(Role.ORGANIZATION_DEPARTMENT, world.county)


def pile(made: Round, letter: str = "A") -> SlipPile:
    return made.row.piles.get(category__position=ord(letter) - 64)


def marked(made: Round, grade: str, **more: Any) -> Entry:
    return Entry(all_marked(made.row, grade, **more))


def typed_twice(made: Round, second: User, number: int, entry: Entry, letter: str = "A") -> None:
    enter_paper(pile(made, letter), number=number, turn=Turn.FIRST, entry=entry, by=made.clerk)
    enter_paper(pile(made, letter), number=number, turn=Turn.SECOND, entry=entry, by=second)


def test_paper_and_phone_come_to_one_count(made: Round, second: User, world: World):
    for code in made.slips["A"][:4]:
        made.vote(code, all_marked(made.row, "good"))
    for code in made.slips["B"][:5]:
        made.vote(code, all_marked(made.row, "fair"))
    papers = [marked(made, "poor", remark="要多到村里去"), marked(made, "poor"), Entry({}, "难以辨认")]
    for number, entry in enumerate(papers, start=1):
        mark_slip_used_on_paper(made.fresh(), text=made.slips["A"][3 + number].typed, by=made.clerk)
        typed_twice(made, second, number, entry)
    made.seal()
    count_round(made.fresh(), envelopes=made.envelopes, witnesses="甲", by=made.clerk)

    figures = list(made.row.piles.values_list("by_phone", "on_paper", "valid", "invalid", "abstained"))
    assert figures == [(4, 3, 6, 1, 0), (5, 0, 5, 0, 0)]
    overall = TallyLine.objects.overall().filter(reporter=world.reporter, category__position=1)
    assert dict(overall.values_list("grade_code", "count")) == {"good": 4, "poor": 2}
    assert {remark.text for remark in BallotRemark.objects.all()} == {"要多到村里去"}
    assert not PaperEntry.objects.exists()


def test_a_void_line_is_counted_as_void_and_lowers_no_mean(made: Round, second: User, world: World):
    for code in made.slips["A"][:5]:
        made.vote(code, all_marked(made.row, "good"))
    for code in made.slips["B"][:5]:
        made.vote(code, all_marked(made.row, "fair"))
    entry = marked(made, "good")
    line = str(world.cycle.scheme.dimensions.all()[0].pk)
    row = entry.marks[str(world.reporter.pk)]
    row["items"][line], row["overall"] = {"grade": "void"}, {}
    mark_slip_used_on_paper(made.fresh(), text=made.slips["A"][5].typed, by=made.clerk)
    typed_twice(made, second, 1, entry)
    made.seal()
    counted = count_round(made.fresh(), envelopes=made.envelopes, witnesses="甲", by=made.clerk)

    lines = counted.tally_lines.filter(reporter=world.reporter, category__position=1)
    values = ("grade_code", "abstained", "void", "count")
    assert set(lines.filter(dimension=line).values_list(*values)) == {("good", False, False, 5), ("", False, True, 1)}
    assert set(lines.filter(dimension=None).values_list(*values)) == {("good", False, False, 5), ("", True, False, 1)}
    output = json.loads(counted.output.text)
    assert recount.check(output) == []
    report = "\n".join(recount.report(output))
    assert "好5票，无效1票；平均100.00" in report
    assert "弃权1票，好5票；平均100.00" in report
    counts = inputs_of(world.cycle)[world.reporter.pk].categories[0].counts[0]
    assert (counts.valid, counts.abstained, counts.void) == (5, 0, 1)


def test_a_slip_on_paper_is_no_slip_for_a_phone(made: Round):
    code = made.slips["A"][0]
    mark_slip_used_on_paper(made.fresh(), text=code.typed, by=made.clerk)
    with pytest.raises(UsedOnPaperError):
        made.vote(code, all_marked(made.row, "good"))


def test_one_clerk_types_one_turn(made: Round, second: User):
    enter_paper(pile(made), number=1, turn=Turn.FIRST, entry=marked(made, "good"), by=made.clerk)
    with pytest.raises(BallotError, match="是您录的，另一遍要由另一位同志录"):
        enter_paper(pile(made), number=1, turn=Turn.SECOND, entry=marked(made, "good"), by=made.clerk)
    with pytest.raises(BallotError, match="第一遍已由"):
        enter_paper(pile(made), number=1, turn=Turn.FIRST, entry=marked(made, "good"), by=second)
    enter_paper(pile(made), number=1, turn=Turn.FIRST, entry=marked(made, "fair"), by=made.clerk)

    assert PaperEntry.objects.get().entry == marked(made, "fair")


def test_where_two_typings_differ_a_third_look_decides(made: Round, second: User):
    with pytest.raises(BallotError, match="还没有录满两遍"):
        decide_paper(pile(made), number=1, entry=marked(made, "good"), by=made.clerk)
    enter_paper(pile(made), number=1, turn=Turn.FIRST, entry=marked(made, "good"), by=made.clerk)
    enter_paper(pile(made), number=1, turn=Turn.SECOND, entry=marked(made, "fair"), by=second)
    mark_slip_used_on_paper(made.fresh(), text=made.slips["A"][0].typed, by=made.clerk)
    assert paper_faults(made.row) == ["A票第1号纸票还没有两遍录齐、核对一致。"]
    decide_paper(pile(made), number=1, entry=marked(made, "fair"), by=second)
    assert paper_faults(made.row) == []
    with pytest.raises(BallotError, match="已经复看定下"):
        enter_paper(pile(made), number=1, turn=Turn.FIRST, entry=marked(made, "good"), by=made.clerk)


def test_nobody_alone_changes_what_two_typed_alike(made: Round, second: User):
    typed_twice(made, second, 1, marked(made, "good"))
    with pytest.raises(BallotError, match="两遍录入一致，不用复看"):
        decide_paper(pile(made), number=1, entry=marked(made, "poor"), by=made.clerk)
    assert not PaperEntry.objects.filter(turn=Turn.DECIDED).exists()

    # A third look may be taken again.
    enter_paper(pile(made), number=1, turn=Turn.SECOND, entry=marked(made, "fair"), by=second)
    decide_paper(pile(made), number=1, entry=marked(made, "good"), by=second)
    decide_paper(pile(made), number=1, entry=marked(made, "fair"), by=second)
    assert PaperEntry.objects.get(turn=Turn.DECIDED).entry == marked(made, "fair")


def test_what_is_not_settled_stops_the_count(made: Round):
    for code in made.slips["A"][1:6]:
        made.vote(code, all_marked(made.row, "good"))
    mark_slip_used_on_paper(made.fresh(), text=made.slips["A"][0].typed, by=made.clerk)
    made.seal()
    with pytest.raises(BallotError, match="核销纸票测评码1个，录入纸票0张"):
        count_round(made.fresh(), envelopes=made.envelopes, witnesses="甲", by=made.clerk)


def test_a_number_typed_by_mistake_is_taken_out(made: Round):
    enter_paper(pile(made), number=2, turn=Turn.FIRST, entry=marked(made, "good"), by=made.clerk)
    drop_paper(pile(made), number=2, by=made.clerk)

    assert not PaperEntry.objects.exists()
    with pytest.raises(BallotError, match="没有第2号"):
        drop_paper(pile(made), number=2, by=made.clerk)


@pytest.mark.parametrize("number", [0, 999])
def test_a_number_beyond_the_pile_is_refused(made: Round, number: int):
    with pytest.raises(BallotError, match="票面编号应当在1到"):
        enter_paper(pile(made), number=number, turn=Turn.FIRST, entry=marked(made, "good"), by=made.clerk)


def test_before_voting_nothing_is_typed(world: World):
    made = make_round(world)
    with pytest.raises(BallotError, match="投票开始以后"):
        enter_paper(pile(made), number=1, turn=Turn.FIRST, entry=Entry({}), by=made.clerk)


@pytest.mark.parametrize("role", ["leader", "supervision", "attendee", "administrator"])
def test_only_the_clerks_of_the_office_type(made: Round, world: World, role: str):
    user = world.user(role)
    for deed in (
        lambda: enter_paper(pile(made), number=1, turn=Turn.FIRST, entry=Entry({}), by=user),
        lambda: decide_paper(pile(made), number=1, entry=Entry({}), by=user),
        lambda: drop_paper(pile(made), number=1, by=user),
    ):
        with pytest.raises(PermissionDenied):
            deed()


def test_the_trail_says_who_typed_and_not_what(made: Round):
    enter_paper(pile(made), number=1, turn=Turn.FIRST, entry=marked(made, "good"), by=made.clerk)
    entry = AuditEntry.objects.get(verb="录入纸质票")

    assert entry.is_confidential
    assert entry.after == {"number": 1, "turn": 1, "void": ""}
