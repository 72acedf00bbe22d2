"""PostgreSQL's roles: the owner makes tables, the application's role works in them and is bound by their policies."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, text
from sqlalchemy.engine import make_url

_FREE = text("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")


def binding_problem(engine: Engine) -> str | None:
    """Why row-level security does not bind the application's role, in one line; None where it does, and on SQLite."""
    if engine.dialect.name != "postgresql":
        return None
    with engine.connect() as connection:
        free = connection.scalar(_FREE)
    if not free:
        return None
    return (
        "the database role goes round row-level security; "
        "use one in ZHIDU_DATABASE_URL that is no superuser and has no BYPASSRLS"
    )


def let_application_in(connection: Connection, url: str, schemas: tuple[str, ...]) -> None:
    """As owner, let the application's role (the user of `url`) work in the tables of `schemas`, those to come included.

    It may change rows but no table. Nothing to do where the owner is the application's role.
    """
    role = make_url(url).username
    if role is None or connection.scalar(text("SELECT current_user")) == role:
        return
    quote = connection.dialect.identifier_preparer.quote
    for schema in schemas:
        name, to = quote(schema), quote(role)
        for grant in (
            f"GRANT USAGE ON SCHEMA {name} TO {to}",
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {name} TO {to}",
            f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {name} TO {to}",
            f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA {name} TO {to}",
        ):
            connection.exec_driver_sql(grant)
