"""Every app hangs its own URLs at the root under its own namespace."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import include, path


@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """Answers once the process serves and its database answers; a failure is a 500."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("", include("accounts.urls")),
    path("", include("documents.urls")),
    path("", include("reporting.urls")),
    path("", include("rectification.urls")),
    path("", include("reviews.urls")),
    path("", include("overview.urls")),
]
