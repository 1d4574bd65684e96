"""Wake a worker up about a row that is a job. The row decides; Celery only carries the word."""

import logging
from collections.abc import Callable
from typing import Any

from celery import Task, current_app
from kombu.exceptions import KombuError

logger = logging.getLogger(__name__)

_AT_ONCE_OR_NOT = {"max_retries": 0, "socket_connect_timeout": 0.8, "socket_timeout": 0.8}


def wake(task: Task, *arguments: int) -> None:
    """Send a task about a row that is a job. When that cannot be done now, the beat does it within seconds."""
    _send(task.name, lambda **options: task.apply_async(arguments, **options))


def wake_by_name(name: str, *arguments: int) -> None:
    """The same for a task of a layer above, which the sender cannot import."""
    _send(name, lambda **options: current_app.send_task(name, arguments, **options))


def _send(name: str, send: Callable[..., Any]) -> None:
    try:
        with current_app.connection_for_write() as connection:
            # By default six seconds are spent on trying; somebody has clicked and waits.
            connection.transport_options = {**connection.transport_options, **_AT_ONCE_OR_NOT}
            send(connection=connection, retry=False, ignore_result=True)
    except (KombuError, OSError) as error:
        logger.warning("No broker for %s: %s", name, error)
