"""`manage.py set_up_installation`: the first organization and its administrator, on an empty server."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from accounts.actions.audit import record
from accounts.actions.organizations import create_organization
from accounts.actions.people import create_person
from accounts.models import Organization, User
from accounts.rules.activations import new_code
from accounts.rules.organizations import OrganizationKind, OrganizationLevel
from accounts.rules.roles import Role
from common import clock


class Command(BaseCommand):
    help = "建立顶层党组织和第一个系统管理员账号，其余在网页上完成。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--organization", required=True, help="顶层党组织全称，如 中国共产党××县委员会")
        parser.add_argument("--code", required=True, help="党组织代码")
        parser.add_argument("--level", default="county", choices=OrganizationLevel.values)
        parser.add_argument("--name", required=True, help="管理员姓名")
        parser.add_argument("--username", required=True, help="管理员登录名")

    @transaction.atomic
    def handle(self, **options: Any) -> None:
        if Organization.objects.exists():
            raise CommandError("已有党组织，请登录网页添加。")
        organization = create_organization(
            parent=None,
            facts={
                "code": options["code"],
                "name": options["organization"],
                "kind": OrganizationKind.COMMITTEE,
                "level": options["level"],
            },
            by=None,
        )
        person = create_person(
            code="administrator",
            name=options["name"],
            organization=organization,
            title=str(Role.ADMINISTRATOR.label),
            role=Role.ADMINISTRATOR,
            start=clock.today(),
            by=None,
        )
        password = new_code()
        user = User(username=options["username"], person=person, must_change_password=True)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save()
        record(person, "开通账号", by=None, after={"username": user.username})
        self.stdout.write(f"登录名 {user.username}，一次性密码 {password}（首次登录须修改，不再显示）")
