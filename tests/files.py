"""Small files as programs make them, whole enough to be opened."""

import io
import zipfile

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def _pdf() -> bytes:
    file = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(file, static_id=True)
    return file.getvalue()


def picture(kind: str = "PNG", size: tuple[int, int] = (8, 6)) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, "red").save(file, kind)
    return file.getvalue()


def office(parts: dict[str, str]) -> bytes:
    """A zip archive with these parts, as an office program packs its documents."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {"[Content_Types].xml": TYPES, **parts}.items():
            archive.writestr(name, text)
    return file.getvalue()


PDF = _pdf()
PNG, JPG = picture(), picture("JPEG")
DOCX = office({"word/document.xml": "x"})
XLSX = office({"xl/workbook.xml": "x"})
PPTX = office({"ppt/presentation.xml": "x"})


def upload(name: str = "会议记录.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="text/html")
