import pytest

from accounts.actions.audit import record
from accounts.models import AuditEntry
from accounts.rules.roles import Role
from tests.factories import make_organization, make_user

pytestmark = pytest.mark.django_db


def test_entries_are_neither_changed_nor_deleted() -> None:
    entry = record(make_organization("某县委"), "试验", by=None)
    with pytest.raises(TypeError):
        entry.save()
    with pytest.raises(TypeError):
        entry.delete()


def test_the_trail_is_read_within_the_own_subtree() -> None:
    county, sibling = make_organization("某县委"), make_organization("邻县县委")
    record(make_organization("甲乡党委", county), "试验", by=None)
    record(sibling, "试验", by=None)
    clerk = make_user(Role.ORGANIZATION_DEPARTMENT, county)
    secretary = make_user(Role.SECRETARY, county)
    assert [entry.subject_label for entry in AuditEntry.objects.visible_to(clerk)] == ["甲乡党委"]
    assert not AuditEntry.objects.visible_to(secretary).exists()


def test_a_field_called_items_does_not_break_the_page_of_the_trail(client) -> None:
    """Agendas and lists write such a field, and templates would take it for the method of a dict."""
    county = make_organization("某县委")
    record(county, "修改议程", by=None, before={"items": ["一"]}, after={"items": ["一", "二", "三"]})
    record(county, "形成清单", by=None, after={"items": 6})
    client.force_login(make_user(Role.ADMINISTRATOR, county))
    page = client.get("/audit/").content.decode()
    assert "items：6" in page
