"""The languages that people can choose, and the rule that picks one."""

from __future__ import annotations

from flask_babel import get_locale
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

SOURCE_LOCALE = "en"
SUPPORTED = ("en", "zh")
_HTML_LANG = {"zh": "zh-CN"}


def supported_locale(tag: object) -> str | None:
    """The supported locale that a language tag (`zh-CN`, `en_GB`) stands for, or None."""
    primary = str(tag or "").replace("_", "-").partition("-")[0].lower()
    return primary if primary in SUPPORTED else None


def choose_locale(
    explicit: str | None, saved: str | None, accept_language: str | None, branch_default: str | None
) -> str:
    """The locale of a request: an explicit choice, the person's saved one, the browser's, the branch's, `en`.

    A choice that is not supported (any more) is passed over. `accept_language` is the header as it was sent.
    """
    # Not LanguageAccept.best_match: for "zh-CN, en;q=0.8" it prefers the exact "en" to the "zh" of "zh-CN".
    accepted = parse_accept_header(accept_language or "", LanguageAccept)
    tags = [explicit, saved, *(tag for tag, quality in accepted if quality > 0), branch_default]
    return next((locale for tag in tags if (locale := supported_locale(tag))), SOURCE_LOCALE)


def html_lang(locale: str | None = None) -> str:
    """The `lang` attribute for a locale, by default the request's: `zh` is simplified Chinese, `zh-CN`."""
    chosen = locale or str(get_locale() or SOURCE_LOCALE)
    return _HTML_LANG.get(chosen, chosen)
