"""What holds for every request and answer, whoever wrote the view."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed

from common.ids import LARGEST_ID

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


class PossibleAddressMiddleware:
    """An id beyond what a database can hold is of nothing (404); a query longer than any page makes is refused (414)."""

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
        if any(isinstance(value, int) and value > LARGEST_ID for value in kwargs.values()):
            raise Http404
