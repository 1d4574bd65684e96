"""A ballot that arrives while the box is being shut, on the database that servers use."""

import threading
import time

import pytest
from django.db import connection, transaction

from reviews.actions.ballot_rounds import hold_box
from reviews.models import BallotRound, SealedBallot
from reviews.rules.ballot_rounds import RoundState
from reviews.rules.booth import NotAcceptingError
from tests.reviews.rows_of_ballots import make_round, open_up
from tests.world import build_world

WAITING = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one write at a time")
def test_a_ballot_that_waited_for_the_shutting_of_the_box_is_not_in_it() -> None:
    made = open_up(make_round(build_world()))
    code = made.slips["A"][0]
    answers: list[str] = []

    def send() -> None:
        try:
            made.vote(code, {})
            answers.append("taken")
        except NotAcceptingError as error:
            answers.append(str(error))
        finally:
            connection.close()

    phone = threading.Thread(target=send)
    with transaction.atomic():
        hold_box(made.row.pk, shared=False)
        phone.start()
        with connection.cursor() as cursor:
            for _ in range(200):
                cursor.execute(WAITING)
                if cursor.fetchone()[0]:
                    break
                time.sleep(0.05)
            else:
                raise AssertionError("the phone never waited for the box")
        BallotRound.objects.filter(pk=made.row.pk).update(state=RoundState.SEALED)
    phone.join(10)
    assert answers == ["投票已经截止，不能再提交。"]
    assert not SealedBallot.objects.exists()
