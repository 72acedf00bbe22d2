"""Attacks on the running program over HTTP, made up from what it says of itself: its addresses, entities, OpenAPI.

An attack on a foreign row has a twin: the same request for a row that does not exist. Whoever may not know of the row
has to get the same answer to both.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

from flask import Flask
from sqlalchemy import String, inspect, select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from company import Api, Browser
from core.branches import BranchOwned, system_scope
from core.branches.owned import owned_tables
from core.data.base import Base
from core.entities.spec import Entity
from core.installation import EXTENSION, Installation

PLAIN = re.compile(
    r"\d{4}-\d\d-\d\d|[\d., ]*,[\d., ]*$"
)  # days and rows of figures, which any branch may hold
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
