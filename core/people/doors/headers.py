"""What every answer tells the browser about itself, and how the cookie travels."""

from __future__ import annotations

import hashlib

from flask import Flask, Response, has_request_context, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'; "
    "manifest-src 'self'"
)
_UNUSED = ("camera", "display-capture", "geolocation", "microphone", "midi", "payment", "serial", "usb")
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{each}=()" for each in _UNUSED),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
NOTICES, MOST_NOTICES = "_flashes", 5
"""Where results wait for the page that shows them; a program that opens no page would pile them up in the cookie."""
A_YEAR = "max-age=31536000; includeSubDomains"


class CookieByScheme(SecureCookieSessionInterface):
    """The cookie goes over TLS only, wherever the person came by TLS; a trusted proxy says so.

    Its name tells the browser to take it from this host alone then.
    """

    digest_method = staticmethod(hashlib.sha256)

    def get_cookie_name(self, app: Flask) -> str:
        name = super().get_cookie_name(app)
        return f"__Host-{name}" if has_request_context() and request.is_secure else name

    def get_cookie_secure(self, app: Flask) -> bool:
        return bool(super().get_cookie_secure(app)) or request.is_secure

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if session.modified and len(session.get(NOTICES, ())) > MOST_NOTICES:
            session[NOTICES] = session[NOTICES][-MOST_NOTICES:]
        super().save_session(app, session, response)


def install(app: Flask) -> None:
    """Send the headers with every answer of the application."""
    app.session_interface = CookieByScheme()
    app.after_request(_send)


def _send(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", A_YEAR)
    if not request.path.startswith("/assets/"):
        response.headers["Cache-Control"] = "no-store"
    return response
