"""Screens that follow the meeting: the wall and everybody's phone, cheap enough for a thousand (S-95)."""

import threading

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from common import clock
from reviews.actions.screens import renew_screen_link
from reviews.models import Meeting
from reviews.models.live import SCREEN_SECONDS, live_state, screen_key
from reviews.views.deeds import done, visible_meeting

_making = threading.Lock()


@require_GET
def meeting_screen(request: HttpRequest, pk: int) -> HttpResponse:
    """Read-only, for whoever is signed in and may see the meeting."""
    meeting = visible_meeting(request, pk)
    live = live_state(meeting)
    context = {
        "meeting": meeting,
        "live": live,
        "facts": live.facts,
        "now": clock.now(),
        "is_commenter": meeting.is_commenter(request.user),
        "is_rater": meeting.raters.filter(person=request.user.person_id or 0).exists(),
    }
    return render(request, "reviews/screens/meeting_screen.html", context)


@login_not_required
@require_GET
def screen_show(request: HttpRequest, token: str) -> HttpResponse:
    """The projector's page: whoever has the link, without signing in."""
    meeting = get_object_or_404(Meeting.objects.with_facts(), screen_token=token)
    live = live_state(meeting)
    context = {"meeting": meeting, "live": live, "facts": live.facts, "now": clock.now()}
    return render(request, "reviews/screens/screen_show.html", context)


@login_not_required
@require_GET
def screen_follow(request: HttpRequest, token: str) -> HttpResponse:
    """What is new, by the link; from the cache and without a session, for a thousand screens every 2.5 seconds."""
    shown = cache.get(screen_key(token))
    if shown is None:
        # One makes it for all who wait: a thousand screens ask when it has just run out.
        with _making:
            shown = cache.get(screen_key(token)) or _made(token)
    tag, html = shown
    if request.headers.get("If-None-Match") == tag:
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = HttpResponse(html)
    response["ETag"], response["Cache-Control"] = tag, "private, no-cache"
    return response


def _made(token: str) -> tuple[str, str]:
    """ETag and fragment, put into the cache. 404 for a link that is no longer good."""
    for _again in range(3):
        meeting = Meeting.objects.with_facts().filter(screen_token=token).first()
        if meeting is None:
            raise Http404
        shown = _shown(meeting)
        cache.set(screen_key(token), shown, SCREEN_SECONDS)
        # What moved on meanwhile has emptied the cache before this was put in.
        now = Meeting.objects.filter(pk=meeting.pk).values_list("live_revision", flat=True).first()
        if now == meeting.live_revision:
            break
    return shown


def _shown(meeting: Meeting) -> tuple[str, str]:
    live = live_state(meeting)
    context = {"meeting": meeting, "live": live, "facts": live.facts, "now": clock.now()}
    return f'"{live.tag}"', render_to_string("reviews/screens/_screen.html", context)


@require_POST
def screen_renew(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = visible_meeting(request, pk)
    said = _("已更换投屏链接，原来的链接不能再用。")
    done(request, lambda: renew_screen_link(meeting, by=request.user), said)
    return redirect("reviews:meeting_live", pk)
