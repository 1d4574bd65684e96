"""A clerk's way through a round in the browser, and what the pages refuse."""

import io
import json

import pypdf
import pytest
from django.test import Client
from django.urls import reverse

from reviews.models import BallotRemark, BallotRound
from reviews.papers.tallies import content
from reviews.rules.ballot_remarks import RemarkState
from reviews.rules.ballot_rounds import RoundState
from reviews.sealing import recount
from tests.reviews.rows_of_ballots import Round, all_marked, ballot_meeting, make_round, open_up
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(client: Client, world: World) -> Client:
    client.force_login(world.user("clerk"))
    return client


def url(name: str, pk: int) -> str:
    return reverse(f"reviews:{name}", args=[pk])


def counted(world: World) -> Round:
    made = open_up(make_round(world, voters=(6, 7)))
    for letter, grade in (("A", "good"), ("B", "fair")):
        for code in made.slips[letter][:6]:
            made.vote(code, all_marked(made.row, grade, remark="请多到村里走走"))
    made.seal()
    return made


def test_a_round_is_set_up_in_the_browser(clerk: Client, world: World) -> None:
    meeting = ballot_meeting(world)
    first, second = meeting.cycle.scheme.categories.all()
    facts = {"title": "民主测评", "mode": "envelopes", "smallest_group": 5, "grace_seconds": 60, "expected": 20}
    page = clerk.get(url("round_create", meeting.pk))
    assert "县级以上建议用三信封模式" in page.content.decode()
    answer = clerk.post(url("round_create", meeting.pk), facts | {f"voters_{first.pk}": 8, f"voters_{second.pk}": 10})
    round_ = BallotRound.objects.get()
    assert answer["Location"] == url("round_show", round_.pk)
    keys = clerk.post(url("round_make_keys", round_.pk))
    assert keys["Content-Type"] == "application/pdf"
    assert keys["Cache-Control"] == "no-store"
    assert len(pypdf.PdfReader(io.BytesIO(keys.content)).pages) == 3
    slips = clerk.post(url("slip_print", round_.pk))
    assert len(pypdf.PdfReader(io.BytesIO(slips.content)).pages) == 2 + 2
    round_.refresh_from_db()
    assert round_.state == RoundState.PRINTED
    assert "登记发放" in clerk.get(url("round_show", round_.pk)).content.decode()


def test_a_scheme_without_ballots_says_what_to_do(clerk: Client, world: World) -> None:
    meeting = ballot_meeting(world)
    meeting.cycle.scheme.categories.update(channel="named")
    assert "没有投无记名票的类别" in clerk.get(url("round_list", meeting.pk)).content.decode()


def test_what_does_not_balance_is_said_and_voting_stays_shut(clerk: Client, world: World) -> None:
    made = make_round(world, voters=(8, 8))
    piles = list(made.row.piles.all())
    body = {"present": 16}
    for pile in piles:
        body |= {f"issued_{pile.pk}": 8, f"unissued_{pile.pk}": 8, f"spoiled_{pile.pk}": 0}
    clerk.post(url("round_settle", made.row.pk), body)
    page = clerk.get(url("round_show", made.row.pk)).content.decode()
    assert "还要注销8张" in page
    clerk.post(url("round_open", made.row.pk))
    assert made.fresh().state == RoundState.ISSUED
    codes = "\n".join([made.slips["A"][8].long, made.slips["A"][9].typed, "nonsense"])
    answer = clerk.post(url("slip_void", made.row.pk), {"codes": codes})
    assert answer.status_code == 422
    assert "第3行不是本轮的测评码" in answer.content.decode()
    assert made.row.slips.filter(voided=True).count() == 2


def test_the_figures_are_asked_for_alone_while_votes_come_in(clerk: Client, world: World) -> None:
    made = open_up(make_round(world))
    made.vote(made.slips["A"][0], {})
    answer = clerk.get(url("round_show", made.row.pk), headers={"hx-request": "true"})
    assert "<html" not in answer.content.decode()
    assert ">1 张</td>" in answer.content.decode()


def test_the_box_is_opened_counted_and_counted_anew(clerk: Client, world: World, tmp_path, capsys) -> None:
    made = counted(world)
    wrong = clerk.post(url("round_count", made.row.pk), {"key_1": "1234", "witnesses": "甲"})
    assert wrong.status_code == 422
    assert "应当有32个" in wrong.content.decode()
    clerk.post(url("round_count", made.row.pk), {"key_1": made.envelopes[0].lower(), "witnesses": "甲、乙"})
    page = clerk.get(url("tally_show", made.row.pk)).content.decode()
    assert "收回 6（手机 6、纸票 0）" in page
    file = tmp_path / "output.json"
    file.write_bytes(clerk.get(url("output_download", made.row.pk)).content)
    assert recount.main([str(file), "--key", made.row.verify_key]) == 0
    printed = capsys.readouterr().out
    assert "A票 总体评价：好6票；平均100.00" in printed
    assert "核对无误" in printed


@pytest.mark.parametrize("change", ["vote", "receipt", "signature"])
def test_the_recount_finds_what_was_changed(clerk: Client, world: World, tmp_path, change: str) -> None:
    made = counted(world)
    clerk.post(url("round_count", made.row.pk), {"key_1": made.envelopes[0], "witnesses": "甲"})
    file = json.loads(clerk.get(url("output_download", made.row.pk)).content)
    output = json.loads(file["text"])
    if change == "vote":
        output["votes"][0]["votes"].append("good")
    elif change == "receipt":
        output["receipts"].pop()
    else:
        file["signature"] = "00" * 64
    text = json.dumps(output, ensure_ascii=False, sort_keys=True, indent=0) + "\n"
    path = tmp_path / "output.json"
    path.write_text(recount.wrap(text, file["signature"], file["verify_key"]))
    assert recount.main([str(path)]) == 1


def test_the_result_sheet_has_lines_to_sign_on(clerk: Client, world: World) -> None:
    made = counted(world)
    clerk.post(url("round_count", made.row.pk), {"key_1": made.envelopes[0], "witnesses": "甲"})
    paper = content(made.row.pk)
    html = "".join(part.html for part in paper.parts)
    assert all(words in html for words in ("总监票人（签字）", "监票人（签字）", "计票人（签字）", made.row.verify_key))
    assert clerk.post(url("tally_paper", made.row.pk)).status_code == 302


def test_remarks_are_released_one_by_one(clerk: Client, world: World) -> None:
    made = counted(world)
    clerk.post(url("round_count", made.row.pk), {"key_1": made.envelopes[0], "witnesses": "甲"})
    remark = BallotRemark.objects.first()
    clerk.post(reverse("reviews:ballot_remark_decide", args=[remark.pk]), {"release": "1"})
    remark.refresh_from_db()
    assert remark.state == RemarkState.RELEASED
    clerk.force_login(world.user("leader"))
    assert clerk.get(url("ballot_remark_list", made.row.pk)).content.decode().count("请多到村里走走") == 1


def test_a_round_is_voided_by_a_second_person(clerk: Client, world: World) -> None:
    made = make_round(world)
    clerk.post(url("round_void", made.row.pk), {"reason": "印制有误"})
    assert clerk.post(url("round_agree_void", made.row.pk)).status_code == 403
    clerk.force_login(world.user("supervision"))
    answer = clerk.post(url("round_agree_void", made.row.pk), {"redo": "1"})
    assert made.fresh().state == RoundState.VOID
    assert answer["Location"] == url("round_show", made.row.replaced_by.pk)


def test_who_is_out_is_told_by_category_and_the_time_is_called_in_the_hall(clerk: Client, world: World) -> None:
    made = open_up(make_round(world, voters=(6, 7)))
    for code in made.slips["A"][:4]:
        made.vote(code, all_marked(made.row, "good"))
    made.vote(made.slips["B"][0], all_marked(made.row, "good"))
    wall = clerk.get(made.row.meeting.screen_url).content.decode()
    assert "A票（县委领导）：发出 6 张，收回 4 张，<strong>未交 2 人</strong>" in wall
    assert "B票（部门代表）：发出 7 张，收回 1 张，<strong>未交 6 人</strong>" in wall
    closing = clerk.get(url("meeting_close", made.row.meeting_id)).context["turnouts"]
    assert [(row.given, row.returned, row.out) for row in closing] == [(6, 4, 2), (7, 1, 6)]

    clerk.post(url("round_close", made.row.pk), {"grace_seconds": "1801"})
    assert made.fresh().state == RoundState.OPEN
    clerk.post(url("round_close", made.row.pk), {"grace_seconds": "600"})
    assert (made.fresh().state, made.row.grace_seconds) == (RoundState.CLOSING, 600)
    page = clerk.get(url("round_show", made.row.pk))
    assert [(row.returned, row.out) for row in page.context["turnouts"]] == [(4, 2), (1, 6)]
    assert "已宣布收表" in clerk.get(made.row.meeting.screen_url).content.decode()

    answer = clerk.post(url("round_resume", made.row.pk), follow=True)
    assert "已撤回截止，投票继续。" in answer.content.decode()
    assert "已宣布收表" not in clerk.get(made.row.meeting.screen_url).content.decode()


def test_a_category_of_one_or_two_is_not_counted_apart_anywhere(clerk: Client, world: World) -> None:
    made = open_up(make_round(world, voters=(1, 7)))
    made.vote(made.slips["A"][0], {})
    for code in made.slips["B"][:6]:
        made.vote(code, all_marked(made.row, "good"))
    wall = clerk.get(made.row.meeting.screen_url).content.decode()
    assert "A票（县委领导）、B票（部门代表）：发出 8 张，收回 7 张，<strong>未交 1 人</strong>" in wall
    for page in ("round_show", "meeting_close"):
        pk = made.row.pk if page == "round_show" else made.row.meeting_id
        rows = clerk.get(url(page, pk)).context["turnouts"]
        assert [(row.people, row.returned, row.out) for row in rows] == [(8, 7, 1)]
    made.seal()
    clerk.post(url("round_count", made.row.pk), {"key_1": made.envelopes[0], "witnesses": "甲"})
    page = clerk.get(url("tally_show", made.row.pk)).content.decode()
    assert "A票（县委领导）：发出 1，收回 1（手机 1、纸票 0）；有效票不足 5 张，并入B票" in page
    assert "B票（部门代表）：发出 7，收回 6（手机 6、纸票 0），有效 6，无效 0，弃权 1" in page


def test_the_box_is_not_offered_before_it_is_sealed(clerk: Client, world: World) -> None:
    made = open_up(make_round(world))
    page = clerk.get(url("round_count", made.row.pk), follow=True)
    assert page.redirect_chain == [(url("round_show", made.row.pk), 302)]
    assert "封箱以后才能开箱计票。" in page.content.decode()


def test_the_menu_shows_that_a_round_belongs_to_the_meetings(clerk: Client, world: World) -> None:
    made = make_round(world)
    for path in (url("round_show", made.row.pk), url("paper_ballot_list", made.row.pk), url("slip_void", made.row.pk)):
        menu = clerk.get(path).context["navigation"]
        assert [item.label for item in menu if item.active] == ["会议"]


def test_people_called_alike_and_void_lines_are_told_apart_on_the_sheet(clerk: Client, world: World) -> None:
    made = counted(world)
    clerk.post(url("round_count", made.row.pk), {"key_1": made.envelopes[0], "witnesses": "甲"})
    tables = clerk.get(url("tally_show", made.row.pk)).context["tables"]
    assert tables[0].title == "总体评价"
    assert [heads for _name, heads in tables[0].groups] == [["好", "较好", "一般", "差", "弃权", "均分"]] * 2
    first = [person.unit for person, _numbers in tables[0].rows]
    assert first == [reporter["unit"] for reporter in made.row.description["reporters"]]
    assert tables[0].rows[0][1] == ["6", "0", "0", "0", "0", "100.00", "0", "0", "6", "0", "0", "60.00"]
