"""Recompute the decided results of every year, or of one; exit 1 when any figure is not the stored one."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reporting.models import Cycle
from reviews.models.result_inputs import check_results


class Command(BaseCommand):
    help = "Recompute the decided results of every year and compare them with what is stored."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--year", type=int)

    def handle(self, *args: Any, **options: Any) -> None:
        cycles = Cycle.objects.select_related("committee", "scheme").order_by("year", "pk")
        if options["year"]:
            cycles = cycles.filter(year=options["year"])
        faults = 0
        for cycle in cycles:
            found = check_results(cycle)
            faults += len(found)
            self.stdout.write(f"{cycle}：{'一致' if not found else f'{len(found)}处不一致'}")
            for name, words in found:
                self.stdout.write(f"  {name}：{words}")
        if faults:
            raise CommandError(f"{faults}处不一致。")
