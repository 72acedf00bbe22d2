"""`create_app`: settings -> database -> people -> host -> screens. Nothing is created or migrated here."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask, current_app, request
from jinja2 import ChoiceLoader, FileSystemLoader, PrefixLoader
from werkzeug.exceptions import NotFound, Unauthorized

from core import errors, languages, ui
from core.appbuilder import ShellBuilder
from core.branches.switches import plugin_on
from core.data.clock import DEFAULT_TIME_ZONE
from core.data.database import Database
from core.entities import searching
from core.files.panel import files_box
from core.handbook.judging import judge_for_save
from core.handbook.registry import RuleBook
from core.handbook.screens.panels import findings_box
from core.history.screens.panel import history_url
from core.home import HomeView
from core.host import Host, load_host
from core.installation import EXTENSION, Installation
from core.openapi import OpenApiView
from core.people.access import current_person
from core.people.doors import csrf, headers, open_pages
from core.people.doors.duties import demand_second_factor
from core.people.doors.proxies import TrustedProxies
from core.people.security import forget, identify
from core.people.service import NOBODYS_HASH
from core.people.views import demand_new_password
from core.previews.jobs import preview_later
from core.previews.many import do_later, try_later
from core.probes import probes
from core.reports.reach import with_reports
from core.settings import Settings
from core.shell import shell_context
from core.timeline.box import timeline_box
from core.ui.compiled import keep_compiled
from core.ui.form_token import form_token
from core.workflow.bulk import bulk_moves
from core.workflow.panel import moves, moves_on_board, moves_panel
from core.worklist.events import saved
from core.worklist.granting import with_duties, with_time_lines

MEGABYTE = 1024 * 1024


def create_app(settings: Settings | None = None, host: Host | None = None) -> Flask:
    """The web application. Everything installed is registered now; switches are asked at each request."""
    settings = settings or Settings.from_environment()
    with _collector_at_rest():
        return _registered(settings, host)


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """What is registered stays: looking through it for what may go, again and again, is a third of the work."""
    was_at_work = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_at_work:
            gc.enable()


def _registered(settings: Settings, host: Host | None) -> Flask:
    app = Flask("zhidu", static_folder=None, template_folder=None)
    app.config.update(configuration(settings))
    installed = Installation(settings, Database(settings.database_url), host or load_host(settings))
    app.extensions[EXTENSION] = installed
    _gather(installed)
    with app.app_context():
        builder = ShellBuilder(app, installed.database.session)
        _languages(app, installed)
        ui.init_ui(app)
        _templates(app, installed)
        _views(app, builder, installed)
    app.register_blueprint(probes)
    errors.install(app)
    _requests(app)
    if settings.trusted_proxies:
        app.wsgi_app = TrustedProxies(app.wsgi_app, settings.trusted_proxies)  # type: ignore[method-assign]
    return app


def configuration(settings: Settings) -> dict[str, Any]:
    """Flask's and Flask-AppBuilder's settings."""
    return {
        "SECRET_KEY": settings.secret_key,
        "JWT_SECRET_KEY": settings.secret_key,
        "JWT_ACCESS_TOKEN_EXPIRES": timedelta(hours=1),
        "ZHIDU_NODE_MODULES": str(settings.node_modules),
        "APP_NAME": "Zhidu",
        "AUTH_DB_FAKE_PASSWORD_HASH_CHECK": NOBODYS_HASH,
        "FAB_CREATE_DB": False,
        "FAB_UPDATE_PERMS": False,
        "FAB_ADD_SECURITY_VIEWS": False,
        "FAB_API_SWAGGER_UI": False,
        "LANGUAGES": {"zh": {"flag": "cn", "name": "Chinese"}, "en": {"flag": "gb", "name": "English"}},
        "BABEL_DEFAULT_LOCALE": "en",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_NAME": "zhidu",
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=12),
        "MAX_CONTENT_LENGTH": 25 * MEGABYTE,
        "RATELIMIT_ENABLED": False,
    }


def _gather(installed: Installation) -> None:
    host = installed.host
    installed.entities = {each.id: each for _owner, each in host.gather("entities")}
    installed.positions = {each.id: each for _owner, each in host.gather("positions")}
    installed.rules = RuleBook.of(host.gather("rules"))
    installed.reports = {each.id: each for _owner, each in host.gather("reports")}
    installed.positions = with_duties(installed.positions, installed.rules)
    installed.positions = with_reports(installed.positions, installed.reports.values(), installed.rules)
    installed.entities = with_time_lines(installed.entities, installed.rules)
    searching.declare_all(installed.entities.values())
    installed.jobs = {each.id: each for _owner, each in host.gather("jobs")}
    installed.imports = {each.id: each for _owner, each in host.gather("imports")}
    installed.rounds = {each.id: each for _owner, each in host.gather("rounds")}
    installed.templates = {each.id: each for _owner, each in host.gather("templates")}
    installed.workflows = {each.id: each for _owner, each in host.gather("workflows")}
    installed.inspections = {each.id: each for _owner, each in host.gather("inspections")}
    installed.menu = host.gather("menu")
    installed.home_cards = host.gather("home_cards")
    installed.work = host.gather("work")
    installed.measures = host.gather("measures")
    installed.notices = host.gather("notices")
    installed.files_box = files_box
    installed.findings_box, installed.judge = findings_box, judge_for_save
    installed.timeline_box, installed.history_url = timeline_box, history_url
    installed.moves, installed.moves_panel = moves, moves_panel
    installed.moves_on_board, installed.bulk_moves = moves_on_board, bulk_moves
    installed.happened = saved
    installed.preview_later, installed.try_later = preview_later, try_later
    installed.do_later = do_later


def _languages(app: Flask, installed: Installation) -> None:
    plugins = (languages.plugin(each.id, each.manifest.folder) for each in installed.host.active)
    owners = [*languages.libraries(), languages.shell(), *plugins]
    catalogues = languages.Catalogues(owners, made_up=installed.settings.pseudo_locale)
    languages.install(app, catalogues, saved=_saved_locale, branch_default=_branch_locale)
    app.extensions["babel"].timezone_selector = _time_zone


def _time_zone() -> str:
    person = current_person()
    return person.branch.time_zone if person and person.branch else DEFAULT_TIME_ZONE


def _saved_locale() -> str | None:
    person = current_person()
    return person.profile.locale if person and person.profile else None


def _branch_locale() -> str | None:
    person = current_person()
    return person.branch.locale if person and person.branch else None


def _templates(app: Flask, installed: Installation) -> None:
    """The shell's templates by their own names, a plugin's under `<plugin>/`."""
    plugins = {
        each.id: FileSystemLoader(folder / each.id if (folder / each.id).is_dir() else folder)
        for each in installed.host.active
        if (folder := Path(each.manifest.folder) / "templates").is_dir()
    }
    app.jinja_env.loader = ChoiceLoader([FileSystemLoader(ui.TEMPLATES), PrefixLoader(plugins)])
    app.context_processor(shell_context)
    app.jinja_env.globals["csrf_token"] = form_token
    if installed.settings.cache is not None:
        keep_compiled(app, installed.settings.cache / "templates")


def _views(app: Flask, builder: ShellBuilder, installed: Installation) -> None:
    owners: dict[str, str] = {}
    for owner, view in installed.host.gather("views"):
        made = builder.add_view_no_menu(view)
        owners[made.blueprint.name] = owner
        open_pages.register(app, view, made.blueprint.name)
    for view in (HomeView, OpenApiView):
        builder.add_view_no_menu(view)
    app.extensions["zhidu_view_owners"] = owners


def _requests(app: Flask) -> None:
    app.before_request(identify)
    app.before_request(_gate_plugin)
    app.before_request(demand_new_password)
    app.before_request(demand_second_factor)
    headers.install(app)
    open_pages.install(app)
    csrf.install(app)
    app.teardown_request(forget)


def _gate_plugin() -> None:
    """A plugin's own screens obey its switch, also by typed address; what they show is judged by themselves."""
    owner = _owners().get(request.blueprint or "")
    if owner is None or owner == "core" or open_pages.is_open(request.endpoint):
        return
    if current_person() is None:
        raise Unauthorized
    if not plugin_on(owner):
        raise NotFound


def _owners() -> dict[str, str]:
    owners: dict[str, str] = current_app.extensions["zhidu_view_owners"]
    return owners
