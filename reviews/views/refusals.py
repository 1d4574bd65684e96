"""Doing a deed from a form: what is refused becomes words on the form, with everything typed still there."""

from collections.abc import Callable

from django import forms

from common.conflicts import StaleRevision
from common.flow import TransitionNotAllowed
from reporting.rules.refusals import Refusal
from reviews.actions.results import DecisionIncompleteError
from reviews.rules.closing import ClosingRefusedError
from reviews.rules.cycles import CycleBlockedError
from reviews.rules.results import ResultsError
from reviews.rules.score_sheets import NotLiveError, ScoringError

CONFLICTS = (TransitionNotAllowed, StaleRevision, NotLiveError)
INVALID = (ScoringError, ResultsError, ClosingRefusedError, CycleBlockedError, Refusal)


def refused(form: forms.Form, deed: Callable[[], object]) -> int:
    """Run `deed`. 0 when it is done; else the reason is an error of `form` and the status is returned.

    409 when somebody or something else was faster, 422 when the deed lacks something.
    """
    try:
        deed()
    except DecisionIncompleteError as error:
        for field, fault in error.faults.items():
            form.add_error(field, fault)
        return 422
    except CONFLICTS as error:
        form.add_error(None, str(error))
        return 409
    except INVALID as error:
        form.add_error(None, str(error))
        return 422
    return 0
