from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from accounts.rules.roles import Role
from documents.models import Document
from reviews.actions.paper_ballots import enter_paper
from reviews.models import PaperEntry, SlipPile
from reviews.papers.paper_ballots import content
from reviews.rules.paper_ballots import Entry
from tests.factories import make_user
from tests.reviews.rows_of_ballots import Round, all_marked, make_round, open_up
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(world: World) -> Round:
    return open_up(make_round(world, voters=(6, 6)))


@pytest.fixture
def pile(made: Round) -> SlipPile:
    return made.row.piles.all()[0]


@pytest.fixture
def second(world: World) -> User:
    return make_user(Role.ORGANIZATION_DEPARTMENT, world.county)


@pytest.fixture
def clerk(world: World, client: Client) -> Client:
    client.force_login(world.user("clerk"))
    return client


def desk(made: Round) -> str:
    return reverse("reviews:paper_ballot_list", args=[made.row.pk])


def enter(pile: SlipPile, number: int = 1, turn: int = 1) -> str:
    return reverse("reviews:paper_ballot_enter", args=[pile.pk, number, turn])


def typed(made: Round, key: str, **more: str) -> dict[str, str]:
    return {
        f"c-{reporter['id']}-{line}": key
        for reporter in made.row.description["reporters"]
        for line in [*(item["id"] for item in made.row.description["items"]), "overall"]
    } | more


def test_slips_are_struck_off_and_what_is_none_stays_in_the_box(made: Round, clerk: Client):
    code = made.slips["A"][0].typed
    page = clerk.post(desk(made), {"codes": f"{code}\nXXXX\n"}, follow=True)

    words = page.content.decode()
    assert "已核销A票1张。" in words
    assert page.context["form"]["codes"].value() == "XXXX"
    assert "核销纸票 1 张" in words


def test_a_paper_is_typed_with_digits_and_the_next_is_shown(made: Round, pile: SlipPile, clerk: Client):
    person = made.row.description["reporters"][0]["id"]
    answer = clerk.post(enter(pile), typed(made, "2", **{f"r-{person}": "“多”下去"}))

    assert answer.url == enter(pile, 2)
    row = PaperEntry.objects.get()
    assert row.marks[person] == all_marked(made.row, "fairly_good", "“多”下去")[person]


def test_what_cannot_be_read_is_said_at_its_box_and_the_rest_stays(made: Round, pile: SlipPile, clerk: Client):
    person, item = made.row.description["reporters"][0]["id"], made.row.description["items"][0]["id"]
    answer = clerk.post(enter(pile), typed(made, "1", **{f"c-{person}-{item}": "7"}))

    words = answer.content.decode()
    assert answer.status_code == 422
    assert "请填1到4、0（弃权）或x（无效）" in words
    assert 'value="7"' in words
    assert not PaperEntry.objects.exists()


def test_nobody_sees_what_the_other_clerk_typed(made: Round, pile: SlipPile, clerk: Client, second: User):
    enter_paper(pile, number=1, turn=1, entry=Entry(all_marked(made.row, "poor")), by=second)
    assert clerk.get(enter(pile)).url == desk(made)
    assert 'value="4"' not in clerk.get(enter(pile, 1, 2)).content.decode()


def test_who_typed_it_once_is_told_before_typing_it_again(made: Round, pile: SlipPile, clerk: Client):
    enter_paper(pile, number=1, turn=1, entry=Entry({}), by=made.clerk)
    page = clerk.get(enter(pile, 1, 2), follow=True)
    assert page.redirect_chain == [(desk(made), 302)]
    assert "A票第1号第一遍是您录的，另一遍要由另一位同志录。" in page.content.decode()


def test_when_as_many_are_typed_as_were_struck_off_the_desk_comes_back(made: Round, pile: SlipPile, clerk: Client):
    codes = "\n".join(code.typed for code in [*made.slips["A"][:2], made.slips["B"][0]])
    assert "已核销A票2张、B票1张。" in clerk.post(desk(made), {"codes": codes}, follow=True).content.decode()
    assert clerk.post(enter(pile), typed(made, "1")).url == enter(pile, 2)
    assert clerk.post(enter(pile, 2), typed(made, "1")).url == desk(made)


def test_a_difference_is_shown_and_its_box_is_empty(made: Round, pile: SlipPile, clerk: Client, second: User):
    marks: dict[str, Any] = all_marked(made.row, "good")
    enter_paper(pile, number=1, turn=1, entry=Entry(all_marked(made.row, "good")), by=made.clerk)
    person = made.row.description["reporters"][0]["id"]
    marks[person]["overall"] = {"grade": "void"}
    enter_paper(pile, number=1, turn=2, entry=Entry(marks), by=second)
    decide = reverse("reviews:paper_ballot_decide", args=[pile.pk, 1])
    assert decide in clerk.get(desk(made)).content.decode()

    page = clerk.get(decide)
    assert [(row.name, row.first, row.second) for row in page.context["differences"]] == [("总体评价", "好", "无效")]
    assert page.context["form"].initial[f"c-{person}-overall"] == ""
    assert clerk.post(decide, typed(made, "1")).url == desk(made)
    assert PaperEntry.objects.get(turn=3).entry.marks == all_marked(made.row, "good")


def test_thirty_papers_cost_as_many_queries_as_one(made: Round, pile: SlipPile, clerk: Client):
    enter_paper(pile, number=1, turn=1, entry=Entry({}), by=made.clerk)
    clerk.get(desk(made))
    with CaptureQueriesContext(connection) as few:
        clerk.get(desk(made))
    for number in range(2, 7):
        enter_paper(pile, number=number, turn=1, entry=Entry({}), by=made.clerk)
    with CaptureQueriesContext(connection) as many:
        clerk.get(desk(made))

    assert len(many) == len(few)


def test_the_ballot_on_paper_has_no_name_and_says_its_stock(made: Round, clerk: Client):
    clerk.post(reverse("reviews:paper_ballot_paper", args=[made.row.pk]))
    assert Document.objects.get().title.endswith("测评票")

    first, second = content(made.row.pk).parts
    assert (first.title, second.title) == ("A票（粉红纸）", "B票（浅黄纸）")
    assert "多选、涂改的该项无效，不划为弃权" in first.html
    assert "评分人：" not in first.html
    assert first.html.count("<td></td>") == 2 * (3 * 4 + 1)  # reporters × (four grades of three lines, and the remark)
