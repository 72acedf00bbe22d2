"""Applications that tests use one after the other: to register everything takes longer than most tests do.

What an application keeps between requests, and what a test may have changed in it, is as new each time, and its engine
leads to another database; only the statements that the engine has compiled stay. What modules keep for a whole process,
every application of the process has shared all along.
"""

from __future__ import annotations

import copy
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from typing import Any

from flask import Flask
from sqlalchemy import event, make_url

from core.data.database import normalised
from core.entities import counting
from core.installation import EXTENSION, Installation
from core.settings import Settings
from core.ui import drawn


class Kept:
    """An application as it was made, to be made that again."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self._config = dict(app.config)
        self._extensions = dict(app.extensions)
        self._installed = _values(self.installed)
        event.listen(self.installed.database.engine, "do_connect", self._lead)

    @property
    def installed(self) -> Installation:
        found: Installation = self.app.extensions[EXTENSION]
        return found

    def begin(self, settings: Settings) -> Flask:
        """As new, for these settings."""
        app = self.app
        _put(app.config, self._config)
        _put(app.extensions, self._extensions)
        app.extensions[drawn.KEPT_IN] = OrderedDict()
        for name, value in self._installed.items():
            setattr(self.installed, name, _copied(value))
        app.secret_key = app.config["JWT_SECRET_KEY"] = settings.secret_key
        self.installed.settings = settings
        database = self.installed.database
        database.dispose()
        database.url = normalised(settings.database_url)
        counting._large.pop(database.engine, None)
        return app

    def _lead(self, dialect: Any, _record: Any, arguments: Any, parameters: Any) -> None:
        """To the database that is meant now."""
        arguments[:], found = dialect.create_connect_args(make_url(self.installed.database.url))
        parameters |= found


_resting: dict[object, list[Kept]] = {}


@contextmanager
def used_again(key: object, settings: Settings, make: Callable[[], Flask]) -> Iterator[Flask]:
    """An application for these settings; `make` makes one where none of this `key` rests."""
    resting = _resting.setdefault((key, make_url(settings.database_url).get_backend_name()), [])
    kept = resting.pop() if resting else Kept(make())
    yield kept.begin(settings)
    kept.installed.database.dispose()
    resting.append(kept)  # not after an error of the test's: it may have left anything


def _values(installed: Installation) -> dict[str, Any]:
    return {each.name: _copied(getattr(installed, each.name)) for each in fields(installed)}


def _copied(value: Any) -> Any:
    return copy.copy(value) if isinstance(value, dict | list) else value


def _put(target: dict[Any, Any], values: dict[Any, Any]) -> None:
    target.clear()
    target.update(values)
