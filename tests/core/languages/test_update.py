"""Updating a catalogue adds what is missing, drops what is gone and touches nothing else."""

from __future__ import annotations

from core.languages import check_catalogue, update_catalogue

PO = """# A remark of the translator.
msgid "Second"
msgstr "第二"

msgid "Gone"
msgstr "没了"

#, fuzzy
msgid "First"
msgstr "第一？"

"""
SOURCE = """
_("First")
_("Second")
_("Third %(n)s")
pgettext("c", "Fourth")
ngettext("%(num)d item", "%(num)d items", 2)
"""
EXPECTED = """\
msgid ""
msgstr ""
"Language: zh\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

# A remark of the translator.
msgid "Second"
msgstr "第二"

#, fuzzy
msgid "First"
msgstr "第一？"

#, python-format
msgid "Third %(n)s"
msgstr ""

msgctxt "c"
msgid "Fourth"
msgstr ""

#, python-format
msgid "%(num)d item"
msgid_plural "%(num)d items"
msgstr[0] ""
"""


def test_an_update_keeps_order_words_and_remarks(make_owner) -> None:
    owner = make_owner(po=PO, files={"a.py": SOURCE})
    update = update_catalogue(owner)
    assert update.added == (("", "Third %(n)s"), ("c", "Fourth"), ("", "%(num)d item"))
    assert update.dropped == (("", "Gone"),)
    assert owner.po("zh").read_text(encoding="utf-8") == EXPECTED
    assert {problem.kind for problem in check_catalogue(owner)} == {"missing", "fuzzy"}


def test_a_second_update_changes_nothing(make_owner) -> None:
    owner = make_owner(po=PO, files={"a.py": SOURCE})
    update_catalogue(owner)
    before = owner.po("zh").stat()
    update = update_catalogue(owner)
    assert (update.added, update.dropped) == ((), ())
    assert owner.po("zh").stat().st_mtime_ns == before.st_mtime_ns


def test_a_new_owner_gets_a_catalogue_without_what_the_shell_translates(make_owner) -> None:
    owner = make_owner(files={"a.py": '_("Save")\n_("Own")\n'})
    assert update_catalogue(owner, known={("", "Save")}).added == (("", "Own"),)
    assert [problem.text for problem in check_catalogue(owner, known={("", "Save")})] == ["Own"]


def test_a_text_that_gets_a_plural_keeps_its_words(make_owner) -> None:
    owner = make_owner(po='msgid "Bill"\nmsgstr "账单"\n', files={"a.py": 'ngettext("Bill", "Bills", 2)\n'})
    update_catalogue(owner)
    assert check_catalogue(owner) == []
    assert 'msgstr[0] "账单"' in owner.po("zh").read_text(encoding="utf-8")


def test_every_part_of_a_split_catalogue_loses_what_is_gone(make_owner) -> None:
    owner = make_owner(po='msgid "First"\nmsgstr "第一"\n', files={"a.py": '_("First")\n_("Second")\n'})
    part = owner.folder("zh") / "shop-part.po"
    part.write_text(
        '# Kept.\nmsgid ""\nmsgstr ""\n\nmsgid "Second"\nmsgstr "第二"\n\nmsgid "Gone"\nmsgstr "没了"\n'
    )
    update = update_catalogue(owner)
    assert (update.added, update.dropped) == ((), (("", "Gone"),))
    assert part.read_text(encoding="utf-8").startswith("# Kept.\nmsgid")
    assert check_catalogue(owner) == []
