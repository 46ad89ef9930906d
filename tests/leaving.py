"""What a file that leaves could do to whoever opens it, by its form: formulas, links and markup that somebody typed."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator

import openpyxl
import pypdfium2
from lxml import etree

from data.characters import without_nothing

ELSEWHERE = "ailleurs.example"
# What a cell of a spreadsheet begins with to be worked out, unless it is a number.
_FORMULA = re.compile(r"[\s']{0}[=+\-@\t\r＝＋－＠]")
_NUMBER = re.compile(r"[+-]?[\d\s.,\u00a0\u202f]+%?")
_ZIPPED = ("zip", "docx", "pptx", "xlsx")


def faults_of(name: str, content: bytes) -> list[str]:
    """What is wrong with a file, each with the name of the file or of the part in it; none where all is well."""
    form = name.rpartition(".")[2].lower()
    found = list(_CHECKS[form](content)) if form in _CHECKS else [f"no check of .{form}"]
    if form in _ZIPPED:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            for part in parts.namelist():
                inside = part.rpartition(".")[2].lower()
                if inside in _CHECKS:
                    found += faults_of(part, parts.read(part))
                elif form == "zip" or inside not in ("png", "bin", "ttf", "jpeg", "emf", "wmf"):
                    found.append(f"no check of .{inside} in .{form}")
    return [f"{name}: {fault}" for fault in found]


def _of_table(content: bytes, separators: str = ";,\t\n") -> Iterator[str]:
    text = _read(content)
    yield from _of_text(content)
    for separator in separators:
        lines = (
            text.splitlines()
            if separator == "\n"
            else [c for row in csv.reader(io.StringIO(text), delimiter=separator) for c in row]
        )
        for cell in lines:
            if _FORMULA.match(cell.strip(' "')) and not _NUMBER.fullmatch(cell.strip()):
                yield f"formula {cell[:60]!r} where cells are parted by {separator!r}"


def _of_text(content: bytes) -> Iterator[str]:
    text = _read(content)
    if text != without_nothing(text):
        yield "characters that stand for nothing"


def _read(content: bytes) -> str:
    return content.decode("utf-8-sig")


def _of_markdown(content: bytes) -> Iterator[str]:
    yield from _of_text(content)
    if re.search(rf"(?<!\\)\]\(https?://{ELSEWHERE}", _read(content)):
        yield "a link that somebody typed"


def _of_json(content: bytes) -> Iterator[str]:
    yield from _of_text(content)
    json.loads(content)


def _of_markup(content: bytes) -> Iterator[str]:
    """XML, and HTML that is written as such."""
    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, huge_tree=True))
    for element in root.iter(etree.Element):
        if any(str(key).lower().startswith("on") for key in element.attrib) and "src" in element.attrib:
            yield "markup that somebody typed"
        if any(
            ELSEWHERE in str(value)
            for key, value in element.attrib.items()
            if etree.QName(key).localname in ("href", "Target", "src")
        ):
            yield "a link that somebody typed"
        if etree.QName(element).localname == "f" and ELSEWHERE in (element.text or ""):
            yield "a formula that somebody typed"


def _of_page(content: bytes) -> Iterator[str]:
    root = etree.fromstring(content, etree.HTMLParser(encoding="utf-8"))
    if root.xpath("//*[@onerror]"):
        yield "markup that somebody typed"
    if any(ELSEWHERE in link for link in root.xpath("//a/@href | //img/@src")):
        yield "a link that somebody typed"


def _of_book(content: bytes) -> Iterator[str]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    for page in book:
        for row in page.iter_rows():
            for cell in row:
                if cell.data_type == "f" and ELSEWHERE in str(cell.value):
                    yield f"formula in {page.title} {cell.coordinate}"
                if cell.hyperlink is not None and ELSEWHERE in str(cell.hyperlink.target):
                    yield f"link in {page.title} {cell.coordinate}"


def _of_paper(content: bytes) -> Iterator[str]:
    document = pypdfium2.PdfDocument(content)
    if not len(document):
        yield "no page"
    if f"/URI (https://{ELSEWHERE}".encode() in content or f"/URI(https://{ELSEWHERE}".encode() in content:
        yield "a link that somebody typed"


def _of_calendar(content: bytes) -> Iterator[str]:
    import icalendar

    yield from _of_text(content)
    icalendar.Calendar.from_ical(content)


def _of_picture(content: bytes) -> Iterator[str]:
    if not content.startswith((b"\x89PNG", b"\xff\xd8")):
        yield "no picture"


def _none(_content: bytes) -> Iterator[str]:
    return iter(())


_CHECKS: dict[str, Callable[[bytes], Iterator[str]]] = {
    "csv": _of_table, "tsv": _of_table, "txt": _of_text, "md": _of_markdown, "json": _of_json, "geojson": _of_json, "xml": _of_markup,
    "rels": _of_markup, "svg": _of_markup, "html": _of_page, "xlsx": _of_book, "pdf": _of_paper, "ics": _of_calendar,
    "png": _of_picture,
    # What they hold is looked at part by part.
    "zip": _none, "docx": _none, "pptx": _none, "yaml": _of_text, "yml": _of_text, "parquet": _none, "vml": _of_markup,
}  # fmt: skip
