"""A hall of voters who all mark differently, and a clerk: the real actions, the real booth, synthetic people."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import json
import secrets
from collections.abc import Sequence
from decimal import Decimal

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.test import Client

from accounts.models import Organization, Person, Post, User
from accounts.rules.organizations import OrganizationKind, OrganizationLevel
from accounts.rules.roles import Role
from reporting.models import Cycle, Reporter, Scheme
from reporting.rules.schemes import GradeCode, RatingChannel, ScoringMode
from reviews.actions.ballot_rounds import (
    Issue,
    close_round,
    create_round,
    make_keys,
    open_round,
    seal_box,
    settle_issue,
)
from reviews.actions.slips import print_slips, void_slips
from reviews.models import BallotRound, Meeting
from reviews.rules.ballot_rounds import KeyMode
from reviews.rules.meetings import MeetingState
from reviews.sealing.ballots import receipt_of, seal, write_ballot
from reviews.sealing.codes import SlipCode, digest_of

GRADES = (GradeCode.GOOD, GradeCode.FAIRLY_GOOD, GradeCode.FAIR, GradeCode.POOR)


@dataclasses.dataclass
class Voter:
    """What an attacker with perfect knowledge has of one voter, and what he wants to find out: receipt and remark."""

    number: int
    code: SlipCode
    receipt: str = ""
    remark: str = ""
    submission: str = ""
    sealed: bytes = b""
    # All of his, the last one last: who changes his mind hands in twice.
    submissions: list[str] = dataclasses.field(default_factory=list)


@dataclasses.dataclass
class Hall:
    round: BallotRound
    clerk: User
    envelopes: tuple[str, ...]
    voters: list[Voter]


def set_up(voters: int, *, reporters: int = 3, items: int = 3) -> Hall:
    """An open round in which everybody has drawn a slip from a shuffled pile."""
    mark = secrets.token_hex(4)
    committee = _organization(f"{mark}", None, OrganizationLevel.COUNTY)
    clerk = _clerk(committee, mark)
    meeting = _meeting(committee, mark, reporters, items)
    (category,) = meeting.cycle.scheme.categories.all()
    facts = {
        "title": "测评",
        "mode": KeyMode.ENVELOPES,
        "smallest_group": 5,
        "grace_seconds": 0,
        "expected": voters,
    }
    round_ = create_round(meeting, facts=facts, voters={category.pk: voters}, by=clerk)
    round_, envelopes = make_keys(round_, by=clerk)
    ((pile, codes),) = print_slips(round_, by=clerk)
    secrets.SystemRandom().shuffle(codes)
    drawn, left = codes[:voters], codes[voters:]
    void_slips(round_, texts=[code.long for code in left], by=clerk)
    round_ = settle_issue(round_, piles={pile.pk: Issue(voters, len(left), 0)}, present=voters, by=clerk)
    round_ = open_round(round_, by=clerk)
    return Hall(round_, clerk, envelopes.codes, [Voter(number, code) for number, code in enumerate(drawn)])


def vote(hall: Hall, order: Sequence[Voter]) -> None:
    """Everybody votes through the booth in this order, each with marks and a remark nobody else has."""
    phone = Client(headers={"host": settings.BOOTH_HOSTS[0]}, raise_request_exception=True)
    for voter in order:
        body = fill_in(hall, voter)
        answer = phone.post("/ballots/", json.dumps(body), content_type="application/json")
        if answer.status_code != 200:
            raise RuntimeError(answer.content.decode())


def fill_in(hall: Hall, voter: Voter, *, counter: int = 1) -> dict[str, str]:
    """What the phone of this voter sends, with marks and a remark that nobody else has."""
    seed = secrets.token_hex(16)
    voter.receipt, voter.remark = receipt_of(seed), f"remark-{secrets.token_hex(8)}"
    voter.submission = secrets.token_hex(16)
    voter.submissions.append(voter.submission)
    plain = write_ballot(hall.round.description, _marks(hall, voter), counter=counter, seed=seed)
    voter.sealed = seal(plain, hall.round.public_key)
    return {"code": voter.code.long, "submission": voter.submission, "box": base64.b64encode(voter.sealed).decode()}


def shut(hall: Hall) -> None:
    close_round(hall.round, by=hall.clerk)
    hall.round = seal_box(hall.round, by=hall.clerk)


def known_orders(order: Sequence[Voter]) -> dict[str, list[int]]:
    """Every order in which somebody who saw all requests can put the voters."""
    keys = {
        "slip": lambda voter: digest_of(voter.code.long),
        "typed slip": lambda voter: digest_of(voter.code.short),
        "code": lambda voter: voter.code.long,
        "submission": lambda voter: voter.submission,
        "ciphertext": lambda voter: voter.sealed,
        "hash of ciphertext": lambda voter: hashlib.sha256(voter.sealed).hexdigest(),
        "length of ciphertext": lambda voter: len(voter.sealed),
        "seat": lambda voter: voter.number,
    }
    known = {name: [voter.number for voter in sorted(order, key=key)] for name, key in keys.items()}
    return {"time": [voter.number for voter in order]} | known


def _marks(hall: Hall, voter: Voter) -> dict[str, object]:
    """The number of the voter in base four, so that no two sheets are alike."""
    reporters = hall.round.description["reporters"]
    items = hall.round.description["items"]
    number, marks = voter.number, {}
    for reporter in reporters:
        given = {}
        for item in items:
            number, digit = divmod(number, 4)
            given[item["id"]] = {"grade": GRADES[digit]}
        marks[reporter["id"]] = {"items": given}
    first = marks[reporters[0]["id"]]
    return marks | {reporters[0]["id"]: {**first, "remark": voter.remark}}


def _organization(code: str, parent: Organization | None, level: str) -> Organization:
    row = Organization.objects.create(
        code=code, name="某党组织", parent=parent, kind=OrganizationKind.COMMITTEE, level=level
    )
    row.path = f"{parent.path if parent else ''}{row.pk}/"
    row.save(update_fields=["path"])
    return row


def _post(organization: Organization, role: str, code: str) -> Post:
    person = Person.objects.create(code=code, name="***")
    return Post.objects.create(person=person, organization=organization, title="职务", role=role)


def _clerk(committee: Organization, mark: str) -> User:
    post = _post(committee, Role.ORGANIZATION_DEPARTMENT, f"{mark}-clerk")
    return User.objects.create(username=f"{mark}-clerk", person=post.person, password=make_password(None))


def _meeting(committee: Organization, mark: str, reporters: int, items: int) -> Meeting:
    cycle = Cycle.objects.create(committee=committee, year=2026)
    scheme = Scheme.objects.create(cycle=cycle, scoring_mode=ScoringMode.GRADE, asks_remark=True)
    for place in range(1, items + 1):
        scheme.dimensions.create(
            name=f"项目{place}", max_score=Decimal(100), weight=Decimal(100) / items, position=place
        )
    scheme.categories.create(name="参会人员", weight=Decimal(100), position=1, channel=RatingChannel.ANONYMOUS)
    for place, code in enumerate(GRADES, start=1):
        scheme.grades.create(code=code, label=code, min_score=100 - place * 20, points=100 - place * 20, position=place)
    meeting = Meeting.objects.create(cycle=cycle, title="述职评议会", state=MeetingState.LIVE)
    for place in range(1, reporters + 1):
        unit = _organization(f"{mark}-{place}", committee, OrganizationLevel.TOWNSHIP)
        post = _post(unit, Role.SECRETARY, f"{mark}-s{place}")
        reporter = Reporter.objects.create(cycle=cycle, organization=unit, post=post, order=place)
        meeting.slots.create(reporter=reporter, position=place)
    return meeting
