"""Kinds of shared responsibility for one item (S-163)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PartyKind(models.TextChoices):
    MAIN = "main", _("主体责任")
    FOLLOWING = "following", _("跟踪责任")
    JOINT = "joint", _("协同责任")
    BACKUP = "backup", _("托底责任")


class PartiesInvalid(ValueError):
    """A line names no kind or no unit; `str(error)` says which."""


def party_lines(text: str) -> list[tuple[str, str]]:
    """`(kind, unit)` of each line 「主体：XX镇党委」; the word 责任 may follow the kind. Raises PartiesInvalid."""
    kinds = {str(kind.label): kind.value for kind in PartyKind}
    kinds |= {label.removesuffix("责任"): kind for label, kind in kinds.items()}
    found = []
    for line in filter(str.strip, text.splitlines()):
        head, _colon, unit = line.replace(":", "：", 1).partition("：")
        if head.strip() not in kinds or not unit.strip():
            raise PartiesInvalid(f"“{line.strip()}”看不懂，请写成“主体：单位”，类别只有主体、跟踪、协同、托底。")
        found.append((kinds[head.strip()], unit.strip()))
    return found
