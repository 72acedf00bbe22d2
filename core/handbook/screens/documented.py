"""What the OpenAPI document says of the rule book."""

from __future__ import annotations

from typing import Any


def rule_operations(errors: dict[str, str]) -> dict[str, Any]:
    """The addresses with their operations; `errors` are the descriptions of answers that every call may give."""
    text = {"type": "string"}
    both = {"type": "object", "properties": {"zh": text, "en": text}}
    setting = _object(
        name=text, kind=text, default={}, suggested={}, by_two={"type": "boolean"}, label=both, fixed=both
    )
    clause = _object(id=text, document=text, heading=text, says=both)
    rule = _object(
        id=text,
        kind=text,
        plugin=text,
        version={"type": "integer"},
        clause=clause,
        sentence=both,
        settings=_list(setting),
        tests=_list(text),
    )
    line = _object(name=text, label=text, value=text)
    why = _object(
        text=text,
        rule=text,
        version={"type": "integer"},
        kind=text,
        clause=_object(document=text, heading=text, says=text),
        day=text,
        settings=_list(line),
        inputs=_list(line),
        entity=text,
        subject_id={"type": "integer", "nullable": True},
    )
    listed = _object(count={"type": "integer"}, ids=_list(text), result=_list(rule))
    parameters = [
        {"name": name, "in": "path", "required": True, "description": about, "schema": text}
        for name, about in (
            ("kind", "rule, finding, obligation, approval, measure"),
            (
                "key",
                "A rule's id, a finding's key; of a measure its id, month and branch, with colons between",
            ),
        )
    ]
    return {
        "/api/v1/rules/": {"get": _operation("Every rule that one may read", "rules", listed, [], errors)},
        "/api/v1/rules/why/{kind}/{key}": {
            "get": _operation("Why something came out so", "why", _object(result=why), parameters, errors)
        },
    }


def _operation(
    summary: str, name: str, answer: dict[str, Any], parameters: list[Any], errors: dict[str, str]
) -> dict[str, Any]:
    found = {"description": summary, "content": {"application/json": {"schema": answer}}}
    failed = {code: {"description": said} for code, said in errors.items()}
    return {
        "tags": ["rules"],
        "summary": summary,
        "operationId": name,
        "parameters": parameters,
        "responses": {"200": found, **failed},
    }


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}
