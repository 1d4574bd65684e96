"""Somebody who is signed in shows once more who he is."""

from django.conf import settings
from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.actions.second_factors import SecondFactorRefused, check_second_factor
from accounts.actions.sign_ins import prove_session
from accounts.models import User, second_factor_of
from common import clock


class ProofRefused(ValueError):
    """It is not the holder of the account, or he mistyped; the words say which was asked."""


def give_proof(user: User, request: HttpRequest, *, secret: str) -> None:
    """`secret` is a code of the second factor where one is set up, else the password. Raises ProofRefused.

    Wrong passwords count with those of the login page (django-axes), wrong codes make the next one wait.
    """
    if second_factor_of(user):
        try:
            check_second_factor(user, code=secret)
        except SecondFactorRefused as refusal:
            raise ProofRefused(str(refusal)) from refusal
    elif authenticate(request, username=user.get_username(), password=secret) != user:
        raise ProofRefused(
            _("密码不正确，请核对大小写后再试。连续 %(limit)s 次不正确，将暂停登录。")
            % {"limit": settings.AXES_FAILURE_LIMIT}
        )
    prove_session(request, at=clock.now())
