"""`manage.py attack_ballots`: on a PostgreSQL, tries every way to find out who voted what, and must fail."""

from __future__ import annotations

import secrets
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from reviews.management.attacks.run import Report, run_attacks


class Command(BaseCommand):
    help = "在一个临时数据库中组织一次无记名测评，用数据库管理员能看到的一切尝试对上人和票，然后删除该库。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--voters", type=int, default=300, help="投票人数")
        parser.add_argument("--here", action="store_true", help="在当前数据库中进行（仅供测试库使用）")

    def handle(self, *, voters: int, here: bool, **options: Any) -> None:
        if connection.vendor != "postgresql":
            raise CommandError("只在 PostgreSQL 上进行：SQLite 不保存事务号。")
        if here:
            self.tell(run_attacks(voters))
        else:
            with own_database():
                self.tell(run_attacks(voters))

    def tell(self, report: Report) -> None:
        best = report.best
        self.stdout.write(f"投票{report.voters}人，尝试{len(report.attacks)}种排列对照，每种要对上人和票。")
        self.stdout.write(f"最好的一种对上{best.rate:.1%}（{best.name}）；碰运气加三倍标准差为{best.line:.1%}。")
        for name, rate in report.planted.items():
            self.stdout.write(f"对照：两张表、没有外键的普通设计，用{name}对上{rate:.1%}。")
        for leak in report.leaks:
            self.stderr.write(f"泄露：{leak}")
        if not report.holds:
            raise CommandError("有办法对上人和票，不能用于无记名测评。")
        if not report.planted_falls:
            raise CommandError("连普通设计都没有攻破，本次检验没有意义。")
        self.stdout.write("没有一种办法比碰运气更好。")


@contextmanager
def own_database() -> Iterator[None]:
    """A database of its own on the same server, gone afterwards."""
    settings, name = connection.settings_dict, f"attack_{secrets.token_hex(6)}"
    usual = settings["NAME"]
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
    connection.close()
    settings["NAME"] = name
    try:
        call_command("migrate", verbosity=0)
        yield
    finally:
        connection.close()
        settings["NAME"] = usual
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
