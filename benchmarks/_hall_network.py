"""Phones in a hall with poor Wi-Fi, as plain sockets: requests get lost on the way in or out, and all are slow."""

from __future__ import annotations

import asyncio
import dataclasses
import json
import random
import re
import time

HOST = "booth.localhost"


@dataclasses.dataclass(frozen=True)
class Network:
    """`loss` of the requests get lost, half of them only after the server got them; the rest take up to `delay` s."""

    ports: tuple[int, ...]
    loss: float = 0.0
    delay: float = 0.0


class Lost(Exception):
    """No answer came."""


async def post(network: Network, path: str, body: bytes) -> tuple[int, bytes]:
    """Status and body. Raises Lost, OSError or asyncio errors when there was no answer."""
    fate = random.random()
    await asyncio.sleep(random.uniform(0, network.delay / 2))
    if fate < network.loss / 2:
        raise Lost
    reader, writer = await asyncio.open_connection("127.0.0.1", random.choice(network.ports))
    try:
        head = f"POST {path} HTTP/1.1\r\nHost: {HOST}\r\nContent-Type: application/json\r\n"
        head += f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        writer.write(head.encode() + body)
        await writer.drain()
        if fate < network.loss:
            await asyncio.sleep(random.uniform(0, 0.3))
            raise Lost
        answer = await asyncio.wait_for(reader.read(), 10)
    finally:
        writer.close()
    await asyncio.sleep(random.uniform(0, network.delay / 2))
    head, _, content = answer.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)content-length: *(\d+)", head)
    # A worker that was killed while it answered, or one that had no database: as good as no answer.
    if not length or len(content) < int(length[1]) or int(head.split(b" ", 2)[1]) >= 500:
        raise Lost
    return int(head.split(b" ", 2)[1]), content


@dataclasses.dataclass
class Outcome:
    """Of one phone: when it was told 已送达, how often it tried, and what it was told wrongly."""

    at: float | None = None
    tries: int = 0
    refused: str = ""


async def phone(network: Network, body: bytes, *, begin: float, until: float) -> Outcome:
    """Tries the same bytes again until there is an answer, as static/js/score_sheet_store.js does."""
    outcome = Outcome()
    await asyncio.sleep(begin)
    while time.monotonic() < until:
        outcome.tries += 1
        try:
            status, answer = await post(network, "/ballots/", body)
        except (TimeoutError, Lost, OSError, asyncio.IncompleteReadError):
            await asyncio.sleep(random.uniform(0.5, 2))
            continue
        if status == 200 and json.loads(answer)["signature"]:
            outcome.at = time.monotonic()
        else:
            outcome.refused = answer.decode(errors="replace")
        return outcome
    return outcome


async def many(network: Network, path: str, bodies: list[bytes], at_once: int) -> float:
    """Requests a second, `at_once` of them at any moment."""
    waiting = list(bodies)

    async def one() -> None:
        while waiting:
            status, answer = await post(network, path, waiting.pop())
            if status != 200:
                raise RuntimeError(answer[:200])

    begun = time.monotonic()
    await asyncio.gather(*(one() for _ in range(at_once)))
    return len(bodies) / (time.monotonic() - begun)
