"""The register of basis documents (S-202)."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import Organization
from common.pages import page_of
from documents.attachments import file_answer
from documents.rules.attachments import CONTENT_TYPES
from reporting.actions.basis_documents import BasisFacts, create_basis_document, edit_basis_document
from reporting.forms.basis_documents import BasisDocumentFilterForm, BasisDocumentForm
from reporting.models import BasisDocument
from reporting.permissions import can_edit_basis_documents
from reporting.views.deeds import deed_page, posted


@require_GET
def basis_document_list(request: HttpRequest) -> HttpResponse:
    form = BasisDocumentFilterForm(request.GET)
    documents = BasisDocument.objects.visible_to(request.user).select_related("committee")
    if form.is_valid() and (q := form.cleaned_data["q"]):
        documents = documents.filter(Q(title__icontains=q) | Q(number__icontains=q) | Q(issuer__icontains=q))
    own = {post.organization for post in request.user.active_posts}
    editable = [each for each in own if can_edit_basis_documents(request.user, each)]
    context = {
        "form": form,
        "page_obj": page_of(request, documents),
        "committees": editable,
        "editable": {each.pk for each in editable},
    }
    return render(request, "reporting/basis_documents/basis_document_list.html", context)


def _facts(form: BasisDocumentForm) -> BasisFacts:
    return BasisFacts(**{name: form.cleaned_data[name] for name in ("title", "issuer", "number", "issued_on")})


def _page(request: HttpRequest, form: BasisDocumentForm, deed: Any, template: str, context: Any) -> HttpResponse:
    url = reverse("reporting:basis_document_list")
    return deed_page(request, form, deed=deed, done=_("已保存。"), url=url, template=template, context=context)


@require_http_methods(["GET", "POST"])
def basis_document_create(request: HttpRequest, pk: int) -> HttpResponse:
    committee = get_object_or_404(Organization.objects.visible_to(request.user), pk=pk)
    if not can_edit_basis_documents(request.user, committee):
        raise PermissionDenied
    form = BasisDocumentForm(posted(request), request.FILES or None)

    def deed() -> object:
        upload = form.cleaned_data["upload"]
        return create_basis_document(committee, facts=_facts(form), upload=upload, by=request.user)

    template = "reporting/basis_documents/basis_document_create.html"
    return _page(request, form, deed, template, {"committee": committee})


@require_http_methods(["GET", "POST"])
def basis_document_edit(request: HttpRequest, pk: int) -> HttpResponse:
    document = get_object_or_404(BasisDocument.objects.visible_to(request.user).select_related("committee"), pk=pk)
    if not can_edit_basis_documents(request.user, document.committee):
        raise PermissionDenied
    form = BasisDocumentForm(posted(request), request.FILES or None, document=document)

    def deed() -> object:
        upload, seen = form.cleaned_data["upload"], form.cleaned_data["revision"] or 0
        return edit_basis_document(document, facts=_facts(form), upload=upload, seen=seen, by=request.user)

    template = "reporting/basis_documents/basis_document_edit.html"
    return _page(request, form, deed, template, {"document": document})


@require_GET
def basis_document_download(request: HttpRequest, pk: int) -> HttpResponseBase:
    document = get_object_or_404(BasisDocument.objects.visible_to(request.user), pk=pk)
    if not document.file:
        raise Http404
    kind = CONTENT_TYPES[document.file.name.rsplit(".", 1)[-1]]
    return file_answer(document.file.name, name=document.file_name, content_type=kind)
