"""Load the demo county into an empty database; a second run changes nothing."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from accounts.models import Organization
from overview.demo.last_year import load_last_year
from overview.demo.register import load_register
from overview.demo.standing import load_standing
from overview.demo.this_year import load_this_year
from overview.demo.township import load_township


class Command(BaseCommand):
    help = "Load the demo county into an empty database."

    def handle(self, *args: Any, **options: Any) -> None:
        if Organization.objects.exists():
            self.stdout.write("The database has organizations already; nothing to do.")
            return
        # All or nothing: an interrupted first start begins anew instead of with half a county.
        with transaction.atomic():
            load_register()
            load_last_year()
            load_this_year()
            load_standing()
            hall = load_township()
        self.stdout.write("The demo county is loaded.")
        # A hall has these on paper; without them nobody could finish the round that is open.
        self.stdout.write(f"The open round of {hall.round.meeting}: envelope {'、'.join(hall.envelopes.codes)}")
        for pile, codes in hall.drawn:
            self.stdout.write(f"  unused slips, {pile.name}: {'  '.join(code.typed for code in codes[-3:])}")
