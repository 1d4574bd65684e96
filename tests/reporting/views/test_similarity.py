import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reporting.models import SimilarityRun
from tests.reporting.rows import hand_in
from tests.world import World

pytestmark = pytest.mark.django_db
PASSAGE = {
    "mine": "走访***户以后<逐户>对账", "theirs": "走访户以后，逐户对账",
    "my_place": "“主要成绩”", "their_place": "第1个问题", "characters": 14,
}  # fmt: skip


def test_progress_then_pairs_then_both_texts(world: World, client: Client) -> None:
    client.force_login(world.user("clerk"))
    mine = hand_in(world.reporter, by=world.user("secretary"))
    theirs = hand_in(world.other_reporter, by=world.user("other_secretary"))
    url = reverse("reporting:similarity_list", args=[world.cycle.pk])
    assert "还没有比对过" in client.get(url).content.decode()
    run = SimilarityRun.objects.create(cycle=world.cycle, by=world.user("clerk"))
    waiting = client.get(url).content.decode()
    assert "正在排队" in waiting
    assert "开始比对</button>" not in waiting
    SimilarityRun.objects.filter(pk=run.pk).update(state="ready", finished_at=run.requested_at, total=2)
    match = run.matches.create(version=mine.last_version, other=theirs.last_version, percent="31.5", passages=[PASSAGE])
    listed = client.get(url).content.decode()
    assert "31.5%" in listed
    shown = client.get(reverse("reporting:similarity_show", args=[match.pk])).content.decode()
    assert "走访***户以后&lt;逐户&gt;对账" in shown
    assert "走访户以后，逐户对账" in shown
    desk = client.get(reverse("reporting:screening_show", args=[world.reporter.pk])).content.decode()
    assert "最高 31.5%" in desk


def test_the_same_number_of_queries_for_one_and_for_many(world: World, client: Client) -> None:
    client.force_login(world.user("leader"))
    version = hand_in(world.reporter, by=world.user("secretary")).last_version
    run = SimilarityRun.objects.create(cycle=world.cycle, by=world.user("clerk"), state="ready")
    counts = []
    for number in (1, 20):
        for _ in range(number):
            run.matches.create(version=version, other=version, percent=10, passages=[PASSAGE])
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("reporting:similarity_list", args=[world.cycle.pk]))
        counts.append(len(queries))
    assert counts[0] == counts[1]
