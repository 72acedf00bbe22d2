"""`zhidu backup`, `zhidu restore` and `zhidu doctor`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from core.data.errors import SetupError
from core.settings import Settings

if TYPE_CHECKING:
    from core.keeping.backup import Written
    from core.keeping.doctor import Finding
    from core.keeping.manifest import Manifest
    from core.keeping.restore import Restored

# What a command needs is imported when it runs, so that the others start at once.
_FILE = click.argument("file", type=click.Path(path_type=Path))


@click.command()
@_FILE
@click.option(
    "--with-secrets",
    is_flag=True,
    help="Put the secret key and the passwords of the settings in, in clear. Guard the file as you guard them.",
)
def backup(file: Path, with_secrets: bool) -> None:
    """Write the data of one moment, the uploaded files and the settings into FILE; the program may run."""
    from core.keeping.backup import back_up

    if not file.parent.is_dir():
        raise SetupError(f"there is no folder {file.parent}; make it first")
    _say_written(back_up(Settings.from_environment(), file.absolute(), with_secrets))


def _say_written(written: Written) -> None:
    manifest = written.manifest
    click.echo(f"Wrote {written.file}: {written.size:,} bytes, readable by its owner alone.")
    _say_contents(manifest)
    for path in manifest.files["missing"]:
        click.echo(f"Missing: the file {path}, which a row names; `zhidu doctor` says more.")
    if manifest.settings["secrets"]:
        click.echo("Secrets: the secret key and the passwords of the settings are in it, in clear.")
    else:
        click.echo(
            "Secrets: left out. Keep the secret key apart (ZHIDU_SECRET_KEY, or secret-key in ZHIDU_HOME)."
        )
    click.echo(f"SHA-256: {written.sha256}")


def _say_contents(manifest: Manifest) -> None:
    parts = ", ".join(
        f"{each.id} {each.version} at {each.revision}".replace("  ", " ") for each in manifest.parts
    )
    files = manifest.files
    click.echo(f"Data: {manifest.rows:,} rows in {len(manifest.tables)} tables as of {manifest.made_at}.")
    click.echo(f"Made by: {parts}; on {manifest.database}.")
    click.echo(f"Files: {files['count']:,}, {files['bytes']:,} bytes.")


@click.command()
@_FILE
@click.option(
    "--sha256", help="The checksum that was told when the backup was made; another file is refused."
)
@click.option("--without", multiple=True, metavar="PLUGIN", help="Leave out the data of a plugin.")
def restore(file: Path, sha256: str | None, without: tuple[str, ...]) -> None:
    """Fill an empty installation with the backup FILE: whole, or not at all."""
    from core.keeping.restore import restore as fill

    if sha256:
        _require_sum(file, sha256)
    _say_restored(fill(Settings.from_environment(), file, without))


def _require_sum(file: Path, sha256: str) -> None:
    import hashlib

    if not file.is_file():
        raise SetupError(f"there is no file {file}")
    with file.open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256").hexdigest()
    if found != sha256.strip().lower():
        raise SetupError(f"{file} is not used: its SHA-256 is {found}; nothing was changed")


def _say_restored(restored: Restored) -> None:
    _say_contents(restored.manifest)
    click.echo("Counts and checksums of all tables and files are those of the backup.")
    if restored.without:
        click.echo(f"Left out: the data of {', '.join(restored.without)}.")
    if restored.later:
        click.echo(f"Brought up to this program by: {', '.join(restored.later)}.")
    if restored.key_restored:
        click.echo("The secret key is that of the backup.")
    else:
        click.echo("The secret key is this installation's own: people log in again.")
    click.echo("Next: `zhidu doctor`, then `zhidu run`.")


# ---------------------------------------------------------------- doctor


@click.command()
@click.option("--mend", is_flag=True, help="Remove what killed uploads left behind for more than an hour.")
@click.option(
    "--backup",
    "file",
    type=click.Path(path_type=Path),
    help="Also compare every table and file with a backup.",
)
@click.option(
    "--lang", type=click.Choice(["en", "zh"]), help="The language; without it that of the terminal."
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def doctor(mend: bool, file: Path | None, lang: str | None, form: str) -> None:
    """Look at every part of the installation and say what to do; the exit status is 1 when something fails."""
    import json
    from dataclasses import asdict

    from core.keeping.doctor import FAIL

    findings = _examined(mend, file, lang or _terminal_language())
    if form == "json":
        click.echo(json.dumps([asdict(each) for each in findings], ensure_ascii=False, indent=2))
    else:
        for each in findings:
            click.echo(f"{each.state:<5} {each.check:<11} {' '.join([each.text, each.advice]).strip()}")
    failed = sum(1 for each in findings if each.state == FAIL)
    if failed:
        raise SetupError(f"checks that failed: {failed}; each line above says what to do")


def _examined(mend: bool, file: Path | None, lang: str) -> list[Finding]:
    from flask_babel import force_locale

    from core.app import create_app
    from core.commands.setup import installation_of
    from core.keeping.archive import Backup
    from core.keeping.doctor import look_over
    from core.keeping.doctor.likeness import compare

    app = create_app(Settings.from_environment())
    backup = Backup(file) if file else None
    try:
        with app.app_context(), force_locale(lang):
            findings = look_over(app, mend)
            return [*findings, *(compare(installation_of(app), backup) if backup else ())]
    finally:
        installation_of(app).database.dispose()
        if backup:
            backup.close()


def _terminal_language() -> str:
    import os

    from core.languages.locales import SOURCE_LOCALE, supported_locale

    told = next((os.environ[each] for each in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(each)), "")
    return supported_locale(told) or SOURCE_LOCALE


COMMANDS: tuple[click.Command, ...] = (backup, restore, doctor)
