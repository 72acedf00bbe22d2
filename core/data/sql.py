"""SQL functions that both databases know under different names."""

from __future__ import annotations

from typing import Any

from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction


class greatest(GenericFunction[Any]):  # noqa: N801 - used like a function
    """The largest argument; none of them may be NULL."""

    name = "greatest"
    inherit_cache = True


class least(GenericFunction[Any]):  # noqa: N801 - used like a function
    """The smallest argument; none of them may be NULL."""

    name = "least"
    inherit_cache = True


@compiles(greatest, "sqlite")
def _greatest_sqlite(element: Any, compiler: Any, **kw: Any) -> str:
    return f"max({compiler.process(element.clauses, **kw)})"


@compiles(least, "sqlite")
def _least_sqlite(element: Any, compiler: Any, **kw: Any) -> str:
    return f"min({compiler.process(element.clauses, **kw)})"
