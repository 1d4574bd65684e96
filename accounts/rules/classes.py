"""先进、一般、后进: the class of an organization for a year (S-21)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganizationRank(models.TextChoices):
    ADVANCED = "advanced", _("先进")
    ORDINARY = "ordinary", _("一般")
    LAGGING = "lagging", _("后进")


# Some documents say 中间 where others say 一般; one value.
_ALIASES = {"中间": OrganizationRank.ORDINARY}
_STEPS = list(reversed(OrganizationRank))


def rank_of(text: str) -> str:
    """The code of a class given by its code, name or alias; anything else comes back as it is."""
    text = text.strip()
    names = {str(rank.label): rank for rank in OrganizationRank} | _ALIASES
    return str(names.get(text, text))


def change_of(before: str | None, now: str | None) -> str:
    """`up`, `down`, `same`, or empty where one of the two years has no class."""
    if not before or not now:
        return ""
    step = _STEPS.index(OrganizationRank(now)) - _STEPS.index(OrganizationRank(before))
    return "up" if step > 0 else "down" if step < 0 else "same"
