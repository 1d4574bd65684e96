"""Other places: does a word of the box stand in another table, in Redis, or in a log that the auditor names?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from reviews.management.attacks.evidence import condense, has_any, redis_contents, text_columns
from reviews.models import BallotRound, SealedBallot, Slip

from .findings import Finding, Verdict, careful, is_postgres, rows

BOX = {SealedBallot._meta.db_table, Slip._meta.db_table}
ADDRESS = re.compile(rb"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])")
REQUEST = re.compile(rb"POST /(?:ballots|sheet)/")


def words_of(round_: BallotRound) -> list[str]:
    """By which a row of the box could be known elsewhere: submissions, and digests of slips."""
    found = list(round_.box.values_list("submission", flat=True))
    return (
        found
        + list(round_.slips.values_list("pk", flat=True))
        + list(round_.slips.values_list("typed_hash", flat=True))
    )


@careful
def other_tables(round_: BallotRound) -> Iterator[Finding]:
    """别的表"""
    words = words_of(round_)
    if not words:
        yield Finding(Verdict.SAFE, "票箱和测评码都没有行，别的表里不会有与它们相同的内容。")
        return
    if not is_postgres():
        yield Finding(Verdict.UNSEEN, "SQLite上没有逐列搜索提交号和测评码摘要。")
        return
    wanted, found, looked = set(words), [], 0
    for table, column in text_columns():
        if table in BOX:
            continue
        looked += 1
        query = f'SELECT "{column}"::text FROM "{table}" WHERE "{column}"::text ~ \'[0-9a-f]{{32}}\''
        if any(wanted & set(re.findall(r"[0-9a-f]{32,64}", text)) for (text,) in rows(query)):
            found.append(f"{table}.{column}")
    if found:
        yield Finding(
            Verdict.LEAK, f"别的表里有票箱的提交号或测评码摘要：{'、'.join(found)}。可以与那里的人和时间对上。"
        )
    else:
        yield Finding(Verdict.SAFE, f"查了别的表{looked}列文本，没有一处与票箱的提交号或测评码摘要相同。")


@careful
def cache(round_: BallotRound) -> Iterator[Finding]:
    """Redis"""
    if not settings.REDIS_URL:
        yield Finding(Verdict.SAFE, "没有使用Redis。")
        return
    data = condense(redis_contents())
    if has_any(data, words_of(round_)):
        yield Finding(Verdict.LEAK, "Redis里有票箱的提交号或测评码摘要。")
    else:
        yield Finding(Verdict.SAFE, f"Redis全部内容（可搜索的{len(data)}字节）里没有提交号和测评码摘要。")


def log_files(round_: BallotRound, paths: list[Path]) -> Iterator[Finding]:
    """日志"""
    if not paths:
        yield Finding(Verdict.UNSEEN, "没有指明日志文件。反向代理、网页进程和数据库的日志请用--log逐个指明再查一次。")
    words = words_of(round_)
    for path in paths:
        try:
            data = path.read_bytes()
        except OSError as error:
            yield Finding(Verdict.UNSEEN, f"{path}读不了：{error.strerror}。")
            continue
        yield _log_finding(path, data, words)


def _log_finding(path: Path, data: bytes, words: list[str]) -> Finding:
    requests = [line for line in data.splitlines() if REQUEST.search(line)]
    addresses = {match for line in requests for match in ADDRESS.findall(line)}
    if addresses:
        return Finding(
            Verdict.LEAK,
            f"{path.name}记了{len(requests)}次投票请求和{len(addresses)}个网络地址。按先后能把地址与密封选票对上；"
            "看不到内容，但拿到信封的人就能看到。请对投票主机名关闭访问记录（docs/deploy.md）。",
        )
    if requests:
        return Finding(Verdict.ORDER, f"{path.name}记了{len(requests)}次投票请求的先后，没有网络地址。")
    if has_any(condense(data), words):
        return Finding(
            Verdict.ORDER, f"{path.name}里有提交号或测评码摘要（例如数据库记录了语句），给出收票的时刻，没有网络地址。"
        )
    return Finding(Verdict.SAFE, f"{path.name}（{len(data)}字节）没有投票请求，没有提交号和测评码摘要。")
