"""督查通报: the year's plan, drawing one up, publishing, reading (S-164 to S-166, S-174)."""

import io

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import AuditEntry
from common import clock
from common.pages import page_of
from common.workbooks import XLSX, NewColumn, NewSheet, write_workbook
from documents.actions.documents import request_document
from rectification.actions.bulletins import (
    create_bulletin,
    edit_bulletin,
    publish_bulletin,
    read_bulletin,
    refresh_bulletin,
)
from rectification.forms.bulletins import BulletinForm, BulletinPublishForm, LineFormSet, line_rows
from rectification.models import Bulletin
from rectification.models.bulletins import periods_of
from rectification.permissions import INSPECTING_ROLES, can_keep_bulletins, can_watch_bulletins
from rectification.rules.bulletins import BulletinKind, BulletinRefused
from reporting.models import Cycle
from reporting.rules.refusals import CycleClosed

from .deeds import deed_page

PAPER = "rectification.papers.bulletins.content"
REPORT_PAPER = "rectification.papers.bulletin_reports.content"
EXPORT_COLUMNS = tuple(
    NewColumn(heading, width=width)
    for heading, width in (
        ("名次", 6),
        ("与上期相比", 10),
        ("单位代码", 12),
        ("单位", 24),
        ("进度", 8),
        ("完成率", 8),
        ("整改事项（完成/总数/逾期）", 16),
        ("重点任务（完成/总数/滞后）", 16),
        ("领办项目（完成/总数/逾期）", 16),
        ("领办项目进展", 50),
        ("评语", 30),
    )
)


def get_bulletin(request: HttpRequest, pk: int) -> Bulletin:
    return get_object_or_404(Bulletin.objects.visible_to(request.user).for_table(), pk=pk)


def _kept(request: HttpRequest, pk: int) -> Bulletin:
    bulletin = get_bulletin(request, pk)
    if not can_keep_bulletins(request.user, bulletin.cycle.committee):
        raise PermissionDenied
    return bulletin


def _url(bulletin: Bulletin) -> str:
    return reverse("rectification:bulletin_show", args=[bulletin.pk])


@require_GET
def bulletin_board(request: HttpRequest, pk: int) -> HttpResponse:
    """What the year asks for: published, being drawn up, or missing."""
    cycle = get_object_or_404(Cycle.objects.visible_to(request.user).select_related("committee"), pk=pk)
    if not can_watch_bulletins(request.user, cycle.committee):
        raise PermissionDenied
    context = {
        "cycle": cycle,
        "periods": periods_of(cycle, clock.today()),
        "special": cycle.bulletins.for_table().filter(kind=BulletinKind.SPECIAL),
        "can_keep": can_keep_bulletins(request.user, cycle.committee) and not cycle.is_closed,
        "today": clock.today(),
    }
    return render(request, "rectification/bulletins/bulletin_board.html", context)


@require_GET
def bulletin_list(request: HttpRequest) -> HttpResponse:
    """Published ones, for those to whom they were sent."""
    rows = Bulletin.objects.visible_to(request.user).filter(published_at__isnull=False).for_table()
    page = page_of(request, rows.order_by("-published_at"))
    kept = Cycle.objects.running().filter(committee__in=request.user.organizations_as(*INSPECTING_ROLES))
    context = {"page_obj": page, "kept": kept.select_related("committee")}
    return render(request, "rectification/bulletins/bulletin_list.html", context)


@require_POST
def bulletin_create(request: HttpRequest, pk: int) -> HttpResponse:
    cycle = get_object_or_404(Cycle.objects.visible_to(request.user).select_related("committee"), pk=pk)
    kind = request.POST.get("kind", "")
    try:
        if kind not in BulletinKind.values:
            raise BulletinRefused(_("请选择要拟写哪一期通报。"))
        bulletin = create_bulletin(cycle, kind=kind, by=request.user)
    except (BulletinRefused, CycleClosed) as error:
        messages.error(request, str(error))
        return redirect("rectification:bulletin_board", pk)
    messages.success(request, _("通报已拟稿，数据截至今天。请填写正文和评语，核对后印发。"))
    return redirect("rectification:bulletin_edit", bulletin.pk)


@require_GET
def bulletin_show(request: HttpRequest, pk: int) -> HttpResponse:
    bulletin = get_bulletin(request, pk)
    if bulletin.is_published:
        read_bulletin(bulletin, by=request.user)
    watches = can_watch_bulletins(request.user, bulletin.cycle.committee)
    context = {
        "bulletin": bulletin,
        "lines": bulletin.lines_in_order if watches else bulletin.ranked_lines,
        "watches": watches,
        "can_keep": can_keep_bulletins(request.user, bulletin.cycle.committee),
        "receipts": bulletin.receipts.select_related("organization", "read_by__person") if watches else [],
        "entries": AuditEntry.objects.visible_to(request.user).of(bulletin)[:20],
    }
    return render(request, "rectification/bulletins/bulletin_show.html", context)


@require_http_methods(["GET", "POST"])
def bulletin_edit(request: HttpRequest, pk: int) -> HttpResponse:
    bulletin = _kept(request, pk)
    if bulletin.is_published:
        messages.error(request, _("通报已经印发，内容不能再改。需要更正的，请另发专项通报。"))
        return redirect(_url(bulletin))
    form = BulletinForm(request.POST or None, initial=BulletinForm.initial_of(bulletin))
    lines = LineFormSet(request.POST or None, initial=line_rows(bulletin), prefix="lines")
    if request.method == "POST" and form.is_valid() and not lines.is_valid():
        form.add_error(None, _("各单位的评语没有读全，请刷新页面后再填。"))
    return deed_page(
        request,
        form,
        deed=lambda: edit_bulletin(
            bulletin, facts=form.facts, words=lines.words, seen=form.cleaned_data["revision"] or 0, by=request.user
        ),
        done=_("已保存。"),
        url=_url(bulletin),
        template="rectification/bulletins/bulletin_edit.html",
        context={
            "bulletin": bulletin,
            "rows": list(zip(bulletin.lines.for_table(), lines, strict=False)),
            "lines": lines,
        },
    )


@require_POST
def bulletin_refresh(request: HttpRequest, pk: int) -> HttpResponse:
    bulletin = _kept(request, pk)
    try:
        refresh_bulletin(bulletin, by=request.user)
    except BulletinRefused as error:
        messages.error(request, str(error))
        return redirect(_url(bulletin))
    messages.success(request, _("数据已更新到今天，原来填写的评语保留。"))
    return redirect(_url(bulletin))


@require_http_methods(["GET", "POST"])
def bulletin_publish(request: HttpRequest, pk: int) -> HttpResponse:
    bulletin = _kept(request, pk)
    form = BulletinPublishForm(request.POST or None, bulletin=bulletin, initial={"audience": bulletin.audience})
    return deed_page(
        request,
        form,
        deed=lambda: publish_bulletin(bulletin, **form.cleaned_data, by=request.user),
        done=_("通报已印发，接收单位已收到提醒。"),
        url=_url(bulletin),
        template="rectification/bulletins/bulletin_publish.html",
        context={"bulletin": bulletin},
    )


@require_POST
def bulletin_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever may read the bulletin may have it on paper."""
    bulletin = get_bulletin(request, pk)
    _print(request, bulletin, PAPER, bulletin.title)
    return redirect(_url(bulletin))


@require_POST
def bulletin_report_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The report to the committee names everybody; it is not for those it is about (S-165)."""
    bulletin = get_bulletin(request, pk)
    if not can_watch_bulletins(request.user, bulletin.cycle.committee):
        raise PermissionDenied
    _print(request, bulletin, REPORT_PAPER, f"{bulletin.title}督查情况报告")
    return redirect(_url(bulletin))


def _print(request: HttpRequest, bulletin: Bulletin, paper: str, title: str) -> None:
    request_document(paper=paper, subject=bulletin, title=title, committee=bulletin.cycle.committee, by=request.user)


@require_GET
def bulletin_export(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The ranked table as it is made known, for whoever sets it in a newspaper."""
    bulletin = get_bulletin(request, pk)
    rows = [
        (
            line.place if bulletin.has_ranking else None,
            line.arrow if bulletin.has_ranking else "",
            line.organization.code,
            line.organization.name,
            str(line.standing.label),
            line.percent,
            *(f"{tally.done}/{tally.total}/{tally.late}" for tally in (line.items, line.tasks, line.project_tally)),
            line.projects,
            line.comment,
        )
        for line in bulletin.ranked_lines
    ]
    data = write_workbook([NewSheet(_("通报"), EXPORT_COLUMNS, rows)])
    return FileResponse(io.BytesIO(data), as_attachment=True, filename=f"{bulletin.title}.xlsx", content_type=XLSX)
