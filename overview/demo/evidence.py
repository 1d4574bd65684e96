"""Files beside two reports of 2026: a table as plain text, and a drawing of where the new plant stands."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from overview.demo.cast import account
from reporting.actions.attachments import add_attachments
from reporting.models import DutyReport

TABLES = {
    "QX-T03": (
        "粮食烘干厂入股和分红台账.txt",
        "7个村入股：各16万元；扶持资金74万元；合计186万元。\n6月28日投用，秋收烘干粮食2140吨，分红37.8万元。\n",
    ),
    "QX-Q01": ("基层组织建设情况.txt", "本年度走访***户，开展主题党日XX次，明细见各支部记录本。\n"),
}


def attach_files(report: DutyReport, code: str, person: str) -> None:
    if code not in TABLES:
        return
    name, text = TABLES[code]
    files = [SimpleUploadedFile(name, text.encode())]
    if code == "QX-T03":
        files.append(SimpleUploadedFile("烘干厂位置示意图.png", _drawing()))
    add_attachments(report, place="section-achievements", files=files, by=account(person))


def _drawing() -> bytes:
    sheet = Image.new("RGB", (960, 600), "#f7f3ea")
    pen = ImageDraw.Draw(sheet)
    pen.line([(0, 470), (330, 420), (640, 470), (960, 410)], fill="#7da7c4", width=26)
    pen.rectangle([(420, 180), (640, 330)], outline="#8a1c1c", width=6)
    pen.polygon([(400, 180), (530, 90), (660, 180)], outline="#8a1c1c", width=6)
    for x, y in [(120, 150), (210, 300), (300, 120), (760, 150), (860, 280), (720, 330), (130, 360)]:
        pen.ellipse([(x - 14, y - 14), (x + 14, y + 14)], fill="#3f5f3f")
        pen.line([(x, y), (530, 255)], fill="#9a9a8a", width=2)
    out = io.BytesIO()
    sheet.save(out, "PNG")
    return out.getvalue()
