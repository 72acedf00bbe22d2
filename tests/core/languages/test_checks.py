"""Each check finds its fault in a bad sample, and nothing in a good one."""

from __future__ import annotations

import textwrap

import pytest

from core.languages import check_catalogue, check_owner, check_sources
from core.languages.extract import extract_messages

SOURCE = """
from flask_babel import gettext as _, lazy_gettext as _l, ngettext, npgettext, pgettext
from core.data import UserError
TITLE = _l("Bills")
def greet(name, count):
    '''Says hello, 您好 in a docstring.'''
    _("Hello %(name)s", name=name)
    ngettext("%(num)d bill", "%(num)d bills", count)
    pgettext("soft", "Term")
    npgettext("soft", "%(num)d term", "%(num)d terms", count)
    raise UserError("No meter %(number)s: check the number.", number=1)
"""
PAGE = """<h1 title="{{ _('Bills') }}">{% trans %}My work{% endtrans %} {{ N_("Later") }}</h1>{# 中文 #}"""
PO = """
msgid "Bills"
msgstr "账单"

msgid "Hello %(name)s"
msgstr "%(name)s，您好"

msgid "%(num)d bill"
msgid_plural "%(num)d bills"
msgstr[0] "%(num)d 张账单"

msgctxt "soft"
msgid "Term"
msgstr "服务期"

msgctxt "soft"
msgid "%(num)d term"
msgid_plural "%(num)d terms"
msgstr[0] "%(num)d 个服务期"

msgid "No meter %(number)s: check the number."
msgstr "没有表具 %(number)s，请核对表号。"

msgid "My work"
msgstr "我的工作"

msgid "Later"
msgstr "以后"
"""
FILES = {"views.py": SOURCE, "templates/page.html": PAGE}


def kinds(problems: list) -> list[str]:
    return sorted(problem.kind for problem in problems)


def test_a_complete_owner_has_no_problem(make_owner) -> None:
    assert check_owner(make_owner(po=PO, files=FILES)) == []


def test_texts_are_found_with_their_places(make_owner) -> None:
    found = extract_messages(make_owner(files=FILES).sources)
    assert len(found) == 8
    assert [str(place) for place in found["", "Bills"].places] == ["templates/page.html:1", "views.py:4"]
    assert found["soft", "%(num)d term"].plural == "%(num)d terms"


def test_caches_packages_and_catalogues_are_not_sources(make_owner) -> None:
    files = {f"{folder}/x.py": '_("x")' for folder in ("node_modules/a", "__pycache__", "translations")}
    assert extract_messages(make_owner(files=files).sources) == {}


@pytest.mark.parametrize(
    ("old", "new", "kind", "advice"),
    [
        ('msgid "Later"\nmsgstr "以后"', "", "missing", "has no entry in shop.po"),
        ('msgstr "账单"', 'msgstr ""', "missing", "is not translated"),
        ('msgstr[0] "%(num)d 张账单"', 'msgstr[0] ""', "missing", "is not translated"),
        ('msgid "Later"', '#, fuzzy\nmsgid "Later"', "fuzzy", "guess"),
        ("%(name)s，您好", "您好", "placeholder", "lacks %(name)s"),
        ("%(name)s，您好", "%(nome)s，您好", "placeholder", "lacks %(name)s"),
        ("%(name)s，您好", "%(name)，您好", "placeholder", "lacks %(name)s"),
        ("%(name)s，您好", "%(name)d，您好", "placeholder", "lacks %(name)s"),
        ("%(name)s，您好", "%(name)s，您好%(n)s", "placeholder", "has %(n)s that"),
        ("%(name)s，您好", "100% %(name)s", "placeholder", "not doubled"),
        ("%(num)d 张账单", "账单", "placeholder", "lacks %(num)d"),
        ('msgstr "以后"', 'msgstr "以后"\n\nmsgid "Gone"\nmsgstr "没了"', "obsolete", "nowhere"),
        ('msgstr "以后"', 'msgstr "以后"\n\nmsgid "Later"\nmsgstr "稍后"', "duplicate", "twice"),
        ('\nmsgid_plural "%(num)d bills"\nmsgstr[0]', "\nmsgstr", "missing", "no plural form"),
    ],
)
def test_a_fault_of_the_catalogue_is_found(make_owner, old: str, new: str, kind: str, advice: str) -> None:
    assert old in PO
    (problem,) = check_catalogue(make_owner(po=PO.replace(old, new), files=FILES))
    assert problem.kind == kind
    assert advice in str(problem)


def test_a_context_of_its_own_needs_an_entry_of_its_own(make_owner) -> None:
    owner = make_owner(po=PO.replace('msgctxt "soft"\nmsgid "Term"', 'msgid "Term"'), files=FILES)
    assert kinds(check_catalogue(owner)) == ["missing", "obsolete"]


def test_what_the_shell_translates_needs_no_entry(make_owner) -> None:
    owner = make_owner(po=PO.replace('msgid "Later"\nmsgstr "以后"', ""), files=FILES)
    assert check_catalogue(owner, known={("", "Later")}) == []


def test_a_large_owner_may_split_its_catalogue(make_owner) -> None:
    first, later = PO.split('msgid "Later"')
    owner = make_owner(po=first, files=FILES)
    part = owner.folder("zh") / "shop-more.po"
    part.write_text('msgid "Later"' + later, encoding="utf-8")
    assert check_catalogue(owner) == []
    part.write_text('msgid "Bills"\nmsgstr "账单"\n\nmsgid "Later"' + later, encoding="utf-8")
    assert kinds(check_catalogue(owner)) == ["duplicate"]


def test_english_needs_no_catalogue_but_one_that_is_there_is_checked(make_owner) -> None:
    owner = make_owner(files=FILES)
    assert check_catalogue(owner, locale="en") == []
    owner.folder("en").mkdir(parents=True)
    owner.po("en").write_text('#, fuzzy\nmsgid "Bills"\nmsgstr "Invoices"\n', encoding="utf-8")
    assert kinds(check_catalogue(owner, locale="en")) == ["fuzzy"]


@pytest.mark.parametrize(
    "call",
    [
        '_(f"Hello {name}")',
        '_("Hello %s" % name)',
        '_("Hello {}".format(name))',
        '_("Hello " + name)',
        'flask_babel.lazy_gettext(f"Hello {name}")',
        'pgettext("soft", f"Term {name}")',
        'ngettext("%(num)d a", f"%(num)d {name}", 2)',
        'UserError(f"No meter {name}")',
    ],
)
def test_a_text_put_together_in_a_call_is_found(make_owner, call: str) -> None:
    problems = check_sources(make_owner(files={"a.py": f"x = 1\n{call}\n"}).sources)
    assert "built-text" in kinds(problems)
    assert all(problem.place == "a.py:2" for problem in problems)


@pytest.mark.parametrize("call", ['_("Hello " ~ name)', '_("Hello %s" % name)', '_("Hello {}".format(name))'])
def test_a_text_put_together_in_a_template_is_found(make_owner, call: str) -> None:
    problems = check_sources(make_owner(files={"a.html": f"<p>\n{{{{ {call} }}}}</p>"}).sources)
    assert [problem.place for problem in problems if problem.kind == "built-text"] == ["a.html:2"]


@pytest.mark.parametrize(
    "call",
    [
        '_("Hello %(name)s", name=name)',
        "_(label)",
        '_("one " "text")',
        "_(field.label)",
        'ngettext("%(num)d a", "%(num)d as", a + 1)',
    ],
)
def test_a_whole_text_is_left_alone(make_owner, call: str) -> None:
    assert check_sources(make_owner(files={"a.py": call, "b.html": "{{ " + call + " }}"}).sources) == []


def test_nameless_placeholders_are_found(make_owner) -> None:
    files = {"a.py": '_("Hello %s")\n_("100 %")\n_("5 % discount")\n_("%(name)s")\n'}
    assert [str(problem.text) for problem in check_sources(make_owner(files=files).sources)] == ["Hello %s"]


def test_chinese_as_the_text_to_translate_is_found(make_owner) -> None:
    problems = check_sources(
        make_owner(files={"a.py": '_("账单")  # zh-ok: the other check is tried\n'}).sources
    )
    assert kinds(problems) == ["chinese-id"]


@pytest.mark.parametrize(
    ("name", "text", "lines"),
    [
        ("a.py", 'x = "账单"\n', [1]),
        ("a.py", 'def f():\n    """说明"""\n    return ["one", "账单"]\n', [3]),
        ("a.py", 'x = f"账单 {1}"\n', [1]),
        ("a.py", '# 说明\nx = 1  # 账单\n"""说明"""\n', []),
        ("a.py", 'x = "账单"  # zh-ok: a name in the sample\n', []),
        ("a.py", 'x = "账单"  # zh-ok:\n', [1]),
        ("a.py", 'x = [  # zh-ok: surnames\n    "王",\n    "李",\n]\ny = "张"\n', [5]),
        ("a.py", 'def f():  # zh-ok: not for the body\n    return "张"\n', [2]),
        ("a.py", '# zh-ok-file: surnames\nx = "王"\n', []),
        ("a.html", "<p>\n账单</p>\n{# 说明\n说明 #}\n", [2]),
        ("a.html", "<p>中文</p>{# zh-ok: a language's own name #}\n", []),
        ("a.typ", '// 说明\n#let x = "收据"\n', [2]),
        ("a.js", '/* 说明\n */ const x = "https://x/收据"\n', [2]),
        ("a.md", "账单", []),
    ],
)
def test_chinese_outside_the_catalogue_is_found(make_owner, name: str, text: str, lines: list[int]) -> None:
    problems = check_sources(make_owner(files={name: text}).sources)
    assert [problem.place for problem in problems] == [f"{name}:{line}" for line in lines]
    assert all(problem.kind == "stray-chinese" for problem in problems)


@pytest.mark.parametrize(
    ("page", "lines"),
    [
        ("<p>\nSave</p>", [2]),
        ('<input placeholder="Search here">', [1]),
        ("<a title='Open'></a>\n<img alt=\"Photo\">", [1, 2]),
        ("<button {% if off %}disabled{% endif %}>{{ _('Save') }}</button>", []),
        ("{% trans %}Save{% endtrans %} {%- trans -%} Go {%- endtrans -%}", []),
        ('<p class="red" id="x" data-name="{{ name }}">&nbsp; 12 / {{ total }}</p>', []),
        ("<!doctype html><!-- note --><script>run()</script><style>a{b:c}</style><p>Then</p>", [1]),
        ("{% extends 'base.html' %}{# English #}{% block title %}{{ title }}{% endblock %}", []),
        ("<p>English</p>{# en-ok: a language's own name #}", []),
        ("<p>English</p>{# en-ok: #}", [1]),
    ],
)
def test_words_straight_in_a_template_are_found(make_owner, page: str, lines: list[int]) -> None:
    problems = check_sources(make_owner(files={"a.html": page}).sources)
    assert [problem.place for problem in problems] == [f"a.html:{line}" for line in lines]
    assert all(problem.kind == "bare-english" for problem in problems)


def test_the_advice_is_one_readable_line(make_owner) -> None:
    (problem,) = check_sources(make_owner(files={"a.py": textwrap.dedent("x = '账单'")}).sources)
    assert str(problem) == (
        "a.py:1: '账单' is Chinese: translate it, or say why it stays with `zh-ok: REASON` [stray-chinese]"
    )
