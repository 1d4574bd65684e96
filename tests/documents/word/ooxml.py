"""Word files built part by part, as Word and WPS write them."""

import io
import zipfile
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMES = (
    f'xmlns:w="{MAIN}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
PARTS = ("styles", "numbering", "footnotes", "endnotes")


def word_file(
    body: str, *, main: str = "word/document.xml", extra: dict[str, str] | None = None, **parts: str
) -> bytes:
    """A .docx with this body; `styles`, `numbering`, `footnotes`, `endnotes` are the insides of those parts."""
    folder, name = main.rsplit("/", 1)
    files = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": relations({"officeDocument": main}),
        main: f"<w:document {NAMES}><w:body>{body}<w:sectPr/></w:body></w:document>",
        f"{folder}/_rels/{name}.rels": relations({part: f"{part}.xml" for part in parts}),
    }
    files |= {f"{folder}/{part}.xml": f"<w:{part} {NAMES}>{inside}</w:{part}>" for part, inside in parts.items()}
    return archive(files | (extra or {}))


def archive(files: dict[str, str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in files.items():
            package.writestr(name, text)
    return file.getvalue()


def relations(targets: dict[str, str]) -> str:
    rows = (
        f'<Relationship Id="r{at}" Type="{RELATIONS}/{role}" Target="{target}"/>'
        for at, (role, target) in enumerate(targets.items())
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{"".join(rows)}</Relationships>'


def t(text: str) -> str:
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>'


def r(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr>{t(text)}</w:r>"


def p(inside: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def in_list(text: str, depth: int = 0, name: int = 1) -> str:
    return p(r(text), f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{name}"/></w:numPr>')


def levels(*of: tuple[str, str], name: int = 1) -> str:
    """An abstract numbering with levels (format, text), and the list of the same number that uses it."""
    rows = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{sign}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (sign, text) in enumerate(of)
    )
    return f'<w:abstractNum w:abstractNumId="{name}">{rows}</w:abstractNum>'


def lists(*names: int, of: int = 1) -> str:
    return "".join(f'<w:num w:numId="{name}"><w:abstractNumId w:val="{of}"/></w:num>' for name in names)


CHINESE = levels(
    ("chineseCountingThousand", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."), ("decimal", "（%4）")
) + lists(1)


def inserted(inside: str) -> str:
    return f'<w:ins w:id="1" w:author="a">{inside}</w:ins>'


def deleted(text: str) -> str:
    return f'<w:del w:id="2" w:author="a"><w:r><w:delText>{escape(text)}</w:delText></w:r></w:del>'


def text_box(*paragraphs: str) -> str:
    """As Word writes it: once for new readers, once more for old ones."""
    inside = f"<w:txbxContent>{''.join(p(r(text)) for text in paragraphs)}</w:txbxContent>"
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{inside}</wps:txbx></w:drawing>'
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{inside}</v:textbox></w:pict></mc:Fallback>"
        f"</mc:AlternateContent></w:r>"
    )


def table(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<w:tc>{p(r(text))}</w:tc>" for text in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"
