"""The merged catalogues inside Flask: requests, templates, forms, threads, jobs."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask, render_template_string, session
from flask_babel import Babel, force_locale, gettext, lazy_gettext, ngettext, pgettext
from wtforms import Form, IntegerField
from wtforms.validators import NumberRange

from core.languages import Catalogues, FormTexts, html_lang, install, libraries, shell

LABEL = lazy_gettext("Meter")
WORDS = """
msgid "Meter"
msgstr "表具"

msgid "%(name)s pays"
msgstr "%(name)s缴费"

msgctxt "gas"
msgid "Account"
msgstr "用户"

msgid "%(num)d bill"
msgid_plural "%(num)d bills"
msgstr[0] "%(num)d 张账单"
"""
PAGE = """{{ html_lang }}|{{ _("Meter") }}|{{ gettext("%(name)s pays", name="覃") }}"""
CONTEXT = """|{{ pgettext("gas", "Account") }}"""


@pytest.fixture
def make_app(make_owner) -> Callable[..., Flask]:
    words = Catalogues([make_owner("gas", WORDS), shell(), *libraries()])

    def make(**choosers: Callable[[], str | None]) -> Flask:
        app = Flask("languages")
        app.secret_key = "test"
        # What Flask-AppBuilder does, its own way of choosing included: the session's word is believed.
        Babel(app, locale_selector=lambda: session.get("locale", "en"))
        install(app, words, **choosers)
        app.add_url_rule("/", "page", lambda: render_template_string(PAGE + CONTEXT, html_lang=html_lang()))
        app.add_url_rule("/label", "label", lambda: f"{LABEL}|{ngettext('%(num)d bill', '%(num)d bills', 2)}")
        return app

    return make


@pytest.fixture
def app(make_app: Callable[..., Flask]) -> Flask:
    return make_app()


def fetch(app: Flask, path: str = "/", accept: str = "", locale: object = None) -> str:
    client = app.test_client()
    if locale is not None:
        with client.session_transaction() as stored:
            stored["locale"] = locale
    answer = client.get(path, headers={"Accept-Language": accept})
    assert answer.status_code == 200
    return answer.text


def test_a_page_speaks_the_readers_language(app: Flask) -> None:
    assert fetch(app, accept="zh-CN,en;q=0.8") == "zh-CN|表具|覃缴费|用户"
    assert fetch(app, accept="en-US") == "en|Meter|覃 pays|Account"
    assert fetch(app, "/label", locale="zh") == "表具|2 张账单"
    assert fetch(app, "/label", locale="en") == "Meter|2 bills"


def test_the_choice_in_the_session_goes_before_the_browser(app: Flask) -> None:
    assert fetch(app, accept="en", locale="zh").startswith("zh-CN|")
    assert fetch(app, "/?_l_=en", accept="zh", locale="zh").startswith("en|")


@pytest.mark.parametrize("locale", ["de", "zz-removed", "???", "", 5, ["zh"]])
def test_a_language_that_is_gone_from_the_session_does_no_harm(app: Flask, locale: object) -> None:
    assert fetch(app, accept="zh", locale=locale).startswith("zh-CN|")


def test_a_language_that_is_gone_is_forgotten(app: Flask) -> None:
    client = app.test_client()
    for locale, kept in (("removed", {}), ("zh", {"locale": "zh"})):
        with client.session_transaction() as stored:
            stored["locale"] = locale
        client.get("/")
        with client.session_transaction() as stored:
            assert dict(stored) == kept


def test_saved_choice_and_branch_are_asked_in_their_order(make_app: Callable[..., Flask]) -> None:
    undecided = make_app(saved=lambda: None, branch_default=lambda: "zh")
    assert fetch(undecided, accept="fr").startswith("zh-CN|")
    assert fetch(undecided, accept="en").startswith("en|")
    decided = make_app(saved=lambda: "zh", branch_default=lambda: "en")
    assert fetch(decided, accept="en").startswith("zh-CN|")
    assert fetch(decided, locale="en").startswith("en|")


def test_nobody_is_asked_when_the_choice_is_explicit_and_once_when_not(
    make_app: Callable[..., Flask],
) -> None:
    asked: list[str] = []
    app = make_app(saved=lambda: asked.append("saved"), branch_default=lambda: asked.append("branch"))
    fetch(app, locale="zh")
    assert asked == []
    fetch(app)
    assert asked == ["saved", "branch"]


def test_requests_on_several_threads_do_not_mix_languages(app: Flask) -> None:
    def one(number: int) -> bool:
        locale, word = (("zh", "表具"), ("en", "Meter"))[number % 2]
        return fetch(app, "/label", locale=locale).startswith(word)

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(one, range(64)))


def test_a_job_says_itself_which_language_it_writes(app: Flask) -> None:
    with app.app_context():
        assert gettext("Meter") == "Meter"
        with force_locale("zh"):
            assert gettext("Meter") == "表具"
            assert pgettext("gas", "Account") == "用户"
        with force_locale("de"):
            assert gettext("Meter") == "Meter"
    assert gettext("Meter") == "Meter"


def test_form_messages_come_from_the_same_words(app: Flask) -> None:
    class Usage(Form):
        class Meta:
            def get_translations(self, form: Form) -> FormTexts:
                return FormTexts()

        volume = IntegerField(validators=[NumberRange(min=1)])

    with app.test_request_context(headers={"Accept-Language": "zh"}):
        form = Usage(data={"volume": 0})
        assert not form.validate()
        assert form.errors == {"volume": ["数值不能小于 1。"]}


def test_languages_come_after_appbuilder() -> None:
    with pytest.raises(RuntimeError, match="after AppBuilder"):
        install(Flask("bare"), Catalogues([]))
