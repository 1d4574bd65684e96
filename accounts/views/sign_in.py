"""Signing in and out, and one's own password."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.actions.audit import record
from accounts.actions.sign_ins import PASSWORD_BACKEND, close_sessions, note_session
from accounts.forms.activations import PASSWORD_RULES
from accounts.models import User
from common.forms import HelperMixin

from .second_factors import let_in


class LoginForm(HelperMixin, AuthenticationForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("登录名")
        self.error_messages = self.error_messages | {"invalid_login": _wrong_password()}


def _wrong_password() -> str:
    return _("登录名或密码不正确，请核对大小写后再试。连续 %(limit)s 次不正确，将暂停登录 %(minutes)s 分钟。") % {
        "limit": settings.AXES_FAILURE_LIMIT,
        "minutes": int(settings.AXES_COOLOFF_TIME.total_seconds() // 60),
    }


class Login(auth_views.LoginView):
    template_name = "accounts/sign_in/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        office = settings.OIDC_LABEL if settings.OIDC_ISSUER else ""
        nobody = not User.objects.exists()
        return super().get_context_data(office_label=office, nobody=nobody, **kwargs)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        return let_in(form.get_user(), self.request, backend=PASSWORD_BACKEND, to=self.get_success_url())


@login_not_required
def login(request: HttpRequest) -> HttpResponse:
    return Login.as_view()(request)


@login_not_required
@require_http_methods(["POST"])
def logout(request: HttpRequest) -> HttpResponse:
    return auth_views.LogoutView.as_view()(request)


class OwnPasswordForm(HelperMixin, PasswordChangeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = _("当前密码（首次登录填一次性密码）")
        self.fields["new_password1"].help_text = PASSWORD_RULES
        self.fields["new_password2"].help_text = ""


@require_http_methods(["GET", "POST"])
def password_change(request: HttpRequest) -> HttpResponse:
    form = OwnPasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = form.save(commit=False)
        user.must_change_password = False
        user.save()
        if user.person:
            record(user.person, "修改密码", by=user)
        close_sessions(user, keep=request.session.session_key or "")
        update_session_auth_hash(request, user)
        note_session(user, request)
        messages.success(request, _("密码已修改，其他各处的登录已退出。"))
        return redirect("overview:home")
    return render(request, "accounts/sign_in/password_change.html", {"form": form})
