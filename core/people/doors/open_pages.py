"""Pages of a plugin for whoever holds a link and has no account.

A view names the methods that are such pages in `open_pages`. There nobody is known, whoever may be logged in at the
same browser: no branch is active until the page itself enters one, and what is changed there is done by nobody of the
firm. The form's token, the headers and the row gate hold as everywhere; a plugin's switch is asked by the page, which
alone knows the branch.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Flask, Response, current_app, request

from core.installation import installation
from core.people.doors import attempts

EXTENSION = "zhidu_open_pages"
RATE = attempts.Limit("open-page", free=120, window=timedelta(minutes=1))
"""How often one address may ask for such pages in a minute."""
FILES = attempts.Limit("open-file", free=1200, window=timedelta(minutes=1))
"""How often for the files that they show, such as photos: a page has many."""
UNLISTED = "noindex, nofollow, noarchive"


def register(app: Flask, view: type[Any], endpoint: str) -> None:
    """Note which methods of a view are open to everybody."""
    known: set[str] = app.extensions.setdefault(EXTENSION, set())
    known.update(f"{endpoint}.{name}" for name in getattr(view, "open_pages", ()))


def install(app: Flask) -> None:
    """No search engine keeps an open page. Every page is sent with `no-store` and names itself to no other host."""
    app.after_request(_unlisted)


def is_open(endpoint: str | None) -> bool:
    """Whether a page asks for no log-in."""
    return endpoint in current_app.extensions.get(EXTENSION, ())


def knock(limit: attempts.Limit | None = None) -> int:
    """Count that somebody asks, for a page (RATE) or for what `limit` says, before anything is looked up. Answers the
    seconds to wait; 0: go on."""
    network = attempts.network_of(request.remote_addr or "")
    return attempts.knock(installation().database.engine, (limit or RATE, network))


def _unlisted(response: Response) -> Response:
    if is_open(request.endpoint):
        response.headers["X-Robots-Tag"] = UNLISTED
    return response
