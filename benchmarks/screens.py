"""A thousand screens follow the clerk's page: what they cost the web process, and how soon they see a change.

They ask as static/js/live.js does: every 2.5 seconds give or take a tenth, with the ETag of what they show.
"""

import asyncio
import os
import random
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.db import connection
from django.urls import reverse

from accounts.rules.roles import Role
from reporting.rules.cycles import ReportMode
from reviews.actions.live import finish_slot, start_slot
from reviews.actions.meetings import create_meeting, open_meeting
from reviews.models import Meeting
from reviews.rules.meetings import MeetingKind
from tests.factories import make_organization, make_post, make_reporter
from tests.stack import Stack, environment
from tests.world import World, build_world

SCREENS = 1000
INTERVAL = 2.5
CHANGES = 6
PAUSE = 4.0  # longer than any screen waits, so that each sees every change
MOST_SECONDS = 3.0
MOST_CORE = 0.6


def run() -> Iterator[dict[str, Any]]:
    if connection.vendor != "postgresql":
        return  # the web process cannot see a database in memory; `./dev bench` brings PostgreSQL and Redis
    world = build_world()
    meeting = _meeting(world)
    with tempfile.TemporaryDirectory() as folder:
        stack = Stack("services", Path(folder), environment(Path(folder), DATABASE_URL=_address()))
        stack.start_web()
        try:
            delays, core = _follow(stack, world, meeting)
        finally:
            stack.stop()
    p95 = statistics.quantiles(delays, n=20)[-1]
    told = f"{SCREENS} screens, {CHANGES} changes, {len(delays)} sightings of {SCREENS * CHANGES}"
    complete = len(delays) == SCREENS * CHANGES
    yield _line("a change is seen by a following screen, 95th percentile", p95, "s", told, MOST_SECONDS, complete)
    yield _line("following screens cost the web process", core, "cores", told, MOST_CORE, complete)


def _line(name: str, value: float, unit: str, against: str, most: float, complete: bool) -> dict[str, Any]:
    return {
        "name": name,
        "value": round(value, 2),
        "unit": unit,
        "against": against,
        "target": f"<= {most}",
        "ok": complete and value <= most,
    }


def _address() -> str:
    """Of the database in which this process works, which is not the one DATABASE_URL names."""
    name = connection.settings_dict["NAME"]
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def _meeting(world: World) -> Meeting:
    """Thirty reporters, as many as speak on a long day."""
    for number in range(30):
        organization = make_organization(f"第{number}乡党委", world.county)
        make_reporter(world.cycle, organization, ReportMode.ORAL)
    facts = {"kind": MeetingKind.ASSEMBLY, "host": make_post(world.county, Role.SECRETARY)}
    return open_meeting(create_meeting(world.cycle, facts=facts, by=world.user("clerk")), by=world.user("clerk"))


def _follow(stack: Stack, world: World, meeting: Meeting) -> tuple[list[float], float]:
    """Seconds from each change to each screen that showed it, and the cores used meanwhile."""
    screens = Screens(stack.port, reverse("reviews:screen_follow", args=[meeting.screen_token]))
    thread = threading.Thread(target=screens.run)
    thread.start()
    screens.ready.wait(timeout=60)
    time.sleep(INTERVAL * 2)
    assert stack.web is not None
    begun, used = time.monotonic(), _cpu(stack.web.popen.pid)
    moments = []
    for _ in range(CHANGES):
        _move_on(world, meeting)
        moments.append(time.monotonic())
        time.sleep(PAUSE)
    core = (_cpu(stack.web.popen.pid) - used) / (time.monotonic() - begun)
    screens.over = True
    thread.join(timeout=30)
    delays = []
    for at, moment in enumerate(moments):
        end = moments[at + 1] if at + 1 < len(moments) else moment + PAUSE
        delays += [seen - moment for seen in screens.seen if moment <= seen < end]
    return delays, core


def _move_on(world: World, meeting: Meeting) -> None:
    current = meeting.slots.filter(state="reporting").first()
    if current is None:
        start_slot(meeting.slots.filter(state="waiting")[0], by=world.user("clerk"))
    else:
        finish_slot(current, call_next=True, by=world.user("clerk"))


def _cpu(session: int) -> float:
    """Seconds of processor time that the processes of a session have used."""
    ticks = 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields[3]) == session:
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


class Screens:
    """A thousand connections that are kept open, each asking in its own time."""

    def __init__(self, port: int, path: str) -> None:
        self.port, self.path = port, path
        self.ready, self.over = threading.Event(), False
        self.seen: list[float] = []

    def run(self) -> None:
        asyncio.run(self._all())

    async def _all(self) -> None:
        waiting = [asyncio.create_task(self._one(at)) for at in range(SCREENS)]
        await asyncio.sleep(INTERVAL * 1.2)
        self.ready.set()
        await asyncio.gather(*waiting)

    async def _one(self, at: int) -> None:
        await asyncio.sleep(at / SCREENS * INTERVAL)
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        tag = ""
        while not self.over:
            known = f"If-None-Match: {tag}\r\n" if tag else ""
            writer.write(f"GET {self.path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{known}\r\n".encode())
            status, headers = await self._answer(reader)
            if status == 200:
                if tag:
                    self.seen.append(time.monotonic())
                tag = headers["etag"]
            await asyncio.sleep(INTERVAL * random.uniform(0.9, 1.1))  # jitter, no secret
        writer.close()

    async def _answer(self, reader: asyncio.StreamReader) -> tuple[int, dict[str, str]]:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {}
        for line in head[1:]:
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        length = int(headers.get("content-length", 0))
        if length:
            await reader.readexactly(length)
        return int(head[0].split()[1]), headers
