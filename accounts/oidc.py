"""Sign-in by an office's own identity provider (OpenID Connect), where one is configured.

An account is found by one claim, compared as a whole with one field; none is ever made, and names decide nothing.
Beyond the library: where the provider's addresses are is asked from the provider, and a token must be from this
provider, for us, in time, and about the person whose claims are read.
"""

from typing import Any

import jwt
import requests
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import SuspiciousOperation
from django.db.models import QuerySet
from mozilla_django_oidc.auth import OIDCAuthenticationBackend
from mozilla_django_oidc.utils import import_from_settings

from accounts.models import User

FIELDS = {"subject": "office_subject", "username": "username", "person_code": "person__code"}
_ENDPOINTS = {
    "OIDC_OP_AUTHORIZATION_ENDPOINT": "authorization_endpoint",
    "OIDC_OP_TOKEN_ENDPOINT": "token_endpoint",
    "OIDC_OP_USER_ENDPOINT": "userinfo_endpoint",
    "OIDC_OP_JWKS_ENDPOINT": "jwks_uri",
}
_HOUR = 3600


def setting(name: str, *default: Any) -> Any:
    """A setting of the library; addresses come from what the provider publishes."""
    if name in _ENDPOINTS:
        return _published()[_ENDPOINTS[name]]
    return import_from_settings(name, *default)


def _published() -> dict[str, str]:
    """The provider's own description of itself, asked once an hour. Raises RequestException while it cannot be reached."""
    key = f"oidc:{settings.OIDC_ISSUER}"
    known: dict[str, str] | None = cache.get(key)
    if known is None:
        address = f"{settings.OIDC_ISSUER.rstrip('/')}/.well-known/openid-configuration"
        answer = requests.get(address, timeout=settings.OIDC_TIMEOUT)
        answer.raise_for_status()
        known = answer.json()
        if known.get("issuer") != settings.OIDC_ISSUER:
            raise SuspiciousOperation("the provider names another issuer")
        cache.set(key, known, _HOUR)
    return known


class OfficeBackend(OIDCAuthenticationBackend):
    @staticmethod
    def get_settings(name: str, *default: Any) -> Any:
        return setting(name, *default)

    def __init__(self) -> None:
        """Nothing is asked until somebody signs in this way: Django makes a backend for each request."""
        self.UserModel = User

    def authenticate(self, request: Any, **kwargs: Any) -> User | None:
        if "nonce" not in kwargs or request is None:
            return None
        super().__init__()
        return super().authenticate(request, **kwargs)

    def get_user(self, user_id: int) -> User | None:
        """Asked at every request: an account that was closed meanwhile is nobody's."""
        return User.objects.filter(pk=user_id, is_active=True).first()

    def verify_token(self, token: str, **kwargs: Any) -> dict[str, Any]:
        try:
            payload: dict[str, Any] = super().verify_token(token, **kwargs)
        except jwt.InvalidTokenError as error:
            raise SuspiciousOperation("the token is not valid") from error
        audience = payload.get("aud")
        if settings.OIDC_RP_CLIENT_ID not in (audience if isinstance(audience, list) else [audience]):
            raise SuspiciousOperation("the token is for somebody else")
        if payload.get("iss") != settings.OIDC_ISSUER or not payload.get("exp"):
            raise SuspiciousOperation("the token is from somebody else or never ends")
        return payload

    def get_userinfo(self, access_token: str, id_token: str, payload: dict[str, Any]) -> dict[str, Any]:
        info: dict[str, Any] = super().get_userinfo(access_token, id_token, payload)
        if info.get("sub") != payload.get("sub"):
            raise SuspiciousOperation("the claims are about somebody else")
        self.request.office_auth_time = payload.get("auth_time")
        return payload | info

    def verify_claims(self, claims: dict[str, Any]) -> bool:
        return bool(claims.get("sub"))

    def filter_users_by_claims(self, claims: dict[str, Any]) -> QuerySet[User]:
        value = str(claims.get(settings.OIDC_CLAIM) or "")
        self.request.office_identity = value
        return User.objects.filter(**{FIELDS[settings.OIDC_MATCH]: value}) if value else User.objects.none()
