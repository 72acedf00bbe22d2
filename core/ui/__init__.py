"""The face of the shell: templates, own CSS and JavaScript, front-end packages, formats, form widgets."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from core.ui import assets, drawn, format, icons, marked, widgets

TEMPLATES = Path(__file__).parent / "templates"


def init_ui(app: Flask) -> None:
    """Teach an application the face: filters and globals of the templates, and the addresses under /assets/.

    Templates are found in `TEMPLATES`. Needs `app.config["ZHIDU_NODE_MODULES"]`, the folder of the front-end packages.
    """
    assets.init_app(app)
    drawn.init_app(app)
    app.jinja_env.filters.update(format.FILTERS, unbroken=marked.unbroken)
    app.jinja_env.globals.update(
        asset_url=assets.asset_url,
        icon=icons.icon,
        field_kind=widgets.kind,
        field_control=widgets.control,
        field_described_by=widgets.described_by,
    )
