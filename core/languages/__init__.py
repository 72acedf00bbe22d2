"""The one place for translations: catalogues, the choice of a locale, and the checks on both."""

from core.languages.catalogues import Catalogues, Clash
from core.languages.checks import Problem, check_catalogue, check_owner, check_sources
from core.languages.domain import FormTexts, MergedDomain, install
from core.languages.locales import SUPPORTED, choose_locale, html_lang, supported_locale
from core.languages.owners import Owner, libraries, plugin, shell
from core.languages.update import Update, update_catalogue

__all__ = [
    "SUPPORTED",
    "Catalogues",
    "Clash",
    "FormTexts",
    "MergedDomain",
    "Owner",
    "Problem",
    "Update",
    "check_catalogue",
    "check_owner",
    "check_sources",
    "choose_locale",
    "html_lang",
    "install",
    "libraries",
    "plugin",
    "shell",
    "supported_locale",
    "update_catalogue",
]
