"""更换书记: one page, one deed (S-08)."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.actions.people import SecondFirstResponsible
from accounts.forms.people import PersonForm
from accounts.models import Organization, Person, Post, User
from accounts.permissions import can_manage_account
from accounts.views.deeds import attempt
from common.ids import id_of
from overview.actions.secretaries import SecretaryChanged, replace_secretary
from overview.forms.secretaries import SearchForm, SecretaryReplaceForm
from overview.permissions import can_replace_secretary
from overview.succession import open_work
from reporting.rules.refusals import Refusal

SHOWN = 20


@require_http_methods(["GET", "POST"])
def secretary_replace(request: HttpRequest, pk: int) -> HttpResponse:
    """First who follows, by search; then from which day and what is handed over."""
    organization = get_object_or_404(Organization.objects.visible_to(request.user), pk=pk)
    if not can_replace_secretary(request.user, organization):
        raise PermissionDenied
    work = open_work(organization, organization.incumbent, request.user)
    context: dict[str, Any] = {"organization": organization, "incumbent": organization.incumbent, "work": work}
    if "new" not in request.GET and "person" not in request.GET:
        return render(
            request, "overview/secretaries/secretary_replace.html", context | _candidates(request, organization)
        )
    person = _chosen(request)
    new = (
        PersonForm(request.POST or None, initial={"code": Person.objects.free_code(organization)})
        if person is None
        else None
    )
    form = SecretaryReplaceForm(
        request.POST or None, organization=organization, person=person, work=work, user=request.user
    )
    valid, status = [each.is_valid() for each in (new, form) if each is not None], 200
    if request.method == "POST" and all(valid):
        post, status = _replace(request, organization, form, new)
        if post is not None:
            return _done(request, post)
    context |= {"form": form, "new_form": new, "person": person, "work": work}
    return render(request, "overview/secretaries/secretary_replace.html", context, status=status)


def _replace(
    request: HttpRequest, organization: Organization, form: SecretaryReplaceForm, new: PersonForm | None
) -> tuple[Post | None, int]:
    """The new post, or None and the status of the page that says why not; nothing typed is lost."""
    succession = form.succession(**(new.cleaned_data if new else {}))
    try:
        bound = [form] if new is None else [new, form]
        done = attempt(
            lambda: replace_secretary(organization, succession, seen=form.seen_post(), by=request.user), *bound
        )
    except SecretaryChanged as error:
        form.tell_of(error)
        return None, 409
    except SecondFirstResponsible:
        form.add_error("start", _("这一天起的任职与已登记的第一责任人任职重叠，请先到人员页面核对任职日期。"))
        return None, 200
    except Refusal as error:
        form.add_error(None, error.sentences)
        return None, 200
    return (organization.incumbent if done else None), 200


def _done(request: HttpRequest, post: Post) -> HttpResponse:
    messages.success(
        request, _("已更换第一责任人：%(who)s，%(title)s。") % {"who": post.person.label, "title": post.title}
    )
    has_account = User.objects.filter(person=post.person, is_active=True).exists()
    if not has_account and can_manage_account(request.user, post.person):
        messages.info(request, _("接任同志还没有可用的登录账号，请在本页“登录账号”处办理。"))
        return redirect("accounts:person_show", post.person_id)
    return redirect("accounts:organization_show", post.organization_id)


def _chosen(request: HttpRequest) -> Person | None:
    """Who the address names; nobody is a person about to be registered."""
    pk = request.GET.get("person", "")
    if "new" in request.GET:
        return None
    return get_object_or_404(Person.objects.visible_to(request.user), pk=id_of(pk) or 0)


def _candidates(request: HttpRequest, organization: Organization) -> dict[str, Any]:
    """Those of the organization itself, or whoever the search finds, told apart by code and posts."""
    form = SearchForm(request.GET)
    q = form.cleaned_data["q"] if form.is_valid() else ""
    people = Person.objects.visible_to(request.user).exclude(pk=request.user.person_id)
    if organization.incumbent:
        people = people.exclude(pk=organization.incumbent.person_id)
    if q:
        people = people.filter(Q(name__icontains=q) | Q(code__icontains=q) | Q(posts__organization__name__icontains=q))
    else:
        people = people.filter(posts__in=organization.posts.current())
    posts = Prefetch("posts", Post.objects.current().select_related("organization"))
    found = people.distinct().prefetch_related(posts)
    return {"search_form": form, "q": q, "people": found[:SHOWN], "total": found.count(), "shown": SHOWN}
