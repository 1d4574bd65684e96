"""承诺书: the letter to the committee with what is promised, to be signed (S-188)."""

from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from common.deadlines import chinese_date
from documents.rendering.paper import Paper, PaperRefused, Part
from rectification.models import Commitment, RectificationList
from rectification.rules.items import ItemKind, ListState
from rectification.rules.lists import promise_text


def content(list_id: int) -> Paper:
    """The promise as frozen; after the approval and before the promise, the same letter to be signed by hand.

    Raises PaperRefused before the list is approved.
    """
    shown = RectificationList.objects.for_table().select_related("commitment__post__person").get(pk=list_id)
    if shown.state not in (ListState.APPROVED, ListState.COMMITTED):
        raise PaperRefused("清单审定之后才能打印承诺书。")
    commitment: Commitment | None = getattr(shown, "commitment", None)
    facts = _promised(shown, commitment) if commitment else _to_promise(shown)
    html = render_to_string("documents/papers/rectification/commitment.html", facts)
    title = f"{facts['organization']}{facts['year']}年度整改承诺书"
    return Paper(title=title, parts=(Part(title=title, html=html),))


def _promised(shown: RectificationList, commitment: Commitment) -> dict[str, Any]:
    at = timezone.localtime(commitment.confirmed_at)
    return {
        **commitment.content,
        "text": commitment.text,
        "title": commitment.post.title,
        "name": commitment.post.person.name,
        "date": chinese_date(at.date()),
    }


def _to_promise(shown: RectificationList) -> dict[str, Any]:
    kinds = list(shown.items.values_list("kind", flat=True))
    standing = kinds.count(ItemKind.STANDING)
    text = promise_text(
        organization=shown.organization.name,
        committee=shown.cycle.committee.name,
        year=shown.cycle.year,
        dated=len(kinds) - standing,
        standing=standing,
    )
    post = shown.reporter.post
    return {**shown.promised_content(), "text": text, "title": post.title, "name": post.person.name, "date": ""}
