"""`zhidu rules ...`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from core.data.errors import SetupError
from core.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from core.data.database import Database
    from core.handbook.explain import Explanation

FORMAT = click.option(
    "--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True
)
LANGUAGE = click.option("--language", type=click.Choice(("zh", "en")), default="en", show_default=True)


@click.group()
def rules() -> None:
    """The rules of the rule book: list, explain, work out again."""


@rules.command("list")
@click.option("--plugin", "plugin", default="", help="Only the rules of this plugin, or about its objects.")
@FORMAT
def list_(plugin: str, form: str) -> None:
    """Every rule with its clause, sentence, settings and tests; administrators' own in force with owner and branch."""
    from core.app import create_app
    from core.commands.setup import installation_of
    from core.handbook.listing import listed

    app = create_app(Settings.from_environment())
    with app.app_context():
        every = [*listed(installation_of(app).rules), *_own(installation_of(app).database)]
        found = [each for each in every if plugin in ("", each["plugin"])]
    installation_of(app).database.dispose()
    if form == "json":
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for each in found:
        click.echo(f"{each['id']:<12} {each['kind']:<10} {each['plugin']:<12} {each['clause']['heading']}")
        click.echo(f"    {each['sentence']['zh']}")
        click.echo(f"    {each['sentence']['en']}")


def _own(database: Database) -> list[dict[str, Any]]:
    """Those of administrators; none before the database is set up."""
    from sqlalchemy import inspect
    from sqlalchemy.exc import OperationalError

    from core.handbook.own.listing import own_listed
    from core.handbook.own.models import OwnRule

    try:
        if not inspect(database.engine).has_table(OwnRule.__tablename__):
            return []
    except OperationalError:
        return []
    with database.sessions() as session:
        return own_listed(session)


@rules.command()
@click.argument("what", metavar="RULE|FINDING|KIND/KEY")
@click.option("--branch", default="", metavar="CODE", help="Of a rule: as it is in force in this branch.")
@LANGUAGE
@FORMAT
def explain(what: str, branch: str, language: str, form: str) -> None:
    """Say what a rule says today, or why a finding (its number or its key) came out so.

    Whatever else answers "why?" is named as in the address of its page: measure/gas.collected:2026-10:gas-east.
    """
    from flask_babel import force_locale

    from core.branches.scope import system_scope
    from core.commands.setup import session_of

    with (
        session_of(Settings.from_environment()) as session,
        system_scope("zhidu rules explain"),
        force_locale(language),
    ):
        found = _explained(session, what, branch)
        told: dict[str, Any] = found.as_json()
    if form == "json":
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    click.echo(told["text"])
    for each in (*told["settings"], *told["inputs"]):
        click.echo(f"  {each['label']}: {each['value']}")


def _explained(session: Session, what: str, code: str) -> Explanation:
    from werkzeug.exceptions import NotFound

    from core.data import clock
    from core.handbook.explain import OPERATORS, explain_rule, known_rule
    from core.handbook.screens.why import of_records

    rule = known_rule(what.upper())
    if rule is not None:
        branch = _branch(session, code)
        return explain_rule(session, rule, branch.id, clock.today(branch.time_zone))
    kind, _slash, key = what.rpartition("/")
    explainer = OPERATORS.get(kind or "finding") or of_records(kind, by_operator=True)
    if explainer is None:
        raise SetupError(
            f"{kind} is none of {', '.join(sorted(OPERATORS))}, nor records that explain themselves"
        )
    try:
        return explainer(session, key)
    except NotFound:
        if kind:
            raise SetupError(f"nothing is known of the {kind} {key}") from None
        raise SetupError(
            f"there is no rule and no finding {what}; `zhidu rules list` shows the rules"
        ) from None


def _branch(session: Session, code: str) -> Any:
    from sqlalchemy import select

    from core.branches.models import HEAD_OFFICE, Branch

    wanted = Branch.code == code if code else Branch.kind == HEAD_OFFICE
    found = session.scalar(select(Branch).where(wanted).order_by(Branch.id).limit(1))
    if found is None:
        raise SetupError(f"there is no branch {code}" if code else "there is no head office yet")
    return found


@rules.command()
@FORMAT
def replay(form: str) -> None:
    """Work out every kept amount, finding and due date again; the exit status is 1 when anything differs."""
    from core.branches.scope import system_scope
    from core.commands.setup import session_of
    from core.handbook.replay import replay as again

    with session_of(Settings.from_environment()) as session, system_scope("zhidu rules replay"):
        found = again(session)
    if form == "json":
        told = {
            "judged": found.judged,
            "passed_over": found.passed_over,
            "differences": [vars(each) for each in found.differences],
        }
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        for each in found.differences:
            click.echo(f"{each.rule} {each.what}: kept {each.kept}, now {each.now}")
        click.echo(
            f"{found.judged} worked out again, {len(found.differences)} differ, "
            f"{found.passed_over} of rules that are gone or rewritten"
        )
    if found.differences:
        raise SetupError(f"{len(found.differences)} outcomes differ from what was kept")
