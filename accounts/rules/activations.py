"""Codes on printed slips with which people open their accounts themselves."""

import datetime as dt
import itertools
import re
import secrets
import unicodedata
from collections.abc import Container

from django.db import models
from django.utils.translation import gettext_lazy as _

# Without the letters and figures that are mistaken for each other on paper. Twelve of them are 59 bits.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _GROUP = 3, 4
# Their PDF is made while the clerk waits: a dozen seconds.
MOST_SLIPS_AT_ONCE = 300


class ActivationState(models.TextChoices):
    OPEN = "open", _("待激活")
    USED = "used", _("已激活")
    VOIDED = "voided", _("已换发")
    EXPIRED = "expired", _("已过期")


def new_code() -> str:
    """Twelve characters in three groups, easy to type and to read out."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(_GROUP)) for _ in range(_GROUPS))


def typed_code(text: str) -> str:
    """What somebody typed from paper as the code that was printed: full width, capitals and blanks do not matter."""
    plain = unicodedata.normalize("NFKC", text).lower()
    characters = re.sub(r"[\W_]", "", plain)
    return "-".join(characters[at : at + _GROUP] for at in range(0, len(characters), _GROUP))


def state_of(
    *, used_at: dt.datetime | None, voided_at: dt.datetime | None, expires_at: dt.datetime, now: dt.datetime
) -> ActivationState:
    if used_at:
        return ActivationState.USED
    if voided_at:
        return ActivationState.VOIDED
    return ActivationState.EXPIRED if expires_at <= now else ActivationState.OPEN


def proposed_username(pinyin: str, code: str, taken: Container[str]) -> str:
    """The name in pinyin, which its owner remembers; for a masked name the person's code. A number where it is taken."""
    letters = pinyin.replace(" ", "").lower()
    base = letters if re.fullmatch(r"[a-z]+", letters) else re.sub(r"[^\w.@+-]", "", code.lower()) or "user"
    numbered = (f"{base}{number}" for number in itertools.count(2))
    return next(name for name in itertools.chain([base], numbered) if name not in taken)
