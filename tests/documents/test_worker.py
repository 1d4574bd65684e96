"""Real processes: a worker is killed in the middle of a document, the broker is away."""

import json
import time
from collections.abc import Callable

import pytest

from documents.rules.documents import LOST_SECONDS
from tests.services import free_port
from tests.stack import Stack

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("font_set")]

ASK = """
import time
from accounts.models import Organization, User
from documents.actions.documents import request_document
from tests.factories import make_organization, make_user
from tests.documents import rows
committee = Organization.objects.first() or make_organization()
user = User.objects.first() or make_user("organization_department", committee)
began = time.monotonic()
document = request_document(paper="tests.documents.rows.{paper}", subject=committee, title="述职报告", committee=committee, by=user)
print(document.pk, time.monotonic() - began)
"""
LOOK = """
import json
from documents.models import Document
document = Document.objects.get(pk={pk})
files = sorted(path.name for path in document.path.parent.glob(f"document-{pk}-*"))
print(json.dumps([document.state, document.attempt, document.reason, files]))
"""


def ask(stack: Stack, paper: str) -> tuple[int, float]:
    pk, seconds = stack.python(ASK.format(paper=paper)).split()
    return int(pk), float(seconds)


def wait_for(stack: Stack, pk: int, told: Callable[[list], bool], seconds: float) -> list:
    deadline = time.monotonic() + seconds
    while not told(seen := json.loads(stack.python(LOOK.format(pk=pk)))):
        assert time.monotonic() < deadline, f"{seen}\n{stack.logs()}"
        time.sleep(0.2)
    return seen


def test_a_killed_worker_s_document_is_finished_by_another(stack: Stack) -> None:
    pk, _ = ask(stack, "slow")
    assert wait_for(stack, pk, lambda seen: seen[0] == "rendering", 40)[1] == 1
    stack.kill_worker()
    (stack.folder / "media").mkdir(exist_ok=True)
    (stack.folder / "media" / "go").touch()
    stack.start_worker()
    seen = wait_for(stack, pk, lambda seen: seen[0] not in ("queued", "rendering"), LOST_SECONDS * 2 + 40)
    assert seen == ["ready", 2, "", [f"document-{pk}-2.pdf"]]


def test_a_broker_that_is_away_delays_nothing_and_loses_nothing(stack: Stack) -> None:
    if stack.kind == "embedded":
        pytest.skip("there is no broker to be away")
    away = Stack(stack.kind, stack.folder, stack.env | {"REDIS_URL": f"redis://127.0.0.1:{free_port()}/0"})
    pk, seconds = ask(away, "content")
    assert seconds < 2  # 0.01 s, but for the first import; without limits of its own, 6 s
    seen = wait_for(stack, pk, lambda seen: seen[0] == "ready", LOST_SECONDS * 2 + 40)
    assert seen == ["ready", 1, "", [f"document-{pk}-1.pdf"]]
