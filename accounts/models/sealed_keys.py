"""Keys of second factors as they lie in the database: sealed, so that a copy of it makes no codes.

The seal is made with a key derived from SECRET_KEY and bound to the account, so that a row moved to another account
opens nothing. Keys of SECRET_KEY_FALLBACKS still open; `reseal_second_factors` seals anew.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import secrets

from django.conf import settings
from nacl.bindings import (
    crypto_aead_chacha20poly1305_ietf_decrypt,
    crypto_aead_chacha20poly1305_ietf_encrypt,
    crypto_aead_chacha20poly1305_ietf_NPUBBYTES,
)
from nacl.exceptions import CryptoError

_MARK = "v1:"  # 67 characters with the 20 bytes of an app; the column holds 80
_NONCE_BYTES = crypto_aead_chacha20poly1305_ietf_NPUBBYTES


class KeyUnreadable(Exception):
    """Sealed with another SECRET_KEY, for another account, or not sealed at all."""


def seal_key(key: bytes, *, user_id: int) -> str:
    nonce = secrets.token_bytes(_NONCE_BYTES)
    sealed = crypto_aead_chacha20poly1305_ietf_encrypt(key, _bound_to(user_id), nonce, _derived(settings.SECRET_KEY))
    return _MARK + base64.b64encode(nonce + sealed).decode()


def open_key(sealed: str, *, user_id: int) -> bytes:
    """Raises KeyUnreadable."""
    if not sealed.startswith(_MARK):
        raise KeyUnreadable
    try:
        data = base64.b64decode(sealed.removeprefix(_MARK), validate=True)
    except binascii.Error as error:
        raise KeyUnreadable from error
    nonce, content = data[:_NONCE_BYTES], data[_NONCE_BYTES:]
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            return crypto_aead_chacha20poly1305_ietf_decrypt(content, _bound_to(user_id), nonce, _derived(secret))
        except (CryptoError, ValueError, TypeError):
            continue
    raise KeyUnreadable


def _bound_to(user_id: int) -> bytes:
    return f"totp of account {user_id}".encode()


def _derived(secret: str) -> bytes:
    return hashlib.blake2b(secret.encode(), digest_size=32, person=b"second factors").digest()
