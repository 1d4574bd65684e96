"""The two codes of a slip: 128 random bits in its QR, 75 that can be typed. The server keeps their digests only."""

from __future__ import annotations

import dataclasses
import secrets

from django.utils.crypto import salted_hmac

from .letters import ALPHABET, are_letters, in_groups, tidy, to_letters

LONG = 26  # letters of the code in the QR
SHORT = 16  # letters to be typed, the last of which tells a slip of the finger
MARK = 8  # letters of the mark of the round's key, behind the long code


@dataclasses.dataclass(frozen=True)
class SlipCode:
    """What is printed on a slip, and stored nowhere."""

    long: str
    short: str

    @property
    def typed(self) -> str:
        return in_groups(self.short)


def new_code() -> SlipCode:
    """The codes have nothing to do with each other: who reads the one on a neighbour's slip does not know the other."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(SHORT - 1))
    return SlipCode(to_letters(secrets.token_bytes(16)), body + check_letter(body))


def check_letter(body: str) -> str:
    """One wrong letter, or two neighbours that changed places, is told before anything is sent."""
    total = 0
    for place, letter in enumerate(body):
        total += (place % 30 + 1) * ALPHABET.index(letter)
    return ALPHABET[total % 31]


def read_code(text: str) -> str:
    """The long or the short code in what was scanned or typed, also a whole address; "" when there is none."""
    code = tidy(text.strip().rsplit("#", 1)[-1])
    if not are_letters(code):
        return ""
    if len(code) == SHORT:
        return code if check_letter(code[:-1]) == code[-1] else ""
    return code[:LONG] if len(code) in (LONG, LONG + MARK) else ""


def digest_of(code: str) -> str:
    """Keyed, so that who reads the database cannot try codes out."""
    return salted_hmac("reviews.sealing.codes", code, algorithm="sha256").hexdigest()
