"""What holds for every request and answer, whoever wrote the view."""

import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.http.request import split_domain_port
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from django.views.defaults import page_not_found

from common.ids import LARGEST_ID

logger = logging.getLogger(__name__)

METHODS = ["GET", "HEAD", "POST", "OPTIONS"]

# Reverse proxies stop here as well; SQLite cannot search for words of 50,000 bytes.
LONGEST_QUERY = 8192


class PrivateAnswersMiddleware:
    """Personal pages stay out of every cache, and TRACE is refused.

    A view that sets Cache-Control itself (a polled fragment with an ETag) knows better.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response: HttpResponseBase
        if request.method in ("TRACE", "TRACK"):
            response = HttpResponseNotAllowed(METHODS)
        else:
            response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store, private")
        return response


class UploadRefusedMiddleware:
    """Says on the page what the upload handler could only note: the file was not received (common/uploads.py)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]
    ) -> None:
        """The body has been read by then: the check against forged requests looks into it."""
        if refusal := getattr(request, "upload_refused", ""):
            messages.error(request, refusal)


class PossibleAddressMiddleware:
    """What no database can hold is the address of nothing (404); a query longer than any page makes is refused (414)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if len(request.META.get("QUERY_STRING", "")) > LONGEST_QUERY:
            return HttpResponse(status=414)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]
    ) -> None:
        """Runs after it is known who asks, so that strangers still come to the login page."""
        if not all(_can_be_stored(value) for value in kwargs.values()):
            raise Http404


def _can_be_stored(value: object) -> bool:
    return value <= LARGEST_ID if isinstance(value, int) else "\x00" not in str(value)


class GoneMeanwhileMiddleware:
    """Two press 删除 at once: for the later one the row is gone by the time it is locked. Not found (404), and said so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if request.method != "POST" or not isinstance(exception, ObjectDoesNotExist):
            return None
        logger.warning("What %s was about is gone", request.path, exc_info=exception)
        messages.error(request, _("没有办成：这一条刚刚已被删除，请返回列表查看最新的内容。"))
        return page_not_found(request, exception)


BOOTH_URLS = "config.booth_urls"
BOOTH_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
BOOTH_HEADERS = {
    "Content-Security-Policy": BOOTH_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
# Nothing that is done in the booth needs to know who, from where, or with what.
FORGOTTEN = (
    "HTTP_COOKIE",
    "HTTP_AUTHORIZATION",
    "HTTP_USER_AGENT",
    "HTTP_REFERER",
    "HTTP_ACCEPT_LANGUAGE",
    "HTTP_FORWARDED",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_REAL_IP",
    "REMOTE_ADDR",
    "REMOTE_HOST",
    "REMOTE_PORT",
)


class BoothMiddleware:
    """The voting booth, under host names of its own (BOOTH_HOSTS): no session, no cookie, no sign-in, no address.

    First of all, so that nothing else of the product ever sees such a request. Its pages exist under those names
    only, and the pages of the office do not exist there.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        host, _port = split_domain_port(request.META.get("HTTP_HOST", ""))
        if host not in settings.BOOTH_HOSTS:
            return self.get_response(request)
        for name in FORGOTTEN:
            request.META.pop(name, None)
        response = self._answer(request)
        # Django writes a line with the time for every refusal; in the booth that would be a log of visits.
        response._has_been_logged = True  # type: ignore[attr-defined]
        for name, value in BOOTH_HEADERS.items():
            response.headers.setdefault(name, value)
        # So that a phone tells an answer that was cut off from a whole one.
        response.headers["Content-Length"] = str(len(response.content))
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        try:
            match = resolve(request.path_info, BOOTH_URLS)
            return match.func(request, *match.args, **match.kwargs)
        except (Resolver404, Http404):
            return HttpResponse(status=404)
        except Exception as error:
            # What went wrong is said by its kind alone: a traceback could hold what somebody sent.
            logger.error("The booth could not answer: %s", type(error).__name__)
            return HttpResponse(status=503)
