"""A second factor beside the password: six figures of an app on one's telephone, or a code from a printed list."""

import re
import unicodedata

from .roles import REGISTER_ROLES

# Whoever can let others in, or reads a whole committee's year. Nobody else sees anything of it.
SECOND_FACTOR_ROLES = REGISTER_ROLES
RECOVERY_CODES = 10
# How long the right password waits for the second step.
MINUTES_BETWEEN_STEPS = 10


def typed_token(text: str) -> str:
    """What somebody typed, without blanks and in plain figures: “１２３ ４５６” is 123456."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def is_token(text: str) -> bool:
    """Whether it is meant for the app; anything else is a recovery code."""
    return re.fullmatch(r"\d{6}", typed_token(text)) is not None
