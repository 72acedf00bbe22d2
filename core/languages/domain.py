"""Puts the merged catalogues and the locale rule into Flask-Babel: for requests, forms and templates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from babel.support import NullTranslations, Translations
from flask import Flask, g, has_app_context, has_request_context, request, session
from flask_babel import Domain, get_locale, get_translations

from core.languages.catalogues import Catalogues
from core.languages.locales import SUPPORTED, choose_locale, supported_locale

Chooser = Callable[[], str | None]
_KNOWN = "zhidu_words"


class MergedDomain(Domain):
    """The one translation domain: answers from the catalogues that were merged at start."""

    def __init__(self, catalogues: Catalogues) -> None:
        super().__init__()  # type: ignore[no-untyped-call] # Flask-Babel is not fully typed
        self.catalogues = catalogues

    def get_translations(self) -> Translations | NullTranslations:
        """The words of the current locale; English ones outside an application context."""
        chosen = get_locale()
        if not has_app_context():
            return self._words_of(chosen)
        known = g.get(_KNOWN)  # a page asks hundreds of times
        if known is None or known[0] is not chosen:
            known = (chosen, self._words_of(chosen))
            setattr(g, _KNOWN, known)
        found: Translations | NullTranslations = known[1]
        return found

    def _words_of(self, chosen: Any) -> Translations | NullTranslations:
        locale = supported_locale(str(chosen or ""))
        return self.catalogues.translations(locale) if locale else NullTranslations()


class FormTexts:
    """What WTForms asks for its own messages; a form names it in `Meta.get_translations`."""

    def gettext(self, string: str) -> str:
        """One message in the reader's language, its placeholders left for WTForms to fill."""
        return str(get_translations().ugettext(string))

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """The form of the message that `n` asks for."""
        return str(get_translations().ungettext(singular, plural, n))


def install(
    app: Flask, catalogues: Catalogues, *, saved: Chooser | None = None, branch_default: Chooser | None = None
) -> MergedDomain:
    """Make `catalogues` the words of `app`, and choose_locale its rule; call it after AppBuilder is made.

    `saved` gives the language that the person has saved, `branch_default` that of the active branch; each is
    asked at most once a request, and only when needed. Explicit is `?_l_=` or the session's `locale`.
    """
    config = app.extensions.get("babel")
    if config is None:
        raise RuntimeError("languages are installed after AppBuilder, which sets Flask-Babel up")
    domain = MergedDomain(catalogues)
    config.instance.domain_instance = domain
    config.locale_selector = _selector(saved, branch_default)
    app.before_request(_forget_unsupported)
    return domain


def _forget_unsupported() -> None:
    """Drop a language that was taken away since the session began: templates of Flask-AppBuilder trust it."""
    if "locale" in session and session["locale"] not in SUPPORTED:
        del session["locale"]


def _selector(saved: Chooser | None, branch_default: Chooser | None) -> Chooser:
    def select() -> str | None:
        if not has_request_context():
            return None  # a job says itself, with force_locale, in which language it writes
        explicit = supported_locale(request.args.get("_l_")) or supported_locale(session.get("locale"))
        if explicit:
            return explicit
        return choose_locale(
            None,
            saved() if saved else None,
            request.headers.get("Accept-Language"),
            branch_default() if branch_default else None,
        )

    return select
