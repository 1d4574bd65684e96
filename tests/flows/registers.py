"""What a story does not do by hand: runs beside the server through the same deeds as the pages.

`stack.python("from tests.flows.registers import …")` calls these with the server's own data.
"""

import datetime as dt
from decimal import Decimal

from accounts.actions.organizations import create_organization
from accounts.actions.people import create_person, open_account
from accounts.models import Domain, Organization, Person, Post, User
from accounts.rules.organizations import OrganizationKind, OrganizationLevel
from accounts.rules.roles import Role
from reporting.actions.reports import ProblemRow, ReportChanges, accept_report, save_report, submit_report
from reporting.models import Reporter
from reviews.actions.score_sheets import submit_sheet
from reviews.models import Meeting, Rater
from tests.flows.cast import FIRST, PEOPLE, REPORTERS
from tests.flows.person import PASSWORD

SINCE = dt.date(2025, 1, 1)


def enter_the_others() -> None:
    """The organizations, people and accounts that nobody typed in the browser."""
    county = Organization.objects.get(parent=None)
    administrator = User.objects.get(username="guanli")
    for reporter in REPORTERS:
        if reporter.code == FIRST.code:
            continue
        facts = {
            "code": reporter.code,
            "name": reporter.organization,
            "kind": OrganizationKind(reporter.kind),
            "level": OrganizationLevel.TOWNSHIP,
            "domain": Domain.objects.get(code=reporter.domain),
        }
        organization = create_organization(parent=county, facts=facts, by=administrator)
        _enter(organization, reporter.code, reporter.name, organization.secretary_title, Role.SECRETARY, reporter.code)
    for username, name, code, title, role in PEOPLE:
        organization = Organization.objects.get(code=code) if code else county
        _enter(organization, username, name, title, Role(role), username)


def _enter(organization: Organization, code: str, name: str, title: str, role: Role, username: str) -> None:
    administrator = User.objects.get(username="guanli")
    person = create_person(
        code=code,
        name=name,
        organization=organization,
        title=title,
        role=role,
        is_first_responsible=role == Role.SECRETARY,
        start=SINCE,
        by=administrator,
    )
    account, _ = open_account(person, username=username.lower(), by=administrator)
    account.set_password(PASSWORD)
    account.must_change_password = False
    account.save()


def file_the_other_reports() -> None:
    """Everybody but the first writes, hands in, and is accepted."""
    clerk = User.objects.get(username="zuzhi")
    for reporter in Reporter.objects.exclude(organization__code=FIRST.code).select_related("organization", "post"):
        author = User.objects.get(person__posts=reporter.post)
        code = reporter.organization.code
        texts = {
            section.key: f"（{code}）{section.heading}：" + "坚持把抓好党建作为最大的政绩，逐项抓落实，，不打折扣。" * 6
            for section in reporter.cycle.scheme.sections.all()
        }
        problems = [
            ProblemRow(
                0, None, 1, f"（{code}）指导支部不具体，到***村只有X次。", "亲自抓得少，依赖分管同志。", "责任落实"
            ),
            ProblemRow(1, None, 2, f"（{code}）党员教育形式单一。", "办法不多，怕麻烦。", "党员教育管理"),
        ]
        changes = ReportChanges(texts=texts, problems=problems)
        report = save_report(reporter.report, changes=changes, seen=reporter.report.revision, by=author)
        report = submit_report(report, by=author)
        accept_report(report, by=clerk)


def mark_everybody_else() -> None:
    """The raters' sheets for all but the first reporter: 90 in every dimension."""
    meeting = Meeting.objects.get()
    marks = {dimension.pk: Decimal(90) for dimension in meeting.cycle.scheme.dimensions.all()}
    for rater in Rater.objects.filter(meeting=meeting).select_related("person__user", "meeting"):
        account = User.objects.get(person=rater.person)
        for reporter in meeting.reporters.exclude(organization__code=FIRST.code):
            if rater.may_score(reporter) and not rater.sheets.filter(reporter=reporter).exists():
                submit_sheet(rater, reporter, marks=marks, revision=0, by=account)


def names_in_the_register() -> dict[str, int]:
    return {
        "organizations": Organization.objects.count(),
        "people": Person.objects.count(),
        "posts": Post.objects.count(),
    }
