"""The editing pages of an app: sign-in, access checks and the pages themselves; 404 if editing is off."""

from __future__ import annotations

import hmac
from pathlib import Path
from typing import Any

from flask import Blueprint, Flask, Response, abort, make_response, redirect, render_template, request, session, url_for
from werkzeug.exceptions import HTTPException

from dashboard.editing.access import (
    MOST_BYTES,
    MOST_UPLOAD,
    AttemptLimiter,
    attempt_source,
    constant_time_equal,
    form_secret,
    knows_secret,
    refuse_foreign,
    refuse_outsider,
    sign_in,
    sign_out,
)
from dashboard.editing.codebook_page import add_codebook
from dashboard.editing.coding_page import CODER, add_coding
from dashboard.editing.conflicts_page import add_conflicts
from dashboard.editing.cookies import session_key
from dashboard.editing.desk import Desk
from dashboard.editing.document_page import add_documents
from dashboard.editing.extraction_page import add_extraction
from dashboard.editing.marked_text import escape_exactly
from dashboard.editing.review_page import add_review
from dashboard.editing.statement_page import add_records
from dashboard.editing.versions_page import add_versions
from dashboard.query.source import CaseStore
from dashboard.settings import Settings
from positions.errors import PositionsError, QueryError
from positions.workspace import user_name

_PUBLIC_ENDPOINTS = ("edit.login", "edit.enter", "edit.static")
"""The endpoints that are served before the token is given."""
LONGEST_NAME = 80
"""The most characters of a coder's name."""


def add_editing(server: Flask, source: CaseStore, settings: Settings) -> None:
    """Add the editing pages to a server, or answer 404 at their addresses if editing is off."""
    if not settings.edit:
        # The dashboard answers any address; without this, a switched-off page would look like one of its own.
        for rule in ("/edit", "/edit/", "/edit/<path:_path>"):
            server.add_url_rule(rule, f"no {rule}", lambda _path="": abort(404), methods=["GET", "POST"])
        return
    key = session_key(settings, Path(source.folder))
    server.secret_key = key
    server.config.update(
        # Cookies ignore ports: two dashboards on one machine must not overwrite each other's.
        SESSION_COOKIE_NAME=f"positions-edit-{hmac.digest(key, b'name', 'sha256').hex()[:8]}",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Strict",
        SESSION_COOKIE_PATH="/edit",
    )
    server.jinja_env.filters["exact"] = escape_exactly
    pages = Blueprint("edit", __name__, url_prefix="/edit", template_folder="templates", static_folder="static")
    desk = Desk(source)
    _add_access_checks(pages, settings)
    _add_template_variables(pages, desk, settings)
    _add_sign_in(pages, settings)
    add_coding(pages, desk)
    add_documents(pages, desk, add_extraction(pages, desk))
    add_records(pages, desk)
    add_review(pages, desk)
    add_codebook(pages, desk)
    add_versions(pages, desk)
    add_conflicts(pages, desk)
    # The dashboard answers any other address with itself.
    pages.add_url_rule("/<path:_path>", "nowhere", lambda _path: abort(404))
    server.register_blueprint(pages)


def _add_access_checks(pages: Blueprint, settings: Settings) -> None:
    pages.before_request(lambda: _check_request(settings))

    @pages.after_request
    def forbid_caching(response: Response) -> Response:
        if request.endpoint != "edit.static":
            response.headers["Cache-Control"] = "no-store"
        return response

    @pages.errorhandler(PositionsError)
    def answer_error(error: PositionsError) -> Response:
        if isinstance(error, QueryError):
            return _message_page("There is no such page", str(error), 404)
        return _message_page("This could not be done", str(error), 503)

    @pages.errorhandler(HTTPException)
    def answer_http_error(error: HTTPException) -> Response:
        return _message_page(error.name, error.description or "", error.code or 500)


def _check_request(settings: Settings) -> Any:
    """Return ``None`` to let a request through, or the response that refuses it."""
    request.max_content_length = request.max_form_memory_size = (
        MOST_UPLOAD if request.endpoint == "edit.read_document" else MOST_BYTES
    )
    is_post = request.method == "POST"
    why = ("" if settings.token else refuse_outsider(request)) or (refuse_foreign(request.headers) if is_post else "")
    if why:
        return _message_page("This was refused", why, 403)
    if settings.token and not session.get("in") and request.endpoint not in _PUBLIC_ENDPOINTS:
        if not is_post:
            return redirect(url_for("edit.login", to=request.full_path.rstrip("?")))
        return _message_page("You are not signed in", "Sign in again in another tab, then go back and repeat.", 403)
    if is_post and not knows_secret(request.form.get("secret", "")):
        advice = "This form belongs to an earlier start of the dashboard. Load its page again, then repeat."
        return _message_page("This was refused", advice, 403)
    if not settings.token or session.get("in"):
        request.environ[CODER] = coder_of(settings)
    return None


def _message_page(title: str, why: str, status: int) -> Response:
    return make_response(render_template("edit/message.html", title=title, why=why), status)


def _add_template_variables(pages: Blueprint, desk: Desk, settings: Settings) -> None:
    @pages.context_processor
    def template_variables() -> dict[str, Any]:
        coder = request.environ.get(CODER, "")
        return {
            "secret": form_secret(),
            "coder": coder,
            "signed": bool(settings.token and coder),
            # Nothing about the case before sign-in.
            "case_title": desk.codebook.title if coder else "",
            "conflict_count": len(desk.open_conflicts()) if coder else 0,
        }


def coder_of(settings: Settings) -> str:
    """Return the name to record: the one given with the token, else that of the settings, else the user's."""
    return str(session.get("coder") or settings.coder or user_name())


def _add_sign_in(pages: Blueprint, settings: Settings) -> None:
    limiter = AttemptLimiter()

    @pages.get("/login")
    def login() -> Any:
        if not settings.token or session.get("in"):
            return redirect("/edit/")
        return _login_page(settings, request.args.get("to", ""))

    @pages.post("/login")
    def enter() -> Any:
        to, address = request.form.get("to", ""), attempt_source(request, settings.proxy)
        if limiter.must_wait(address):
            return _login_page(settings, to, "There were too many wrong tokens; wait a minute, then try again."), 429
        if not settings.token or not constant_time_equal(request.form.get("token", ""), settings.token):
            limiter.count_failure(address)
            return _login_page(settings, to, "This is not the token; nothing was opened."), 403
        sign_in(" ".join(request.form.get("coder", "").split())[:LONGEST_NAME])
        return redirect(to if to == "/edit" or to.startswith("/edit/") else "/edit/", 303)

    @pages.post("/logout")
    def leave() -> Any:
        sign_out()
        return redirect("/edit/login" if settings.token else "/edit/", 303)


def _login_page(settings: Settings, to: str, why: str = "") -> str:
    name = request.form.get("coder") or settings.coder or ""
    return render_template("edit/login.html", to=to, why=why, name=name)
