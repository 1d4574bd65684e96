"""The sealed output of a count: every vote by itself, joined to no other, and the receipts; signed.

Ballots are taken apart on purpose: a sheet of twenty people is unique like a signature (quality.md 2), so whoever
holds the output must not see which votes came from one hand. `recount.py` beside this file counts it anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from nacl.signing import SigningKey

# 2: a vote may be "void"; 3: merged categories have no 有效, 无效, 弃权 of their own. Older programs know neither.
FORMAT = 3


def output_text(
    *,
    round_: str,
    meeting: str,
    box: tuple[int, str],
    description: Mapping[str, Any],
    piles: Sequence[Mapping[str, Any]],
    votes: Mapping[tuple[int, str, str], Sequence[Any]],
    receipts: Sequence[str],
) -> str:
    """Canonical JSON: the same facts give the same bytes. Votes of a line stand in the order of the alphabet."""
    output = {
        "format": FORMAT,
        "meeting": meeting,
        "round": round_,
        "box": {"count": box[0], "hash": box[1]},
        "mode": description["mode"],
        "grades": description["grades"],
        "items": description["items"],
        "overall": bool(description.get("overall")),
        "reporters": description["reporters"],
        "piles": list(piles),
        "votes": [
            {"category": category, "reporter": reporter, "line": line, "votes": sorted(mark.text for mark in marks)}
            for (category, reporter, line), marks in sorted(votes.items())
        ],
        "receipts": sorted(receipts),
    }
    return json.dumps(output, ensure_ascii=False, sort_keys=True, indent=0) + "\n"


def sign_output(text: str, key: SigningKey) -> tuple[str, str]:
    """SHA-256 of the text, and the signature of the text, both in hexadecimal digits."""
    data = text.encode()
    return hashlib.sha256(data).hexdigest(), key.sign(data).signature.hex()
