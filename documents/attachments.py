"""Files that people hand in, on disk: stored whole or not at all, given out under the name they came with.

Whoever stores one checks it first (`documents.rules.attachments`); whoever gives one out asks for permission first.
"""

from __future__ import annotations

import contextlib
import dataclasses
import errno
import hashlib
import logging
import uuid
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404
from django.utils import timezone

from documents.rules.attachments import ALL_KINDS, CONTENT_TYPES, AttachmentRefused, check_attachment

logger = logging.getLogger(__name__)

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
NO_ROOM = "服务器存放文件的空间已满，这个文件没有保存。请告诉系统管理员，腾出空间后再上传；已填写的文字不受影响。"
NO_ACCESS = "服务器暂时不能保存文件，这个文件没有保存。请告诉系统管理员，稍后再上传；已填写的文字不受影响。"


@dataclasses.dataclass(frozen=True)
class StoredFile:
    """`path` is the server's own name within the storage, `name` the one it came with, `size` in bytes."""

    path: str
    name: str
    kind: str
    size: int
    sha256: str

    @property
    def content_type(self) -> str:
        return CONTENT_TYPES[self.kind]


@contextlib.contextmanager
def stored_files(
    uploads: list[UploadedFile], folder: str, kinds: tuple[str, ...] = ALL_KINDS
) -> Iterator[list[StoredFile]]:
    """Check all and store all, or none: what the block raises takes the files away again.

    Raises AttachmentRefused naming the file that may not be kept, or for which there is no room.
    """
    found = [_checked(upload, kinds) for upload in uploads]
    stored: list[StoredFile] = []
    try:
        for upload, kind in zip(uploads, found, strict=True):
            stored.append(_store(upload, folder, kind))
        yield stored
    except BaseException:
        for file in stored:
            remove_file(file.path)
        raise


def _checked(upload: UploadedFile, kinds: tuple[str, ...]) -> str:
    # Small uploads lie in memory, large ones in a temporary file; both can be read and rewound.
    file = cast("BinaryIO", cast("Any", upload).file)
    return check_attachment(
        upload.name or "", upload.size or 0, file, max_bytes=settings.EVIDENCE_MAX_BYTES, kinds=kinds
    )


def _store(upload: UploadedFile, folder: str, kind: str) -> StoredFile:
    path = f"{folder}/{timezone.localdate().year}/{uuid.uuid4().hex}.{kind}"
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    try:
        path = default_storage.save(path, upload)
    except OSError as error:
        logger.warning("An uploaded file cannot be stored: %s", error)
        remove_file(path)
        raise AttachmentRefused(upload.name or "", NO_ROOM if error.errno in _FULL else NO_ACCESS) from error
    return StoredFile(path, upload.name or "", kind, upload.size or 0, digest.hexdigest())


def first_look_path(path: str) -> str:
    """Where a preview of the file is kept (`documents.previews`)."""
    return f"{path}.look"


def remove_file(path: str) -> None:
    """With its preview. A file that is away already is no matter; one that cannot be removed is no reason to fail."""
    for each in (path, first_look_path(path)):
        try:
            default_storage.delete(each)
        except OSError as error:
            logger.warning("A file cannot be removed: %s", error)


def file_answer(path: str, *, name: str, content_type: str, inline: bool = False) -> FileResponse:
    """The file as a stream, of the type its content was found to be. 404 when it is lost.

    Inline only where the browser shows the type and runs nothing in it; the answer's own policy allows no request,
    script or frame, whatever the file holds.
    """
    try:
        file = default_storage.open(path, "rb")
    except FileNotFoundError as error:
        raise Http404 from error
    answer = FileResponse(file, as_attachment=not inline, filename=name, content_type=content_type)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = FILE_POLICY
    return answer


# A PDF is shown by the browser's own viewer, which styles itself.
FILE_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
