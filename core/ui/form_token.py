"""The token of every form: the session's random secret, signed with HMAC-SHA-256. Flask-WTF's own signs with SHA-1."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Any

from flask import current_app, g, request, session
from flask_wtf.csrf import CSRFError, same_origin
from itsdangerous import BadData, URLSafeSerializer
from wtforms import ValidationError
from wtforms.csrf.core import CSRF

FIELD = "csrf_token"
HEADER = "X-CSRFToken"
_JUDGED = "zhidu_token_judged"


def form_token() -> str:
    """The token for the forms of this page; one for the whole session of the browser."""
    if FIELD not in g:
        if not isinstance(session.get(FIELD), str):
            session[FIELD] = secrets.token_urlsafe(32)
        setattr(g, FIELD, _signer().dumps(session[FIELD]))
    return str(g.get(FIELD))


def judge_token() -> None:
    """Raise CSRFError unless this request brings its session's token; over TLS also unless a page of ours sent it."""
    reason = refusal_of(request.form.get(FIELD) or request.headers.get(HEADER))
    if not reason and request.is_secure:
        reason = _refusal_of_sender()
    if reason:
        raise CSRFError(reason)
    setattr(g, _JUDGED, True)


def refusal_of(given: str | None) -> str:
    """Why a token is not this session's; empty when it is."""
    if not given:
        return "The CSRF token is missing."
    kept = session.get(FIELD)
    if not isinstance(kept, str):
        return "The CSRF session token is missing."
    try:
        signed = _signer().loads(given)
    except BadData:
        return "The CSRF token is invalid."
    same = isinstance(signed, str) and hmac.compare_digest(kept.encode(), signed.encode())
    return "" if same else "The CSRF tokens do not match."


class FormToken(CSRF):
    """The field of a form that carries the token."""

    def generate_csrf_token(self, csrf_token_field: Any) -> str:
        return form_token()

    def validate_csrf_token(self, form: Any, field: Any) -> None:
        """A form is as good as its request, whose token is judged before the form can be read."""
        reason = "" if g.get(_JUDGED) else refusal_of(field.data)
        if reason:
            raise ValidationError(reason)


def _refusal_of_sender() -> str:
    if not request.referrer:
        return "The referrer header is missing."
    ours = same_origin(request.referrer, f"https://{request.host}/")
    return "" if ours else "The referrer does not match the host."


def _signer() -> URLSafeSerializer:
    """Keyed with the installation's secret key, which the salt keeps apart from its other uses."""
    keys: Any = current_app.secret_key
    return URLSafeSerializer(keys, salt="zhidu form token", signer_kwargs={"digest_method": hashlib.sha256})
