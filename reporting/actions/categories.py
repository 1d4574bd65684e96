"""The committee writes its list of problem categories (S-115)."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.actions.audit import record
from accounts.models import Organization, User
from reporting.models import ProblemCategory
from reporting.permissions import can_edit_categories


@transaction.atomic
def edit_categories(committee: Organization, *, names: Sequence[str], by: User) -> list[str]:
    """Replace the list. Problems sorted before keep the word they were sorted under."""
    committee = Organization.objects.select_for_update().get(pk=committee.pk)
    if not can_edit_categories(by, committee):
        raise PermissionDenied
    before = ProblemCategory.objects.names_of(committee)
    committee.problem_categories.all().delete()
    ProblemCategory.objects.bulk_create(
        ProblemCategory(committee=committee, name=name, position=position) for position, name in enumerate(names)
    )
    record(committee, "修改问题类别", by=by, before={"categories": before}, after={"categories": list(names)})
    return list(names)
