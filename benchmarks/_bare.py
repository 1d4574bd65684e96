"""What ballots are compared with: the barest Django view that inserts one row, on the same server and database."""

import os

from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path


def insert(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO bare_row (content) VALUES (%s)", [request.body])
    return HttpResponse("ok", headers={"Content-Length": "2"})


urlpatterns = [path("insert/", insert)]

if os.environ.get("DJANGO_SETTINGS_MODULE") == "benchmarks._bare_settings":
    application = get_wsgi_application()
