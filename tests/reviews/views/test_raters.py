import pytest
from django.urls import reverse

from reviews.rules.meetings import MeetingState
from tests.reviews.rows_of_scoring import make_meeting, make_rater, make_sheet

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(world, client):
    client.force_login(world.user("clerk"))
    return client


def test_several_are_added_at_once_from_the_subtree(world, clerk):
    meeting = make_meeting(world.cycle, MeetingState.PREPARING)
    category = world.cycle.scheme.categories.first()
    chosen = [world.user(role).person.posts.get().pk for role in ("attendee", "secretary")]
    url = reverse("reviews:rater_add", args=[meeting.pk])

    before = clerk.get(url).content.decode()
    clerk.post(url, {"posts": chosen, "category": category.pk})
    after = clerk.get(url).content.decode()

    assert "吴某" in before
    assert "吴某" not in after
    assert "冯某" not in before  # of the neighbouring county
    assert meeting.raters.count() == 2


def test_nothing_ticked_is_said_and_the_category_kept(world, clerk):
    meeting = make_meeting(world.cycle, MeetingState.PREPARING)
    category = world.cycle.scheme.categories.first()

    page = clerk.post(reverse("reviews:rater_add", args=[meeting.pk]), {"category": category.pk}).content.decode()

    assert "请在名单中至少勾选一人。" in page
    assert f'value="{category.pk}" id="category-{category.pk}" checked' in page


def test_post_of_another_county_cannot_be_slipped_in(world, clerk):
    meeting = make_meeting(world.cycle, MeetingState.PREPARING)
    foreign = world.user("sibling_clerk").person.posts.get()
    category = world.cycle.scheme.categories.first()

    clerk.post(reverse("reviews:rater_add", args=[meeting.pk]), {"posts": [foreign.pk], "category": category.pk})

    assert not meeting.raters.exists()


def test_words_and_role_narrow_the_candidates(world, clerk):
    meeting = make_meeting(world.cycle, MeetingState.PREPARING)
    url = reverse("reviews:rater_add", args=[meeting.pk])

    by_name = clerk.get(url, {"q": "财政局"}).content.decode()
    by_role = clerk.get(url, {"role": "leader"}).content.decode()

    assert "吴某" in by_name
    assert "张某" not in by_name
    assert "钱某" in by_role
    assert "吴某" not in by_role


def test_rater_with_a_sheet_cannot_be_removed_and_is_named(world, clerk):
    meeting = make_meeting(world.cycle)
    rater = make_rater(meeting, world.user("attendee"))
    make_sheet(rater, world.reporter, "90", "90")

    page = clerk.post(reverse("reviews:rater_remove", args=[rater.pk]), follow=True).content.decode()

    assert "吴某已提交评分表，不能从评分人名单中移除。" in page
    assert meeting.raters.exists()


def test_empty_list_says_what_to_do(world, clerk):
    meeting = make_meeting(world.cycle, MeetingState.PREPARING)

    page = clerk.get(reverse("reviews:rater_list", args=[meeting.pk])).content.decode()

    assert "还没有评分人" in page
    assert reverse("reviews:rater_add", args=[meeting.pk]) in page


def test_the_attendance_list_is_taken_over_group_by_group(world, clerk):
    meeting = make_meeting(world.cycle, MeetingState.PREPARING)
    person = world.user("attendee").person
    group = meeting.attendance_groups.create(name="部门负责人", position=1)
    group.attendees.create(name=person.name, person=person)
    group.attendees.create(name="没有登记的")
    strangers = meeting.attendance_groups.create(name="群众代表", position=2)
    strangers.attendees.create(name="李某")
    url = reverse("reviews:rater_take", args=[meeting.pk])

    page = clerk.get(url)
    assert [(group.name, group.named, group.known, bool(box)) for group, box in page.context["rows"]] == [
        ("部门负责人", 2, 1, True),
        ("群众代表", 1, 0, False),
    ]
    assert "请至少给一个参会类别选定评分人类别" in clerk.post(url, {}).content.decode()
    category = world.cycle.scheme.categories.all()[1]
    clerk.post(url, {f"group_{group.pk}": category.pk})
    assert list(meeting.raters.values_list("person", "category")) == [(person.pk, category.pk)]
