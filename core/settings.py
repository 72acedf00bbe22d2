"""Settings, read once from the environment; what is not set is generated and kept in ZHIDU_HOME."""

from __future__ import annotations

import contextlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from core.data.errors import SetupError

CHECKOUT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Settings:
    """What an installation is told from outside.

    `home` holds data, logs and uploads; `plugin_folders` are folders of plugins beside the tree's own.
    `demo_accounts` is the most customers a branch of the demonstration company gets; None: as many as a real one has.
    """

    port: int
    database_url: str
    home: Path
    secret_key: str
    node_modules: Path
    plugin_folders: tuple[Path, ...] = ()
    demo_accounts: int | None = None

    @classmethod
    def from_environment(cls) -> Settings:
        """Read every ZHIDU_... variable that the README lists. Raises SetupError for a value that cannot be used."""
        home = Path(os.environ.get("ZHIDU_HOME") or CHECKOUT / "var").resolve()
        _make_home(home)
        folders = os.environ.get("ZHIDU_PLUGIN_FOLDERS", "")
        return cls(
            port=_port(os.environ.get("ZHIDU_PORT") or "8080"),
            database_url=os.environ.get("ZHIDU_DATABASE_URL") or f"sqlite:///{home / 'zhidu.sqlite'}",
            home=home,
            secret_key=os.environ.get("ZHIDU_SECRET_KEY") or kept_secret(home / "secret-key"),
            node_modules=Path(os.environ.get("ZHIDU_NODE_MODULES") or CHECKOUT / "node_modules"),
            plugin_folders=tuple(Path(each) for each in folders.split(os.pathsep) if each),
            demo_accounts=_demo_accounts(os.environ.get("ZHIDU_DEMO_ACCOUNTS", "")),
        )

    @property
    def demo_password(self) -> str:
        """The password of every demo account: ZHIDU_DEMO_PASSWORD, or one made once and kept in `demo-password`."""
        return os.environ.get("ZHIDU_DEMO_PASSWORD") or kept_secret(self.home / "demo-password", length=9)


def kept_secret(file: Path, length: int = 32) -> str:
    """The secret in `file`, made at the first call; readable by the owner alone."""
    try:
        if not file.exists():
            _write_once(file, secrets.token_urlsafe(length) + "\n")
        return file.read_text().strip()
    except OSError as error:
        raise SetupError(
            f"the file {file} cannot be read or made ({error.strerror}); see to it that this user may"
        ) from None


def _write_once(file: Path, text: str) -> None:
    # Written aside and linked whole: of several processes that start together, all read what the first one wrote.
    aside = file.with_name(f".{file.name}-{secrets.token_hex(6)}")
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as out:
        out.write(text)
    try:
        with contextlib.suppress(FileExistsError):
            os.link(aside, file)
    finally:
        aside.unlink()


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 6) or not 0 < int(text) < 65536:
        raise SetupError(f"ZHIDU_PORT is {text!r}; set it to a number from 1 to 65535")
    return int(text)


def _demo_accounts(text: str) -> int | None:
    if not text:
        return None
    if not text.isdigit() or int(text) < 1:
        raise SetupError(f"ZHIDU_DEMO_ACCOUNTS is {text!r}; set it to a number of 1 or more, or leave it out")
    return int(text)


def _make_home(home: Path) -> None:
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SetupError(
            f"the folder {home} cannot be made ({error.strerror}); set ZHIDU_HOME to one you may write"
        ) from None
    if not os.access(home, os.W_OK):
        raise SetupError(f"the folder {home} cannot be written; set ZHIDU_HOME to one you may write")
