"""The OpenAPI document: whole, and true of what the addresses answer."""

from __future__ import annotations

import re

import pytest
from shop.models import Customer, Order, Receipt

from company import Company, customer_values


@pytest.fixture(scope="module")
def document(company: Company) -> dict:
    answer = company.api_of("east.watcher")("GET", "/api/v1/_openapi")
    assert answer.status_code == 200
    return answer.json


def operations(document):
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def test_any_logged_in_person_may_read_it_and_nobody_else(company: Company):
    assert company.app.test_client().get("/api/v1/_openapi").status_code == 401
    assert company.api_of("idle")("GET", "/api/v1/_openapi").status_code == 200
    assert company.client_of("east.clerk").get("/api/v1/_openapi").status_code == 200


def test_its_shape(document):
    assert document["openapi"] == "3.0.3"
    assert document["info"]["title"]
    names = [
        operation["operationId"] for _, _, operation in operations(document) if "operationId" in operation
    ]
    assert len(names) == len(set(names))
    for path, method, operation in operations(document):
        assert path.startswith("/api/v1/")
        assert method in ("get", "post", "put", "delete")
        assert operation["responses"]
        in_path = [each["name"] for each in operation.get("parameters", []) if each["in"] == "path"]
        assert sorted(in_path) == sorted(re.findall(r"{(.*?)}", path)), "a place of the path, or one too many"
        assert ("requestBody" in operation) == (method in ("post", "put"))


def test_every_reference_leads_somewhere(document):
    schemas = document["components"]["schemas"]

    def references(part):
        if isinstance(part, dict):
            if "$ref" in part:
                yield part["$ref"]
            for each in part.values():
                yield from references(each)
        elif isinstance(part, list):
            for each in part:
                yield from references(each)

    found = set(references(document))
    assert found
    assert {each.removeprefix("#/components/schemas/") for each in found} <= set(schemas)
    for schema in schemas.values():
        assert set(schema.get("required", [])) <= set(schema["properties"])
        assert not [name for name in schema.get("required", []) if schema["properties"][name].get("readOnly")]


def test_every_documented_call_is_there_and_answers_as_documented(company: Company, document):
    number = company.put("east", Customer(**customer_values(extra={"a": 1})))
    order = company.put("east", Order(customer_id=number, amount=1))
    ids = {
        "shop.customer": number,
        "shop.order": order,
        "shop.receipt": company.put("east", Receipt(amount=1)),
    }
    call = company.api_of("admin")
    headers = {"X-Branch": "east"}
    company.switch("gas", "east", on=True)
    for path, method, operation in operations(document):
        entity = operation.get("tags", [""])[0]
        address = path.replace("{id}", str(ids.get(entity, 1)))
        answer = call(
            method.upper(), address, headers=headers, json={} if method in ("post", "put") else None
        )
        if entity.startswith("shop.") and method == "delete":
            assert answer.status_code in (200, 409), (path, answer.text)
        else:
            assert str(answer.status_code) in operation["responses"], (path, method, answer.text)
        assert answer.status_code != 405
        assert answer.is_json


def test_what_is_answered_has_the_documented_types(company: Company, document):
    number = company.put("east", Customer(**customer_values(credit=5, volume=1)))
    answer = company.api_of("east.clerk")("GET", f"/api/v1/shop/customer/{number}").json["result"]
    properties = document["components"]["schemas"]["shop.customer"]["properties"]
    assert set(answer) == set(properties)
    types = {"string": str, "integer": int, "boolean": bool}
    for name, value in answer.items():
        described = properties[name]
        if value is None:
            assert described.get("nullable"), name
        elif "type" in described:
            assert isinstance(value, types[described["type"]]), name
    assert properties["number"]["maxLength"] == 20
    assert properties["kind"]["enum"] == ["home", "firm"]


def test_what_cannot_be_done_is_not_documented(document):
    assert set(document["paths"]["/api/v1/shop/receipt/"]) == {"get"}
    assert set(document["paths"]["/api/v1/core/person/"]) == {"get"}
    assert set(document["paths"]["/api/v1/core/plugin/{id}"]) == {"get"}
