"""Where a request comes from, as far as our own reverse proxies vouch for it."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str | None:
    """The address of the machine in front of the outermost proxy of ours.

    Each proxy writes down whom it heard, at the end of X-Forwarded-For; what stands before that anybody can invent.
    `PROXIES` says how many of the entries are ours; without a proxy the connection itself is asked.
    """
    header = request.META.get("HTTP_X_FORWARDED_FOR", "")
    heard = [part.strip() for part in header.split(",") if part.strip()]
    told = heard[-settings.PROXIES] if 0 < settings.PROXIES <= len(heard) else request.META.get("REMOTE_ADDR", "")
    try:
        return str(ipaddress.ip_address(told))
    except ValueError:
        return None
