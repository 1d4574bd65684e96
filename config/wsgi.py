"""The web process."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()

from django.conf import settings  # noqa: E402  (settings exist once Django is set up)

if settings.EMBEDDED_WORKER:
    from config.embedded import start_background_threads

    start_background_threads()
