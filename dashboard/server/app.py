"""The app: one Dash application for one workspace, with a strict content policy and no external resources."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path
from threading import BoundedSemaphore
from typing import Final

from dash import Dash
from flask import Response

from dashboard.editing.access import MOST_BYTES
from dashboard.editing.blueprint import add_editing
from dashboard.query.source import CaseStore
from dashboard.server.answers import AT_ONCE, add_compression, share_answers
from dashboard.server.callback_checks import add_callback_checks
from dashboard.server.data_routes import add_data_routes
from dashboard.server.days_route import add_days_route
from dashboard.server.error_pages import add_error_pages
from dashboard.server.headers import add_security_headers
from dashboard.server.hosts import add_host_check
from dashboard.server.picture_routes import add_picture_routes
from dashboard.server.share_tags import SharedPages
from dashboard.server.why_route import add_why_route
from dashboard.settings import Settings
from dashboard.shell.callbacks import add_callbacks
from dashboard.shell.layout import build_shell
from positions.workspace import Workspace, open_workspace

# Two marks on a line.
_ICON: Final = (
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'>"
    "<path d='M3 8h10' stroke='#7b8792'/><rect x='1' y='5.5' width='5' height='5' fill='#E69F00'/>"
    "<circle cx='12.5' cy='8' r='2.8' fill='#CC79A7'/></svg>"
)
_PAGE: Final = (
    '<!DOCTYPE html>\n<html lang="en">\n<head>{%metas%}<title>{%title%}</title>'
    '<link rel="icon" href="/favicon.ico" type="image/svg+xml">'
    "{%css%}</head>\n<body class='first'>{%app_entry%}"
    "<noscript><p class='page'>Without JavaScript this page shows the view of its address: its links and quotes work, "
    "its controls do not.</p></noscript>{%config%}{%scripts%}{%renderer%}</body>\n</html>"
)


def create_app(
    workspace: Workspace | None = None,
    settings: Settings | None = None,
    *,
    on_load: Callable[[], None] = lambda: None,
) -> Dash:
    """Return the dashboard of a workspace, by default that of the settings; its ``server`` is the Flask app to serve.

    ``on_load`` is called whenever records were read and sorted (:func:`dashboard.server.collection.freeze_objects`).

    Raises what :func:`positions.workspace.open_workspace` raises, and ``WorkspaceError`` if the settings ask for
    editing a book that cannot be written.
    """
    settings = settings or Settings.from_environment()
    workspace = workspace or open_workspace(settings.folder)
    if settings.edit:
        workspace.require_writable()
    title = workspace.codebook.title
    app = SharedPages(
        "positions",
        title=escape(title),
        update_title="",
        assets_folder=str(Path(__file__).parent.parent / "assets"),
        index_string=_PAGE,
        # The folder named pages holds plain modules, which Dash must not register globally.
        use_pages=False,
        pages_folder="",
        serve_locally=True,
        add_log_handler=False,
        enable_mcp=False,
        # The charts are not there until a page needs them.
        suppress_callback_exceptions=True,
        meta_tags=[
            {"name": "viewport", "content": "width=device-width, initial-scale=1"},
            {"name": "color-scheme", "content": "light dark"},
        ],
    )
    # What is registered first is done last: it compresses what the others have finished.
    add_compression(app.server)
    # Forms and calls are small; a server reads no more of a request than this.
    app.server.config["MAX_CONTENT_LENGTH"] = MOST_BYTES
    app.layout = build_shell(title, settings)
    uses = {"editable": settings.edit, "embeddable": bool(settings.embed_from), "served": True}
    source = CaseStore(workspace, **uses, on_load=on_load)
    add_host_check(app.server, settings)
    add_callbacks(app, source)
    computing = BoundedSemaphore(AT_ONCE)
    share_answers(app, source, computing)
    add_days_route(app.server, source, computing)
    add_callback_checks(app)
    add_data_routes(app.server, source)
    add_why_route(app.server, source, computing)
    add_picture_routes(app.server, source)
    app.share_from = source
    # Pages without the line that names it ask for this address.
    app.server.add_url_rule("/favicon.ico", "icon", lambda: Response(_ICON, mimetype="image/svg+xml"))
    add_error_pages(app.server, source)
    add_editing(app.server, source, settings)
    add_security_headers(app, settings)
    return app
