import pytest
from django.test import Client
from django.urls import reverse

from reporting.actions.reports import ReportChanges, accept_report, return_report, save_report, submit_report
from reporting.models import DutyReport, ReportVersion
from tests.reporting.rows import hand_in
from tests.world import World

pytestmark = pytest.mark.django_db


def twice_handed_in(world: World) -> DutyReport:
    secretary = world.user("secretary")
    report = return_report(hand_in(world.reporter, by=secretary), reason="改", by=world.user("clerk"))
    changes = ReportChanges(texts={"achievements": "建成党群服务中心XX个。"})
    report = save_report(report, changes=changes, seen=report.revision, by=secretary)
    return accept_report(submit_report(report, by=secretary), by=world.user("clerk"))


def test_versions_with_the_same_text_say_so_and_two_that_differ_are_compared(world: World, client: Client) -> None:
    report = twice_handed_in(world)
    client.force_login(world.user("secretary"))
    url = reverse("reporting:version_list", args=[world.reporter.pk])
    shown = client.get(url).content.decode()
    assert shown.count("与第 1 版相同") == 1
    assert shown.count("与第 3 版相同") == 1
    assert "第 2 版与第 4 版对照" in shown
    assert "</span>**</del>" in shown
    backwards = client.get(url + "?before=3&after=1").content.decode()
    assert "第 1 版与第 3 版对照" in backwards
    assert "两版文字相同。" in client.get(url + "?before=1&after=2").content.decode()
    assert client.get(url + "?before=x&after=99").status_code == 200
    assert report.versions.count() == 4


def test_the_hash_is_computed_again_on_demand(world: World, client: Client) -> None:
    version = twice_handed_in(world).last_version
    client.force_login(world.user("leader"))
    url = reverse("reporting:version_verify", args=[version.pk])
    assert "核对一致" in client.post(url, follow=True).content.decode()
    content = version.content
    content["problems"][0]["text"] = "没有问题。"
    ReportVersion.objects.filter(pk=version.pk).update(content=content)
    assert "核对不一致" in client.post(url, follow=True).content.decode()
