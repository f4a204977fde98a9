"""Write a report as the bytes of a file, in any format, and read it back from JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from positions.errors import DataError, Finding, MissingExtraError, QueryError, allowed
from positions.files.reading import decode, json_object, model_findings, read_bytes
from positions.snapshot.render import FORMATS, render_report
from positions.snapshot.report import Report

ALL_FORMATS: Final = (*FORMATS, "csv", "pdf", "docx")
"""The file formats: the text formats, a zip of CSV tables, PDF and Word, whose extras have their names."""
SUFFIXES: Final = {"html": ".html", "md": ".md", "json": ".json", "csv": ".zip", "pdf": ".pdf", "docx": ".docx"}
"""What a report's file ends in, by its format."""
ENDINGS: Final = {suffix: fmt for fmt, suffix in SUFFIXES.items()} | {".htm": "html"}
"""The format of a report by its file's ending."""
BINARY: Final = ("csv", "pdf", "docx")
"""The formats that are not text."""


def report_bytes(report: Report, fmt: str, *, template: Path | None = None) -> bytes:
    """Write a report in a format of :data:`ALL_FORMATS`; the same report gives the same bytes.

    Raises ``QueryError`` for another format, or a template that cannot be used, and ``MissingExtraError`` if the
    format needs an extra that is not installed.
    """
    if fmt not in ALL_FORMATS:
        raise QueryError(f"format: {allowed(fmt, ALL_FORMATS)}")
    if fmt == "csv":
        from positions.snapshot.csv_tables import zip_tables

        return zip_tables(report)
    if fmt == "pdf":
        return pdf_bytes(render_report(report, "html", template=template))
    if fmt == "docx":
        from positions.snapshot.word.writer import word_bytes

        return word_bytes(render_report(report, "html", template=template), report)
    return render_report(report, fmt, template=template).encode()


def pdf_bytes(page: str) -> bytes:
    """Return an HTML page as PDF with bookmarks, page numbers and embedded fonts; nothing may be fetched for it."""
    try:
        from weasyprint import HTML
    except (ImportError, OSError):
        raise MissingExtraError("PDF", "pdf") from None
    import hashlib

    def nothing(url: str, *_: object, **__: object) -> None:
        raise ValueError(f"a report asks for nothing, and not for {url}")

    # The library would use a random identifier: the same page must give the same bytes.
    name = hashlib.sha256(page.encode()).digest()[:16]
    return bytes(HTML(string=page, url_fetcher=nothing).write_pdf(pdf_identifier=name, pdf_tags=True))


def read_report(path: Path) -> Report:
    """Read a report from a JSON file; raise ``DataError`` with a finding for each invalid field."""
    return parse_report(decode(read_bytes(path), where=path.name), where=path.name)


def parse_report(text: str, *, where: str) -> Report:
    """Read a report from JSON text; ``where`` names the text in the findings of a ``DataError``."""
    from pydantic import ValidationError

    fields = json_object(text, where=where)
    if isinstance(fields, Finding):
        raise DataError([fields])
    try:
        return Report.model_validate_json(text)
    except ValidationError as error:
        raise DataError(model_findings(error, Report, where=where)) from None
