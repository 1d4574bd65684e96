"""Rows of the box against every other row: what was written together with a ballot, or in turn with the ballots?"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise

from django.db import connection

from reviews.management.attacks.linking import relation, relation_line
from reviews.management.attacks.pages import has_extension, may_read_files, versions_of
from reviews.models import BallotRemark, BallotRound, SealedBallot, Slip

from .findings import Finding, Verdict, careful, is_postgres, rows

BOX, SLIPS, REMARKS = (model._meta.db_table for model in (SealedBallot, Slip, BallotRemark))
FEWEST = 10
# Of a single round there is no second hall to try luck on, and many tables are looked at at once.
DEVIATIONS = 4


def _tables() -> list[str]:
    """Every table of every schema of ours that has rows, but the box."""
    found = rows(
        "SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE c.relkind IN ('r', 'm') AND n.nspname NOT IN ('pg_catalog', 'information_schema') "
        "AND n.nspname NOT LIKE 'pg\\_%%' AND c.oid <> %s::regclass AND pg_relation_size(c.oid) > 0 ORDER BY 1",
        BOX,
    )
    return [name for (name,) in found]


@careful
def same_transaction(round_: BallotRound) -> Iterator[Finding]:
    """同一事务"""
    if not is_postgres():
        yield Finding(Verdict.UNSEEN, "SQLite不保存事务号，无从按事务对照。")
        return
    ((ballots, transactions),) = rows(
        f"SELECT count(*), count(DISTINCT xmin::text) FROM {BOX} WHERE round_id = %s", round_.pk
    )
    if not ballots:
        yield Finding(Verdict.SAFE, "票箱里没有行，按事务号对不上任何东西。")
        return
    found = []
    for table in _tables():
        query = (
            f"SELECT count(*) FROM {table} t WHERE t.xmin::text IN (SELECT xmin::text FROM {BOX} WHERE round_id = %s)"
        )
        ((count,),) = rows(query, round_.pk)
        if count:
            found.append(f"{table}有{count}行")
    if found:
        yield Finding(
            Verdict.LEAK,
            f"与选票同一事务写入的还有：{'、'.join(found)}（票箱{ballots}行）。按事务号（xmin）能把它们与选票一一对上。",
        )
    else:
        yield Finding(
            Verdict.SAFE, f"票箱{ballots}行分属{transactions}个事务，这些事务没有写过别的表，按事务号对不上任何人。"
        )


def turn_of_writing() -> str:
    """SQL that puts transactions into their order though their numbers begin anew after four thousand million.

    Not age(xmin): that counts from now, and while a hall votes, now moves on between two questions.
    """
    ((reference,),) = rows("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
    return f"((xmin::text::bigint - {reference % 2**32} + {2**32 + 2**31}) %% {2**32})"


@careful
def in_turn(round_: BallotRound) -> Iterator[Finding]:
    """交替写入"""
    if not is_postgres():
        return
    turn = turn_of_writing()
    came = [at for (at,) in rows(f"SELECT {turn} FROM {BOX} WHERE round_id = %s ORDER BY 1, ctid", round_.pk)]
    if len(came) < FEWEST:
        yield Finding(Verdict.UNSEEN, f"票箱只有{len(came)}行，不足{FEWEST}行，看不出有没有与选票交替写入的表。")
        return
    found, most = [], ("", 0.0, 1.0)
    for table in _tables():
        beside = rows(f"SELECT {turn} FROM {table} WHERE {turn} BETWEEN %s AND %s", came[0], came[-1])
        share, line = in_step(came, sorted(at for (at,) in beside))
        if share > line:
            found.append(f"{table}（相邻两票之间恰有一行的占{share:.0%}，碰运气不超过{line:.0%}）")
        if share - line > most[1] - most[2]:
            most = (table, share, line)
    if found:
        yield Finding(Verdict.LEAK, f"有的表与选票一票一行交替写入：{'、'.join(found)}。按事务先后能逐行对上选票。")
    else:
        least = f"最接近的{most[0]}为{most[1]:.0%}，线为{most[2]:.0%}" if most[0] else "投票期间没有写过别的表"
        yield Finding(Verdict.SAFE, f"没有哪个表与选票一票一行交替写入（{least}）。")


def in_step(ballots: list[int], others: list[int]) -> tuple[float, float]:
    """Share of gaps between ballots with exactly one row of another table, and what chance gives, with four deviations."""
    gaps = list(pairwise(ballots))
    if not gaps or not others:
        return 0.0, 1.0
    hits = sum(sum(low < other < high for other in others) == 1 for low, high in gaps)
    within = len(others) / (len(others) + len(ballots))
    chance = within * (1 - within)
    return hits / len(gaps), chance + DEVIATIONS * math.sqrt(chance * (1 - chance) / len(gaps))


@careful
def arrival(round_: BallotRound) -> Iterator[Finding]:
    """收票先后"""
    if not is_postgres():
        return
    turn = turn_of_writing()
    order = [
        key for (key,) in rows(f"SELECT slip_hash FROM {BOX} WHERE round_id = %s ORDER BY {turn}, ctid", round_.pk)
    ]
    order = list(dict.fromkeys(order))
    if len(order) < FEWEST:
        return
    number = {key: place for place, key in enumerate(order)}
    others = {
        "测评码表的存放位置": f"SELECT code_hash FROM {SLIPS} WHERE round_id = %s ORDER BY ctid",
        "测评码表的事务先后": f"SELECT code_hash FROM {SLIPS} WHERE round_id = %s ORDER BY {turn}, ctid",
        "可输入码的次序": f"SELECT code_hash FROM {SLIPS} WHERE round_id = %s ORDER BY typed_hash",
        "提交号的次序": f"SELECT slip_hash FROM {BOX} WHERE round_id = %s ORDER BY submission",
        "密文的次序": f"SELECT slip_hash FROM {BOX} WHERE round_id = %s ORDER BY ciphertext",
    }
    worst, line = ("", 0.0), relation_line(len(order)) * DEVIATIONS / 3
    for name, query in others.items():
        other = list(dict.fromkeys(number[key] for (key,) in rows(query, round_.pk) if key in number))
        found = relation(list(range(len(order))), other)
        if abs(found) > abs(worst[1]):
            worst = (name, found)
    text = f"{len(order)}个测评码的收票先后，与测评码、提交号、密文各种次序的相关最大为{worst[1]:+.3f}（{worst[0]}），碰运气不超过±{line:.3f}"
    if abs(worst[1]) > line:
        yield Finding(Verdict.LEAK, text + "。超过了线：印制、发放的先后可能与投票的先后有关，请复查（偶尔也会碰巧）。")
    else:
        yield Finding(Verdict.SAFE, text + "。")
    yield Finding(
        Verdict.ORDER,
        "能读数据库的人按事务号、行的位置、索引可以排出密封选票的先后。谁在什么时刻投票，数据库里没有；"
        "密文没有信封打不开；计票以后行已删除，结果里没有先后。",
    )


@careful
def outcome(round_: BallotRound) -> Iterator[Finding]:
    """计票结果里的次序"""
    if not round_.is_tallied:
        yield Finding(Verdict.SAFE, "还没有计票，库里没有任何选票的内容。")
        return
    receipts = round_.output.receipts
    remarks = round_.remarks.count()
    loaded = (
        [
            key
            for (key,) in rows(
                f"SELECT id::text FROM {REMARKS} WHERE round_id = %s ORDER BY xmin::text::bigint, ctid", round_.pk
            )
        ]
        if is_postgres()
        else []
    )
    moved = sum(first > second for first, second in pairwise(loaded))
    if receipts != sorted(receipts):
        yield Finding(Verdict.LEAK, "公布的验票码没有排序，次序可能就是投票的先后。")
    else:
        yield Finding(Verdict.SAFE, f"验票码{len(receipts)}个，按字母排序，没有投票先后。")
    yield Finding(
        Verdict.SAFE,
        f"意见{remarks}条，按随机主键的次序一次装入"
        + (f"（之后逐条审看改动过位置的{moved}处，是审看的先后，不是投票的先后）。" if moved else "。"),
    )


@careful
def remnants(round_: BallotRound) -> Iterator[Finding]:
    """销毁后的残留"""
    if not round_.is_tallied and round_.state != "void":
        return
    left = rows(
        f"SELECT (SELECT count(*) FROM {BOX} WHERE round_id = %s), (SELECT count(*) FROM {SLIPS} WHERE round_id = %s)",
        round_.pk,
        round_.pk,
    )[0]
    if any(left):
        yield Finding(Verdict.LEAK, f"票箱应当已经销毁，却还有{left[0]}行密文、{left[1]}行测评码。")
    elif round_.awaits_scrub:
        yield Finding(
            Verdict.ORDER,
            f"行已删除，硬盘上的残留还没有清除干净（{round_.scrub_fault or '等待清除'}），每分钟自动重试。",
        )
    else:
        yield Finding(Verdict.SAFE, "票箱和测评码已经删除，硬盘上的残留已经清除。")
    if is_postgres():
        yield from _dead_versions()


def _dead_versions() -> Iterator[Finding]:
    if not (may_read_files() or has_extension("pageinspect")):
        yield Finding(Verdict.UNSEEN, "没有超级用户权限，没有逐页看死行；需要时请用数据库超级用户再运行一次。")
        return
    with connection.cursor() as cursor:
        for table in (BOX, SLIPS):
            versions = versions_of(table)
            cursor.execute(f"SELECT count(*) FROM {table}")
            dead = len(versions) - cursor.fetchone()[0]
            yield Finding(
                Verdict.SAFE if dead <= 0 else Verdict.ORDER,
                f"{table}的页面里有{len(versions)}个行版本，其中死行{max(dead, 0)}个。",
            )
