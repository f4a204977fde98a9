"""What a format is written from, and what it hands over: a book's records in force, and the bytes of files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final

from positions.model.codebook import Codebook
from positions.model.document import Document
from positions.model.network_choices import DEFAULT_NETWORK, NetworkChoices
from positions.model.query import EVERYTHING, Query
from positions.model.revision import Record

if TYPE_CHECKING:
    from positions.workspace.panel_tables import PanelTables
    from positions.workspace.workspace import Workspace

ONLY: Final = ""
"""The name of a file that is the whole export: the target itself."""


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What a user asks of an export beside its format; a format takes what concerns it.

    ``start`` and ``end`` bound the days on which something was said, both inclusive; ``network`` is how a network is
    built, ``parties`` whose positions are exported (empty: those compared by default). A format names in its line of
    the registry the options that it takes.
    """

    start: date | None = None
    end: date | None = None
    network: NetworkChoices = DEFAULT_NETWORK
    parties: tuple[str, ...] = ()


NO_OPTIONS: Final = ExportOptions()


@dataclass(frozen=True, slots=True)
class BookContent:
    """What a book holds in force at a query: what every format is written from.

    ``documents`` come with their texts, in order of id, ``records`` (statements with their outlet and the instant of
    recording) likewise; ``head`` identifies the log that they are from. ``options`` are the user's.
    ``tables`` computes positions and distances over the days of the options, where there is a workspace to ask.
    """

    codebook: Codebook
    documents: tuple[Document, ...]
    records: tuple[Record, ...]
    head: str
    query: Query = EVERYTHING
    options: ExportOptions = NO_OPTIONS
    tables: Callable[[], PanelTables] | None = None


@dataclass(frozen=True, slots=True)
class Exported:
    """The files of an export and what they could not hold.

    ``files`` maps a path below the target to its bytes; :data:`ONLY` is the target itself. ``left_out`` says in a line
    each what the format has no place for, such as ``3 conditions: REFI-QDA has no field for them``. ``summary``
    names what was written if it is not all statements.
    """

    files: Mapping[str, bytes]
    left_out: tuple[str, ...] = field(default=())
    summary: str = ""


def collect_content(
    workspace: Workspace, query: Query = EVERYTHING, *, options: ExportOptions = NO_OPTIONS
) -> BookContent:
    """Return what a workspace's book holds in force at a query, documents with their texts."""
    known = workspace.known(query)
    documents = tuple(sorted(known.documents.values(), key=lambda document: document.id))
    # The head of what was read just now: others may have recorded more since.
    codebook, head = workspace.codebook_for(query), str(workspace.head_at(query.known_at))

    def tables() -> PanelTables:
        from positions.workspace.panel_tables import build_panel_tables

        return build_panel_tables(workspace, query, start=options.start, end=options.end)

    return BookContent(codebook, documents, tuple(known.records), head, query, options, tables)
