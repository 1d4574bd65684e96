"""Columns, triggers and settings: does anything of the database as it is keep a time, an address or a person?"""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.db import connection, models

from reviews.models import BallotRemark, BallotRound, SealedBallot, SealedOutput, Slip, TallyLine

from .findings import Finding, Verdict, careful, is_postgres, rows

BOX: tuple[type[models.Model], ...] = (SealedBallot, Slip)
ALL: tuple[type[models.Model], ...] = (*BOX, BallotRemark, TallyLine, SealedOutput)
TELLING = ("time", "date", "inet", "cidr", "macaddr", "serial", "identity")


@careful
def columns(round_: BallotRound) -> Iterator[Finding]:
    """表的列"""
    extra, telling = [], []
    for model in ALL:
        table = model._meta.db_table
        ours = {field.column for field in model._meta.concrete_fields}
        with connection.cursor() as cursor:
            found = connection.introspection.get_table_description(cursor, table)
        extra += [f"{table}.{column.name}" for column in found if column.name not in ours]
        if model in BOX:
            telling += [f"{table}.{name}" for name, kind in _kinds(table) if any(word in kind for word in TELLING)]
    counted = "、".join(f"{model._meta.verbose_name}{len(model._meta.concrete_fields)}列" for model in ALL)
    if extra:
        yield Finding(Verdict.LEAK, f"数据库里有本系统没有的列：{'、'.join(extra)}。请查明是谁加的、里面是什么。")
    if telling:
        yield Finding(Verdict.LEAK, f"票箱或测评码的表里有时间、序号或地址：{'、'.join(telling)}，可以排出先后。")
    if not extra and not telling:
        yield Finding(Verdict.SAFE, f"{counted}，与本系统一致；票箱和测评码没有时间、序号、地址，也没有指向人的列。")


def _kinds(table: str) -> list[tuple[str, str]]:
    """Name and type of each column; of one that is filled in by the database with that too."""
    if not is_postgres():
        return [(row[1], str(row[2]).lower()) for row in rows(f"PRAGMA table_info({table})")]
    found = rows(
        "SELECT column_name, data_type || ' ' || coalesce(column_default, '') || ' ' || "
        "CASE WHEN is_identity = 'YES' THEN 'identity' ELSE '' END FROM information_schema.columns "
        "WHERE table_schema = current_schema() AND table_name = %s",
        table,
    )
    return [(name, kind.replace("nextval", "serial").lower()) for name, kind in found]


@careful
def machinery(round_: BallotRound) -> Iterator[Finding]:
    """触发器、规则和复制"""
    if not is_postgres():
        found = rows("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN (%s, %s)", *_names(BOX))
    else:
        found = rows(
            "SELECT 'trigger ' || tgname FROM pg_trigger WHERE NOT tgisinternal AND tgrelid = ANY(%s::regclass[]) "
            "UNION ALL SELECT 'rule ' || rulename FROM pg_rules WHERE tablename = ANY(%s) "
            "UNION ALL SELECT 'publication ' || pubname FROM pg_publication_tables WHERE tablename = ANY(%s) "
            "UNION ALL SELECT 'event trigger ' || evtname FROM pg_event_trigger",
            *[list(_names(ALL))] * 3,
        )
    if found:
        names = "、".join(str(row[0]) for row in found)
        yield Finding(Verdict.LEAK, f"有程序在收票时另外做事或把行复制出去：{names}。请查明。")
    else:
        yield Finding(Verdict.SAFE, "没有触发器、规则、发布或事件触发器，收票时数据库不另外写任何东西。")


def _names(models_: tuple[type[models.Model], ...]) -> list[str]:
    return [model._meta.db_table for model in models_]


@careful
def booth(round_: BallotRound) -> Iterator[Finding]:
    """投票页的设置"""
    shared = set(settings.BOOTH_HOSTS) & set(settings.ALLOWED_HOSTS)
    first = settings.MIDDLEWARE[0] == "config.middleware.BoothMiddleware"
    if not settings.BOOTH_HOSTS:
        yield Finding(Verdict.UNSEEN, "没有设置投票主机名（BOOTH_HOSTS），本服务器收不到手机投票。")
    elif shared or not first:
        yield Finding(Verdict.LEAK, "投票页与办公页用同一个主机名，或者投票中间件不在最前，登录Cookie可能随票送来。")
    else:
        names = "、".join(settings.BOOTH_HOSTS)
        yield Finding(
            Verdict.SAFE, f"投票页用单独的主机名（{names}），请求先去掉Cookie、地址和浏览器标识，不经过登录和记录。"
        )


# Setting, the value that tells nothing, what any other value gives, and whether that is more than an order.
SETTINGS = (
    ("track_commit_timestamp", "off", "每行密封选票提交的时刻", False),
    ("log_statement", "none", "日志里有每条收票语句和时刻", False),
    ("log_min_duration_statement", "-1", "日志里可能有收票语句和时刻", False),
    ("log_duration", "off", "日志里有每条语句的时刻", False),
    ("log_min_error_statement", "panic", "语句出错时，日志里有语句的内容（选票已经加密，意见等其他内容没有）", False),
    ("archive_mode", "off", "归档的预写日志里有每行密封选票提交的时刻，并能恢复出计票前的票箱", False),
)


@careful
def database_settings(round_: BallotRound) -> Iterator[Finding]:
    """数据库的设置"""
    if not is_postgres():
        yield Finding(Verdict.ORDER, "SQLite按写入先后给行编号（rowid），从中能看出收票先后。正式测评请用PostgreSQL。")
        return
    asked = rows("SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [name for name, *_rest in SETTINGS])
    values = dict(asked)
    gives = [
        f"{name}={values[name]}：{what}" for name, quiet, what, _more in SETTINGS if values.get(name, quiet) != quiet
    ]
    if gives:
        yield Finding(
            Verdict.ORDER,
            "数据库的设置会留下收票的时刻（" + "；".join(gives) + "）。只有密文和测评码摘要，没有人名和地址；"
            "没有信封打不开。封箱后信封必须粉碎，会场网络不留记录。",
        )
    else:
        yield Finding(Verdict.SAFE, "数据库不记提交时刻、不记语句、不归档预写日志。")
    loaded = rows("SELECT setting FROM pg_settings WHERE name = 'shared_preload_libraries'")
    heavy = [word for word in ("pgaudit", "auto_explain") if loaded and word in loaded[0][0]]
    if heavy:
        yield Finding(Verdict.ORDER, f"装有{'、'.join(heavy)}，会把语句和时刻写进日志；内容仍是密文。")
