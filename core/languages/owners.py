"""Who owns texts: the shell, each plugin, and the libraries whose words appear on screens."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, PoFileParser

from core.data.errors import SetupError

_CHECKOUT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Owner:
    """Texts in `sources` (Python, templates), their translations in `translations/<locale>/LC_MESSAGES`.

    `library` marks a package whose words the shell may overrule.
    """

    id: str
    sources: Path
    translations: Path
    library: bool = False

    def po(self, locale: str) -> Path:
        """The catalogue that new texts of the owner go into; it may not exist yet."""
        return self.folder(locale) / f"{self.id}.po"

    def own_files(self, locale: str) -> list[Path]:
        """The existing catalogues of its own texts: `<id>.po`, and `<id>-<part>.po` of a large owner."""
        folder = self.folder(locale)
        return sorted([*folder.glob(f"{self.id}.po"), *folder.glob(f"{self.id}-*.po")])

    def folder(self, locale: str) -> Path:
        """The folder whose catalogues are all loaded."""
        return self.translations / locale / "LC_MESSAGES"

    def read(self, locale: str) -> list[PoCatalogue]:
        """Every catalogue of the owner. Raises SetupError naming the file that cannot be read."""
        return [_read_once(file, locale) for file in sorted(self.folder(locale).glob("*.po"))]


class PoCatalogue(Catalog):
    """A catalogue that remembers which texts its file holds twice; Babel itself drops the second silently."""

    def __init__(self, locale: str) -> None:
        super().__init__(locale=locale, charset="utf-8")
        self.duplicates: list[Message] = []

    def __setitem__(self, id: str | tuple[str, ...] | list[str], message: Message) -> None:
        if id and self.get(id, message.context) is not None:
            self.duplicates.append(message)
        super().__setitem__(id, message)


def read_catalogue(file: Path, locale: str) -> PoCatalogue:
    """One PO file. Raises SetupError when it is not a valid one."""
    catalogue = PoCatalogue(locale)
    try:
        with file.open("rb") as stream:
            PoFileParser(catalogue, abort_invalid=True).parse(stream)
    except (PoFileError, UnicodeDecodeError) as error:
        raise SetupError(f"The translations in {file} cannot be read ({error}): mend that file.") from error
    return catalogue


def _read_once(file: Path, locale: str) -> PoCatalogue:
    """As `read_catalogue`; a file that has not changed is parsed once a process. The answer is not to be changed."""
    found = file.stat()
    return _remembered(file, locale, found.st_mtime_ns, found.st_size)


@lru_cache(maxsize=256)
def _remembered(file: Path, locale: str, _changed: int, _size: int) -> PoCatalogue:
    return read_catalogue(file, locale)


def shell() -> Owner:
    """The core's own texts; its folder also corrects and completes the words of the libraries."""
    return Owner("core", _CHECKOUT / "core", _CHECKOUT / "translations")


def plugin(plugin_id: str, folder: Path) -> Owner:
    """The texts of the plugin in `folder`."""
    return Owner(plugin_id, folder, folder / "translations")


@cache
def libraries() -> tuple[Owner, ...]:
    """Flask-AppBuilder and WTForms, in the order in which they are asked."""
    appbuilder, wtforms = _package("flask_appbuilder"), _package("wtforms")
    return (
        Owner("flask_appbuilder", appbuilder, appbuilder / "translations", library=True),
        Owner("wtforms", wtforms, wtforms / "locale", library=True),
    )


def _package(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise SetupError(f"The package {name} is not installed: run `make setup`.")
    return Path(spec.origin).parent
