"""A production server names everything that is missing or unsafe before it does anything."""

import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.production import problems, refuse_unsafe
from tests.stack import ROOT

GOOD = {
    "SECRET_KEY": "k7Hq2-Zp9xW4_vR8tB3nM6yL1cD5fG0jS-aE7uI2oP4wQ9z",
    "ALLOWED_HOSTS": "kaohe.county.lan",
    "CSRF_TRUSTED_ORIGINS": "https://kaohe.county.lan",
    "DATABASE_URL": "postgresql://reports:w8Xn4Rk2@localhost/reports",
    "REDIS_URL": "redis://localhost:6379/0",
}


def test_a_complete_environment_is_accepted() -> None:
    assert problems(GOOD) == []
    refuse_unsafe(GOOD)


@pytest.mark.parametrize("name", GOOD)
def test_each_missing_value_is_named(name: str) -> None:
    environment = {key: value for key, value in GOOD.items() if key != name}
    assert problems(environment) == [f"{name} is missing"]
    with pytest.raises(ImproperlyConfigured, match=name):
        refuse_unsafe(environment)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", "a" * 60),
        ("SECRET_KEY", "change-me-change-me-change-me-change-me-change-me"),
        ("ALLOWED_HOSTS", "*"),
        ("ALLOWED_HOSTS", "kaohe.example.cn"),
        ("DATABASE_URL", "sqlite:///var/db.sqlite3"),
        ("DATABASE_URL", "postgresql://reports:change-me@postgres/reports"),
        ("REDIS_URL", "memory://"),
        ("CSRF_TRUSTED_ORIGINS", "http://kaohe.county.lan"),
        ("DEBUG", "true"),
        ("DEMO", "1"),
    ],
)
def test_each_unsafe_value_is_named(name: str, value: str) -> None:
    (problem,) = problems({**GOOD, name: value})
    assert problem.startswith(name)


OFFICE = {"OIDC_ISSUER": "https://id.county.lan", "OIDC_CLIENT_ID": "reports", "OIDC_CLIENT_SECRET": "x"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("OIDC_ISSUER", "http://id.county.lan"),
        ("OIDC_CLIENT_ID", ""),
        ("OIDC_CLIENT_SECRET", ""),
        ("OIDC_CLAIM", "name"),
        ("OIDC_MATCH", "email"),
    ],
)
def test_an_unsafe_identity_provider_is_named(name: str, value: str) -> None:
    assert problems({**GOOD, **OFFICE}) == []
    (problem,) = problems({**GOOD, **OFFICE, name: value})
    assert problem.startswith(name)


def test_everything_wrong_is_named_at_once() -> None:
    assert {problem.split()[0] for problem in problems({})} == set(GOOD)


def test_plain_http_in_an_intranet_is_a_choice() -> None:
    plain = {**GOOD, "CSRF_TRUSTED_ORIGINS": "http://kaohe.county.lan"}
    assert problems({**plain, "HTTPS": "false"}) == []


def test_the_process_does_not_start() -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "LOCAL": "false"},
        capture_output=True,
        text=True,
    )
    assert done.returncode != 0
    for name in GOOD:
        assert f"{name} is missing" in done.stderr
