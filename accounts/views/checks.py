"""数据检查: what the register lacks, each row with the way to its repair (S-10, S-27)."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.models import Post
from accounts.models.checks import checked, suggested_superiors
from accounts.permissions import can_add_organization
from accounts.rules.checks import MEANINGS, Check
from accounts.rules.roles import Role
from common.pages import page_of


@require_GET
def check_list(request: HttpRequest) -> HttpResponse:
    """All checks with their counts and the rows of one; htmx asks for the sum alone."""
    if not can_add_organization(request.user):
        raise PermissionDenied
    counts = {check: checked(check, request.user).count() for check in Check}
    if request.htmx:
        return render(request, "accounts/checks/_sum.html", {"total": sum(counts.values())})
    wanted = request.GET.get("check", "")
    shown = Check(wanted) if wanted in Check.values else next((c for c in Check if counts[c]), Check.SUPERIOR)
    page = page_of(request, checked(shown, request.user))
    context = {
        "checks": [(check, counts[check]) for check in Check],
        "shown": shown,
        "meaning": MEANINGS[shown],
        "page_obj": page,
        "can_order": request.user.holds(Role.ORGANIZATION_DEPARTMENT),
        "rows": _with_facts(shown, list(page)),
    }
    return render(request, "accounts/checks/check_list.html", context)


def _with_facts(check: Check, rows: list[Any]) -> list[tuple[Any, Any]]:
    """Each row with what helps to repair it: a superior to suggest, who is secretary and who heads the unit."""
    if check == Check.SUPERIOR:
        suggested = suggested_superiors(rows)
        return [(row, suggested.get(row.pk)) for row in rows]
    if check == Check.UNIT_HEAD:
        posts = Post.objects.current().filter(organization__in=rows).select_related("person")
        return [(row, [post for post in posts if post.organization_id == row.pk]) for row in rows]
    return [(row, None) for row in rows]
