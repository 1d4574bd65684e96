"""What comes of a result: a letter to sign for, a correction to answer."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.rules.roles import SUBMITTING_ROLES
from overview.duties.duty import Duty
from reviews.models import Correction, FeedbackLetter
from reviews.rules.corrections import CorrectionState
from reviews.rules.results import DECIDING_ROLES


def letters_to_sign(user: User) -> Iterator[Duty]:
    letters = FeedbackLetter.objects.unread().filter(
        reporter__organization__in=user.organizations_as(*SUBMITTING_ROLES)
    )
    for letter in letters.for_table():
        title = _("%(year)s年度反馈意见书") % {"year": letter.reporter.cycle.year}
        url = reverse("reviews:letter_show", args=[letter.pk])
        yield Duty(title, _("请阅读并签收，对照意见整改。"), url, _("阅读并签收"), tone="urgent")


def corrections_to_answer(user: User) -> Iterator[Duty]:
    """Proposed by somebody else of the committee whose results they are."""
    waiting = Correction.objects.filter(
        state=CorrectionState.PROPOSED,
        result__reporter__cycle__committee__in=user.organizations_as(*DECIDING_ROLES),
    ).exclude(proposed_by=user.pk)
    for correction in waiting.select_related("result__reporter__organization", "result__reporter__post__person"):
        title = _("更正审定结果：%(who)s") % {"who": correction.result.reporter}
        url = reverse("reviews:result_show", args=[correction.result.reporter_id])
        yield Duty(title, _("有一项更正等待另一人批准。"), url, _("去办理"), tone="urgent")
