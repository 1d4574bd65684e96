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

# What the clock wakes up, and every how many seconds.
CLOCK = {
    "documents.tasks.requeue_lost_documents": 15.0,
    "accounts.schedule.requeue_lost_imports": 30.0,
    "reporting.tasks.similarity.requeue_lost_comparisons": 60.0,
    "reporting.schedule.compare_by_the_clock": 60.0,
    "reporting.tasks.reminders.send_waiting_reminders": 60.0,
    "reviews.schedule.scrub_waiting_boxes": 60.0,
    "rectification.schedule.climb_by_the_clock": 1800.0,
    "rectification.schedule.remind_lists_by_the_clock": 1800.0,
    "reporting.schedule.remind_by_the_clock": 1800.0,
    "documents.tasks.forget_unused_parts": 3600.0,
}

app.conf.beat_schedule = {
    # If nobody fetches it for a while, the next one does the same work.
    task: {"task": task, "schedule": seconds, "options": {"expires": seconds}}
    for task, seconds in CLOCK.items()
}
