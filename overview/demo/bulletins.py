"""Bulletins of the demo county: three periods published, the third quarter's still being written (S-164)."""

from typing import Any

from overview.demo.cast import account, on, organization
from overview.demo.source import read
from rectification.actions.bulletins import LineWords, create_bulletin, edit_bulletin, publish_bulletin, read_bulletin
from rectification.models import Bulletin
from rectification.rules.bulletins import BEFORE, Audience, BulletinKind, places
from reporting.models import Cycle

OFFICE = "P014"  # supervision office of the county


def load_bulletins(cycle: Cycle) -> None:
    for row in read("bulletins_2026")["bulletins"]:
        with on(row["date"], 10):
            bulletin = create_bulletin(cycle, kind=row["kind"], by=account(OFFICE))
            if "share" in row:
                _turn_back(bulletin, row["share"])
            _write(bulletin, row)
            if row["published"]:
                _publish(bulletin, row)


def _turn_back(bulletin: Bulletin, share: float) -> None:
    """The year is replayed theme by theme, so that figures of a day in spring are made from those of today."""
    lines = list(bulletin.lines.for_table())
    for line in lines:
        for name in ("item", "task", "project"):
            total = getattr(line, f"{name}_total")
            done = min(getattr(line, f"{name}_done"), int(total * share) + (line.position + total) % 2)
            setattr(line, f"{name}_done", done)
            setattr(line, f"{name}_late", min(getattr(line, f"{name}_late"), total - done))
    ranks = places([line.tally for line in lines])
    before = _places_before(bulletin)
    for line, place in zip(lines, ranks, strict=True):
        line.place = place
        line.place_before = before.get(line.organization_id)
        line.save()


def _places_before(bulletin: Bulletin) -> dict[int, int]:
    kind = BEFORE.get(BulletinKind(bulletin.kind))
    earlier = bulletin.cycle.bulletins.filter(kind=kind).first()
    return dict(earlier.lines.filter(place__isnull=False).values_list("organization", "place")) if earlier else {}


def _write(bulletin: Bulletin, row: dict[str, Any]) -> None:
    comments = row.get("comments", {})
    words = {
        line.pk: LineWords(line.findings, comments.get(line.organization.code, ""), is_named=True)
        for line in bulletin.lines.for_table()
    }
    facts = {key: row[key] for key in ("number", "opening", "common", "closing")}
    facts = {key: text.strip("\n") for key, text in facts.items()}
    if row.get("title"):
        facts["title"] = row["title"]
    edit_bulletin(bulletin, facts=facts, words=words, seen=bulletin.revision, by=account(OFFICE))


def _publish(bulletin: Bulletin, row: dict[str, Any]) -> None:
    chosen = [organization(code) for code in row.get("organizations", [])]
    audience = Audience.CHOSEN if chosen else Audience.LISTED
    publish_bulletin(bulletin, audience=audience, organizations=chosen, by=account(OFFICE))
    for person in row.get("read_by", []):
        read_bulletin(bulletin, by=account(person))
