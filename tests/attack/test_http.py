"""Attacks over HTTP on everything that the program says of itself: none succeeds, none tells of a foreign row.

Gas East attacks Gas West: staff with every right in their own branch, staff without the right, and nobody.
"""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from attackers import (
    VIEWS,
    Attacker,
    Attempt,
    attacker,
    by_relations,
    everybody_tries,
    granted,
    installation_of,
    leaks,
    of_the_document,
    of_views,
    on_a_row,
    owned_entities,
    row_ids,
    secrets_of,
    state_of,
    told_apart,
    trying,
)
from company import Browser
from core.branches import BranchOwned, system_scope
from core.handbook.models import Finding
from core.worklist.models import Obligation
from run_folder import IS_FULL

HERE, THERE = "gas-east", "gas-west"
STAFF = ("cashier", "finance", "duty-clerk", "meter-reader", "department-head", "card-clerk")
REFUSED_TO = len(STAFF) if IS_FULL else 2  # how many try what they have no right to
AIMS = 2 if IS_FULL else 1  # rows of each entity
WHY = "/api/v1/rules/why/"
REFUSED = frozenset({401, 403, 404, 405})


@pytest.fixture(scope="module")
def staff(app: Flask) -> dict[str, Attacker]:
    return {name: attacker(app, f"{HERE}.{name}") for name in STAFF}


def fewest(app: Flask, each: int) -> int:
    """How many attempts there must be, of which each who tries makes `each` at one row."""
    return each * AIMS * (len(STAFF) if everybody_tries(app) else 1)


def test_a_foreign_row_is_answered_as_none(
    app: Flask, branches: dict[str, int], staff: dict[str, Attacker]
) -> None:
    before = state_of(app, branches[THERE])
    secrets = secrets_of(app, branches[THERE])
    assert len(secrets) > 100
    tried, told = 0, []
    for entity in owned_entities(app):
        aims, who = row_ids(app, entity, branches[THERE], AIMS), trying(app, staff, entity.id)
        for attempt in on_a_row(app, entity):
            tried += len(aims) * len(who)
            told += told_apart(who, attempt, aims, secrets)
    assert told == []
    assert state_of(app, branches[THERE]) == before
    assert tried >= fewest(app, 250)


def test_screens_of_their_own_answer_a_foreign_row_as_none(
    app: Flask, branches: dict[str, int], staff: dict[str, Attacker]
) -> None:
    before = state_of(app, branches[THERE])
    entities = installation_of(app).entities
    tried, told = 0, []
    for entity_id, attempt in of_views(app, VIEWS):
        if entity_id not in entities or not issubclass(entities[entity_id].model, BranchOwned):
            continue
        aims, who = row_ids(app, entities[entity_id], branches[THERE], AIMS), trying(app, staff, entity_id)
        tried += len(aims) * len(who)
        told += told_apart(who, attempt, aims)
    assert told == []
    assert state_of(app, branches[THERE]) == before
    assert tried >= fewest(app, 7)


def test_the_documents_operations_answer_a_foreign_row_as_none(
    app: Flask, branches: dict[str, int], staff: dict[str, Attacker]
) -> None:
    before = state_of(app, branches[THERE])
    document = staff["cashier"].send(Attempt("GET", "/api/v1/_openapi")).json
    assert document is not None
    entities = {f"/api/v1{each.path}": each for each in installation_of(app).entities.values()}
    tried, told = 0, []
    for attempt in of_the_document(document):
        if attempt.path.startswith(WHY):
            continue  # asked below, by what it is asked by
        entity = next(each for path, each in entities.items() if attempt.path.startswith(path))
        if not issubclass(entity.model, BranchOwned):
            continue
        aims, who = row_ids(app, entity, branches[THERE], AIMS), trying(app, staff, entity.id)
        tried += len(aims) * len(who)
        told += told_apart(who, attempt, aims)
    assert told == []
    assert state_of(app, branches[THERE]) == before
    assert tried >= fewest(app, 17)


@pytest.mark.parametrize(("kind", "known_by"), [("finding", Finding.key), ("obligation", Obligation.id)])
def test_why_is_told_of_no_foreign_row(
    app: Flask, branches: dict[str, int], staff: dict[str, Attacker], kind: str, known_by: Any
) -> None:
    with app.app_context(), system_scope("an attack looks for its aim"):
        there = select(known_by).where(known_by.class_.branch_id == branches[THERE]).limit(AIMS)
        aims = list(installation_of(app).database.session().scalars(there))
    assert aims
    assert told_apart(staff, Attempt("GET", f"{WHY}{kind}/{{id}}"), aims) == []


def test_a_relation_to_a_foreign_row_is_answered_as_one_to_none(
    app: Flask, branches: dict[str, int], staff: dict[str, Attacker]
) -> None:
    before = state_of(app)
    secrets = secrets_of(app, branches[THERE])
    entities = installation_of(app).entities
    tried, told = 0, []
    for entity_id, target, attempt in by_relations(entities):
        aims, who = row_ids(app, entities[target], branches[THERE], 1), trying(app, staff, entity_id)
        tried += len(aims) * len(who)
        told += told_apart(who, attempt, aims, secrets)
    assert told == []
    assert state_of(app) == before
    assert tried >= 100


def test_lists_exports_and_pickers_hold_no_foreign_row(
    app: Flask, branches: dict[str, int], staff: dict[str, Attacker]
) -> None:
    secrets = secrets_of(app, branches[THERE])
    told = []
    for entity in installation_of(app).entities.values():
        for path in (
            f"{entity.path}?psize=100",
            f"{entity.path}export.csv",
            f"{entity.path}picker?q=1",
            f"/api/v1{entity.path}?q=(page_size:100)",
        ):
            for name, who in trying(app, staff, entity.id).items():
                answer = who.send(Attempt("GET", path))
                told += [f"{name}: {path} tells {each}" for each in leaks(answer, secrets)]
    assert told == []


def test_nobody_gets_anywhere(app: Flask, branches: dict[str, int]) -> None:
    before = state_of(app)
    nobody = Attacker(Browser(app.test_client()))
    let_in = []
    for entity in installation_of(app).entities.values():
        rows = row_ids(app, entity, branches[THERE], 1) or [1]
        for attempt in on_a_row(app, entity):
            answer = nobody.send(attempt.at(rows[0]))
            to_the_door = answer.status_code == 302 and "/login/" in answer.headers["Location"]
            if answer.status_code not in REFUSED and not to_the_door:
                let_in.append(f"{attempt} {answer.status_code}")
    assert let_in == []
    assert state_of(app) == before


def test_what_a_position_does_not_grant_is_refused(
    app: Flask, branches: dict[str, int], staff: dict[str, Attacker]
) -> None:
    """The own branch's rows, for a person whose position grants nothing on the entity."""
    before = state_of(app)
    let_in, tried = [], 0
    for entity in installation_of(app).entities.values():
        rows = row_ids(app, entity, branches[HERE], 1)
        for name in STAFF[:REFUSED_TO]:
            if entity.id in granted(app, f"{HERE}.{name}") or not rows:
                continue
            for attempt in on_a_row(app, entity):
                answer = staff[name].send(attempt.at(rows[0]))
                tried += 1
                if answer.status_code not in REFUSED:
                    let_in.append(f"{name}: {attempt} {answer.status_code}")
    assert let_in == []
    assert state_of(app) == before
    assert tried >= 100
