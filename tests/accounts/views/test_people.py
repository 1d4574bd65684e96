import pytest
from django.urls import reverse

from accounts.models import AuditEntry, Post
from tests.world import build_world

pytestmark = pytest.mark.django_db


def test_a_second_first_responsible_person_is_refused_in_words(client) -> None:
    world = build_world()
    client.force_login(world.user("clerk"))
    typed = {"code": "N1", "name": "***", "title": "党委书记", "role": "secretary", "is_first_responsible": "on"}
    response = client.post(reverse("accounts:person_create", args=[world.township.pk]), typed)
    assert response.status_code == 200
    assert "已有第一责任人" in response.content.decode()
    assert not Post.objects.filter(person__code="N1").exists()


def test_the_one_time_password_leads_to_an_own_one_first(client) -> None:
    world = build_world()
    user = world.user("staff")
    user.must_change_password = True
    user.save()
    client.force_login(user)
    assert client.get("/").url == reverse("accounts:password_change")
    typed = {"old_password": "test-password-2027", "new_password1": "qing-xi-2027", "new_password2": "qing-xi-2027"}
    assert client.post(reverse("accounts:password_change"), typed).url == "/"
    assert client.get("/").status_code == 200


def test_an_account_that_is_there_already_is_said_and_nothing_breaks(client) -> None:
    world = build_world()
    client.force_login(world.user("clerk"))
    person = world.user("staff").person
    url = reverse("accounts:account_create", args=[person.pk])
    response = client.post(url, {"username": "another"}, follow=True)
    assert response.status_code == 200
    assert "已经有账号" in response.content.decode()


def test_an_administrators_account_is_not_offered_to_a_clerk(client) -> None:
    world = build_world()
    client.force_login(world.user("clerk"))
    administrator = world.user("administrator")
    page = client.get(reverse("accounts:person_show", args=[administrator.person_id])).content.decode()
    assert "重置密码" not in page
    assert client.post(reverse("accounts:account_reset", args=[administrator.pk])).status_code == 403


def test_the_page_of_a_person_tells_of_the_posts_too(client) -> None:
    world = build_world()
    client.force_login(world.user("clerk"))
    post = world.user("staff").person.posts.get()
    client.post(reverse("accounts:post_end", args=[post.pk]), {"end": "2026-06-30"})
    page = client.get(reverse("accounts:person_show", args=[post.person_id])).content.decode()
    assert "<strong>赵某</strong> 免职" in page


def test_only_roles_that_may_be_given_are_offered(client) -> None:
    world = build_world()
    url = reverse("accounts:person_create", args=[world.county.pk])
    client.force_login(world.user("clerk"))
    page = client.get(url).content.decode()
    assert 'value="secretary"' in page
    assert 'value="organization_department"' not in page
    typed = {"code": "N1", "name": "王***", "title": "干部", "role": "administrator"}
    refused = client.post(url, typed)
    assert refused.status_code == 200
    assert "王***" in refused.content.decode()
    client.force_login(world.user("administrator"))
    page = client.get(f"{url}?role=organization_department").content.decode()
    assert '<option value="organization_department" selected>' in page


def test_an_overlap_of_first_responsible_persons_is_said_in_words(client) -> None:
    world = build_world()
    post = world.user("secretary").person.posts.get()
    post.end = "2999-12-31"
    post.save()
    client.force_login(world.user("clerk"))
    typed = {"code": "N1", "name": "***", "title": "党委书记", "role": "secretary", "is_first_responsible": "on"}
    page = client.post(reverse("accounts:person_create", args=[world.township.pk]), typed).content.decode()
    assert "这段时间该党组织已有第一责任人" in page


def test_the_slower_of_two_who_change_a_post_sees_both(client) -> None:
    world = build_world()
    client.force_login(world.user("clerk"))
    post = world.user("staff").person.posts.get()
    url = reverse("accounts:post_edit", args=[post.pk])
    typed = {"title": "党建办主任", "role": "staff", "start": "2020-01-01", "is_primary": "on", "revision": 1}
    assert client.post(url, typed).status_code == 302
    late = client.post(url, typed | {"title": "党建办干事"})
    page = late.content.decode()
    assert late.status_code == 409
    assert "党建办主任" in page
    assert late.context["form"]["title"].value() == "党建办干事"
    assert late.context["form"]["revision"].value() == "2"
    assert client.post(url, typed | {"title": "党建办干事", "revision": 2}).status_code == 302
    post.refresh_from_db()
    assert (post.title, post.revision) == ("党建办干事", 3)


def test_duties_of_a_team_are_changed_where_it_is_shown(client) -> None:
    world = build_world()
    client.force_login(world.user("clerk"))
    url = reverse("accounts:team_edit", args=[world.township.pk])
    post = world.user("secretary").person.posts.get()
    blank = {"form-TOTAL_FORMS": 0, "form-INITIAL_FORMS": 0}
    typed = blank | {f"duties-{post.pk}": "党建、人才", f"revision-{post.pk}": 1}
    assert f'name="duties-{post.pk}"' in client.get(url).content.decode()
    assert client.post(url, typed).status_code == 302
    post.refresh_from_db()
    assert (post.duties, post.revision) == ("党建、人才", 2)
    late = client.post(url, typed | {f"duties-{post.pk}": "党建"})
    assert late.status_code == 409
    assert 'value="党建"' in late.content.decode()
    assert "请至少填写一名班子成员" in client.post(url, blank).content.decode()


def test_nobody_changes_the_own_duties_but_an_administrator(client) -> None:
    world = build_world()
    clerk = world.user("clerk")
    post = clerk.person.posts.create(organization=world.county, title="县委委员", role="member")
    client.force_login(clerk)
    url = reverse("accounts:team_edit", args=[world.county.pk])
    assert "由系统管理员修改" in client.get(url).content.decode()
    typed = {"form-TOTAL_FORMS": 0, "form-INITIAL_FORMS": 0, f"duties-{post.pk}": "x", f"revision-{post.pk}": 1}
    client.post(url, typed)
    post.refresh_from_db()
    assert post.duties == ""


@pytest.mark.parametrize("name", ["person_create", "team_edit"])
def test_what_is_wrong_is_told_once_on_top_of_a_page_with_two_forms(client, name) -> None:
    world = build_world()
    client.force_login(world.user("clerk"))
    typed = {"form-TOTAL_FORMS": "0", "form-INITIAL_FORMS": "0"}
    page = client.post(reverse(f"accounts:{name}", args=[world.township.pk]), typed).content.decode()
    assert page.count("data-error-summary") == 1
    if name == "person_create":
        summary = page.split("data-error-summary")[1].split("</div>")[0]
        assert "姓名：请填写此项。" in summary
        assert "角色：请选择一项。" in summary


def test_two_clicks_switch_an_account_off_once(client) -> None:
    world = build_world()
    client.force_login(world.user("clerk"))
    account = world.user("staff")
    url = reverse("accounts:account_activate", args=[account.pk])
    assert (
        'name="active" value="0"'
        in client.get(reverse("accounts:person_show", args=[account.person_id])).content.decode()
    )
    for _click in range(2):
        assert client.post(url, {"active": "0"}).status_code == 302
    account.refresh_from_db()
    assert not account.is_active
    assert AuditEntry.objects.filter(verb="停用账号").count() == 1
    client.post(url, {"active": "1"})
    account.refresh_from_db()
    assert account.is_active
