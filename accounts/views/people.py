"""People, their posts and accounts."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.db.models import F, Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.actions.activations import free_username
from accounts.actions.people import (
    AccountExists,
    create_person,
    edit_post,
    end_post,
    open_account,
    rename_person,
    reset_password,
    set_account_active,
    start_post,
)
from accounts.forms.people import AccountForm, PersonFilterForm, PersonForm, PostEditForm, PostEndForm, PostForm
from accounts.models import AuditEntry, Organization, Person, Post, User, lockouts_of, second_factor_of
from accounts.permissions import (
    can_add_organization,
    can_manage_account,
    can_manage_organization,
    can_manage_person,
    can_manage_post,
)
from accounts.rules.roles import Role
from common.conflicts import StaleRevision
from common.pages import page_of

from .deeds import attempt


@require_GET
def person_list(request: HttpRequest) -> HttpResponse:
    if not can_add_organization(request.user):
        raise PermissionDenied
    form = PersonFilterForm(request.GET)
    posts = Post.objects.current().primary_first().select_related("organization")
    rows = Person.objects.visible_to(request.user).select_related("user").prefetch_related(Prefetch("posts", posts))
    if form.is_valid() and (q := form.cleaned_data["q"]):
        rows = rows.filter(Q(name__icontains=q) | Q(code__icontains=q) | Q(posts__organization__name__icontains=q))
    if form.is_valid() and form.cleaned_data["role"]:
        rows = rows.filter(posts__in=Post.objects.current().filter(role=form.cleaned_data["role"]))
    context = {"form": form, "page_obj": page_of(request, rows)}
    return render(request, "accounts/people/person_list.html", context)


@require_GET
def person_show(request: HttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(Person.objects.visible_to(request.user).select_related("user"), pk=pk)
    can_manage = can_manage_person(request.user, person)
    account = getattr(person, "user", None)
    posts = list(
        person.posts.select_related("organization").order_by(
            F("end").desc(nulls_first=True), "-is_primary", F("start").desc(nulls_last=True), "-id"
        )
    )
    context = {
        "person": person,
        "posts": [(post, can_manage_post(request.user, post)) for post in posts],
        "visible": set(
            Organization.objects.visible_to(request.user).filter(posts__in=posts).values_list("pk", flat=True)
        ),
        "can_manage": can_manage,
        "can_manage_account": can_manage_account(request.user, person),
        "account": account,
        "office_label": settings.OIDC_LABEL if settings.OIDC_ISSUER and settings.OIDC_MATCH == "subject" else "",
        "sign_ins": account.sign_ins.live() if account else [],
        "lockouts": lockouts_of(account.username) if account else [],
        "second_factor": second_factor_of(account) if account else None,
        "account_form": AccountForm(initial={"username": free_username(person)}),
        "entries": AuditEntry.objects.of_person(person)[:20] if can_manage else None,
    }
    return render(request, "accounts/people/person_show.html", context)


@require_http_methods(["GET", "POST"])
def person_create(request: HttpRequest, organization_pk: int) -> HttpResponse:
    """A new person in an organization, with the first post."""
    organization = get_object_or_404(Organization.objects.visible_to(request.user), pk=organization_pk)
    if not can_manage_organization(request.user, organization):
        raise PermissionDenied
    initial = {"code": Person.objects.free_code(organization)}
    form, post_form = PersonForm(request.POST or None, initial=initial), _post_form(request, organization)
    if request.method == "POST" and form.is_valid() and post_form.is_valid():
        facts = {**form.cleaned_data, **post_form.cleaned_data}
        if attempt(lambda: create_person(organization=organization, by=request.user, **facts), form, post_form):
            messages.success(request, _("已新增人员及其任职。"))
            return redirect("accounts:person_show", Person.objects.get(code=facts["code"]).pk)
    context = {"form": form, "post_form": post_form, "organization": organization}
    return render(request, "accounts/people/person_create.html", context)


def _post_form(request: HttpRequest, organization: Organization, person: Person | None = None) -> PostForm:
    # The form checks the constraints, so it needs the organization the post will be in.
    asked = _asked_role(request)
    title = organization.secretary_title if asked.get("role", Role.SECRETARY) == Role.SECRETARY else ""
    post = Post(organization=organization, title=title)
    if person is not None:
        post.person = person
    return PostForm(request.POST or None, instance=post, initial=asked, user=request.user)


def _asked_role(request: HttpRequest) -> dict[str, str]:
    """A link may say which role the post is meant for."""
    return {"role": request.GET["role"]} if request.GET.get("role") in Role else {}


@require_http_methods(["GET", "POST"])
def person_edit(request: HttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    if not can_manage_person(request.user, person):
        raise PermissionDenied
    form = PersonForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        if attempt(lambda: rename_person(Person.objects.get(pk=pk), by=request.user, **facts), form):
            messages.success(request, _("已保存。"))
            return redirect("accounts:person_show", pk)
    return render(request, "accounts/people/person_edit.html", {"form": form, "person": person})


@require_http_methods(["GET", "POST"])
def post_create(request: HttpRequest, person_pk: int, organization_pk: int) -> HttpResponse:
    """A further post for a person who is already known."""
    person = get_object_or_404(Person.objects.visible_to(request.user), pk=person_pk)
    organization = get_object_or_404(Organization.objects.visible_to(request.user), pk=organization_pk)
    if not can_manage_organization(request.user, organization):
        raise PermissionDenied
    form = _post_form(request, organization, person)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        if attempt(lambda: start_post(person, organization=organization, by=request.user, **facts), form):
            messages.success(request, _("已新增任职。"))
            return redirect("accounts:person_show", person.pk)
    context = {"form": form, "person": person, "organization": organization}
    return render(request, "accounts/people/post_create.html", context)


@require_http_methods(["GET", "POST"])
def post_edit(request: HttpRequest, pk: int) -> HttpResponse:
    post = get_object_or_404(Post.objects.visible_to(request.user).select_related("organization", "person"), pk=pk)
    if not can_manage_post(request.user, post):
        raise PermissionDenied
    form, status = PostEditForm(request.POST or None, instance=post, user=request.user), 200
    stored = Post.objects.get(pk=pk)  # the form writes what was typed into its own
    if request.method == "POST" and form.is_valid():
        facts, seen = form.facts, form.cleaned_data["revision"]
        try:
            if attempt(lambda: edit_post(stored, facts=facts, seen=seen, by=request.user), form):
                messages.success(request, _("已保存。"))
                return redirect("accounts:person_show", post.person_id)
        except StaleRevision as error:
            form.tell_of(error)
            status = 409
    context = {"form": form, "post": post, "stored": stored if status == 409 else None}
    return render(request, "accounts/people/post_edit.html", context, status=status)


@require_http_methods(["GET", "POST"])
def post_end(request: HttpRequest, pk: int) -> HttpResponse:
    post = get_object_or_404(Post.objects.visible_to(request.user).select_related("organization", "person"), pk=pk)
    if not can_manage_post(request.user, post):
        raise PermissionDenied
    form = PostEndForm(request.POST or None, post=post)
    if request.method == "POST" and form.is_valid():
        end_post(post, end=form.cleaned_data["end"], by=request.user)
        messages.success(request, _("已记录免职。该同志名下的报告保持不变。"))
        return redirect("accounts:person_show", post.person_id)
    return render(request, "accounts/people/post_end.html", {"form": form, "post": post})


@require_POST
def account_create(request: HttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    if not can_manage_person(request.user, person):
        raise PermissionDenied
    form = AccountForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(form.errors.get("username", [])))
        return redirect("accounts:person_show", pk)
    try:
        account, password = open_account(person, username=form.cleaned_data["username"], by=request.user)
    except (AccountExists, ValidationError) as error:
        messages.error(request, str(error) if isinstance(error, AccountExists) else " ".join(error.messages))
        return redirect("accounts:person_show", pk)
    except IntegrityError:
        messages.error(
            request, _("登录名“%(name)s”刚刚被别人使用，请换一个。") % {"name": form.cleaned_data["username"]}
        )
        return redirect("accounts:person_show", pk)
    return render(request, "accounts/people/account_password.html", {"account": account, "password": password})


@require_POST
def account_reset(request: HttpRequest, pk: int) -> HttpResponse:
    account = get_object_or_404(User.objects.filter(person__in=Person.objects.visible_to(request.user)), pk=pk)
    password = reset_password(account, by=request.user)
    return render(request, "accounts/people/account_password.html", {"account": account, "password": password})


@require_POST
def account_activate(request: HttpRequest, pk: int) -> HttpResponse:
    """Switch an account on or off."""
    account = get_object_or_404(User.objects.filter(person__in=Person.objects.visible_to(request.user)), pk=pk)
    wanted = request.POST.get("active", "")  # named, so that a second click does not undo the first
    active = wanted == "1" if wanted in ("0", "1") else not account.is_active
    account = set_account_active(account, active=active, by=request.user)
    messages.success(request, _("账号已启用。") if account.is_active else _("账号已停用。"))
    return redirect("accounts:person_show", account.person_id)
