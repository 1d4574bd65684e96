import pytest
from django.urls import reverse

from accounts.models import Post
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
