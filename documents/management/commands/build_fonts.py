"""`manage.py build_fonts`: make the font set of the papers, or say why that cannot be done."""

from __future__ import annotations

import os
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from documents.rendering.fonts import build_fonts, font_folder


class Command(BaseCommand):
    help = "Builds the font set of the papers from Debian's font packages, once."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--quiet", action="store_true", help="give way to others, say nothing")

    def handle(self, *, quiet: bool, **options: Any) -> None:
        if quiet:
            os.nice(10)  # pages are answered on the same cores
        state = build_fonts(lambda done, total: quiet or self.stdout.write(f"{done}/{total}"))
        if state.name != "ready":
            raise CommandError(state.reason)
        if not quiet:
            self.stdout.write(f"公文字体已就绪：{font_folder()}")
