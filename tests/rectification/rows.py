"""Lists in every state, built by writing rows, for the tests of rectification."""

import datetime as dt
from typing import Any

from django.core.files.base import ContentFile

from common import clock
from rectification.models import (
    Commitment,
    Evidence,
    Fulfilment,
    FulfilmentFile,
    Measure,
    Problem,
    Progress,
    RectificationItem,
    RectificationList,
)
from rectification.rules.items import ItemState, ListState, ProblemSource
from reporting.models import Reporter


def make_list(reporter: Reporter, state: str = ListState.DRAFT, items: int = 2, **facts: Any) -> RectificationList:
    """A list with complete items, each with one measure, an owner as typed and a worded deadline."""
    made = RectificationList.objects.create(reporter=reporter, state=state, due_text="会后30日内", **facts)
    for _ in range(items):
        make_item(made)
    if state == ListState.COMMITTED:
        user = reporter.post.person.user if hasattr(reporter.post.person, "user") else None
        if user is not None:
            Commitment.objects.create(
                list=made,
                post=reporter.post,
                text="郑重承诺",
                content=made.promised_content(),
                confirmed_by=user,
                confirmed_at=clock.now(),
            )
    return made


def make_item(
    rectification_list: RectificationList, *, measures: tuple[str, ...] = ("每季度专题研究一次",), **facts: Any
) -> RectificationItem:
    number = rectification_list.items.count() + 1
    problem = Problem.objects.create(
        cycle=rectification_list.cycle,
        organization=rectification_list.organization,
        source=facts.pop("source", ProblemSource.SELF),
        text=facts.pop("text", f"党建工作抓得不够实{number}"),
        cause=facts.pop("cause", "思想认识不到位"),
    )
    facts = {"owner_text": "***", "due_text": "X月底前"} | facts
    item = RectificationItem.objects.create(list=rectification_list, problem=problem, position=number, **facts)
    for position, text in enumerate(measures, start=1):
        Measure.objects.create(item=item, position=position, text=text)
    return item


def make_progress(item: RectificationItem, text: str = "已研究一次", date: dt.date = dt.date(2027, 3, 1)) -> Progress:
    user = item.list.reporter.post.person.user
    return Progress.objects.create(item=item, date=date, text=text, by=user, at=clock.now())


def make_evidence(progress: Progress, content: bytes = b"%PDF-1.7 x", name: str = "会议记录.pdf") -> Evidence:
    evidence = Evidence(progress=progress, name=name, content_type="application/pdf", size=len(content))
    evidence.file.save("f.pdf", ContentFile(content), save=True)
    return evidence


def make_mark_file(item: RectificationItem, content: bytes = b"%PDF-1.7 x", name: str = "台账.pdf") -> FulfilmentFile:
    """A file under the year-end mark of the item."""
    by = item.list.reporter.post.person.user
    mark, _ = Fulfilment.objects.get_or_create(
        item=item, defaults={"mark": "basic", "evidence": "有", "by": by, "at": clock.now()}
    )
    file = FulfilmentFile(fulfilment=mark, name=name, content_type="application/pdf", size=len(content))
    file.file.save("f.pdf", ContentFile(content), save=True)
    return file


OPEN, APPLIED, CLOSED = ItemState.OPEN, ItemState.APPLIED, ItemState.CLOSED
