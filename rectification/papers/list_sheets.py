"""问题清单, 任务清单, 责任清单 of one organization on paper (S-151)."""

from django.template.loader import render_to_string

from documents.rendering.paper import Paper, Part
from rectification.models import RectificationList
from rectification.models.list_sheets import sheets_of
from rectification.rules.list_sheets import ListSheet


def problems_content(list_id: int) -> Paper:
    return _paper(list_id, ListSheet.PROBLEMS)


def tasks_content(list_id: int) -> Paper:
    return _paper(list_id, ListSheet.TASKS)


def duties_content(list_id: int) -> Paper:
    return _paper(list_id, ListSheet.DUTIES)


def _paper(list_id: int, sheet: ListSheet) -> Paper:
    shown = RectificationList.objects.for_table().get(pk=list_id)
    title = f"{shown.organization.name}{shown.cycle.year}年度{sheet.label}"
    context = {"list": shown, "sheet": sheet, "sheets": sheets_of(shown), "title": title}
    html = render_to_string("documents/papers/rectification/list_sheet.html", context)
    return Paper(title=title, parts=(Part(title=title, html=html),), grid=False)
