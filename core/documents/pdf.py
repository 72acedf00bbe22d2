"""PDF files from typst templates: data goes in as data, fonts come from the installed npm package alone."""

from __future__ import annotations

import json
import warnings
from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import typst
from flask import current_app, has_app_context
from flask_babel import get_locale, gettext
from flask_babel.speaklater import LazyString

from core.data import SetupError, clock

FORMS = Path(__file__).parent / "templates"
FONT_FILES = ("400Regular/NotoSansSC_400Regular.ttf", "700Bold/NotoSansSC_700Bold.ttf")
FONT_PACKAGE = "@expo-google-fonts/noto-sans-sc"
_CHECKOUT = Path(__file__).parents[2]


def render_pdf(template: Path, data: Mapping[str, Any], *, node_modules: Path | None = None) -> bytes:
    """The PDF of a template filled with `data`, in the language of the current request.

    The template takes `data` from the layout (`#import "@zhidu/forms:1.0.0": data, form`), may read files of
    its own folder only, and never sees the values as markup. Values are text, whole numbers, booleans, lists
    and mappings; Decimal, dates and lazy texts become text; a float is refused. `node_modules` defaults to
    the app's ZHIDU_NODE_MODULES, else to the folder of that name in the checkout. Threads may share it.
    Raises SetupError when the fonts are not installed.
    """
    pdf, notes = typst.compile_with_warnings(
        template,
        root=template.parent,
        font_paths=_fonts(node_modules or _node_modules()),
        ignore_system_fonts=True,
        package_path=FORMS,
        package_cache_path=FORMS,
        sys_inputs={"data": _json(data), "page": _json(_page_setup())},
        timestamp=clock.now().replace(microsecond=0),
    )
    for note in notes:
        warnings.warn(f"{template.name}: {note}", stacklevel=2)
    return pdf


def _node_modules() -> Path:
    configured = current_app.config.get("ZHIDU_NODE_MODULES") if has_app_context() else None
    return Path(configured or _CHECKOUT / "node_modules")


@cache
def _fonts(node_modules: Path) -> typst.Fonts:
    """The two weights that forms use, read once. A failure is not remembered: set-up may still be running."""
    files = [node_modules / FONT_PACKAGE / name for name in FONT_FILES]
    missing = [file for file in files if not file.is_file()]
    if missing:
        raise SetupError(
            f"The fonts for printing are missing ({missing[0]}): run `make setup` once, then print again."
        )
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[file.parent for file in files]
    )


def _page_setup() -> dict[str, str]:
    """What the layout itself has to say, in the reader's language."""
    locale = get_locale()
    chinese = locale is not None and locale.language == "zh"
    return {
        "lang": "zh" if chinese else "en",
        "region": "cn" if chinese else "gb",
        # The layout fills the braces, as only it knows the numbers.
        "label": gettext("Page %(page)s of %(pages)s", page="{page}", pages="{pages}"),
    }


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(_plain(value), ensure_ascii=False)


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, Decimal | LazyString):
        return str(value)
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    raise TypeError(
        f"{value!r} cannot be printed: pass text, Decimal, a date, a whole number, a list or a mapping"
    )
