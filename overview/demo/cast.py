"""Finding the people of the demo, and letting them act on a day."""

import contextlib
import datetime as dt
from collections.abc import Iterator

from django.utils import timezone

from accounts.models import Organization, Person, Post, User
from common import clock

COUNTY = "QX"
CLERK = "P011"


def day(text: str, hour: int = 9, minute: int = 0) -> dt.datetime:
    """An hour of a day given as 2026-01-15, in the office's time zone."""
    return timezone.make_aware(dt.datetime.combine(dt.date.fromisoformat(text), dt.time(hour, minute)))


@contextlib.contextmanager
def on(text: str, hour: int = 9, minute: int = 0) -> Iterator[None]:
    with clock.at(day(text, hour, minute)):
        yield


def organization(code: str) -> Organization:
    return Organization.objects.get(code=code)


def account(person: str) -> User:
    """Fetched anew each time: an account remembers the posts of the day on which it was first asked."""
    return User.objects.select_related("person").get(person__code=person)


def clerk() -> User:
    return account(CLERK)


def person(code: str) -> Person:
    return Person.objects.get(code=code)


def post(person_code: str, organization_code: str) -> Post:
    """The person's post in the organization on the day it is by the clock."""
    return Post.objects.current().get(person__code=person_code, organization__code=organization_code)
