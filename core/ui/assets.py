"""Front-end files under `/assets/<version>/<name>`: a closed list from node_modules, and the shell's own statics.

The version is in the path: modules import each other by relative paths, and everything may be cached for good.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import cast

from flask import Blueprint, Flask, Response, abort, current_app, make_response, request, url_for

from core.data.errors import SetupError

STATIC = Path(__file__).parent / "static"

PACKAGE_FILES: Mapping[str, str] = {
    "tabler.css": "@tabler/core/dist/css/tabler.min.css",
    "tabler-vendors.css": "@tabler/core/dist/css/tabler-vendors.min.css",
    "tabler.js": "@tabler/core/dist/js/tabler.min.js",
    "tom-select.css": "tom-select/dist/css/tom-select.bootstrap5.min.css",
    "tom-select.js": "tom-select/dist/js/tom-select.complete.min.js",
    "htmx.js": "htmx.org/dist/htmx.min.js",
    "echarts.js": "echarts/dist/echarts.esm.min.mjs",
}
"""Logical name -> file below node_modules. Nothing else of node_modules is ever served."""

_TYPES = {".css": "text/css", ".js": "text/javascript", ".mjs": "text/javascript", ".svg": "image/svg+xml"}
_A_YEAR = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class Assets:
    """Every file that may be served, by logical name, and the version that stands in their addresses."""

    files: Mapping[str, Path]
    version: str

    def missing(self) -> list[str]:
        """Logical names whose file is not there."""
        return sorted(name for name, path in self.files.items() if not path.is_file())


def init_app(app: Flask) -> None:
    """Work out the files and their version once, and serve them."""
    node_modules = Path(app.config["ZHIDU_NODE_MODULES"])
    own = {
        path.relative_to(STATIC).as_posix(): path
        for path in sorted(STATIC.rglob("*"))
        if path.suffix in _TYPES
    }
    files = own | {name: node_modules / path for name, path in PACKAGE_FILES.items()}
    app.extensions["zhidu_assets"] = Assets(files, _version(own, node_modules))
    app.register_blueprint(blueprint)


def check(app: Flask) -> None:
    """Raise SetupError when a front-end file is missing; servers call this before they start."""
    missing = _assets(app).missing()
    if missing:
        raise SetupError(f"Front-end packages are missing ({', '.join(missing)}): run `make setup`.")


def asset_url(name: str) -> str:
    """The address of an asset by its logical name, such as `tabler.css` or `js/zhidu.js`.

    Raises KeyError for a name outside the list: a template names an asset that nobody serves.
    """
    known = _assets(current_app)
    if name not in known.files:
        raise KeyError(f"no asset is called {name!r}")
    return url_for("assets.serve", version=known.version, name=name)


blueprint = Blueprint("assets", __name__, url_prefix="/assets")


@blueprint.get("/<version>/<path:name>")
def serve(version: str, name: str) -> Response:
    """Send one file of the list. Another version (a page from before an upgrade) is answered, but not to be kept."""
    known = _assets(current_app)
    path = known.files.get(name)
    if path is None:
        abort(404)
    if not path.is_file():
        return _plain(f"{name} is missing: run `make setup`.\n", 503)
    response = _file(path)
    response.headers["Cache-Control"] = _A_YEAR if version == known.version else "no-store"
    return response


def _file(path: Path) -> Response:
    zipped = request.accept_encodings.quality("gzip") > 0
    response = make_response(_zipped(path, path.stat().st_mtime_ns) if zipped else path.read_bytes())
    response.headers["Content-Type"] = f"{_TYPES[path.suffix]}; charset=utf-8"
    response.headers["Vary"] = "Accept-Encoding"
    if zipped:
        response.headers["Content-Encoding"] = "gzip"
    return response


@lru_cache(maxsize=64)
def _zipped(path: Path, changed: int) -> bytes:
    return gzip.compress(path.read_bytes(), 6, mtime=0)


def _plain(text: str, status: int) -> Response:
    return Response(
        text, status, content_type="text/plain; charset=utf-8", headers={"Cache-Control": "no-store"}
    )


def _assets(app: Flask) -> Assets:
    return cast(Assets, app.extensions["zhidu_assets"])


def _version(own: Mapping[str, Path], node_modules: Path) -> str:
    digest = hashlib.sha256()
    for name, path in own.items():
        digest.update(name.encode())
        digest.update(path.read_bytes())
    for package in sorted({_package(path) for path in PACKAGE_FILES.values()}):
        digest.update(f"{package} {_package_version(node_modules / package)}".encode())
    return digest.hexdigest()[:12]


def _package(path: str) -> str:
    parts = path.split("/")
    return "/".join(parts[:2] if path.startswith("@") else parts[:1])


def _package_version(folder: Path) -> str:
    manifest = folder / "package.json"
    return str(json.loads(manifest.read_text("utf-8"))["version"]) if manifest.is_file() else "missing"
