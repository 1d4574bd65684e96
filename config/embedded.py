"""Background work without Redis: one Celery worker and the beat as threads of the web process.

The same tasks run unchanged on Redis. Nothing is lost with the process: whatever had begun
is a document row without a heartbeat, which the beat sends again after the next start.
"""

import threading

from celery import beat

from config.celery import app
from documents.rendering.fonts import prepare_fonts


def start_background_threads() -> None:
    prepare_fonts()  # a process of its own; papers are held until it is done
    # `WorkController` is the worker without signal handlers, which only a main thread may set.
    worker = app.WorkController(
        pool_cls="solo",
        concurrency=1,
        hostname="embedded@localhost",
        without_gossip=True,
        without_heartbeat=True,
        without_mingle=True,
    )
    threading.Thread(target=worker.start, name="celery-worker", daemon=True).start()
    # The plain scheduler keeps its state in memory; the default one would write a file.
    scheduler = beat.EmbeddedService(app, thread=True, scheduler_cls="celery.beat:Scheduler")
    scheduler.daemon = True
    scheduler.start()
