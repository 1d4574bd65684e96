"""Where an account is signed in now: a line beside each of Django's sessions."""

from __future__ import annotations

import typing

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SignInQuerySet(models.QuerySet["SignIn"]):
    def live(self) -> typing.Self:
        """Those whose session is still there: not signed out, not ended, not expired."""
        sessions = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=timezone.now())
        return self.filter(Exists(sessions))


class SignIn(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=40, unique=True, editable=False)
    at = models.DateTimeField(_("登录时间"))
    address = models.GenericIPAddressField(_("地址"), null=True)
    device = models.CharField(_("设备"), max_length=60)

    objects = SignInQuerySet.as_manager()

    class Meta:
        verbose_name = _("登录情况")
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"{self.user} {self.device}"
