"""Uploads of which the SHA-256 alone is wanted: nothing of them is kept, in memory or on disk."""

import hashlib
import time

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload


class SumUploadHandler(FileUploadHandler):
    """Give each uploaded file as an empty one that has a ``sha256`` and its ``size``.

    An upload that takes longer than a download may is cut off.
    """

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.digest = hashlib.sha256()
        self.deadline = time.monotonic() + settings.DOWNLOAD_SECONDS

    def receive_data_chunk(self, raw_data, start):
        if time.monotonic() > self.deadline:
            raise StopUpload(connection_reset=True)
        self.digest.update(raw_data)

    def file_complete(self, file_size):
        file = ContentFile(b"", name=self.file_name)
        file.size, file.sha256 = file_size, self.digest.hexdigest()
        return file
