"""Attacks on the running program over HTTP, made up from what it says of itself: its addresses, entities, OpenAPI.

An attack on a foreign row has a twin: the same request for a row that does not exist. Whoever may not know of the row
has to get the same answer to both.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import zip_longest
from typing import Any

from flask import Flask
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import String, inspect, select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

import servers
from company import Api, Browser
from core.branches import BranchOwned, system_scope
from core.branches.owned import owned_tables
from core.data.base import Base
from core.entities.spec import Entity
from core.installation import EXTENSION, Installation
from core.people.models import Appointment
from run_folder import IS_FULL

PLAIN = re.compile(r"\d{4}-\d\d-\d\d|[\d., ]*,[\d., ]*$|[a-z_]+$")
"""Days, rows of figures and names of choices, which any branch may hold."""
NO_SUCH_ID = 2_000_000_001
SHORTEST_SECRET = 8
HEX = re.compile(r"[0-9a-f]{6,}")
TOKENS = re.compile(r"[A-Za-z0-9_.-]{20,}")
RECORDED_ANYWAY = frozenset(
    {
        "core_history",
        "core_history_head",
        "core_session",
        "core_attempt",
        "core_sequence",
        "core_person_profile",
    }
)
"""What an attack leaves behind by right: that it was tried."""
RECORDED_BY_THE_WAY = frozenset({"last_used_at"})
"""And when its session was used last."""


SELF, PEOPLE = "one's own", "core.person"  # what belongs to a person, in no branch
VIEWS = {
    "AccountView.end_session": SELF,
    "DelegationView.end": SELF,
    "KeyView.end": SELF,
    "PeopleView.password": PEOPLE,
    "PersonDoorsView.end_all": PEOPLE,
    "PersonDoorsView.end_key": PEOPLE,
    "PersonDoorsView.end_session": PEOPLE,
    "PersonDoorsView.factor_off": PEOPLE,
    "PersonDoorsView.link": PEOPLE,
    "PersonDoorsView.unlock": PEOPLE,
    "RightsView.withdraw": "core.right",
    "ExchangeView.accept": "core.import_sheet",
    "ExchangeView.discard": "core.import_sheet",
    "ExchangeView.open": "core.import_sheet",
    "ExchangeView.report": "core.import_sheet",
    "ExchangeView.sheet": "core.import_sheet",
    "ExportView.made": "core.job",
    "PreviewView.kept": "core.job",
    "ManyView.tried": "core.job",
    "ManyView.done": "core.job",
    "FileView.download": "core.file",
    "FileView.remove": "core.file",
    "HistoryView.entry": "core.history",
    "JobView.cancel": "core.job",
    "JobView.progress": "core.job",
    "JobView.run": "core.job",
    "HandbookView.approve": "core.rule",
    "HandbookView.withdraw": "core.rule",
    "OwnRuleView.edit": "core.own-rule",
    "OwnRuleView.retire": "core.own-rule",
    "MessageView.again": "core.outgoing",
    "MessageView.call": "core.outgoing",
    "ApprovalView.one": "core.move_request",
    "ObligationView.close": "core.obligation",
    "ObligationView.waive": "core.obligation",
    "ReportView.paper": "core.report",
    "ReportView.sheet": "core.report",
    "ReportView.write": "core.report",
    "ConductPapers.slip": "conduct.slip",
    "ConstructionPapers.card": "decoration.record-card",
    "ConstructionPapers.completion": "decoration.completion-notice",
    "ConstructionPapers.handbook": "decoration.handbook-return",
    "ConstructionPapers.start": "decoration.start-notice",
    "DecorationCalls.acceptance": "decoration.acceptance",
    "DecorationCalls.complaint": "decoration.complaint",
    "DecorationCalls.next_version": "decoration.questionnaire",
    "DecorationCalls.planned": "decoration.call-back",
    "DecorationCalls.repair": "decoration.repair",
    "DecorationCalls.visit": "decoration.vip-reception",
    "DecorationComplaintPapers.card": "decoration.repair-file",
    "DecorationComplaintPapers.complaint": "decoration.complaint",
    "DecorationComplaintPapers.repair": "decoration.repair",
    "DecorationComplaintPapers.slip": "decoration.penalty",
    "DecorationCustomerPapers.card": "decoration.customer",
    "DecorationPapers.invitation": "decoration.appointment",
    "DecorationPapers.notice": "decoration.fee",
    "DecorationPapers.receipt": "decoration.receipt",
    "OfficePapers.document": "decoration.document",
    "OwnerLinks.of_commission": "decoration.commission",
    "OwnerLinks.of_site": "decoration.site",
    "OwnerLinks.photos": "decoration.site",
    "GasArrears.hand_over": "gas.arrears",
    "GasBilling.result": "gas.billing-run",
    "GasCutOffs.notice": "gas.cut-off",
    "GasCutOffs.order": "gas.cut-off",
    "GasPayments.receipt": "gas.payment",
    "GasPayments.take": "gas.account",
    "GasPayments.taken": "gas.payment",
    "GasTariffs.publish": "gas.tariff-version",
}
"""Whose row each screen of its own names."""


@dataclass(frozen=True)
class Attempt:
    """One request; `{id}` in the path stands for the row that it is after."""

    method: str
    path: str
    body: dict[str, Any] = field(default_factory=dict, hash=False)

    @property
    def is_rest(self) -> bool:
        return self.path.startswith("/api/")

    def at(self, row_id: int | str) -> Attempt:
        body = {key: row_id if value == "{id}" else value for key, value in self.body.items()}
        return Attempt(self.method, self.path.replace("{id}", str(row_id)), body)

    def __str__(self) -> str:
        return f"{self.method} {self.path} {self.body or ''}".strip()


@dataclass
class Attacker:
    """Somebody with a browser and a token, or nobody."""

    browser: Browser
    api: Api | None = None
    username: str = ""

    def send(self, attempt: Attempt) -> TestResponse:
        answer = self._sent(attempt)
        answer.get_data()
        answer.close()  # an export's file is deleted with its answer
        return answer

    def _sent(self, attempt: Attempt) -> TestResponse:
        if attempt.is_rest:
            options = {"json": attempt.body} if attempt.method in ("POST", "PUT", "PATCH") else {}
            if self.api is None:
                return self.browser.client.open(attempt.path, method=attempt.method, **options)
            return self.api(attempt.method, attempt.path, **options)
        if attempt.method == "POST":
            return self.browser.post(attempt.path, attempt.body)
        return self.browser.client.open(attempt.path, method=attempt.method)


def installation_of(app: Flask) -> Installation:
    found: Installation = app.extensions[EXTENSION]
    return found


def owned_entities(app: Flask) -> list[Entity]:
    """Those whose rows belong to a branch."""
    return [each for each in installation_of(app).entities.values() if issubclass(each.model, BranchOwned)]


def difference(answer: TestResponse, twin: TestResponse, row_id: int | str) -> str:
    """What tells the answer to an attack from its twin's; empty where nothing does."""
    one, other = _told(answer, row_id), _told(twin, row_id)
    if one[:2] != other[:2]:
        return f"{one[:2]}, else {other[:2]}"
    lines = zip_longest(one[2].splitlines(), other[2].splitlines())
    return next((f"{mine!r}, else {theirs!r}" for mine, theirs in lines if mine != theirs), "")


def _told(response: TestResponse, row_id: int | str) -> tuple[int, str, str]:
    """Status, where it leads and text, without what differs between any two answers: the id asked for, tokens."""
    asked_for = re.compile(rf"(?<!\d)({row_id}|{NO_SUCH_ID})(?!\d)")
    readable = any(kind in response.mimetype for kind in ("text", "json", "csv"))
    text = response.get_data(as_text=True) if readable else ""
    for pattern in (TOKENS, HEX, asked_for):
        text = pattern.sub("#", text)
    return response.status_code, asked_for.sub("#", response.headers.get("Location", "")), text


# ---------------------------------------------------------------- which attempts there are


def on_a_row(app: Flask, entity: Entity) -> list[Attempt]:
    """Every request that names a row of the entity: screens, actions, history, files and REST."""
    plugin, _, name = entity.id.partition(".")
    generic = {"plugin": plugin, "name": name, "entity_id": entity.id, "kind": "csv"}
    attempts = []
    for rule in app.url_map.iter_rules():
        if {"plugin", "name"} <= rule.arguments or "entity_id" in rule.arguments:
            attempts += _of_rule(rule, generic)
    for action in entity.actions:
        rules = [each for each in app.url_map.iter_rules() if each.endpoint == action.endpoint]
        attempts += [each for rule in rules for each in _of_rule(rule, generic)]
    return sorted({str(each): each for each in attempts}.values(), key=str)


def of_views(app: Flask, entity_of: dict[str, str]) -> Iterator[tuple[str, Attempt]]:
    """Every request to a screen of its own that names a row, with the entity whose row it is.

    `entity_of`: endpoint -> entity id. An endpoint that it does not have raises KeyError: a new screen finds its place.
    """
    for rule in app.url_map.iter_rules():
        if not {"plugin", "name"} & rule.arguments and "entity_id" not in rule.arguments:
            for attempt in _of_rule(rule, {"kind": "csv"}):
                yield entity_of[rule.endpoint], attempt


def of_the_document(document: dict[str, Any]) -> list[Attempt]:
    """Every operation of the OpenAPI document that names a row."""
    return [
        Attempt(
            method.upper(), re.sub(r"\{\w+\}", "{id}", path), {"x": 1} if method in ("post", "put") else {}
        )
        for path, operations in document["paths"].items()
        for method in operations
        if "{" in path and method in ("get", "put", "delete", "post", "patch")
    ]


def by_relations(entities: dict[str, Entity]) -> Iterator[tuple[Entity, str, Attempt]]:
    """Requests that name a row of another entity: filters of lists, exports and REST, new records, pickers."""
    for entity in entities.values():
        for each in entity.fields:
            target = entities.get(each.target)
            if target is None or not issubclass(target.model, BranchOwned):
                continue
            api = f"/api/v1{entity.path}"
            yield entity, each.target, Attempt("GET", f"{entity.path}?f_{each.name}={{id}}")
            yield entity, each.target, Attempt("GET", f"{entity.path}export.csv?f_{each.name}={{id}}")
            yield entity, each.target, Attempt("GET", f"{entity.path}new?{each.name}={{id}}")
            yield entity, each.target, Attempt("POST", f"{entity.path}new", {each.name: "{id}"})
            yield entity, each.target, Attempt("POST", api, {each.name: "{id}"})
            yield (
                entity,
                each.target,
                Attempt("GET", f"{api}?q=(filters:!((col:{each.name},opr:eq,value:{{id}})))"),
            )


def _of_rule(rule: Rule, values: dict[str, str]) -> list[Attempt]:
    path = rule.rule
    for name in rule.arguments:
        path = path.replace(f"<int:{name}>", "{id}")
        path = re.sub(rf"<(?:\w+:)?{name}>", values.get(name, rf"<{name}>"), path)
    if "{id}" not in path or "<" in path:
        return []
    return [Attempt(method, path) for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})]


# ---------------------------------------------------------------- what there is, and what it comes to


def row_ids(app: Flask, entity: Entity, branch_id: int, most: int) -> list[int]:
    """Some rows of an entity in a branch, the first and the last."""
    with app.app_context(), system_scope("an attack looks for its aim"):
        session = installation_of(app).database.session()
        model: Any = entity.model
        statement = select(model.id).order_by(model.id)
        if issubclass(model, BranchOwned):
            statement = statement.where(model.branch_id == branch_id)
        found = list(session.scalars(statement))
    return sorted({*found[:1], *found[-1:]})[:most]


def secrets_of(app: Flask, branch_id: int) -> set[str]:
    """Texts that only one branch's rows hold, such as numbers and addresses."""
    mine: set[str] = set()
    others: set[str] = set()
    with app.app_context(), system_scope("an attack learns what it must not see"):
        session = installation_of(app).database.session()
        there = _standing(session)
        for table in owned_tables():
            if table.name not in there:
                continue
            texts = [column for column in table.columns if isinstance(column.type, String)]
            for column in texts if table.name not in RECORDED_ANYWAY else ():
                for branch, text in session.execute(select(table.c.branch_id, column).distinct()):
                    (mine if branch == branch_id else others).add(str(text))
    return {text for text in mine - others if len(text) >= SHORTEST_SECRET and not PLAIN.match(text)}


def _standing(session: Session) -> set[str]:
    """The tables of this installation: other tests of the same process may have described more."""
    return set(inspect(session.connection()).get_table_names())


def state_of(app: Flask, branch_id: int | None = None) -> dict[str, str]:
    """A checksum of every table (of branch-owned ones in one branch, when it is given)."""
    found = {}
    with app.app_context(), system_scope("an attack counts its damage"):
        database = installation_of(app).database
        with database.sessions() as session:
            there = _standing(session)
            for table in Base.metadata.sorted_tables:
                if table.name in RECORDED_ANYWAY or table.name not in there:
                    continue
                if branch_id is not None and table not in owned_tables():
                    continue
                told = [each for each in table.columns if each.name not in RECORDED_BY_THE_WAY]
                statement = select(*told).order_by(*table.primary_key.columns)
                if branch_id is not None:
                    statement = statement.where(table.c.branch_id == branch_id)
                rows = session.execute(statement)
                told_whole = repr([tuple(each) for each in rows])  # a row's own repr takes ten times as long
                found[table.name] = hashlib.sha256(told_whole.encode()).hexdigest()
    return found


# ---------------------------------------------------------------- who tries, and what they learn


def attacker(app: Flask, username: str) -> Attacker:
    """Somebody of the demo company, logged in and with a token."""
    browser = Browser(app.test_client())
    answer = browser.log_in(username, servers.DEMO_PASSWORD)
    assert answer.status_code == 302, answer.text
    body = {"username": username, "password": servers.DEMO_PASSWORD, "provider": "db"}
    token = app.test_client().post("/api/v1/security/login", json=body)
    assert token.status_code == 200, token.text
    return Attacker(browser, Api(app.test_client(), token.json["access_token"]), username)


@cache
def granted(app: Flask, username: str) -> set[str]:
    """The entities on which the positions that somebody holds grant anything."""
    positions = installation_of(app).positions
    with app.app_context(), system_scope("an attack asks who holds what"):
        held = select(Appointment.position).join(User, User.id == Appointment.user_id)
        held = held.where(User.username == username)
        found = installation_of(app).database.session().scalars(held).all()
    return {each.entity for position in found for each in positions[position].grants}


def trying(app: Flask, staff: dict[str, Attacker], entity_id: str) -> dict[str, Attacker]:
    """Who tries at an entity: the first whose position grants anything on it, as others are stopped before its rows;
    in `make test-full` everybody, on the database of an office that many attack at once."""
    if everybody_tries(app):
        return staff
    names = [name for name in staff if entity_id in granted(app, staff[name].username)] or list(staff)
    return {names[0]: staff[names[0]]}


def everybody_tries(app: Flask) -> bool:
    return IS_FULL and installation_of(app).database.engine.dialect.name == "postgresql"


def told_apart(
    staff: dict[str, Attacker],
    attempt: Attempt,
    aims: list[Any],
    secrets: frozenset[str] | set[str] = frozenset(),
) -> list[str]:
    """Where an answer differs from its twin's for a row that is not there, or holds one of the secrets."""
    found = []
    for name, who in staff.items():
        twin = who.send(attempt.at(NO_SUCH_ID))
        for row_id in aims:
            answer = who.send(attempt.at(row_id))
            if apart := difference(answer, twin, row_id):
                found.append(f"{name}: {attempt} {apart}")
            found += [f"{name}: {attempt} tells {each}" for each in leaks(answer, secrets)]
    return found


def leaks(answer: TestResponse, secrets: frozenset[str] | set[str]) -> list[str]:
    """The first of the secrets in an answer. Where none of its beginnings stands, no secret does."""
    text = answer.get_data().decode(errors="replace")
    pieces = {text[start : start + SHORTEST_SECRET] for start in range(len(text) - SHORTEST_SECRET + 1)}
    return [each for each in secrets if each[:SHORTEST_SECRET] in pieces and each in text][:1]
