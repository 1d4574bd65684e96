"""What workers and the clock do for the register: a long workbook is compared and written in the background."""

import logging

from celery import shared_task

from accounts.actions.imports import TASK, carry_out_watched
from accounts.models import RegisterImport
from accounts.models.imports import AttemptLost
from common.waking import wake_by_name

logger = logging.getLogger(__name__)


@shared_task
def carry_out_import(pk: int) -> None:
    """Compare or write the file, unless it is done or somebody is at it. Started twice, it is done once."""
    row = RegisterImport.objects.filter(pk=pk).first()
    if row is None or not row.is_unfinished:
        return
    try:
        carry_out_watched(row)
    except AttemptLost:
        logger.info("Import %s was taken over", pk)


@shared_task
def requeue_lost_imports() -> None:
    """Send again what nobody works on: its worker died, or the broker was away when it was asked for."""
    for pk in RegisterImport.objects.requeue_silent():
        wake_by_name(TASK, pk)
