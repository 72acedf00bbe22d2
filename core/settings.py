"""Settings, read once from the environment; what is not set is generated and kept in ZHIDU_HOME."""

from __future__ import annotations

import contextlib
import ipaddress
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from core.data.errors import SetupError

SMTP_SCHEMES = ("smtp", "smtp+starttls", "smtps")
CHECKOUT = Path(__file__).resolve().parent.parent

MOST_AHEAD = 400


@dataclass(frozen=True)
class Settings:
    """What an installation is told from outside.

    `home` holds data, logs and uploads; `plugin_folders` are folders of plugins beside the tree's own.
    `demo_accounts` is the most customers a branch of the demonstration company gets; None: as many as a real one has.
    `trusted_proxies` are the addresses and networks whose X-Forwarded-For and -Proto are believed.
    `log_ins_a_minute` is how many log-ins one address may try. `smtp_url` sends mail, from `mail_from`; its links
    begin with `public_url`. `sms_url` takes short messages, with `sms_token` as the bearer. `plan_ahead` is for how
    many days cadences are planned ahead. `pseudo_locale` puts brackets and accents into English, to find what bypasses
    translation. `cache` is a folder for what can be made anew at any time; None: nothing is kept.
    """

    port: int
    database_url: str
    home: Path
    secret_key: str
    node_modules: Path
    plugin_folders: tuple[Path, ...] = ()
    demo_accounts: int | None = None
    trusted_proxies: tuple[str, ...] = ()
    log_ins_a_minute: int = 120
    smtp_url: str = ""
    mail_from: str = ""
    public_url: str = ""
    sms_url: str = ""
    sms_token: str = ""
    database_owner_url: str = ""
    pseudo_locale: bool = False
    cache: Path | None = None
    plan_ahead: int = 40

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
            trusted_proxies=_proxies(os.environ.get("ZHIDU_TRUSTED_PROXIES", "")),
            log_ins_a_minute=_log_ins(os.environ.get("ZHIDU_LOG_INS_A_MINUTE") or "120"),
            **_mail(),
            **_short_messages(),
            database_owner_url=os.environ.get("ZHIDU_DATABASE_OWNER_URL", ""),
            pseudo_locale=_switch("ZHIDU_PSEUDO_LOCALE"),
            cache=Path(os.environ.get("ZHIDU_CACHE") or home / "cache").resolve(),
            plan_ahead=_days_ahead(os.environ.get("ZHIDU_PLAN_AHEAD") or "40"),
        )

    @property
    def owner_url(self) -> str:
        """The address by which tables are made: with PostgreSQL, that of a role apart from the application's."""
        return self.database_owner_url or self.database_url

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


def _days_ahead(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 4) or not 0 < int(text) <= MOST_AHEAD:
        raise SetupError(f"ZHIDU_PLAN_AHEAD is {text!r}; set it to a number of days from 1 to {MOST_AHEAD}")
    return int(text)


def _demo_accounts(text: str) -> int | None:
    if not text:
        return None
    if not text.isdigit() or int(text) < 1:
        raise SetupError(f"ZHIDU_DEMO_ACCOUNTS is {text!r}; set it to a number of 1 or more, or leave it out")
    return int(text)


def _proxies(text: str) -> tuple[str, ...]:
    found = tuple(each.strip() for each in text.split(",") if each.strip())
    for each in found:
        try:
            ipaddress.ip_network(each, strict=False)
        except ValueError:
            raise SetupError(
                f"ZHIDU_TRUSTED_PROXIES holds {each!r}; write addresses or networks such as 10.0.0.0/8, with commas"
            ) from None
    return found


def _log_ins(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or int(text) < 1:
        raise SetupError(f"ZHIDU_LOG_INS_A_MINUTE is {text!r}; set it to a number of 1 or more")
    return int(text)


def _switch(name: str) -> bool:
    text = os.environ.get(name, "")
    if text not in ("", "0", "1"):
        raise SetupError(f"{name} is {text!r}; set it to 1 or 0, or leave it out")
    return text == "1"


def _mail() -> dict[str, str]:
    server, public = os.environ.get("ZHIDU_SMTP_URL", ""), os.environ.get("ZHIDU_PUBLIC_URL", "").rstrip("/")
    sender = os.environ.get("ZHIDU_MAIL_FROM", "")
    if public and urlsplit(public).scheme not in ("http", "https"):
        raise SetupError(f"ZHIDU_PUBLIC_URL is {public!r}; write it like https://zhidu.example.com")
    if server and (urlsplit(server).scheme not in SMTP_SCHEMES or not urlsplit(server).hostname):
        raise SetupError(
            "ZHIDU_SMTP_URL is no mail server; write it like smtp+starttls://user:password@host:587"
        )
    if server and not (public and "@" in sender):
        raise SetupError("ZHIDU_SMTP_URL needs ZHIDU_PUBLIC_URL and ZHIDU_MAIL_FROM beside it; set both")
    return {"smtp_url": server, "mail_from": sender, "public_url": public}


def _short_messages() -> dict[str, str]:
    gateway, token = os.environ.get("ZHIDU_SMS_URL", ""), os.environ.get("ZHIDU_SMS_TOKEN", "")
    if gateway and (urlsplit(gateway).scheme not in ("http", "https") or not urlsplit(gateway).hostname):
        raise SetupError("ZHIDU_SMS_URL is no gateway; write it like https://sms.example.com/send")
    return {"sms_url": gateway, "sms_token": token}


def _make_home(home: Path) -> None:
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise SetupError(
            f"the folder {home} cannot be made ({error.strerror}); set ZHIDU_HOME to one you may write"
        ) from None
    if not os.access(home, os.W_OK):
        raise SetupError(f"the folder {home} cannot be written; set ZHIDU_HOME to one you may write")
