"""Where one is signed in, and ending it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.actions.sign_ins import end_other_sign_ins, end_own_sign_in, end_sign_ins
from accounts.models import Person, User


@require_GET
def sign_in_list(request: HttpRequest) -> HttpResponse:
    context = {"sign_ins": request.user.sign_ins.live(), "current": request.session.session_key}
    return render(request, "accounts/sign_ins/sign_in_list.html", context)


@require_POST
def sign_in_end(request: HttpRequest, pk: int) -> HttpResponse:
    end_own_sign_in(get_object_or_404(request.user.sign_ins, pk=pk), by=request.user)
    messages.success(request, _("已退出那一处登录。"))
    return redirect("accounts:sign_in_list")


@require_POST
def sign_in_end_others(request: HttpRequest) -> HttpResponse:
    count = end_other_sign_ins(request.user, keep=request.session.session_key, by=request.user)
    messages.success(request, _("已退出其他 %(count)s 处登录，只保留本机。") % {"count": count})
    return redirect("accounts:sign_in_list")


@require_POST
def account_sign_out(request: HttpRequest, pk: int) -> HttpResponse:
    account = get_object_or_404(User.objects.filter(person__in=Person.objects.visible_to(request.user)), pk=pk)
    count = end_sign_ins(account, by=request.user)
    messages.success(request, _("已让该账号在 %(count)s 处退出登录。") % {"count": count})
    return redirect("accounts:person_show", account.person_id)
