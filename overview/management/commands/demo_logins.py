"""Print the demo logins."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from overview.demo.logins import DEMO_PASSWORD, demo_logins


class Command(BaseCommand):
    help = "Print the demo logins (in demo mode only)."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            return
        self.stdout.write(f"Demo logins, password {DEMO_PASSWORD}:")
        for login in demo_logins():
            self.stdout.write(f"  {login['username']:<10} {login['label']}")
