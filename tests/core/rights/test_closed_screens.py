"""Flask-AppBuilder's own screens and REST of users, roles, groups and permissions are closed to everybody."""

from __future__ import annotations

import importlib
import inspect
import pkgutil

import flask_appbuilder.security.sqla.apis
import pytest
from flask_appbuilder.baseviews import AbstractViewApi, BaseView
from flask_appbuilder.security import api as security_api
from flask_appbuilder.security import views as security_views

from company import Company

OWN = ("core.", "plugins.", "shop")
USUAL = [
    *(f"/{name}/{page}" for name in ("users", "roles", "groups", "permissions", "viewmenus", "permissionviews")
      for page in ("", "list/", "add", "edit/1", "show/1", "delete/1", "download/1")),
    *(f"/{name}/list/" for name in ("registeruser", "userstatschartview", "resetpasswords", "apikeys")),
    *("/users/userinfo/", "/userinfoeditview/form", "/resetmypassword/form", "/resetpassword/form?pk=1"),
    *("/users/action_post", "/roles/action/Copy%20Role/1", "/users/api/read", "/users/api/create"),
    *("/register/form", "/register/activation/x", "/login/google", "/oauth-authorized/google", "/back"),
    *("/list_widgets", "/appbuilder/static/js/ab.js", "/static/appbuilder/js/ab.js", "/swagger/v1"),
    *(f"/api/v1/security/{name}/" for name in ("users", "roles", "groups", "permissions", "resources",
                                              "permissions-resources", "api_keys", "api-keys")),
    *(f"/api/v1/security/{name}/1" for name in ("users", "roles", "groups", "permissions", "resources")),
    *("/api/v1/security/refresh", "/api/v1/security/roles/1/permissions", "/api/v1/security/roles/1/users"),
    *("/api/v1/security/groups/1/users", "/api/v1/security/users/_info", "/api/v1/menu/", "/api/v1/_openapi/fab"),
    *("/api/v1/openapi/v1/_openapi", "/api/v1/security/csrf_token/"),
]  # fmt: skip
METHODS = ("GET", "POST", "PUT", "DELETE")


def framework_views() -> set[str]:
    """The names of every view and REST class that Flask-AppBuilder brings for security."""
    modules = [security_views, security_api]
    package = flask_appbuilder.security.sqla.apis
    modules += [
        importlib.import_module(each.name)
        for each in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    ]
    found = {
        name
        for module in modules
        for name, each in inspect.getmembers(module, inspect.isclass)
        if issubclass(each, AbstractViewApi | BaseView)
    }
    assert {"UserModelView", "RoleModelView", "RoleApi", "UserApi", "PermissionApi"} <= found
    return found


def test_none_of_them_is_registered(company: Company):
    registered = {rule.endpoint.partition(".")[0] for rule in company.app.url_map.iter_rules()}
    assert registered & framework_views() == set()


def test_every_address_is_answered_by_the_projects_own_code(company: Company):
    strangers = []
    for rule in company.app.url_map.iter_rules():
        handler = inspect.unwrap(company.app.view_functions[rule.endpoint])
        owner = getattr(handler, "__self__", None)
        module = type(owner).__module__ if owner is not None else handler.__module__
        if not module.startswith(OWN):
            strangers.append(f"{rule.rule}: {module}")
    assert strangers == []


@pytest.mark.parametrize("who", ["admin", "east.manager"])
def test_their_usual_addresses_lead_nowhere(company: Company, who):
    browser, api = company.client_of(who), company.api_of(who)
    open_ones = []
    for address in USUAL:
        for method in METHODS:
            form, body = {"csrf_token": browser.token}, {"username": "x", "roles": [1]}
            answers = (
                browser.client.open(address, method=method, data=form, follow_redirects=True),
                api(method, address, json=body, follow_redirects=True),
            )
            statuses = {each.status_code for each in answers}
            open_ones += [] if statuses <= {401, 404, 405} else [f"{method} {address}: {statuses}"]
    assert open_ones == []


def test_nobody_finds_them_open_either(company: Company):
    client = company.browser().client
    answers = {address: client.get(address) for address in USUAL}
    assert {each.status_code for each in answers.values()} <= {302, 308, 401, 404, 405}
    for address, each in answers.items():
        to = each.location or "/login/"
        assert "/login/" in to or to.partition("?")[0].endswith(f"{address.partition('?')[0]}/"), to


def test_the_frameworks_tables_grant_nothing(company: Company):
    """A role with every permission in the framework's own tables gives its holder nothing."""
    from flask_appbuilder.security.sqla.models import Role

    with company.session() as session:
        role = Role(name="Admin")
        session.add(role)
        idle_user = company.user(session, "idle")
        idle_user.roles.append(role)
    idle = company.client_of("idle")
    assert idle.get("/shop/customer/").status_code == 404
    assert idle.get("/core/person/").status_code == 404
