"""The committee's own list of problem categories (S-115)."""

from __future__ import annotations

import typing

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization
from reporting.rules.categories import PROBLEM_CATEGORIES


class ProblemCategoryQuerySet(models.QuerySet["ProblemCategory"]):
    def names_of(self, committee: Organization) -> list[str]:
        """The list of the committee in its order; the usual one while it has none of its own."""
        return list(self.filter(committee=committee).values_list("name", flat=True)) or list(PROBLEM_CATEGORIES)


class ProblemCategory(models.Model):
    committee = models.ForeignKey(Organization, models.CASCADE, related_name="problem_categories")
    name = models.CharField(_("问题类别"), max_length=30)
    position = models.PositiveSmallIntegerField(default=0)

    objects = ProblemCategoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("问题类别")
        ordering = ("position", "id")
        constraints: typing.ClassVar = [
            models.UniqueConstraint(fields=["committee", "name"], name="one_category_per_name"),
        ]

    def __str__(self) -> str:
        return self.name
