"""Documents: which there are, how far each is, and the file itself."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from common.flow import TransitionNotAllowed
from common.pages import page_of
from documents.actions.documents import retry_document
from documents.forms.documents import DocumentFilterForm
from documents.models import Document
from documents.permissions import can_retry_document
from documents.rendering.fonts import fonts_state

PER_PAGE = 30


def _visible_document(request: HttpRequest, pk: int) -> Document:
    documents = Document.objects.visible_to(request.user)
    found: Document = get_object_or_404(
        documents.select_related("committee", "organization", "requested_by__person"), pk=pk
    )
    return found


@require_safe
def document_list(request: HttpRequest) -> HttpResponse:
    form = DocumentFilterForm(request.GET or None)
    documents = Document.objects.visible_to(request.user).select_related("organization", "requested_by__person")
    page = page_of(request, form.filtered(documents), PER_PAGE)
    context = {"form": form, "page_obj": page, "total": page.paginator.count}
    return render(request, "documents/documents/document_list.html", context)


@require_safe
def document_show(request: HttpRequest, pk: int) -> HttpResponse:
    """The page; for htmx, which asks while the document is being made, only what changes."""
    document = _visible_document(request, pk)
    context = {
        "document": document,
        "can_retry": can_retry_document(request.user, document),
        "fonts": fonts_state() if document.is_unfinished else None,
    }
    template = "documents/documents/_state.html" if request.htmx else "documents/documents/document_show.html"
    return render(request, template, context)


@require_safe
def document_download(request: HttpRequest, pk: int) -> HttpResponseBase:
    document = _visible_document(request, pk)
    if not document.is_ready:
        return redirect(document)
    if not document.is_file_there:
        raise Http404(_("文件已不在服务器上，请重新生成"))
    return FileResponse(
        document.file.open("rb"),
        as_attachment="inline" not in request.GET,
        filename=document.file_name,
        content_type="application/pdf",
    )


@require_POST
def document_retry(request: HttpRequest, pk: int) -> HttpResponse:
    document = _visible_document(request, pk)
    try:
        document = retry_document(document, by=request.user)
    except TransitionNotAllowed as refusal:
        messages.error(request, str(refusal))
    return redirect(document)
