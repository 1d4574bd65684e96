"""The first page after signing in: where the year stands, what is mine to do, by when, one button each."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from overview.duties import duties_of
from overview.duties.idle import idle_words
from overview.year import standing_of
from reporting.models import DutyReport


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    duties = duties_of(request.user)
    context = {
        "duties": duties,
        "is_free": all(duty.tone == "done" for duty in duties),
        "idle": idle_words(request.user),
        "published_count": DutyReport.objects.published_to(request.user).count(),
        "years": standing_of(request.user),
    }
    return render(request, "overview/home/home.html", context)
