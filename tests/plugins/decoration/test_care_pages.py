"""Every list, form, board and calendar of VIP service and care opens for those whose work it is, in both languages."""

from __future__ import annotations

from datetime import date

import pytest

from company import Company
from core.data import clock
from core.entities.spec import Entity
from decoration_care import archive, worker
from decoration_company import HERE, customer
from plugins.decoration.entities import care, vip
from plugins.decoration.rules import names as n

ENTITIES = (*vip.ENTITIES, *care.ENTITIES)


@pytest.fixture(scope="module")
def filled(company: Company) -> Company:
    """An archive, an event, and a batch with a message."""
    archive(company, "P-1")
    today = clock.today()
    customer(company, "P-2", phase=n.AFTER_SALE, birthday=date(1980, today.month, min(today.day, 28)))
    worker(company, today.replace(day=min(today.day, 28)))
    return company


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("entity", ENTITIES, ids=lambda entity: entity.name)
def test_pages_open(filled: Company, entity: Entity, language: str) -> None:
    for who in ("manager", "vip-keeper", "specialist"):
        browser = filled.client_of(f"{HERE}.{who}", language)
        api = filled.api_of(f"{HERE}.{who}")
        answer = api("GET", entity.api_path)
        if answer.status_code == 403:
            continue
        paths = [entity.path]
        paths += [f"{entity.path}?as=board"] if entity.board else []
        paths += [f"{entity.path}?as=calendar"] if entity.calendar else []
        paths += [f"{entity.path}{row['id']}" for row in answer.json["result"][:1]]
        for path in paths:
            assert browser.get(path).status_code == 200, (who, path)
        assert browser.get(f"{entity.path}new").status_code in (200, 403), who
    assert entity.path in filled.client_of(f"{HERE}.manager", language).get("/").text


def test_my_work_names_batches_and_proposed_vips(filled: Company) -> None:
    archive(filled, "P-3", state="proposed", opened_on=None)
    page = filled.client_of(f"{HERE}.manager").get("/my-work/").text
    assert "Customers proposed as VIPs" in page
    assert "Care messages to approve" in page
    assert "Customers proposed as VIPs" not in filled.client_of(f"{HERE}.specialist").get("/my-work/").text
