"""Every format that records are imported from or exported to: its name, its endings, and who reads and writes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias, cast

from positions.errors import QueryError, allowed

# Imported for typing only: the command line's help lists the formats.
if TYPE_CHECKING:
    from positions.exchange.coded_file import CodedFile
    from positions.exchange.content import BookContent, Exported
    from positions.exchange.incoming import ImportSource, Incoming


class FileFormat(NamedTuple):
    """A format: ``reader``, ``writer`` and ``coded`` are ``module:function`` in this package, empty if there is none.

    ``coded`` reads a file whose codes are another tool's, so that a mapping file may have to say what they mean.
    ``endings`` are those of its files' names, the first the usual one; empty for one that only ``--format`` names.
    ``words`` are what it is for, in half a line of help; ``takes`` are the fields of
    :class:`~positions.exchange.content.ExportOptions` that its writer heeds, and ``as_of`` if it heeds that.
    """

    name: str
    endings: tuple[str, ...]
    words: str
    writer: str = ""
    reader: str = ""
    coded: str = ""
    takes: tuple[str, ...] = ()


WriteFormat: TypeAlias = "Callable[[BookContent], Exported]"
"""Return the files that hold a book's content, the same bytes for the same content; raise ``MissingExtraError`` where
the library that it takes is not installed."""
ReadFormat: TypeAlias = "Callable[[ImportSource], Incoming]"
"""Return all that a file brings; what is wrong with single records is among its findings, a broken file an error."""
ReadCoded: TypeAlias = "Callable[[ImportSource], CodedFile]"
"""Return what was coded in a file, by the tool's own codes."""
STREAMED: Final = "store.importing"
"""The reader of formats that :mod:`positions.store.importing` reads line by line, so that memory does not grow."""

FORMATS: Final[tuple[FileFormat, ...]] = (
    FileFormat("jsonl", (".jsonl", ".ndjson"), "a line of JSON a statement", "json_lines:write_json_lines", STREAMED),
    FileFormat("csv", (".csv",), "a row a statement, for a spreadsheet", "csv_file:write_csv", "csv_file:read_csv"),
    FileFormat("xlsx", (".xlsx",), "a workbook to edit and take back", "xlsx_write:write_xlsx", "xlsx_read:read_xlsx"),
    FileFormat("parquet", (".parquet",), "a row a statement, for pandas, R or DuckDB", "statistics:write_parquet"),
    FileFormat("stata", (".dta",), "a row a statement, codes with labels", "statistics:write_stata"),
    FileFormat("spss", (".sav",), "a row a statement, codes with labels", "statistics:write_spss"),
    FileFormat(
        "graphml",
        (".graphml",),
        "a network, for R, igraph or visone",
        "networks:write_graphml",
        takes=("start", "end", "as_of", "network"),
    ),
    FileFormat(
        "gexf", (".gexf",), "a network, for Gephi", "networks:write_gexf", takes=("start", "end", "as_of", "network")
    ),
    FileFormat("dna", (".dna",), "a database of the Discourse Network Analyzer", coded="dna:read_dna"),
    FileFormat(
        "datapackage",
        (),
        "all tables with their schemas in a folder, for archives and R",
        "data_package:write_data_package",
        takes=("start", "end"),
    ),
    FileFormat(
        "decide",
        (),
        "positions and saliences on a day, for the exchange model DECIDE",
        "decide:write_decide",
        coded="decide:read_decide",
        takes=("as_of", "parties"),
    ),
    FileFormat(
        "ktab",
        (),
        "positions and saliences on a day, for KTAB's spatial model",
        "ktab:write_ktab",
        coded="ktab:read_ktab",
        takes=("as_of", "parties"),
    ),
    FileFormat("csl-json", (".csl.json",), "the documents, for Zotero and pandoc", "csl:write_csl", "csl:read_csl"),
    FileFormat("ris", (".ris",), "the documents, for reference managers", "ris:write_ris", "ris:read_ris"),
    FileFormat("bibtex", (".bib",), "the documents, for LaTeX", "bibtex:write_bibtex", "bibtex:read_bibtex"),
    FileFormat(
        "refi-qda",
        (".qdpx",),
        "for NVivo, MAXQDA, ATLAS.ti",
        "refi_write:write_refi_project",
        coded="refi_read:read_refi_project",
    ),
    FileFormat(
        "refi-codebook",
        (".qdc",),
        "the codebook for them",
        "refi_write:write_refi_codebook",
        coded="refi_read:read_refi_codebook",
    ),
    FileFormat(
        "web-annotation",
        (".annotations.jsonld", ".jsonld"),
        "annotations of the web, as of Hypothesis",
        "web_annotation:write_web_annotations",
        coded="web_annotation_read:read_web_annotations",
    ),
)
"""The formats in the order of the help."""


def written_formats() -> tuple[FileFormat, ...]:
    """Return the formats that can be exported to."""
    return tuple(form for form in FORMATS if form.writer)


def read_formats() -> tuple[FileFormat, ...]:
    """Return the formats that can be imported from."""
    return tuple(form for form in FORMATS if form.reader or form.coded)


def choose_format(path: Path, name: str | None, among: Sequence[FileFormat]) -> FileFormat:
    """Return the format of a name, or without one of a file's ending; raise ``QueryError`` listing those allowed."""
    if name is not None:
        by_name = {form.name: form for form in among}
        if name not in by_name:
            raise QueryError(f"format: {allowed(name, by_name)}")
        return by_name[name]
    by_ending = {ending: form for form in among for ending in form.endings}
    ending = next((known for known in by_ending if path.name.lower().endswith(known)), path.suffix.lower())
    if ending not in by_ending:
        raise QueryError(f"{path.name}: {allowed(ending or 'no ending', by_ending)}")
    return by_ending[ending]


def writer_of(form: FileFormat) -> WriteFormat:
    """Return the function that writes a format; its module is imported when it is asked for."""
    return cast("WriteFormat", _function(form.writer))


def reader_of(form: FileFormat) -> ReadFormat:
    """Return the function that reads a format."""
    return cast("ReadFormat", _function(form.reader))


def coded_reader_of(form: FileFormat) -> ReadCoded:
    """Return the function that reads what was coded in another tool."""
    return cast("ReadCoded", _function(form.coded))


def _function(address: str) -> object:
    module, _, name = address.partition(":")
    return getattr(import_module(f"positions.exchange.{module}"), name)
