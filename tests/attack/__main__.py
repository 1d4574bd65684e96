"""Prints what was tried and how far it came, in the words of docs/ballot-secrecy.md; ends with 1 when something worked."""

from __future__ import annotations

import argparse
import os
import sys
import time
import urllib.request
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path

import django

from tests.attack.servers import BOOTH, installation, program, web_command
from tests.services import free_port
from tests.stack import BEAT, BIN, WORKER


def wait_for_web(port: int) -> None:
    deadline = time.monotonic() + 120
    request = urllib.request.Request(f"http://127.0.0.1:{port}/", headers={"Host": BOOTH})
    while True:
        try:
            with urllib.request.urlopen(request, timeout=5):
                return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def main() -> int:
    parser = argparse.ArgumentParser(prog="./dev attack", description=__doc__)
    parser.add_argument("--voters", type=int, default=300)
    voters = parser.parse_args().voters
    with ExitStack() as stack:
        folder, cluster, monitor = stack.enter_context(installation())
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
        django.setup()
        import_module("django.core.management").call_command("migrate", verbosity=0)
        port = free_port()
        commands = {"web": web_command(port), "worker": [str(BIN / WORKER[0]), *WORKER[1:]]}
        commands["beat"] = [str(BIN / BEAT[0]), *BEAT[1:]]
        logs: dict[str, Path] = {
            name: stack.enter_context(program(name, command, folder)) for name, command in commands.items()
        }
        wait_for_web(port)
        trails = import_module("tests.attack.trails").Trails(folder, cluster, monitor, logs)
        story = import_module("tests.attack.story").Story(trails, port, voters, say)
        report = story.run()
        return import_module("tests.attack.telling").tell(report, story, say)


def say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
