"""`manage.py verify_audit`: walk the chain of the trail and name the first entry that does not fit."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from accounts.models import AuditEntry
from accounts.rules.audit import SHORT, first_break, unshortened


def _is_guarded() -> bool:
    """Whether the database still refuses to change entries; on SQLite rebuilding the table would drop the triggers."""
    table = AuditEntry._meta.db_table
    catalogue = (
        "SELECT count(*) FROM pg_trigger WHERE tgenabled <> 'D' AND NOT tgisinternal AND tgrelid = %s::regclass"
        if connection.vendor == "postgresql"
        else "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(catalogue, [table])
        return bool(cursor.fetchone()[0])


class Command(BaseCommand):
    help = "核对操作记录是否被改动、删除或重写；发现问题时说明第一处并以非零状态退出。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--head", help="以前打印或抄录的末条校验码，核对它是否仍在记录中")

    def handle(self, *, head: str | None = None, **options: Any) -> None:
        broken = first_break(AuditEntry.objects.sealed().iterator())
        if broken:
            raise CommandError(f"第 {broken.number} 条（编号 {broken.pk}）：{broken.reason}。")
        if head is not None:
            self._find(head)
        last = AuditEntry.objects.head()
        if last is None:
            self.stdout.write("还没有操作记录。")
        else:
            self.stdout.write(f"操作记录完整，共 {last.number} 条，末条校验码 {last.short_hash}（{last.hash}）。")
        waiting = AuditEntry.objects.unsealed().count()
        if waiting:
            self.stdout.write(f"另有 {waiting} 条刚写入，尚未编号，随下一项操作编入。")
        if not _is_guarded():
            raise CommandError("数据库中拒绝修改、删除记录的触发器不见了，请查明原因并恢复。")

    def _find(self, head: str) -> None:
        digest = unshortened(head)
        if len(digest) < SHORT:
            raise CommandError(f"校验码至少要 {SHORT} 位，请照打印件完整填写。")
        entry = AuditEntry.objects.sealed().filter(hash__startswith=digest).first()
        if entry is None:
            raise CommandError("记录中找不到这个校验码：它之前的记录被截断或重写过。")
        self.stdout.write(f"校验码对应第 {entry.number} 条（{entry.at:%Y-%m-%d}），仍在记录中。")
