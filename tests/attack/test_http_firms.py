"""One decoration firm attacks another over HTTP: rows, screens, papers and links of the owner tell nothing of it.

The firm of Mixed attacks that of Decoration. What is told of foreign rows at all `test_http` asks between two gas
offices; here each entity of the firm is tried by somebody whose position grants something on it.
"""

from __future__ import annotations

import re

import pytest
from flask import Flask

import pages
from attackers import (
    VIEWS,
    Attacker,
    Attempt,
    attacker,
    by_relations,
    granted,
    leaks,
    of_views,
    on_a_row,
    owned_entities,
    row_ids,
    secrets_of,
    state_of,
    told_apart,
    trying,
)
from core.entities.spec import Entity
from plugins.conduct.positions import POSITIONS as OF_CONDUCT
from plugins.decoration.positions import POSITIONS

HERE, THERE = "mixed", "deco"
OF_THE_FIRM = ("decoration.", "conduct.")
SEEING = ("manager", "specialist")
"""Who is led to most screens."""
MOST_PAGES = 80
NOT_FOLLOWED = ("/assets/", "/logout", "/lang/")
NOT_YET = ["conduct.deduction", "conduct.witness"]
"""What the example firm has none of."""


@pytest.fixture(scope="module")
def staff(app: Flask) -> dict[str, Attacker]:
    return {each.name: attacker(app, f"{HERE}.{each.name}") for each in (*POSITIONS, *OF_CONDUCT)}


def of_the_firm(app: Flask) -> list[Entity]:
    return [each for each in owned_entities(app) if each.id.startswith(OF_THE_FIRM)]


def test_there_is_much_to_learn(app: Flask, branches: dict[str, int], staff: dict[str, Attacker]) -> None:
    """Else nothing below could fail: every entity has rows there and somebody here who may read its like."""
    entities = of_the_firm(app)
    empty = [each.id for each in entities if not row_ids(app, each, branches[THERE], 1)]
    unread = [
        each.id
        for each in entities
        if not any(each.id in granted(app, who.username) for who in staff.values())
    ]
    assert (sorted(empty), unread) == (NOT_YET, [])
    assert len(secrets_of(app, branches[THERE])) > 1000


def test_a_foreign_row_is_answered_as_none(
    app: Flask, branches: dict[str, int], staff: dict[str, Attacker]
) -> None:
    before, secrets = state_of(app, branches[THERE]), secrets_of(app, branches[THERE])
    tried, told = 0, []
    for entity in of_the_firm(app):
        aims, who = row_ids(app, entity, branches[THERE], 1), trying(app, staff, entity.id)
        for attempt in on_a_row(app, entity):
            tried += len(aims) * len(who)
            told += told_apart(who, attempt, aims, secrets)
    assert told == []
    assert state_of(app, branches[THERE]) == before
    assert tried >= 400


def test_screens_and_papers_answer_a_foreign_row_as_none(
    app: Flask, branches: dict[str, int], staff: dict[str, Attacker]
) -> None:
    before, secrets = state_of(app, branches[THERE]), secrets_of(app, branches[THERE])
    entities = {each.id: each for each in of_the_firm(app)}
    tried, told = set(), []
    for entity_id, attempt in of_views(app, VIEWS):
        if entity_id in entities:
            aims = row_ids(app, entities[entity_id], branches[THERE], 1)
            tried |= {attempt.path for _aim in aims}
            told += told_apart(trying(app, staff, entity_id), attempt, aims, secrets)
    assert told == []
    assert state_of(app, branches[THERE]) == before
    assert len(tried) >= 20


@pytest.mark.long
def test_a_relation_to_a_foreign_row_is_answered_as_one_to_none(
    app: Flask, branches: dict[str, int], staff: dict[str, Attacker]
) -> None:
    before, secrets = state_of(app), secrets_of(app, branches[THERE])
    entities = {each.id: each for each in of_the_firm(app)}
    tried, told = 0, []
    for entity_id, target, attempt in by_relations(entities):
        aims, who = row_ids(app, entities[target], branches[THERE], 1), trying(app, staff, entity_id)
        tried += len(aims) * len(who)
        told += told_apart(who, attempt, aims, secrets)
    assert told == []
    assert state_of(app) == before
    assert tried >= 200


def test_lists_exports_and_boards_hold_no_foreign_row(
    app: Flask, branches: dict[str, int], staff: dict[str, Attacker]
) -> None:
    secrets, read, told = secrets_of(app, branches[THERE]), 0, []
    for entity in of_the_firm(app):
        kinds = ("?psize=100", "?as=board", "?as=calendar", "export.csv", "picker?q=1")
        for path in (*(f"{entity.path}{each}" for each in kinds), f"/api/v1{entity.path}?q=(page_size:100)"):
            for name, who in trying(app, staff, entity.id).items():
                answer = who.send(Attempt("GET", path))
                read += answer.status_code == 200
                told += [f"{name}: {path} tells {each}" for each in leaks(answer, secrets)]
    assert told == []
    assert read >= 150


def test_no_page_that_links_lead_to_holds_a_foreign_row(
    app: Flask, branches: dict[str, int], staff: dict[str, Attacker]
) -> None:
    """Call lists, figures, reports, calendars: one of each kind."""
    secrets, told = secrets_of(app, branches[THERE]), []
    for name in SEEING:
        ahead, seen, read = ["/"], set(), 0
        while ahead and read < MOST_PAGES:
            path = ahead.pop(0).partition("#")[0]
            shape = re.sub(r"\d+|=[^&]*", "0", path)
            if shape in seen or path.startswith(NOT_FOLLOWED):
                continue
            seen.add(shape)
            answer = staff[name].browser.get(path)
            told += [f"{name}: {path} tells {each}" for each in leaks(answer, secrets)]
            if answer.status_code == 302:
                ahead.append(answer.location)
            elif answer.status_code == 200 and answer.mimetype == "text/html":
                read += 1
                ahead += pages.read(answer.text).links
            answer.close()
        assert read >= 40, name
    assert told == []
