"""What workers do. Celery finds tasks in this module, so each file of it is named here."""

from . import reminders, similarity

__all__ = ["reminders", "similarity"]
