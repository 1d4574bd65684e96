"""Role × URL of anonymous ballots: a round that was counted, so that every deed is refused in words and nothing else."""

from typing import Any

from reviews.models import BallotRemark, BallotRound, SealedOutput
from reviews.rules.ballot_rounds import RoundState
from reviews.rules.sheets import Sheet
from tests.reviews.rows_of_scoring import make_meeting
from tests.world import ROLES, World


def row(default: int, **other: int) -> dict[str, int]:
    return dict.fromkeys(ROLES, default) | {"anonymous": 302} | other


OUTSIDE = {"administrator": 404, "sibling_clerk": 404, "attendee": 404}
LOOK = row(403, clerk=200, leader=200, supervision=200, **OUTSIDE)
CLERK = row(403, clerk=200, **OUTSIDE)
CLERK_POSTS = row(403, clerk=302, **OUTSIDE)

TABLE: dict[str, dict[str, int]] = {
    "reviews:round_list": LOOK,
    "reviews:round_create": CLERK,
    "reviews:round_show": LOOK,
    "reviews:round_edit": CLERK,
    "reviews:round_make_keys": CLERK_POSTS,
    "reviews:slip_print": CLERK_POSTS,
    "reviews:slip_void": CLERK,
    "reviews:round_settle": CLERK,
    "reviews:round_open": CLERK_POSTS,
    "reviews:round_close": CLERK_POSTS,
    "reviews:round_resume": CLERK_POSTS,
    "reviews:round_seal": CLERK_POSTS,
    "reviews:round_count": CLERK_POSTS,  # the box is not shut yet
    "reviews:round_destroy": CLERK_POSTS,
    "reviews:round_void": CLERK,
    "reviews:tally_show": LOOK,
    "reviews:tally_paper": row(403, clerk=302, leader=302, supervision=302, **OUTSIDE),
    "reviews:output_download": CLERK,
    "reviews:ballot_remark_list": LOOK,
    "reviews:ballot_remark_decide": CLERK_POSTS,
    "reviews:recount_download": row(200),
    # Last, since it is done: by somebody else than the clerk who asked for it.
    "reviews:round_agree_void": row(403, leader=302, supervision=302, **OUTSIDE),
}


def objects(world: World) -> dict[str, dict[str, Any]]:
    meeting = make_meeting(world.cycle, title="无记名测评的会")
    round_ = BallotRound.objects.create(
        meeting=meeting,
        title="民主测评",
        state=RoundState.COUNTED,
        void_reason="试一试",
        void_asked_by=world.user("clerk"),
        description=Sheet("民主测评", "grade", (), (), ()).as_json(),
    )
    SealedOutput.objects.create(round=round_, text="{}", digest="0" * 64, signature="0" * 128)
    remark = BallotRemark.objects.create(round=round_, reporter=world.reporter, text="多到村里走走")
    of_round = {"pk": round_.pk}
    return {
        **dict.fromkeys(TABLE, of_round),
        "reviews:round_list": {"pk": meeting.pk},
        "reviews:round_create": {"pk": meeting.pk},
        "reviews:ballot_remark_decide": {"pk": remark.pk},
        "reviews:recount_download": {},
    }
