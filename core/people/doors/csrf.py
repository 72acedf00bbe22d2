"""The token that every change by cookie needs, judged after who asks, right and row, and before anything of the body.

It is judged by itself the moment a request reads its body, commits to the database, or answers that all went well:
no view has to think of it, and one that forgets its rights is no worse off.
"""

from __future__ import annotations

from typing import Any

from flask import Flask, Request, Response, current_app, g, has_request_context, request
from flask_wtf.csrf import CSRFError
from sqlalchemy import event
from werkzeug.exceptions import Unauthorized

from core.data.database import GatedSession
from core.people.access import current_person
from core.people.doors.open_pages import is_open
from core.ui.form_token import judge_token

_READING = ("GET", "HEAD", "OPTIONS", "TRACE")
_OWED = "zhidu_token_owed"
_OPEN = frozenset(
    {"LogInView.login", "LogInView.code", "ForgottenView.ask", "ForgottenView.reset", "LanguageView.choose"}
)
_WITHOUT_COOKIE = frozenset({"TokenApi.login"})


class GuardedRequest(Request):
    """A request whose body cannot be read before its token was judged."""

    def _load_form_data(self) -> None:
        demand_token()
        super()._load_form_data()

    def get_data(self, *args: Any, **kwargs: Any) -> Any:
        demand_token()
        return super().get_data(*args, **kwargs)


def install(app: Flask) -> None:
    """Guard every request of the application."""
    app.request_class = GuardedRequest
    app.before_request(_owe)
    app.after_request(_settle)


def demand_token() -> None:
    """Judge the token now. Raises CSRFError when this request owes one and it is missing, wrong or too old."""
    if not has_request_context() or not g.get(_OWED):
        return
    setattr(g, _OWED, False)  # judging reads the form, which asks again
    try:
        judge_token()
    except CSRFError:
        setattr(g, _OWED, True)
        raise


def _owe() -> None:
    """A change by cookie owes the token. Of nobody, only open pages and those before the log-in take anything."""
    if request.method in _READING or request.routing_exception is not None:
        return
    if request.endpoint in _WITHOUT_COOKIE:
        return
    if current_person() is None and request.endpoint not in _OPEN and not is_open(request.endpoint):
        raise Unauthorized
    if not g.get("zhidu_by_token"):
        setattr(g, _OWED, True)


def _settle(response: Response) -> Response:
    """The last gate: what went well without reading or writing anything is judged before it leaves."""
    if not g.get(_OWED) or response.status_code >= 400:
        return response
    try:
        demand_token()
    except CSRFError as error:
        return current_app.make_response(current_app.handle_user_exception(error))
    return response


@event.listens_for(GatedSession, "before_commit")
def _before_commit(_session: Any) -> None:
    demand_token()
