"""One's own e-mail address, to which the office's reminders go where e-mail is configured."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.actions.emails import change_email
from accounts.forms.emails import EmailForm


@require_http_methods(["GET", "POST"])
def email_edit(request: HttpRequest) -> HttpResponse:
    form = EmailForm(request.POST if request.method == "POST" else None, initial={"email": request.user.email})
    if request.method == "POST" and form.is_valid():
        change_email(request.user, email=form.cleaned_data["email"], by=request.user)
        messages.success(request, _("邮箱已保存。"))
        return redirect("accounts:email_edit")
    return render(request, "accounts/emails/email_edit.html", {"form": form})
