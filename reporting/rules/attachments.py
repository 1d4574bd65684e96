"""How many files a report, a project or one of the five ones may carry (S-73). What a file may hold is `documents.rules.attachments`' matter."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from documents.rules.attachments import megabytes


@dataclasses.dataclass(frozen=True)
class AttachmentLimits:
    """How many files, and how many bytes together; `of` says whose they are."""

    count: int
    total_bytes: int
    of: str = "一份报告"


def no_room(held: Sequence[int], added: Sequence[int], limits: AttachmentLimits) -> str:
    """Why files of `added` sizes do not fit beside those of `held` sizes, in bytes; empty when they do."""
    if len(held) + len(added) > limits.count:
        return f"{limits.of}最多带{limits.count}个附件，现有{len(held)}个，这次选了{len(added)}个。请先移除不需要的，或者合并成一个文件。"
    if sum(held) + sum(added) > limits.total_bytes:
        return (
            f"{limits.of}的附件合计不超过{megabytes(limits.total_bytes)}兆，"
            f"现有{megabytes(sum(held))}兆，这次选了{megabytes(sum(added))}兆。请压缩图片，或者先移除不需要的。"
        )
    return ""
