"""What is left outside the database: what programs wrote, what Redis heard, what lies in the folders."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from reviews.management.attacks.evidence import Orders, Words, condense, has_any, order_in, redis_contents
from reviews.management.attacks.pages import without_page_headers
from tests.attack.servers import Cluster, Monitor

DATABASE_LOG = "PostgreSQL日志"
_COMMIT = re.compile(r"tx: +(\d+).*desc: COMMIT (\S+ \S+)")


@dataclasses.dataclass
class Trails:
    """Bytes by name: `web`, `worker`, `beat`, the database's log, Redis as heard and as stored, files of the product."""

    folder: Path
    cluster: Cluster
    monitor: Monitor
    logs: Mapping[str, Path]

    def read(self) -> dict[str, bytes]:
        found = {f"{name}日志": path.read_bytes() for name, path in self.logs.items()}
        found[DATABASE_LOG] = self.cluster.log.read_bytes()
        found["Redis收到的命令"] = self.monitor.heard
        found["Redis的内容"] = redis_contents()
        found["程序文件夹"] = b"\n".join(
            path.read_bytes() for path in sorted((self.folder / "var").rglob("*")) if path.is_file()
        )
        return found

    def orders(self, words: Words) -> Orders:
        """By the first and the last line that holds the word."""
        found: Orders = {}
        for name, data in self.read().items():
            for end in ("first", "last"):
                found[f"{name}, {end}"] = order_in(condense(data), words, last=end == "last")
        return {name: order for name, order in found.items() if order}

    def with_any(self, words: Iterable[str], *, without: Iterable[str] = ()) -> list[str]:
        wanted, spared = list(words), set(without)
        return [name for name, data in self.read().items() if name not in spared and has_any(condense(data), wanted)]

    def archived(self) -> bytes:
        """All segments of the log since the first one, whether the server has them still or not."""
        return condense(
            b"".join(without_page_headers(path.read_bytes()) for path in sorted(self.cluster.archive.glob("?" * 24)))
        )


def dumped_commits(cluster: Cluster) -> dict[int, str]:
    """By transaction: when it was committed, as pg_waldump tells it from the archive."""
    segments = sorted(path.name for path in cluster.archive.glob("?" * 24))
    text = cluster.program("pg_waldump", "--rmgr=Transaction", "-p", cluster.archive, segments[0], segments[-1])
    return {int(match[1]): match[2] for match in _COMMIT.finditer(text)}
