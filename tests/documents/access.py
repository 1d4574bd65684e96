"""Role × URL of documents. Looked at: a failed paper about the township 甲乡."""

from typing import Any

from tests.documents.rows import make_document
from tests.world import ROLES, World


def row(default: int, **other: int) -> dict[str, int]:
    return dict.fromkeys(ROLES, default) | {"anonymous": 302} | other


# Who prepares and leads the reviews of the county, and the township itself.
READ = {"secretary": 200, "staff": 200, "clerk": 200, "leader": 200}

TABLE: dict[str, dict[str, int]] = {
    # POST of nobody: back to the list, which is for those who keep accounts.
    "documents:slip_print": row(403, clerk=302, administrator=302, sibling_clerk=302),
    "documents:document_list": row(200),
    "documents:document_show": row(404, **READ),
    # It failed, so there is no file: back to its page, which says why.
    "documents:document_download": row(404, **dict.fromkeys(READ, 302)),
    # The county's clerk asked for it.
    "documents:document_retry": row(404, secretary=403, staff=403, clerk=302, leader=403),
}


def objects(world: World) -> dict[str, dict[str, Any]]:
    document = make_document(
        world.reporter, world.county, world.user("clerk"), organization=world.township, state="failed"
    )
    key = {"pk": document.pk}
    return {f"documents:document_{verb}": key for verb in ("show", "download", "retry")}
