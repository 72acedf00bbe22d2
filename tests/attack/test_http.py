"""Attacks over HTTP on everything that the program says of itself: none succeeds, none tells of a foreign row.

Gas East attacks Gas West: staff with every right in their own branch, staff without the right, and nobody.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from flask import Flask
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import select

import servers
from attackers import (
    NO_SUCH_ID,
    SHORTEST_SECRET,
    Attacker,
    Attempt,
    by_relations,
    difference,
    installation_of,
    of_the_document,
    of_views,
    on_a_row,
    row_ids,
    secrets_of,
    state_of,
)
from company import Api, Browser, demo_app
from core.branches import Branch, BranchOwned, system_scope
from core.handbook.models import Finding
from core.people.models import Appointment
from core.worklist.models import Obligation
from run_folder import IS_FULL

HERE, THERE = "gas-east", "gas-west"
STAFF = ("cashier", "finance", "duty-clerk", "meter-reader", "department-head", "card-clerk")
REFUSED_TO = len(STAFF) if IS_FULL else 2  # how many try what they have no right to
AIMS = 2 if IS_FULL else 1  # rows of each entity
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
WHY = "/api/v1/rules/why/"
REFUSED = frozenset({401, 403, 404, 405})


@pytest.fixture(scope="module")
def app(backend: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    with demo_app(backend, tmp_path_factory.mktemp("attacked")) as made:
        yield made


@pytest.fixture(scope="module")
def branches(app: Flask) -> dict[str, int]:
    with app.app_context(), system_scope("an attack looks around"):
        return {each.code: each.id for each in installation_of(app).database.session().query(Branch)}


@pytest.fixture(scope="module")
def staff(app: Flask) -> dict[str, Attacker]:
    return {name: attacker(app, f"{HERE}.{name}") for name in STAFF}


def attacker(app: Flask, username: str) -> Attacker:
    browser = Browser(app.test_client())
    answer = browser.log_in(username, servers.DEMO_PASSWORD)
    assert answer.status_code == 302, answer.text
    body = {"username": username, "password": servers.DEMO_PASSWORD, "provider": "db"}
    token = app.test_client().post("/api/v1/security/login", json=body)
    assert token.status_code == 200, token.text
    return Attacker(browser, Api(app.test_client(), token.json["access_token"]))


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
    names = [name for name in staff if entity_id in granted(app, f"{HERE}.{name}")] or list(staff)
    return {names[0]: staff[names[0]]}


def everybody_tries(app: Flask) -> bool:
    return IS_FULL and installation_of(app).database.engine.dialect.name == "postgresql"


def fewest(app: Flask, each: int) -> int:
    """How many attempts there must be, of which each who tries makes `each` at one row."""
    return each * AIMS * (len(STAFF) if everybody_tries(app) else 1)


def owned(app: Flask) -> dict[str, object]:
    return {
        name: each
        for name, each in installation_of(app).entities.items()
        if issubclass(each.model, BranchOwned)
    }


def test_a_foreign_row_is_answered_as_none(
    app: Flask, branches: dict[str, int], staff: dict[str, Attacker]
) -> None:
    before = state_of(app, branches[THERE])
    secrets = secrets_of(app, branches[THERE])
    assert len(secrets) > 100
    tried, told = 0, []
    for entity in owned(app).values():
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


def leaks(answer: object, secrets: frozenset[str] | set[str]) -> list[str]:
    """The first of the secrets in an answer. Where none of its beginnings stands, no secret does."""
    text = answer.get_data(as_text=True)  # type: ignore[attr-defined]
    pieces = {text[start : start + SHORTEST_SECRET] for start in range(len(text) - SHORTEST_SECRET + 1)}
    return [each for each in secrets if each[:SHORTEST_SECRET] in pieces and each in text][:1]
