"""Role × URL: every address of the resolver against every role, from the tables of the apps.

A URL without a row fails, and so does a row without a URL. POST-only addresses are tried with POST and no data.
"""

import importlib
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.world import ROLES, World, build_world

APPS = ["accounts", "documents", "reporting", "rectification", "reviews", "overview"]
PUBLIC = {"healthz"}


def _names(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _names(pattern, f"{pattern.namespace}:" if pattern.namespace else prefix)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield prefix + pattern.name


def _table() -> dict[str, dict[str, int]]:
    table: dict[str, dict[str, int]] = {}
    for app in APPS:
        table |= importlib.import_module(f"tests.{app}.access").TABLE
    return table


def _objects(world: World) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for app in APPS:
        found |= importlib.import_module(f"tests.{app}.access").objects(world)
    return found


def test_every_url_has_a_row_and_every_row_a_url() -> None:
    assert set(_table()) == set(_names(get_resolver())) - PUBLIC


def test_every_row_names_every_role() -> None:
    incomplete = {name for name, row in _table().items() if set(row) != set(ROLES)}
    assert incomplete == set()


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_role_gets_what_the_table_says(role: str) -> None:
    world = build_world()
    kwargs = _objects(world)
    client = Client(raise_request_exception=False)
    answers: dict[str, int] = {}
    for name in _table():
        if role != "anonymous":
            client.force_login(world.user(role))
        url = reverse(name, kwargs=kwargs.get(name, {}))
        response = client.get(url)
        if response.status_code == 405:
            response = client.post(url)
        if response.streaming:
            response.getvalue()  # a file that is not read to its end stays open
        answers[name] = response.status_code
    assert answers == {name: row[role] for name, row in _table().items()}
