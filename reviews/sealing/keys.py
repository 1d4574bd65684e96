"""The key of a box: made once, written onto envelopes, never stored; two of three envelopes, or the one, give it back."""

from __future__ import annotations

import dataclasses
import hashlib
import secrets
from collections.abc import Sequence

from Crypto.Protocol.SecretSharing import Shamir
from django.utils.crypto import salted_hmac
from nacl.public import PrivateKey
from nacl.signing import SigningKey

from .letters import are_letters, from_letters, in_groups, tidy, to_letters

SECRET_BYTES = 16
CHECK_BYTES = 3
ENVELOPE = 32  # letters on an envelope
WHOLE = 0  # number of the only envelope in the simple mode


class EnvelopeError(Exception):
    """A sentence for the people at the box; it never repeats what was typed."""


@dataclasses.dataclass(frozen=True)
class Envelopes:
    """`codes` are to be printed and forgotten; `public_key` is the round's, in hexadecimal digits."""

    public_key: str
    codes: tuple[str, ...]


def new_envelopes(*, shares: bool) -> Envelopes:
    """A new key in one envelope, or split so that any two of three open the box and one alone says nothing."""
    secret = secrets.token_bytes(SECRET_BYTES)
    public = bytes(_private_key(secret).public_key)
    parts = Shamir.split(2, 3, secret) if shares else [(WHOLE, secret)]
    return Envelopes(public.hex(), tuple(_written(number, part, public) for number, part in parts))


def open_envelopes(texts: Sequence[str], public_key: str) -> PrivateKey:
    """The key of the box that `public_key` closes. Raises EnvelopeError, saying which of the texts is wrong."""
    public = bytes.fromhex(public_key)
    parts = [_read(place, text, public) for place, text in enumerate(texts, start=1)]
    numbers = {number for number, _ in parts}
    if len(numbers) < len(parts):
        raise EnvelopeError("输入的是同一个信封的密钥，请拆开另一个信封。")
    if WHOLE in numbers:
        secret = parts[0][1]
    elif len(parts) < 2:
        raise EnvelopeError("要凑齐两个信封的密钥才能开箱。")
    else:
        secret = Shamir.combine(parts)
    key = _private_key(secret)
    if bytes(key.public_key) != public:
        raise EnvelopeError("密钥打不开这个票箱，请核对信封是不是本轮测评的。")
    return key


def key_mark(public_key: str) -> str:
    """Eight letters in each QR by which a phone sees that the key it is given is the one of the envelopes."""
    return to_letters(hashlib.sha512(b"key mark " + bytes.fromhex(public_key)).digest()[:5])


def signing_key(round_id: int) -> SigningKey:
    """Signs acknowledgements and the output; follows from the server's own key, so that no database holds it."""
    return SigningKey(salted_hmac("reviews.sealing.keys", str(round_id), algorithm="sha256").digest())


def _private_key(secret: bytes) -> PrivateKey:
    return PrivateKey(hashlib.sha256(b"ballot box " + secret).digest())


def _written(number: int, part: bytes, public: bytes) -> str:
    return in_groups(to_letters(bytes([number]) + part + _check(number, part, public)))


def _check(number: int, part: bytes, public: bytes) -> bytes:
    """Tells a misread letter, and the envelope of another round."""
    return hashlib.sha256(bytes([number]) + part + public).digest()[:CHECK_BYTES]


def _read(place: int, text: str, public: bytes) -> tuple[int, bytes]:
    letters = tidy(text)
    if not are_letters(letters) or len(letters) != ENVELOPE:
        raise EnvelopeError(f"第{place}个密钥应当有{ENVELOPE}个字母和数字，请对照信封核对。")
    data = from_letters(letters)
    number, part, check = data[0], data[1:-CHECK_BYTES], data[-CHECK_BYTES:]
    if check != _check(number, part, public):
        raise EnvelopeError(f"第{place}个密钥有误：有的字母或数字输错了，或者不是本轮测评的信封。")
    return number, part
