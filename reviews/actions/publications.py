"""Publish the decided grades of a year within the scope of its scheme."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from accounts.actions.audit import record, snapshot
from accounts.actions.notices import holders, notify
from accounts.models import User
from accounts.rules.roles import SUBMITTING_ROLES
from common import clock
from reporting.models import Cycle
from reviews.models import Publication
from reviews.permissions import can_publish_results
from reviews.rules.results import ResultsError


@transaction.atomic
def publish_results(cycle: Cycle, *, by: User) -> Publication:
    """Once, when everybody's grade is decided. From then on grades change by correction only. Twice is once."""
    cycle = Cycle.objects.select_for_update(of=("self",)).select_related("committee", "scheme").get(pk=cycle.pk)
    if not can_publish_results(by, cycle):
        raise PermissionDenied
    if (found := Publication.objects.filter(cycle=cycle).first()) is not None:
        return found
    undecided = [str(r.organization.label) for r in cycle.reporters.in_order().filter(result__decided_grade=None)]
    if undecided:
        raise ResultsError(f"还有{len(undecided)}名述职人没有审定等次，不能公布：{'、'.join(undecided)}。")
    publication = Publication.objects.create(cycle=cycle, readers=cycle.scheme.result_readers, at=clock.now(), by=by)
    record(publication, "公布等次", by=by, after=snapshot(publication))
    for reporter in cycle.reporters.in_order():
        notify(
            holders(reporter.organization, *SUBMITTING_ROLES),
            f"{cycle.year}年度抓基层党建工作述职评议考核的综合评价等次已经公布。",
            url=reverse("reviews:result_show", args=[reporter.pk]),
        )
    return publication
