"""The demo logins, offered in demo mode only."""

from typing import Any

from overview.demo.source import read

DEMO_PASSWORD = "demo-2026"  # printed on the login page of the demo  # noqa: S105


def demo_logins() -> list[dict[str, Any]]:
    """`username`, `label` and `note` of the accounts to try, in the order they are offered."""
    return list(read("county")["demo_logins"])
