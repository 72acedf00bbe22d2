"""What the OpenAPI document says of the search."""

from __future__ import annotations

from typing import Any

from core.search.screens.everywhere import MOST_ENTITIES, MOST_OF_EACH, OF_EACH


def search_operation(errors: dict[str, str]) -> dict[str, Any]:
    """`GET /api/v1/search`; `errors` are the descriptions of answers that every call may give."""
    text = {"type": "string"}
    hit = {
        "type": "object",
        "properties": {
            "id": {"type": "integer"},
            "title": text,
            "details": {"type": "array", "items": text},
            "url": {**text, "description": "The record's page"},
            "api": {**text, "description": "The record over REST"},
        },
    }
    group = {
        "type": "object",
        "properties": {
            "entity": text,
            "label": text,
            "more": {"type": "boolean", "description": "Whether there is more than was answered"},
            "url": {**text, "description": "The list of all of them"},
            "result": {"type": "array", "items": hit},
        },
    }
    answer = {
        "type": "object",
        "properties": {"query": text, "groups": {"type": "array", "items": group, "maxItems": MOST_ENTITIES}},
    }
    limit = {"type": "integer", "minimum": 1, "maximum": MOST_OF_EACH, "default": OF_EACH}
    return {
        "tags": ["search"],
        "summary": "Search everywhere: names, pinyin, numbers, telephones, addresses",
        "operationId": "search",
        "parameters": [
            {"name": "q", "in": "query", "description": "At least two letters or digits", "schema": text},
            {"name": "limit", "in": "query", "description": "Records of each entity", "schema": limit},
        ],
        "responses": {
            "200": {"description": "What was found", "content": {"application/json": {"schema": answer}}},
            **{code: {"description": said} for code, said in errors.items()},
        },
    }
