"""`manage.py attack_ballots`: on a PostgreSQL, tries every way to find out who voted what, and must fail.

With `--round` it looks at a real round instead, only reads, and says what an attacker could get from it.
"""

from __future__ import annotations

import secrets
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from reviews.management.attacks.live.audit import audit_round
from reviews.management.attacks.live.findings import Verdict
from reviews.management.attacks.planted import add_extensions
from reviews.management.attacks.run import Report, run_attacks
from reviews.models import BallotRound


class Command(BaseCommand):
    help = (
        "在一个临时数据库中组织一次无记名测评，用数据库管理员能看到的一切尝试对上人和票，然后删除该库。"
        "加--round则只读检查一轮正在进行或已办结的测评，不改任何数据。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--voters", type=int, default=300, help="投票人数")
        parser.add_argument("--here", action="store_true", help="在当前数据库中进行（仅供测试库使用）")
        parser.add_argument("--round", type=int, help="只读检查这一轮（页面地址里的编号）；0为最近的一轮")
        parser.add_argument("--log", type=Path, action="append", default=[], help="一并检查的日志文件，可写多次")

    def handle(self, *, voters: int, here: bool, round: int | None, log: list[Path], **options: Any) -> None:  # noqa: A002
        if round is not None:
            self.look_at(round, log)
            return
        if connection.vendor != "postgresql":
            raise CommandError("只在 PostgreSQL 上进行：SQLite 不保存事务号。")
        if here:
            self.tell(run_attacks(voters))
        else:
            with own_database():
                add_extensions()
                self.tell(run_attacks(voters))

    def look_at(self, pk: int, logs: list[Path]) -> None:
        rounds = BallotRound.objects.select_related("meeting")
        round_ = rounds.filter(pk=pk).first() if pk else rounds.order_by("pk").last()
        if round_ is None:
            raise CommandError("没有这一轮测评。编号在测评页面的地址里。" if pk else "还没有无记名测评。")
        self.stdout.write(f"只读检查：{round_.meeting.title}——{round_.title}（{round_.get_state_display()}）。")
        findings = list(audit_round(round_, logs=logs))
        for finding in findings:
            self.stdout.write(f"[{finding.verdict.value}] {finding.text}")
        count = {verdict: sum(finding.verdict == verdict for finding in findings) for verdict in Verdict}
        self.stdout.write(
            f"共{len(findings)}项：{count[Verdict.SAFE]}项不比碰运气好，{count[Verdict.ORDER]}项只能看出密封选票的先后，"
            f"{count[Verdict.LEAK]}项请注意，{count[Verdict.UNSEEN]}项没有检查。"
        )
        self.stdout.write(
            "本命令不知道任何人投了什么，所以不算“对上多少人”，只查有没有能把人与票排到一起的列、事务、次序和文字。"
            "它看不到手机、会场网络、备份和别的服务器；收发的页面有没有被人改过，也不在此列。"
        )
        if count[Verdict.LEAK]:
            raise CommandError("有需要注意的项，请先查明再使用。")

    def tell(self, report: Report) -> None:
        best, closest = report.best, report.closest
        self.stdout.write(
            f"投票{report.voters}人，尝试对照{report.pairs}对，次序互不相同的{len(report.attacks)}种，每种要对上人和票。"
        )
        if report.lucky:
            self.stdout.write(f"其中{report.lucky}种第一次碰巧越线，换人重做，共{report.halls}场。")
        self.stdout.write(f"最好的一种对上{best.rate:.1%}（{best.name}）；碰运气加三倍标准差为{best.line:.1%}。")
        self.stdout.write(
            f"次序最相像的一种相关{closest.relation:+.3f}（{closest.name}）；碰运气不超过±{closest.relation_line:.3f}。"
        )
        for name, rate in report.planted.items():
            self.stdout.write(f"普通设计——{name}：对上{rate:.1%}。")
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
