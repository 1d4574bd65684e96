"""The whole product as real processes on a free port, for stories in a browser.

"embedded" is what `./dev run` starts: SQLite, background work inside the web process.
"services" is what a server runs: PostgreSQL, Redis, a Celery worker and the beat.
"""

import itertools
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import closing
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

import psycopg2
import redis
from django.conf import settings

from tests.services import end_with_us, free_port

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
WORKER = ["celery", "-A", "config", "worker", "--concurrency=1", "--loglevel=INFO"]
WORKER += ["--without-mingle", "--without-gossip"]
BEAT = ["celery", "-A", "config", "beat", "--scheduler=celery.beat:Scheduler"]
REDIS_DATABASES = itertools.cycle(range(1, 16))  # 0 belongs to the tests' own process


def web_command(port: int) -> list[str]:
    command = ["granian", "--interface=wsgi", "--host=127.0.0.1", f"--port={port}", "--no-ws"]
    return [*command, "--workers=1", "--blocking-threads=4", "--workers-kill-timeout=10", "config.wsgi:application"]


def environment(folder: Path, **values: str) -> dict[str, str]:
    """That of a process which keeps its data in `folder` and shares assets and fonts with us."""
    return {
        **os.environ,
        "LOCAL": "true",
        "DEMO": "true",
        "STEP_UP_MINUTES": "120",  # a story on a loaded machine is not asked in the middle
        "VAR_DIR": str(folder),
        "ASSETS_DIR": str(settings.ASSETS_DIR),
        "FONT_DIR": str(settings.FONT_DIR),
        "FONT_SOURCES": ",".join(settings.FONT_SOURCES),
        "PYTHONUNBUFFERED": "1",
        **values,
    }


class Process:
    """One of our programs, its output in a file, its children in its own group."""

    def __init__(self, name: str, command: list[str], folder: Path, env: dict[str, str]) -> None:
        self.command = command
        self.log = folder / f"{name}.log"
        self.log.unlink(missing_ok=True)
        self.out: IO[bytes] = self.log.open("ab")
        self.popen = subprocess.Popen(
            [str(BIN / command[0]), *command[1:]],
            cwd=ROOT,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=self.out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=end_with_us,  # noqa: PLW1509  # one call into the kernel, no threads here
        )

    def text(self) -> str:
        return self.log.read_text(errors="replace")

    def wait_for(self, words: str, seconds: float = 60) -> None:
        deadline = time.monotonic() + seconds
        while words not in self.text():
            if self.popen.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"{self.command} never said {words!r}:\n{self.text()}")
            time.sleep(0.05)

    def stop(self, number: int = signal.SIGTERM) -> None:
        """SIGTERM goes to the parent, which ends its children; SIGKILL must reach them all."""
        if self.popen.poll() is None:
            if number == signal.SIGKILL:
                os.killpg(self.popen.pid, signal.SIGKILL)
            else:
                self.popen.send_signal(number)
            try:
                self.popen.wait(timeout=15)
            except subprocess.TimeoutExpired:
                os.killpg(self.popen.pid, signal.SIGKILL)
                self.popen.wait(timeout=15)
        self.out.close()


class Stack:
    """Yielded by the fixtures `stack` and `demo_stack`."""

    def __init__(self, kind: str, folder: Path, env: dict[str, str]) -> None:
        self.kind = kind
        self.folder = folder
        self.env = env
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.web: Process | None = None
        self.worker: Process | None = None
        self.beat: Process | None = None

    def start(self) -> None:
        if self.kind == "services":
            self.start_worker()
            self.beat = Process("beat", BEAT, self.folder, self.env)
        self.start_web()

    def stop(self) -> None:
        for process in (self.web, self.beat, self.worker):
            if process:
                process.stop()

    def start_web(self) -> None:
        self.web = Process("web", web_command(self.port), self.folder, self.env)
        wait_until_healthy(self.url, self.web)

    def kill_worker(self) -> None:
        """As a power cut would. Embedded, the worker is the web process, which goes too."""
        process = self.worker if self.kind == "services" else self.web
        assert process is not None
        process.stop(signal.SIGKILL)

    def start_worker(self) -> None:
        """After `kill_worker`."""
        if self.kind == "services":
            self.worker = Process("worker", WORKER, self.folder, self.env)
            self.worker.wait_for("ready.")
        else:
            self.start_web()

    def manage(self, *arguments: str) -> str:
        """Runs manage.py beside the server, on the same data; returns what it prints."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.env,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, f"manage.py {arguments}:\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def python(self, code: str) -> str:
        """Runs code with the project's models at hand; returns what it prints."""
        return self.manage("shell", "--verbosity=0", "-c", code)

    def logs(self) -> str:
        return "\n".join(
            f"--- {process.log.name}\n{process.text()}" for process in (self.web, self.worker, self.beat) if process
        )


def wait_until_healthy(url: str, process: Process, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError) as error:
            if isinstance(error, urllib.error.HTTPError):
                error.close()
            if process.popen.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"{url} is not healthy:\n{process.text()}") from error
            time.sleep(0.05)


class Databases:
    """Databases with every migration applied, made once and then copied."""

    def __init__(self, folder: Path, addresses: dict[str, str], *, prefix: str = "") -> None:
        self.folder = folder
        self.addresses = addresses
        self.prefix = prefix
        self.templates: dict[tuple[str, bool], str] = {}
        self.numbers = itertools.count(1)

    def new_environment(self, kind: str, *, demo: bool) -> tuple[Path, dict[str, str]]:
        """A folder and the environment of a fresh database of that kind."""
        if (kind, demo) not in self.templates:
            self.templates[kind, demo] = self._template(kind, demo=demo)
        template = self.templates[kind, demo]
        number = next(self.numbers)
        folder = self.folder / f"{kind}-{number}"
        folder.mkdir()
        if demo and (media := self.folder / template / "media").is_dir():
            shutil.copytree(media, folder / "media")
        return folder, environment(folder, **self._addresses(kind, template, f"{self.prefix}stack_{number}"))

    def _template(self, kind: str, *, demo: bool) -> str:
        name = f"{self.prefix}template_{kind}_{'demo' if demo else 'empty'}"
        folder = self.folder / name
        folder.mkdir(exist_ok=True)
        env = environment(folder, **self._addresses(kind, None, name))
        maker = Stack(kind, folder, env)
        maker.manage("migrate", "--verbosity=0")
        if demo:
            maker.manage("load_demo")
        return name

    def _addresses(self, kind: str, template: str | None, name: str) -> dict[str, str]:
        if kind == "embedded":
            return {"DATABASE_URL": self._sqlite(template, name), "REDIS_URL": ""}
        return {"DATABASE_URL": self._postgres(template, name), "REDIS_URL": self._redis()}

    def _sqlite(self, template: str | None, name: str) -> str:
        path = self.folder / f"{name}.sqlite3"
        if template:
            # SQLite's own copy takes along what is still in the write-ahead log.
            with (
                closing(sqlite3.connect(self.folder / f"{template}.sqlite3")) as source,
                closing(sqlite3.connect(path)) as copy,
            ):
                source.backup(copy)
        return f"sqlite:///{path}"

    def _postgres(self, template: str | None, name: str) -> str:
        address = self.addresses["DATABASE_URL"]
        with closing(psycopg2.connect(address)) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
                cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template or "template0"}"')
        return urlsplit(address)._replace(path=f"/{name}").geturl()

    def _redis(self) -> str:
        number = next(REDIS_DATABASES)
        address = urlsplit(self.addresses["REDIS_URL"])._replace(path=f"/{number}").geturl()
        with closing(redis.Redis.from_url(address)) as client:
            client.flushdb()
        return address
