"""What may be uploaded, anywhere on the site: into memory, and no more than 15 MB."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload
from django.http import HttpRequest

LARGEST = 15 * 1024 * 1024
HOPELESS = 200 * 1024 * 1024


class BoundedUpload(FileUploadHandler):
    """Takes an upload into memory, and lets go of one that is too large while it is still coming.

    The rest of the form is read to its end, so that nothing else that was sent is lost.
    """

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.too_large = False
        self.kept = BytesIO()

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *args: Any) -> None:  # noqa: N803
        """Hang up on what would keep us reading for minutes."""
        if content_length > HOPELESS:
            raise StopUpload(connection_reset=True)

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.kept = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep a piece, or skip the whole file once it is too much."""
        if start + len(raw_data) > LARGEST:
            self.too_large = True
            self.kept = BytesIO()
            raise SkipFile
        self.kept.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.kept.seek(0)
        return InMemoryUploadedFile(
            self.kept, self.field_name, self.file_name or "", self.content_type, file_size, self.charset
        )


def too_large(request: HttpRequest) -> bool:
    """Say whether a file that came with the form was let go for its size."""
    _read = request.FILES  # only reading the form finds out
    return any(isinstance(h, BoundedUpload) and h.too_large for h in request.upload_handlers)
