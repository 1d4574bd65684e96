"""提醒单, 提示单, 催办单, 通报单, 约谈单, 预警单: one sheet about one item (S-155; practice.md 3.4)."""

from django.template.loader import render_to_string
from django.utils import timezone

from common.deadlines import chinese_date
from documents.rendering.paper import Paper, Part
from rectification.models import LadderStep
from rectification.models.plans import plan_of, words_of_plan


def content(step_id: int) -> Paper:
    step = LadderStep.objects.for_page().get(pk=step_id)
    item = step.item
    title = f"整改{step.sheet_title}"
    context = {
        "title": title,
        "step": step,
        "item": item,
        "plan": words_of_plan(plan_of(item)),
        "date": chinese_date(timezone.localtime(step.at).date()),
        "reply_due": chinese_date(step.reply_due) if step.reply_due else "",
    }
    html = render_to_string("documents/papers/rectification/step.html", context)
    return Paper(title=f"{item.organization.name}{title}", parts=(Part(title=title, html=html),))
