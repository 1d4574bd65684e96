import pytest
from django.urls import reverse

from tests.world import build_world

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("pk", [2**63, 10**20])
@pytest.mark.parametrize("name", ["reporting:report_show", "reporting:report_submit", "rectification:item_show"])
def test_an_id_no_database_can_hold_is_not_found(client, name: str, pk: int) -> None:
    client.force_login(build_world().user("secretary"))
    assert client.get(reverse(name, args=[pk])).status_code == 404


def test_a_stranger_with_such_an_id_signs_in_first(client) -> None:
    answer = client.get(reverse("reporting:report_show", args=[10**20]))
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("accounts:login"))


def test_a_browser_in_another_language_gets_the_same_page(client) -> None:
    """Ours is Chinese; Django's own words and dates in English between it would be neither."""
    answer = client.get(reverse("accounts:login"), headers={"accept-language": "en-US,en;q=0.9"})
    assert '<html lang="zh-hans"' in answer.content.decode()


def test_a_query_longer_than_any_page_makes_is_refused(client) -> None:
    client.force_login(build_world().user("clerk"))
    assert client.get(reverse("reporting:report_list"), {"q": "q" * 60_000}).status_code == 414
    assert client.get(reverse("reporting:report_list"), {"q": "长" * 500}).status_code == 200
