"""The rules' refusals, handed on as errors that a page or REST call shows in the reader's language."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

from core.data import UserError
from plugins.gas.rules import GasRuleError


@contextlib.contextmanager
def shown_to_people(field: str | None = None) -> Iterator[None]:
    """Turn a GasRuleError inside the block into the UserError of the same sentence, at `field` of the form."""
    try:
        yield
    except GasRuleError as error:
        params: dict[str, Any] = dict(error.params)
        raise UserError(error.template, field=field, **params) from None
