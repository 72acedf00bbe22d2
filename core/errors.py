"""What people and programs are told when something cannot be done. Never SQL, never a trace."""

from __future__ import annotations

import logging
import secrets
from typing import Any
from urllib.parse import quote, urlsplit

from flask import Flask, g, jsonify, redirect, render_template, request
from flask_babel import gettext
from flask_login import AnonymousUserMixin
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from core.data import UserError
from core.entities.rest import FieldsError
from core.installation import installation
from core.people.access import current_person
from core.people.doors.refusals import NO_FILE, NO_RIGHT, NO_TOKEN, note_error, note_refusal
from core.people.views import safe_next
from core.ui.notices import back_to, tell
from core.ui.refused import told_refusal

log = logging.getLogger(__name__)
_NOTED = {403: NO_RIGHT, 413: NO_FILE}
"""What the log is told of; 413 is a body that is too large."""


def install(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(UserError, _user)
    app.register_error_handler(FieldsError, _fields)
    app.register_error_handler(Exception, _unexpected)


def _texts(code: int) -> tuple[str, str]:
    known = {
        400: (
            gettext("This request cannot be understood"),
            gettext("Go back, check what you entered and try again."),
        ),
        401: (gettext("Please log in"), gettext("Log in to go on.")),
        403: (
            gettext("Your position does not allow this"),
            gettext("Ask your manager or the head office administrator."),
        ),
        404: (
            gettext("There is nothing here"),
            gettext("It may belong to another branch, or have been switched off."),
        ),
        405: (gettext("This cannot be done here"), gettext("Go back and use the buttons of the page.")),
        409: (gettext("This cannot be done now"), gettext("Open the record again and look at its state.")),
        413: (gettext("The file is too large"), gettext("Choose a smaller file.")),
        429: (gettext("Too many attempts"), gettext("Wait a minute and try again.")),
    }
    return known.get(
        code,
        (
            gettext("Something went wrong"),
            gettext("Try again; if it stays so, tell the administrator the reference number."),
        ),
    )


def _wants_json() -> bool:
    return request.path.startswith("/api/") or request.accept_mimetypes.best == "application/json"


def _http(error: HTTPException) -> Any:
    code = error.code or 500
    if error.response is not None:
        return error.response
    if isinstance(error, CSRFError):
        note_refusal(NO_TOKEN)
        return _expired(error)
    if code in _NOTED:
        note_refusal(_NOTED[code])
    if code == 401 and not _wants_json() and current_person() is None:
        target = request.full_path.rstrip("?") if request.method == "GET" else _came_from() or "/"
        return redirect(f"/login/?next={quote(target)}" if target != "/" else "/login/")
    title, message = _texts(code)
    if code == 400 and _wants_json() and error.description != type(error).description:
        return jsonify(message=error.description), code
    return _answer(code, title, message)


def _came_from() -> str:
    """The page of ours that sent a form, by its address here; empty when no page of ours did."""
    parts = urlsplit(request.referrer or "")
    if request.method != "POST" or f"{parts.scheme}://{parts.netloc}/" != request.host_url:
        return ""
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    return "" if path.startswith("/login/") else safe_next(path)


def _expired(error: CSRFError) -> Any:
    if _wants_json():
        return jsonify(message=gettext("The CSRF token is missing or too old.")), 400
    title = gettext("This page is too old")
    return _answer(
        400, title, gettext("What you sent was not saved. Open it again; a form offers back what you typed.")
    )


def _user(error: UserError) -> Any:
    note_error(error)
    installation().database.session.rollback()
    if _wants_json():
        body: dict[str, Any] = {"message": str(error)}
        if why := getattr(error, "why", ""):
            body["why"] = why
        if error.field:
            body["errors"] = {error.field: [str(error)]}
        return jsonify(body), error.status
    if request.method == "POST" and request.referrer and request.referrer.startswith(request.host_url):
        tell(told_refusal(error), "danger")
        return redirect(back_to(request.referrer.partition("#")[0]))
    return _answer(error.status, _texts(error.status)[0], str(error))


def _fields(error: FieldsError) -> Any:
    installation().database.session.rollback()
    return jsonify(message=gettext("Some fields are wrong."), errors=error.errors), 400


def _unexpected(error: Exception) -> Any:
    reference = secrets.token_hex(4).upper()
    log.exception("unexpected error, reference %s", reference)
    try:
        installation().database.session.rollback()
    except Exception:  # the database itself may be what failed
        log.exception("rollback failed, reference %s", reference)
    title, message = _texts(500)
    return _answer(500, title, message, reference)


def _answer(code: int, title: str, message: str, reference: str = "") -> Any:
    if _wants_json():
        body = {"message": gettext("%(title)s. %(message)s", title=title, message=message)}
        return jsonify({**body, "reference": reference} if reference else body), code
    g.zhidu_error_page = True
    if "_login_user" not in g:  # templates ask for it, and the database that knows may be what failed
        g._login_user = AnonymousUserMixin()
    context = {"code": code, "title": title, "message": message, "reference": reference, "next_steps": []}
    context["back_url"] = _came_from()
    return render_template("error.html", **context), code
