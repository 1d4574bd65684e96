"""Large uploads on their way to the disk: when the folder for temporary files is full, the person is told in words."""

import logging
from typing import Any

from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler

logger = logging.getLogger(__name__)

NO_ROOM = "服务器的临时存储空间已满，文件没有收到。请告诉系统管理员，腾出空间后再上传；已填写的文字不受影响。"


class CarefulUploadHandler(TemporaryFileUploadHandler):
    """Nothing half written is handed on: the file goes, the fields before it stay, `request.upload_refused` says why."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        try:
            super().new_file(*args, **kwargs)
        except OSError as error:
            self._refuse(error)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        try:
            self.file.write(raw_data)
        except OSError as error:
            self.file.close()  # which deletes it
            self._refuse(error)

    def _refuse(self, error: OSError) -> None:
        logger.warning("An upload cannot be kept: %s", error)
        if self.request is not None:
            self.request.upload_refused = NO_ROOM  # type: ignore[attr-defined]
        raise StopUpload(connection_reset=False) from error
