"""From the slips to the count: once each, nothing lost, nothing left that joins a person to a ballot."""

import json
import secrets

import pytest

from accounts.models import AuditEntry
from common.flow import TransitionNotAllowed
from reviews.actions.ballot_rounds import (
    agree_void,
    ask_void,
    close_round,
    destroy_keys,
    open_round,
    resume_round,
    seal_box,
)
from reviews.actions.booth import accept_ballot
from reviews.actions.slips import mark_slip_used_on_paper, void_slips
from reviews.actions.tallies import count_round
from reviews.models import BallotRemark, SealedBallot, SealedOutput, Slip, TallyLine
from reviews.rules.ballot_rounds import BallotError, KeyMode, RoundState
from reviews.rules.booth import NotAcceptingError, OtherBallotError, UnfitBallotError
from reviews.rules.slips import UnknownSlipError, UsedOnPaperError, UsedOnPhoneError, VoidedSlipError
from reviews.sealing import recount
from tests.reviews.rows_of_ballots import all_marked, make_round, open_up
from tests.world import World

pytestmark = pytest.mark.django_db


def test_a_round_from_slips_to_count(world: World) -> None:
    made = open_up(make_round(world, voters=(6, 7)))
    for code in made.slips["A"][:6]:
        made.vote(code, all_marked(made.row, "good"))
    for code in made.slips["B"][:5]:
        made.vote(code, all_marked(made.row, "fair", remark="请多到村里走走"))
    made.vote(made.slips["B"][0], all_marked(made.row, "poor"), counter=2)
    made.vote(made.slips["B"][5], {})
    made.seal()

    row = count_round(made.fresh(), envelopes=made.envelopes, witnesses="甲、乙", by=made.clerk)

    assert row.state == RoundState.COUNTED
    piles = list(row.piles.values_list("by_phone", "on_paper", "valid", "invalid", "abstained"))
    assert piles == [(6, 0, 6, 0, 0), (6, 0, 5, 0, 1)]
    lines = TallyLine.objects.of_cycle(world.cycle).overall().filter(reporter=world.reporter)
    assert list(lines.values_list("category__name", "grade_code", "count").order_by("category", "-count")) == [
        ("县委领导", "good", 6),
        ("部门代表", "fair", 4),
        ("部门代表", "poor", 1),
    ]
    assert TallyLine.objects.filter(round=row).count() == 2 * 3 * 3  # reporters, lines, marks
    assert BallotRemark.objects.filter(round=row, reporter=world.reporter).count() == 4
    assert len(row.output.receipts) == 12
    assert not SealedBallot.objects.exists()
    assert not Slip.objects.exists()


def test_what_the_output_holds_joins_no_two_votes(world: World) -> None:
    made = open_up(make_round(world, voters=(6, 6)))
    for number, code in enumerate(made.slips["A"][:6]):
        made.vote(code, all_marked(made.row, "good" if number % 2 else "poor"))
    made.seal()
    count_round(made.fresh(), envelopes=made.envelopes, witnesses="", by=made.clerk)
    output = json.loads(SealedOutput.objects.get().text)
    assert output["receipts"] == sorted(output["receipts"])
    assert all(row["votes"] == sorted(row["votes"]) for row in output["votes"])
    assert {len(row["votes"]) for row in output["votes"]} == {6}


def test_a_small_category_is_merged_before_anybody_sees_numbers(world: World) -> None:
    made = open_up(make_round(world, voters=(4, 6)))
    for letter, grade in (("A", "good"), ("B", "fair")):
        for code in made.slips[letter][:4] if letter == "A" else made.slips[letter][:6]:
            made.vote(code, all_marked(made.row, grade))
    made.seal()
    row = count_round(made.fresh(), envelopes=made.envelopes, witnesses="", by=made.clerk)
    first, second = row.piles.all()
    assert first.merged_into == second
    assert set(TallyLine.objects.values_list("category", flat=True)) == {second.category_id}
    counts = [(pile.returned, pile.valid, pile.invalid, pile.abstained) for pile in (first, second)]
    assert counts == [(4, None, None, None), (6, 10, 0, 0)]
    output = json.loads(row.output.text)
    assert recount.check(output) == []
    output["piles"][1]["abstained"] = 1
    assert recount.check(output) == ["B票：收回数不等于有效、无效、弃权之和。"]


def test_who_left_everything_blank_in_a_small_category_is_not_told(world: World) -> None:
    made = open_up(make_round(world, voters=(1, 6)))
    made.vote(made.slips["A"][0], {})
    for code in made.slips["B"][:6]:
        made.vote(code, all_marked(made.row, "good"))
    made.seal()
    row = count_round(made.fresh(), envelopes=made.envelopes, witnesses="", by=made.clerk)
    counts = list(row.piles.values_list("by_phone", "valid", "abstained"))
    assert counts == [(1, None, None), (6, 6, 1)]
    assert recount.check(json.loads(row.output.text)) == []


def test_an_output_of_the_time_before_merged_counts_is_still_recounted(world: World) -> None:
    made = open_up(make_round(world, voters=(4, 6)))
    for letter, number in (("A", 4), ("B", 6)):
        for code in made.slips[letter][:number]:
            made.vote(code, all_marked(made.row, "good"))
    made.seal()
    output = json.loads(count_round(made.fresh(), envelopes=made.envelopes, witnesses="", by=made.clerk).output.text)
    for pile, valid in zip(output["piles"], (4, 6), strict=True):
        pile |= {"valid": valid, "invalid": 0, "abstained": 0}
    assert recount.check(output) == []


def test_voting_goes_on_when_it_was_closed_too_early(world: World) -> None:
    made = open_up(make_round(world))
    close_round(made.fresh(), by=made.clerk)
    with pytest.raises(NotAcceptingError):
        made.vote(made.slips["A"][0], all_marked(made.row, "good"))
    resume_round(made.fresh(), by=made.clerk)
    made.vote(made.slips["A"][0], all_marked(made.row, "good"))
    assert (made.fresh().state, made.row.closes_at) == (RoundState.OPEN, None)
    assert AuditEntry.objects.of(made.row).first().verb == "撤回截止，继续投票"
    made.seal()
    with pytest.raises(TransitionNotAllowed):
        resume_round(made.fresh(), by=made.clerk)


def test_too_few_ballots_are_not_counted_at_all(world: World) -> None:
    made = open_up(make_round(world, voters=(4, 4)))
    for code in made.slips["A"][:4]:
        made.vote(code, all_marked(made.row, "good"))
    made.seal()
    with pytest.raises(BallotError, match="不能计票"):
        count_round(made.fresh(), envelopes=made.envelopes, witnesses="", by=made.clerk)
    assert made.fresh().state == RoundState.SEALED
    assert SealedBallot.objects.count() == 4


def test_two_of_three_envelopes_are_needed(world: World) -> None:
    made = open_up(make_round(world, mode=KeyMode.ENVELOPES))
    for code in made.slips["A"][:8]:
        made.vote(code, all_marked(made.row, "good"))
    made.seal()
    assert len(made.envelopes) == 3
    with pytest.raises(BallotError, match="凑齐两个"):
        count_round(made.fresh(), envelopes=made.envelopes[:1], witnesses="", by=made.clerk)
    row = count_round(made.fresh(), envelopes=made.envelopes[1:], witnesses="", by=made.clerk)
    assert row.state == RoundState.COUNTED


@pytest.mark.parametrize("change", ["take", "add"])
def test_a_box_that_was_changed_is_not_counted(world: World, change: str) -> None:
    made = open_up(make_round(world))
    for code in made.slips["A"][:8]:
        made.vote(code, all_marked(made.row, "good"))
    made.seal()
    if change == "take":
        SealedBallot.objects.all()[0].delete()
    else:
        SealedBallot.objects.create(submission="f" * 32, round=made.row, slip_hash="x", ciphertext=b"x")
    with pytest.raises(BallotError, match="有人动过票箱"):
        count_round(made.fresh(), envelopes=made.envelopes, witnesses="", by=made.clerk)


def test_the_same_submission_is_answered_the_same_and_counts_once(world: World) -> None:
    made = open_up(make_round(world))
    code, submission = made.slips["A"][0], secrets.token_hex(16)
    sealed = made.sealed({})
    first = accept_ballot(code.long, submission=submission, sealed=sealed)
    assert accept_ballot(code.short, submission=submission, sealed=sealed) == first
    with pytest.raises(OtherBallotError):
        accept_ballot(code.long, submission=submission, sealed=made.sealed({}))
    assert SealedBallot.objects.count() == 1


def test_a_phone_that_never_heard_the_answer_hears_it_after_the_close(world: World) -> None:
    made = open_up(make_round(world))
    code, submission, sealed = made.slips["A"][0], secrets.token_hex(16), made.sealed({})
    first = accept_ballot(code.long, submission=submission, sealed=sealed)
    made.seal()
    assert accept_ballot(code.long, submission=submission, sealed=sealed) == first
    with pytest.raises(NotAcceptingError, match="截止"):
        made.vote(code, {})


def test_only_slips_of_this_round_in_use_vote(world: World) -> None:
    made = make_round(world)
    with pytest.raises(NotAcceptingError, match="还没有开始"):
        made.vote(made.slips["A"][0], {})
    open_up(made)
    with pytest.raises(VoidedSlipError):
        made.vote(made.slips["A"][-1], {})
    with pytest.raises(UnknownSlipError):
        accept_ballot("0" * 26, submission=secrets.token_hex(16), sealed=made.sealed({}))
    with pytest.raises(UnfitBallotError):
        accept_ballot(made.slips["A"][0].long, submission=secrets.token_hex(16), sealed=made.sealed({})[1:])
    with pytest.raises(UnfitBallotError):
        accept_ballot(made.slips["A"][0].long, submission="1", sealed=made.sealed({}))


def test_a_slip_is_used_by_phone_or_on_paper(world: World) -> None:
    made = open_up(make_round(world))
    paper, phone = made.slips["A"][:2]
    assert mark_slip_used_on_paper(made.row, text=paper.typed, by=made.clerk).name == "A票"
    trail = json.dumps([[entry.before, entry.after, entry.note] for entry in AuditEntry.objects.all()])
    assert paper.short not in trail
    made.vote(phone, {})
    with pytest.raises(UsedOnPaperError):
        made.vote(paper, {})
    with pytest.raises(UsedOnPaperError):
        mark_slip_used_on_paper(made.row, text=paper.long, by=made.clerk)
    with pytest.raises(UsedOnPhoneError):
        mark_slip_used_on_paper(made.row, text=phone.long, by=made.clerk)


def test_voting_opens_only_when_every_slip_is_accounted_for(world: World) -> None:
    made = make_round(world)
    with pytest.raises(Exception, match="状态"):
        open_round(made.row, by=made.clerk)
    open_up(made)
    assert made.row.state == RoundState.OPEN
    with pytest.raises(BallotError, match="不能再注销"):
        void_slips(made.row, texts=[made.slips["A"][0].long], by=made.clerk)


def test_the_box_is_not_shut_before_the_grace_time_is_over(world: World) -> None:
    made = open_up(make_round(world))
    made.row.grace_seconds = 60
    made.row.save()
    close_round(made.fresh(), by=made.clerk)
    made.vote(made.slips["A"][0], {})  # who was under way is still let in
    with pytest.raises(BallotError, match="等候时间"):
        seal_box(made.fresh(), by=made.clerk)


def test_a_round_is_voided_by_two_people(world: World) -> None:
    made = open_up(make_round(world))
    made.vote(made.slips["A"][0], {})
    ask_void(made.row, reason="发票有误", by=made.clerk)
    with pytest.raises(Exception):  # noqa: B017, PT011  # PermissionDenied has no words
        agree_void(made.fresh(), redo=True, by=made.clerk)
    again = agree_void(made.fresh(), redo=True, by=world.user("leader"))
    assert again.replaces == made.fresh()
    assert made.row.state == RoundState.VOID
    assert again.state == RoundState.SETUP
    assert [pile.voters for pile in again.piles.all()] == [8, 8]
    assert not SealedBallot.objects.exists()


def test_nothing_in_the_trail_joins_a_slip_to_anything(world: World) -> None:
    made = open_up(make_round(world))
    for code in made.slips["B"][:8]:
        made.vote(code, all_marked(made.row, "good"))
    made.seal()
    row = count_round(made.fresh(), envelopes=made.envelopes, witnesses="甲", by=made.clerk)
    destroy_keys(row, witnesses="甲", by=made.clerk)
    trail = json.dumps([[entry.before, entry.after, entry.note] for entry in AuditEntry.objects.all()])
    secrets_ = [*made.envelopes, *(code.long for code in made.slips["A"]), *(code.short for code in made.slips["A"])]
    assert not [secret for secret in secrets_ if secret in trail]


def test_ballots_filled_all_at_once_are_counted_after_merging_only(world: World) -> None:
    made = open_up(make_round(world, voters=(4, 6)))
    quick = all_marked(made.row, "good")
    for row in quick.values():
        row["shortcut"] = "all"
    for number, code in enumerate(made.slips["A"][:4]):
        made.vote(code, quick if number < 3 else all_marked(made.row, "good"))
    for number, code in enumerate(made.slips["B"][:6]):
        made.vote(code, quick if number < 1 else all_marked(made.row, "fair"))
    made.seal()
    row = count_round(made.fresh(), envelopes=made.envelopes, witnesses="", by=made.clerk)
    assert list(row.piles.values_list("valid", "shortcuts")) == [(None, None), (10, 4)]
    output = json.loads(row.output.text)
    assert [pile["shortcuts"] for pile in output["piles"]] == [None, 4]
    assert recount.check(output) == []
    assert "（其中一次填好4）" in "\n".join(recount.report(output))
