"""Kinds of problems and what can be wrong with one (S-111 to S-117)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .items import ProblemSource


class ProblemScope(models.TextChoices):
    INDIVIDUAL = "individual", _("个性问题")
    COMMON = "common", _("共性问题")


class ProblemNovelty(models.TextChoices):
    NEW = "new", _("新问题")
    OLD = "old", _("老问题")
    OLD_NEW = "old_new", _("老问题的新表现")


# What people may enter themselves; the other sources are written by the deed that they come from.
RAISED_SOURCES = (
    ProblemSource.COMMENT,
    ProblemSource.QUESTION,
    ProblemSource.USUAL,
    ProblemSource.SUPERVISION,
    ProblemSource.MASSES,
)

# Printed for the organization of an unnamed problem (S-116).
UNNAMED = "有的单位"


def preset_novelty(novelty: str, *, is_linked: bool) -> str:
    """What was linked to an item of the year before and not judged yet is an old problem (S-114)."""
    if novelty:
        return novelty
    return ProblemNovelty.OLD if is_linked else ProblemNovelty.NEW


class ProblemRefused(Exception):
    """The problem cannot be entered, changed or merged this way; `str(error)` says why."""
