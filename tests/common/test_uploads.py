import errno
import tempfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from reporting.models import ReportAttachment
from tests.reporting.rows import write
from tests.world import build_world

pytestmark = pytest.mark.django_db


def full(self, *_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("at", ["open", "write"])
def test_a_full_temporary_folder_is_said_in_words(monkeypatch, settings, at: str) -> None:
    """As a browser sends it, with the check against forged requests, which reads the body first."""
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    world = build_world()
    write(world.reporter, by=world.user("staff"))
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.user("staff"))
    url = reverse("reporting:attachment_add", args=[world.reporter.pk])
    token = client.get(url).context["csrf_token"]
    if at == "open":
        monkeypatch.setattr("django.core.files.uploadhandler.TemporaryUploadedFile.__init__", full)
    else:
        monkeypatch.setattr(tempfile._TemporaryFileWrapper, "write", full, raising=False)
    files = [SimpleUploadedFile("大.pdf", b"%PDF-1.7" + b"x" * 5000)]
    data = {"csrfmiddlewaretoken": str(token), "place": "section-personal_duty", "files": files}
    answer = client.post(url, data)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "临时存储空间已满" in html
    assert '<option value="section-personal_duty" selected>' in html
    assert not ReportAttachment.objects.exists()
