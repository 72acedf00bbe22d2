"""Catalogues of several owners become one, and contradictions are reported."""

from __future__ import annotations

import pytest

from core.data import SetupError
from core.languages import Catalogues


def entry(text: str, translation: str, context: str = "") -> str:
    return (f'msgctxt "{context}"\n' if context else "") + f'msgid "{text}"\nmsgstr "{translation}"\n\n'


PLURAL = 'msgid "%(num)d bill"\nmsgid_plural "%(num)d bills"\nmsgstr[0] "%(num)d 张账单"\n\n'


def test_every_owner_adds_its_words(make_owner) -> None:
    owners = [make_owner("core", entry("Save", "保存")), make_owner("gas", entry("Meter", "表具") + PLURAL)]
    catalogues = Catalogues(owners)
    chinese, english = catalogues.translations("zh"), catalogues.translations("en")
    assert [chinese.ugettext(text) for text in ("Save", "Meter", "Unknown")] == ["保存", "表具", "Unknown"]
    assert chinese.ungettext("%(num)d bill", "%(num)d bills", 7) == "%(num)d 张账单"
    assert [english.ungettext("%(num)d bill", "%(num)d bills", n) for n in (1, 2)] == [
        "%(num)d bill",
        "%(num)d bills",
    ]
    assert english.ugettext("Save") == "Save"
    assert catalogues.clashes == ()
    assert catalogues.keys("zh") == {("", "Save"), ("", "Meter"), ("", "%(num)d bill")}


def test_the_same_text_in_two_contexts_does_not_clash(make_owner) -> None:
    owners = [
        make_owner("gas", entry("Term", "期限")),
        make_owner("soft", entry("Term", "服务期", "service")),
    ]
    catalogues = Catalogues(owners)
    assert catalogues.clashes == ()
    assert catalogues.translations("zh").ugettext("Term") == "期限"
    assert catalogues.translations("zh").upgettext("service", "Term") == "服务期"


def test_two_wordings_of_one_text_clash_and_the_first_stays(make_owner) -> None:
    owners = [make_owner("gas", entry("Account", "用户")), make_owner("soft", entry("Account", "账户"))]
    catalogues = Catalogues(owners)
    (clash,) = catalogues.clashes
    assert (clash.key, clash.kept.owner.id, clash.refused.owner.id) == (("", "Account"), "gas", "soft")
    assert "'用户' for gas" in str(clash)
    assert "'账户' for soft" in str(clash)
    assert catalogues.translations("zh").ugettext("Account") == "用户"


def test_the_same_wording_twice_is_no_clash(make_owner) -> None:
    owners = [make_owner("gas", entry("Name", "名称")), make_owner("soft", entry("Name", "名称"))]
    assert Catalogues(owners).clashes == ()


def test_the_shell_overrules_libraries_and_settles_their_clash(make_owner) -> None:
    libraries = [
        make_owner(name, entry("Required", text), library=True) for name, text in (("a", "甲"), ("b", "乙"))
    ]
    assert len(Catalogues(libraries).clashes) == 1
    catalogues = Catalogues([make_owner("core", entry("Required", "必填")), *libraries])
    assert catalogues.clashes == ()
    assert catalogues.translations("zh").ugettext("Required") == "必填"


def test_a_plugin_does_not_overrule_a_library(make_owner) -> None:
    library = make_owner("fab", entry("Save", "保存"), library=True)
    catalogues = Catalogues([make_owner("gas", entry("Save", "存盘")), library])
    assert [clash.refused.owner.id for clash in catalogues.clashes] == ["gas"]
    assert catalogues.translations("zh").ugettext("Save") == "保存"


def test_a_plural_entry_answers_the_singular_question_too(make_owner) -> None:
    plural = 'msgid "Bill"\nmsgid_plural "Bills"\nmsgstr[0] "账单"\n\n'
    catalogues = Catalogues([make_owner("a", entry("Bill", "账单")), make_owner("b", plural)])
    chinese = catalogues.translations("zh")
    assert (chinese.ugettext("Bill"), chinese.ungettext("Bill", "Bills", 2)) == ("账单", "账单")
    assert catalogues.clashes == ()


def test_guesses_and_empty_entries_are_not_shown(make_owner) -> None:
    guess = "#, fuzzy\n" + entry("Close", "关门") + entry("Open", "")
    catalogues = Catalogues([make_owner("gas", guess)])
    assert [catalogues.translations("zh").ugettext(text) for text in ("Close", "Open")] == ["Close", "Open"]
    assert catalogues.keys("zh") == frozenset()


@pytest.mark.parametrize("body", ["nonsense", 'msgid "Save"\n\nmsgid "Other"\nmsgstr "x"\n'])
def test_a_broken_file_is_named(make_owner, body: str) -> None:
    owner = make_owner("gas", body)
    with pytest.raises(SetupError, match=r"gas\.po"):
        Catalogues([owner])
