"""A leader's packet of 200 reports: put together from kept parts, against one plain document.

Every figure is taken in a process of its own that has laid out one line before, as a worker has.
"""

import multiprocessing
import resource
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from multiprocessing.connection import Connection
from typing import Any

import django
from django.conf import settings

REPORTS = 200
LENGTH = 3000
_processes = multiprocessing.get_context("spawn")


def run() -> Iterator[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as media:
        plain = _measure([(_plain, media)])[0]
        cold, helper = _measure([(_whole, media), (_from_the_end, media)])
        again = _measure([(_one_changed, media)])[0]
    against = f"one plain WeasyPrint document: {plain['cpu']:.1f} CPU s, {plain['wall']:.1f} s, {plain['rss']:.0f} MB"
    yield _result("cold, two workers, wall", cold["wall"] / plain["wall"], against, 0.60)
    # What the wall must come to on two idle cores, told also where others keep them busy.
    yield _result("cold, two workers, CPU of both", (cold["cpu"] + helper["cpu"]) / plain["cpu"], against, 1.20)
    yield _result("one report changed, CPU", again["cpu"] / plain["cpu"], against, 0.05)
    yield _result("memory of a worker", again["rss"], against, 160, unit="MB")


def _result(what: str, value: float, against: str, most: float, unit: str = "ratio") -> dict[str, Any]:
    return {
        "name": f"packet of {REPORTS} reports: {what}",
        "value": round(value, 3),
        "unit": unit,
        "against": against,
        "target": f"<= {most}",
        "ok": value <= most,
    }


def _measure(deeds: list[tuple[Any, str]]) -> list[dict[str, float]]:
    """Do all at once, each in its own process; what each took."""
    pipes = [_processes.Pipe() for _ in deeds]
    workers = [
        _processes.Process(target=_work, args=(deed, media, theirs))
        for (deed, media), (_, theirs) in zip(deeds, pipes, strict=True)
    ]
    for worker in workers:
        worker.start()
    for ours, _ in pipes:
        ours.recv()  # has warmed up
    for ours, _ in pipes:
        ours.send("go")
    results = [ours.recv() for ours, _ in pipes]
    for worker in workers:
        worker.join()
    return results


def _work(deed: Any, media: str, pipe: Connection) -> None:
    django.setup()
    settings.MEDIA_ROOT = media
    make = deed()
    pipe.send("ready")
    pipe.recv()
    wall, cpu = time.perf_counter(), time.process_time()
    make()
    pipe.send(
        {
            "wall": time.perf_counter() - wall,
            "cpu": time.process_time() - cpu,
            "rss": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        }
    )


# What follows runs in the processes; the imports need Django set up.


def _warm_up() -> Any:
    from documents.rendering.pages import write_pages

    write_pages("<h1>题</h1><p>文</p>", "", on_grid=True, numbered=True, tagged=False)
    return write_pages


def _packet(changed: int | None = None) -> Any:
    from documents.rendering.paper import Paper, Part
    from tests.documents.rendering.papers import report_html

    numbers = [i if i != changed else REPORTS + i for i in range(REPORTS)]
    parts = (Part(f"第{i}号述职报告", report_html(i, LENGTH), label="XX镇　张某", starts_right=True) for i in numbers)
    return Paper("评议材料", tuple(parts), cover="<h1>评议材料</h1>", contents=True)


def _plain() -> Any:
    write_pages = _warm_up()
    sections = [f'<section class="report">{part.html}</section>' for part in _packet().parts]
    body = "<style>.report { break-before: right }</style>" + "".join(sections)
    return partial(write_pages, body, "", on_grid=True, numbered=True, tagged=False)


def _whole() -> Any:
    from documents.rendering.paper import render_paper

    _warm_up()
    return partial(render_paper, _packet())


def _from_the_end() -> Any:
    from documents.rendering.paper import prepare_parts

    _warm_up()
    return partial(prepare_parts, _packet(), goes_on=lambda: True)


def _one_changed() -> Any:
    from documents.rendering.paper import render_paper

    _warm_up()
    return partial(render_paper, _packet(changed=REPORTS // 2))
