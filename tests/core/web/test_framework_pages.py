"""Flask-AppBuilder's own screens: each has a template of the project in its place, and none of its files is reached."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import flask_appbuilder
import pytest
from jinja2 import TemplateNotFound

from company import Company
from core.ui import TEMPLATES

FRAMEWORK = Path(flask_appbuilder.__file__).parent
LISTS, RECORDS, FORMS = "entities/list.html", "entities/page.html", "entities/form.html"
SHELL, CHARTS, PAGES = "macros/shell.html", "macros/charts.html", "base.html"
NOT_OFFERED = ""
"""People log in with a password and a second factor; accounts are made by administrators."""

IN_PLACE_OF: Mapping[str, str] = {
    "_formhelpers.html": "macros/forms.html",
    "base.html": "document.html",
    "baselayout.html": PAGES,
    "baselib.html": PAGES,
    "flash.html": SHELL,
    "footer.html": PAGES,
    "general/alert.html": SHELL,
    "general/charts/chart.html": CHARTS,
    "general/charts/chart_time.html": CHARTS,
    "general/charts/jsonchart.html": CHARTS,
    "general/confirm.html": "document.html",
    "general/lib.html": "macros/tables.html",
    "general/model/add.html": FORMS,
    "general/model/edit.html": FORMS,
    "general/model/edit_cascade.html": RECORDS,
    "general/model/left_master_detail.html": RECORDS,
    "general/model/list.html": LISTS,
    "general/model/multiple_views.html": RECORDS,
    "general/model/search.html": "macros/filters.html",
    "general/model/show.html": RECORDS,
    "general/model/show_cascade.html": RECORDS,
    "general/security/activation.html": NOT_OFFERED,
    "general/security/login_db.html": "login.html",
    "general/security/login_ldap.html": NOT_OFFERED,
    "general/security/login_oauth.html": NOT_OFFERED,
    "general/security/login_saml.html": NOT_OFFERED,
    "general/security/register_mail.html": NOT_OFFERED,
    "general/security/register_oauth.html": NOT_OFFERED,
    "general/widgets/base_list.html": LISTS,
    "general/widgets/chart.html": CHARTS,
    "general/widgets/direct_chart.html": CHARTS,
    "general/widgets/form.html": "macros/forms.html",
    "general/widgets/form_horizontal.html": "macros/forms.html",
    "general/widgets/form_inline.html": "macros/cells.html",
    "general/widgets/form_vertical.html": "macros/forms.html",
    "general/widgets/group_form_list.html": LISTS,
    "general/widgets/list.html": "macros/tables.html",
    "general/widgets/list_block.html": "macros/boards.html",
    "general/widgets/list_carousel.html": "macros/boards.html",
    "general/widgets/list_item.html": "macros/tables.html",
    "general/widgets/list_link.html": "macros/tables.html",
    "general/widgets/list_master.html": "macros/tables.html",
    "general/widgets/list_thumbnail.html": "macros/boards.html",
    "general/widgets/multiple_chart.html": "dashboard.html",
    "general/widgets/roles/list.html": "rights/matrix.html",
    "general/widgets/roles/show.html": "rights/cell.html",
    "general/widgets/search.html": "macros/filters.html",
    "general/widgets/show.html": "macros/panels.html",
    "general/widgets/show_block.html": "macros/panels.html",
    "general/widgets/show_vertical.html": "macros/panels.html",
    "index.html": "home.html",
    "init.html": "document.html",
    "navbar.html": SHELL,
    "navbar_menu.html": SHELL,
    "navbar_right.html": SHELL,
    "swagger/swagger.html": NOT_OFFERED,
}


def files_below(folder: Path) -> set[str]:
    return {each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file()}


def test_every_template_of_the_framework_has_one_in_its_place():
    """A new version of the framework that brings further screens is noticed here."""
    assert files_below(FRAMEWORK / "templates" / "appbuilder") == set(IN_PLACE_OF)
    assert files_below(TEMPLATES) >= set(IN_PLACE_OF.values()) - {NOT_OFFERED}


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
@pytest.mark.parametrize("name", sorted(IN_PLACE_OF))
def test_no_template_of_the_framework_can_be_drawn(company: Company, name: str):
    with pytest.raises(TemplateNotFound):
        company.app.jinja_env.get_template(f"appbuilder/{name}")


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_no_file_of_the_framework_is_served(company: Company):
    """Its jQuery, Bootstrap 3, select2 and ab*.js, under every prefix that it would give them."""
    theirs = sorted(files_below(FRAMEWORK / "static"))
    assert any("jquery" in each for each in theirs)
    browser = company.client_of("admin")
    for each in theirs:
        for prefix in ("/static", "/appbuilder/static", "/static/appbuilder", "/assets/x"):
            path = f"{prefix}/{each.removeprefix('appbuilder/')}"
            assert browser.get(path, follow_redirects=True).status_code == 404, path
