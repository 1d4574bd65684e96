"""Class of the years and contact points of the demo county (S-20, S-21)."""

from typing import Any

from accounts.actions.classes import set_class
from accounts.actions.contacts import add_visit, create_contact
from overview.demo.cast import COUNTY, clerk, on, organization, post
from overview.demo.source import read


def load_standing() -> None:
    source = read("standing_2026")
    weak = {(row["organization"], row["year"]): row for row in source["weak"]}
    for year, ranks in source["classes"].items():
        with on(f"{year}-11-10"):
            for rank, codes in ranks.items():
                for code in codes:
                    _set_class(code, int(year), rank, weak.get((code, int(year)), {}))
    with on("2026-11-12"):
        for row in source["contacts"]:
            _load_contact(row)


def _set_class(code: str, year: int, rank: str, weak: dict[str, Any]) -> None:
    facts: dict[str, Any] = {"rank": rank, "is_weak": bool(weak)}
    if weak:
        facts |= {key: weak.get(key) for key in ("started_on", "finished_on")}
        facts |= {"leader": post(weak["leader"], COUNTY), "note": weak["note"]}
    set_class(organization(code), year=year, facts=facts, seen=0, by=clerk())


def _load_contact(row: dict[str, Any]) -> None:
    contact = create_contact(
        organization(row["organization"]), leader=post(row["leader"], COUNTY), year=2026, by=clerk()
    )
    for visit in row["visits"]:
        day = {"date": visit.get("date"), "date_text": visit.get("date_text", "")}
        add_visit(contact, **day, note=visit["note"], by=clerk())
