"""Celery only wakes workers up; what has to be done is a row in the database.

So no result backend, and the clock's one duty is to send again what nobody is working on.
"""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("config")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.autodiscover_tasks(related_name="schedule")

app.conf.beat_schedule = {
    "requeue-lost-documents": {
        "task": "documents.tasks.requeue_lost_documents",
        "schedule": 15.0,
        # If nobody fetches it for a while, the next one does the same work.
        "options": {"expires": 15.0},
    },
    "requeue-lost-imports": {
        "task": "accounts.schedule.requeue_lost_imports",
        "schedule": 30.0,
        "options": {"expires": 30.0},
    },
    "requeue-lost-comparisons": {
        "task": "reporting.tasks.similarity.requeue_lost_comparisons",
        "schedule": 60.0,
        "options": {"expires": 60.0},
    },
    "compare-by-the-clock": {
        "task": "reporting.schedule.compare_by_the_clock",
        "schedule": 60.0,
        "options": {"expires": 60.0},
    },
    "send-waiting-reminders": {
        "task": "reporting.tasks.reminders.send_waiting_reminders",
        "schedule": 60.0,
        "options": {"expires": 60.0},
    },
    "scrub-waiting-boxes": {
        "task": "reviews.schedule.scrub_waiting_boxes",
        "schedule": 60.0,
        "options": {"expires": 60.0},
    },
    "climb-by-the-clock": {
        "task": "rectification.schedule.climb_by_the_clock",
        "schedule": 1800.0,
        "options": {"expires": 1800.0},
    },
    "remind-lists-by-the-clock": {
        "task": "rectification.schedule.remind_lists_by_the_clock",
        "schedule": 1800.0,
        "options": {"expires": 1800.0},
    },
    "remind-by-the-clock": {
        "task": "reporting.schedule.remind_by_the_clock",
        "schedule": 1800.0,
        "options": {"expires": 1800.0},
    },
}
