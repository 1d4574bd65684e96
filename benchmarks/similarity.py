"""2,000 reports of 3,000 characters compared with each other, against comparing every pair with difflib."""

import difflib
import itertools
import random
import resource
import time
from collections.abc import Iterator
from typing import Any

REPORTS = 2000
LENGTH = 3000
COPIED = 20  # reports that copied a third of another one


def run() -> Iterator[dict[str, Any]]:
    from reporting.rules.similarity import compare_all, read_text

    bodies = _bodies()
    began = time.perf_counter()
    texts = [read_text([("正文", body)]) for body in bodies]
    found = list(compare_all(texts, [None] * len(texts)))
    took = time.perf_counter() - began
    began = time.perf_counter()
    pairs = list(itertools.islice(itertools.combinations(bodies, 2), 5))
    for one, other in pairs:
        difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()
    each = (time.perf_counter() - began) / len(pairs)
    every = each * REPORTS * (REPORTS - 1) / 2
    yield _result(
        "compared with each other", took, "s", f"difflib, every pair: {every / 3600:.1f} h", "<= 60", took <= 60
    )
    caught = sum(bool(found[n][0]) and found[n][0][0].other == n + COPIED for n in range(COPIED))
    yield _result("copies found", caught, "reports", f"{COPIED} planted", f"= {COPIED}", caught == COPIED)
    wrong = sum(bool(matches) for matches, _ in found[2 * COPIED :])
    yield _result("others named", wrong, "reports", f"{REPORTS - 2 * COPIED} copied nothing", "= 0", wrong == 0)
    rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield _result("memory", rss, "MB", "a worker of 2 GB", "<= 1500", rss <= 1500)


def _result(what: str, value: float, unit: str, against: str, target: str, ok: bool) -> dict[str, Any]:
    name = f"{REPORTS} reports: {what}"
    return {"name": name, "value": round(value, 2), "unit": unit, "against": against, "target": target, "ok": ok}


def _bodies() -> list[str]:
    """Every text of its own words, with the genre's phrases between; the first few copied from the next few."""
    chance = random.Random(76)
    words = [chr(code) for code in chance.sample(range(0x4E00, 0x9FA5), 2500)]
    genre = ["".join(chance.choices(words, k=30)) for _ in range(40)]
    bodies = []
    for _ in range(REPORTS):
        own = ["".join(chance.choices(words, k=100)) for _ in range(LENGTH // 130)]
        mixed = itertools.chain.from_iterable(zip(own, chance.sample(genre, len(own)), strict=True))
        bodies.append("，".join(mixed)[:LENGTH])
    for n in range(COPIED):
        bodies[n] = bodies[n + COPIED][: LENGTH // 3] + bodies[n][LENGTH // 3 :]
    return bodies
