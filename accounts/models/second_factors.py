"""The second factor of an account: one app that counts with us (django-otp), and codes on paper for when it is lost."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.rules.activations import typed_code

from .sealed_keys import open_key
from .users import User


class AppDevice(TOTPDevice):
    """The app on somebody's telephone; its key lies sealed in the row."""

    class Meta:
        proxy = True

    @property
    def bin_key(self) -> bytes:
        """Raises KeyUnreadable."""
        return open_key(self.key, user_id=self.user_id)


def second_factor_of(user: User) -> AppDevice | None:
    return AppDevice.objects.filter(user_id=user.pk, confirmed=True).order_by("pk").first()


def hashed_recovery_code(code: str) -> str:
    return salted_hmac("accounts.recovery", typed_code(code), algorithm="sha256").hexdigest()


class RecoveryCodeQuerySet(models.QuerySet["RecoveryCode"]):
    def unused(self) -> RecoveryCodeQuerySet:
        return self.filter(used_at__isnull=True)


class RecoveryCode(models.Model):
    """The code itself stands on paper only; each opens once."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="recovery_codes")
    code_hash = models.CharField(max_length=64, unique=True)
    used_at = models.DateTimeField(_("使用时间"), null=True)

    objects = RecoveryCodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("恢复码")

    def __str__(self) -> str:
        return f"{self.user} {self._meta.verbose_name}"
