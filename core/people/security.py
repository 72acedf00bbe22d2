"""Log-in by Flask-AppBuilder; rights by positions. Flask-AppBuilder's own user and role screens are not registered."""

from __future__ import annotations

from typing import Any

from flask import g, request, session
from flask_appbuilder.security.sqla.manager import SecurityManager
from flask_login import AnonymousUserMixin

from core.branches.protection.telling import tell
from core.branches.scope import NOWHERE, Scope, enter, leave
from core.installation import installation
from core.people.access import load_person
from core.people.doors import keys, sessions, tokens
from core.people.doors.current import Holder
from core.people.doors.models import BROWSER
from core.people.doors.open_pages import is_open
from core.people.doors.sessions import Visitor
from core.people.service import hash_anew

ANONYMOUS = ("assets.serve", "probes.healthz", "probes.readyz")


class PositionSecurity(SecurityManager):
    """Flask-AppBuilder's users, password hashes and tokens, with nothing granted through its roles."""

    def register_views(self) -> None:
        """Only the log-in page and the token call; plugins and `core.people` bring the project's own screens."""
        from core.people.doors.views import LogInView, TokenApi

        self.appbuilder.add_api(TokenApi)
        self.auth_view = LogInView()
        self.appbuilder.add_view_no_menu(self.auth_view)

    def auth_user_db(self, username: Any, password: Any) -> Any:
        """The person of a name and password, or None. What no database can hold is nobody's name.

        A hash that an earlier version made is made anew, as the password is known only now.
        """
        if not isinstance(username, str) or "\x00" in username or not username.isprintable():
            return None
        user = super().auth_user_db(username, password)
        database = installation().database.session()
        if user is not None and hash_anew(database, user, password):
            database.commit()
        return user

    def load_user_jwt(self, *_given: Any) -> None:
        """Nobody: `core.people.doors.tokens` says who holds a token, and knows which were revoked."""

    def _has_view_access(self, *_args: Any, **_kwargs: Any) -> bool:
        return False

    def is_item_public(self, *_args: Any, **_kwargs: Any) -> bool:
        return False

    def get_user_roles(self, user: Any = None) -> list[Any]:
        return []


def identify() -> None:
    """Before each request: who asks, in which branch; sets the scope of the row gate."""
    g.zhidu_scope_token = enter(NOWHERE)
    g.zhidu_person = None
    g._login_user = AnonymousUserMixin()  # nothing of Flask-Login is asked, and it asks the database nothing
    if request.endpoint in ANONYMOUS or is_open(request.endpoint):
        return
    try:
        _recognise()
    finally:
        # Before anything else reads: what was told by the way may be the scope of an earlier request.
        tell(installation().database.session())


def _recognise() -> None:
    found = _bearer() if _has_bearer() else _cookie()
    if found is None:
        return
    database, address = installation().database, request.remote_addr or ""
    wanted = request.headers.get("X-Branch") if request.path.startswith("/api/") else None
    read = (found.profile, found.rights_version) if isinstance(found, Visitor) else None
    person = load_person(database.session(), found.user, wanted, read)
    if isinstance(found, Visitor):
        sessions.note_use(database.engine, found.session, address)
    else:
        person.limit = keys.limit_of(found.key)
        keys.note_use(database.engine, found.key, address)
    g.user = g._login_user = found.user
    g.zhidu_visitor = found
    g.zhidu_person = person
    if person.branch is not None:
        leave(g.zhidu_scope_token)
        scope = Scope(active=person.branch.id, readable=person.readable)
        g.zhidu_scope_token = enter(scope)
        if isinstance(found, Visitor):
            sessions.expect(found.session, scope)


def forget(_error: BaseException | None = None) -> None:
    """After each request: no scope is left behind on the thread."""
    token = g.pop("zhidu_scope_token", None)
    if token is not None:
        leave(token)
    installation().database.session.remove()


def _has_bearer() -> bool:
    return request.headers.get("Authorization", "").startswith("Bearer ")


def _bearer() -> Holder | None:
    g.zhidu_by_token = True
    text = request.headers["Authorization"].removeprefix("Bearer ").strip()
    if text.startswith(keys.START):
        is_rest = request.path.startswith("/api/")
        return keys.holder(installation().database.session(), text) if is_rest else None
    return tokens.holder(installation().database.session(), text)


def _cookie() -> Visitor | None:
    return sessions.visitor(installation().database.session(), session.get(sessions.COOKIE_KEY), BROWSER)
