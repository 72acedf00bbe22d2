"""Log-in by Flask-AppBuilder; rights by positions. Flask-AppBuilder's own user and role screens are not registered."""

from __future__ import annotations

from typing import Any

from flask import g, request, session
from flask_appbuilder.security.sqla.manager import SecurityManager
from flask_jwt_extended import JWTManager, get_jwt, verify_jwt_in_request
from flask_jwt_extended.exceptions import JWTExtendedException
from flask_login import current_user
from jwt.exceptions import PyJWTError

from core.branches.scope import NOWHERE, Scope, enter, leave
from core.data import clock
from core.installation import installation
from core.people.access import Person, load_person

SIGNED_IN = "signed_in"
ANONYMOUS = ("assets.serve", "probes.healthz", "probes.readyz")


class PositionSecurity(SecurityManager):
    """Flask-AppBuilder's users, password hashes and tokens, with nothing granted through its roles."""

    def register_views(self) -> None:
        """Only the log-in page and the token call; `core.people.views` brings the project's own screens."""
        from core.people.views import LogInView, TokenApi

        self.appbuilder.add_api(TokenApi)
        self.auth_view = LogInView()
        self.appbuilder.add_view_no_menu(self.auth_view)

    def create_jwt_manager(self, app: Any) -> JWTManager:
        """Tokens say to the fraction of a second when they were made; `iat` has whole seconds only."""
        manager: JWTManager = super().create_jwt_manager(app)
        manager.additional_claims_loader(lambda _identity: {SIGNED_IN: clock.now().timestamp()})
        return manager

    def auth_user_db(self, username: Any, password: Any) -> Any:
        """The person of a name and password, or None. What no database can hold is nobody's name."""
        if not isinstance(username, str) or "\x00" in username or not username.isprintable():
            return None
        return super().auth_user_db(username, password)

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
    if request.endpoint in ANONYMOUS:
        return
    user = _bearer() if _has_bearer() else _cookie()
    if user is None:
        return
    wanted = request.headers.get("X-Branch") if request.path.startswith("/api/") else None
    person = load_person(installation().database.session(), user, wanted)
    if _ended(person):
        return
    g.user = user
    g.zhidu_person = person
    if person.branch is not None:
        leave(g.zhidu_scope_token)
        g.zhidu_scope_token = enter(Scope(active=person.branch.id, readable=(person.branch.id,)))


def forget(_error: BaseException | None = None) -> None:
    """After each request: no scope is left behind on the thread."""
    token = g.pop("zhidu_scope_token", None)
    if token is not None:
        leave(token)
    installation().database.session.remove()


def _has_bearer() -> bool:
    return request.headers.get("Authorization", "").startswith("Bearer ")


def _bearer() -> Any:
    g.zhidu_by_token = True
    try:
        verify_jwt_in_request()
    except (JWTExtendedException, PyJWTError):
        return None
    return g.get("user")


def _cookie() -> Any:
    return current_user._get_current_object() if current_user.is_authenticated else None


def _ended(person: Person) -> bool:
    """Sessions and tokens from before the last password change or log-out everywhere are at an end."""
    since = person.profile.sessions_from if person.profile else None
    if since is None:
        return False
    known = get_jwt() if g.get("zhidu_by_token") else session
    return float(known.get(SIGNED_IN, 0)) < since.timestamp()
