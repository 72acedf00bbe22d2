"""Plugins that work are registered in the order of requirements; a broken one is set aside, and only that one."""

from __future__ import annotations

import pytest

from core.data import Base
from core.hooks import Hooks
from core.host import HOOK_ITEMS, PluginError
from plugin_folders import EMPTY, HOOKS

POSITION = """\
from core.people.positions import Position


@hookimpl
def positions():
    return [Position("{id}", "Clerk")]
"""
MODEL = """\
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.data import Base


class {camel}Thing(Base):
    __tablename__ = "{table}"
"""
LOADS_MODEL = HOOKS + "from {name} import models\n\n\n@hookimpl\ndef entities():\n    {then}\n"


def position(name, id=None):
    return HOOKS + POSITION.format(id=id or f"{name}.clerk")


def states(host, *names):
    return {name: host.plugin(name).state for name in names}


# ---------------------------------------------------------------- order


def test_requirements_come_first_and_what_they_bring_too(folder):
    folder.add("letters", position("letters"), more='[requires]\nstamps = ">=1"\npaper = ""\n')
    folder.add("stamps", position("stamps"), more='[requires]\npaper = ""\n')
    folder.add("paper", position("paper"))
    host = folder.host()
    assert states(host, "letters", "stamps", "paper") == dict.fromkeys(
        ("letters", "stamps", "paper"), "active"
    )
    brought = [item.id for owner, item in host.gather("positions") if owner in ("letters", "stamps", "paper")]
    assert brought == ["paper.clerk", "stamps.clerk", "letters.clerk"]
    assert [each.id for each in host.owners if each.id in brought[0]] == ["paper"]


def test_without_requirements_order_then_id_decides(folder):
    for name, order in (("zebra", 1), ("yak", 90), ("ape", 90)):
        folder.add(name, more="").joinpath("manifest.toml").write_text(
            f'id = "{name}"\nversion = "1"\norder = {order}\n[title]\nen = "x"\nzh = "x"\n'
        )
    assert [each.id for each in folder.host().active if each.id in ("zebra", "yak", "ape")] == [
        "zebra",
        "ape",
        "yak",
    ]


def test_what_has_to_be_switched_on_before_and_off_before(folder):
    folder.add("letters", more='[requires]\nstamps = ""\n')
    folder.add("stamps", more='[requires]\npaper = ""\ncore = ">=0.1"\n')
    folder.add("paper")
    host = folder.host()
    assert host.requirements_of("letters") == ("paper", "stamps")
    assert host.dependents_of("paper") == ("letters", "stamps")
    assert (
        host.requirements_of("paper") == host.dependents_of("letters") == host.requirements_of("none") == ()
    )


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ('[requires]\nstamps = ""\n', "it requires stamps, which is not installed; install it"),
        (
            '[requires]\npaper = ">=2"\n',
            "it requires paper >=2, but paper 1.5.0 is installed; install paper >=2",
        ),
        ('[requires]\ncore = ">=99"\n', "it requires core >=99, but core "),
        ('[requires]\nletters = ""\n', "it requires itself: letters -> letters"),
    ],
)
def test_a_plugin_waits_for_what_it_requires(folder, more, expected):
    folder.add("paper", version="1.5.0")
    folder.add("letters", position("letters"), more=more)
    host = folder.host()
    assert states(host, "letters", "paper") == {"letters": "waiting", "paper": "active"}
    assert host.plugin("letters").error.startswith(expected)
    assert "letters" not in [owner for owner, _item in host.gather("positions")]


def test_a_version_in_the_range_is_enough(folder):
    folder.add("paper", version="1.5.0")
    folder.add("letters", more='[requires]\npaper = ">=1.2,<2"\n')
    assert folder.host().plugin("letters").state == "active"


def test_a_cycle_waits_as_a_whole_and_holds_nobody_else_up(folder):
    folder.add("hen", more='[requires]\negg = ""\n')
    folder.add("egg", more='[requires]\nhen = ""\n')
    folder.add("breakfast", more='[requires]\negg = ""\n')
    folder.add("tea")
    host = folder.host()
    assert states(host, "hen", "egg", "breakfast", "tea") == {
        "hen": "waiting",
        "egg": "waiting",
        "breakfast": "waiting",
        "tea": "active",
    }
    assert "egg -> hen -> egg" in host.plugin("egg").error
    assert host.plugin("breakfast").error == "it requires egg, which is not running; repair egg first"


# ---------------------------------------------------------------- quarantine

BROKEN = {
    "raises at import": ("1 / 0", "ZeroDivisionError: division by zero"),
    "leaves the program": ("raise SystemExit(3)", "SystemExit: 3"),
    "has a fault in its text": ("def (", "SyntaxError"),
    "imports what is not there": (
        "import no_such_thing",
        "ModuleNotFoundError: No module named 'no_such_thing'",
    ),
    "misspells a hook": (EMPTY.replace("entities", "entitites"), "unknown hook (did you mean entities?)"),
    "wants to be first": (EMPTY.replace("@hookimpl", "@hookimpl(tryfirst=True)"), "asks for tryfirst"),
    "wraps others": (
        HOOKS + "@hookimpl(wrapper=True)\ndef entities():\n    return (yield)\n",
        "asks for wrapper",
    ),
    "takes an argument that is not given": (
        EMPTY.replace("entities()", "entities(colour)"),
        "colour",
    ),
    "raises in a hook": (EMPTY.replace("return []", "raise ValueError('no list today')"), "no list today"),
    "answers no list": (
        EMPTY.replace("return []", "return None"),
        "entities() answers NoneType, expected a list",
    ),
    "lists a wrong thing": (EMPTY.replace("return []", "return ['x']"), "lists 'x', which is no Entity"),
    "takes another's name": (position("bad", "paper.chief"), "ids of bad start with bad."),
    "names a position with nothing": (position("bad", "bad."), "ids of bad start with bad."),
    "brings one id twice": (
        position("bad").replace('"Clerk")]', '"Clerk")] * 2'),
        "positions() brings bad.clerk, which bad brings already",
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_plugin_is_set_aside_with_its_error(folder, case):
    text, expected = BROKEN[case]
    folder.add("bad", text)
    folder.add("needs_bad", position("needs_bad"), more='[requires]\nbad = ""\n')
    folder.add("good", position("good"))
    host = folder.host()
    assert states(host, "bad", "needs_bad", "good") == {
        "bad": "quarantined",
        "needs_bad": "waiting",
        "good": "active",
    }
    bad = host.plugin("bad")
    assert expected in bad.error
    assert "\n" not in bad.error
    assert "Traceback" in bad.trace
    for hook in HOOK_ITEMS:
        assert not {"bad", "needs_bad"} & {owner for owner, _item in host.gather(hook)}, hook
    assert not {"bad", "needs_bad"} & {each.id for each in host.owners}
    assert "good.clerk" in [item.id for _owner, item in host.gather("positions")]
    assert host.plugin("needs_bad").error == "it requires bad, which is not running; repair bad first"


def test_a_hook_that_was_right_is_not_kept_when_a_later_one_is_wrong(folder):
    folder.add("bad", position("bad") + "\n\n@hookimpl\ndef menu():\n    return 7\n")
    host = folder.host()
    assert host.plugin("bad").state == "quarantined"
    assert "bad" not in [owner for owner, _item in host.gather("positions")]
    assert "bad" not in [owner for owner, _call in host.implementations("demo")]


@pytest.mark.parametrize("case", BROKEN)
def test_where_nothing_may_be_broken_it_ends_the_start(folder, case):
    text, expected = BROKEN[case]
    folder.add("bad", text)
    with pytest.raises(PluginError) as refused:
        folder.host(strict=True)
    assert str(refused.value).startswith("bad: ")
    assert expected in str(refused.value)


def test_waiting_ends_a_strict_start_too(folder):
    folder.add("letters", more='[requires]\nstamps = ""\n')
    with pytest.raises(PluginError, match=r"letters: it requires stamps, which is not installed"):
        folder.host(strict=True)


def test_a_broken_manifest_sets_its_plugin_aside(folder):
    broken = folder.add("bad")
    (broken / "manifest.toml").write_text("id = 3")
    folder.add("good")
    host = folder.host()
    assert states(host, "bad", "good") == {"bad": "quarantined", "good": "active"}
    assert "id is int, expected a text" in host.plugin("bad").error
    assert host.plugin("bad").manifest.title.en == "bad"


# ---------------------------------------------------------------- tables of a broken plugin


def test_tables_of_a_broken_plugin_do_not_linger(folder):
    models = MODEL.format(camel="Bad", table="bad_thing")
    folder.add("bad", LOADS_MODEL.format(name="bad", then="raise ValueError"), models=models)
    assert folder.host().plugin("bad").state == "quarantined"
    assert "bad_thing" not in Base.metadata.tables


def test_a_broken_relationship_does_not_break_the_others_queries(folder):
    broken = MODEL.format(camel="Bad", table="bad_thing")
    broken += '    other: Mapped["NoSuchModel"] = relationship()\n'
    folder.add("bad", LOADS_MODEL.format(name="bad", then="return []"), models=broken)
    folder.add(
        "good",
        LOADS_MODEL.format(name="good", then="return []"),
        models=MODEL.format(camel="Good", table="good_thing"),
    )
    host = folder.host()
    assert states(host, "bad", "good") == {"bad": "quarantined", "good": "active"}
    assert "NoSuchModel" in host.plugin("bad").error
    Base.registry.configure()
    assert "good_thing" in Base.metadata.tables


def test_a_table_without_the_prefix_is_refused(folder):
    models = MODEL.format(camel="Bad", table="good_thing")
    folder.add("bad", LOADS_MODEL.format(name="bad", then="return []"), models=models)
    assert (
        "BadThing has the table good_thing; tables of bad start with bad_"
        in folder.host().plugin("bad").error
    )


def test_what_a_broken_plugin_imported_from_elsewhere_stays(folder):
    folder.names.append("shared")
    (folder.path / "shared.py").write_text(MODEL.format(camel="Shared", table="shared_thing"))
    folder.add("bad", HOOKS + "import shared\n\n1 / 0\n")
    assert folder.host().plugin("bad").state == "quarantined"
    assert "shared_thing" in Base.metadata.tables
    assert "SharedThing" in {mapper.class_.__name__ for mapper in Base.registry.mappers}


def test_a_mended_plugin_runs_at_the_next_start(folder):
    path = folder.add("bad", LOADS_MODEL.format(name="bad", then="raise ValueError"))
    (path / "models.py").write_text(MODEL.format(camel="Bad", table="bad_thing"))
    assert folder.host().plugin("bad").state == "quarantined"
    (path / "plugin.py").write_text(LOADS_MODEL.format(name="bad", then="return []  # mended"))
    assert folder.host().plugin("bad").state == "active"
    assert "bad_thing" in Base.metadata.tables


def test_a_migration_of_another_name_sets_a_plugin_aside(folder):
    versions = folder.add("bad") / "migrations" / "versions"
    versions.mkdir(parents=True)
    (versions / "one.py").write_text('revision = "core_0009"\ndown_revision = None\n')
    assert "revision core_0009" in folder.host().plugin("bad").error


# ---------------------------------------------------------------- views, later hooks, the list of hooks

VIEW = HOOKS + (
    "from flask_appbuilder import BaseView\n\n\nclass {name}(BaseView):\n    route_base = {base!r}\n\n\n"
    "@hookimpl\ndef views():\n    return [{name}]\n"
)


@pytest.mark.parametrize("base", ["/letters", "/letters/box", "/api/v1/letters/box"])
def test_views_stand_below_the_plugins_address(folder, base):
    folder.add("letters", VIEW.format(name="LettersBoxView", base=base))
    assert folder.host().plugin("letters").state == "active"


@pytest.mark.parametrize("base", ["/login", "/lettersbox", "", None, "/api/v1/security"])
def test_views_of_other_addresses_are_refused(folder, base):
    folder.add("letters", VIEW.format(name="LettersBoxView", base=base))
    assert "addresses of letters start with /letters/" in folder.host().plugin("letters").error


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("def __init__(self):\n        raise ValueError('no desk')", "no desk"),
        ("@expose('/<int:id')\n    def show(self, id):\n        return 'x'", "malformed url rule"),
        (
            "@expose('/<colour:id>')\n    def show(self, id):\n        return 'x'",
            "the converter 'colour' does not exist",
        ),
    ],
)
def test_a_view_that_cannot_be_registered_sets_its_plugin_aside(folder, body, expected):
    text = VIEW.format(name="LettersBoxView", base="/letters").replace("BaseView\n", "BaseView, expose\n", 1)
    folder.add("letters", text.replace("    route_base", f"    {body}\n\n    route_base"))
    folder.add("good")
    host = folder.host()
    assert states(host, "letters", "good") == {"letters": "quarantined", "good": "active"}
    assert expected in host.plugin("letters").error


def test_two_plugins_cannot_bring_views_of_one_name(folder):
    folder.add("ape", VIEW.format(name="BoxView", base="/ape"))
    folder.add("yak", VIEW.format(name="BoxView", base="/yak"))
    host = folder.host()
    assert states(host, "ape", "yak") == {"ape": "active", "yak": "quarantined"}
    assert "views() brings BoxView, which ape brings already; rename it" in host.plugin("yak").error


def test_a_hook_that_is_called_later_takes_its_arguments_by_name(folder):
    folder.add("letters", HOOKS + "@hookimpl\ndef demo(company):\n    company.append('letters')\n")
    folder.add("ape", HOOKS + "@hookimpl\ndef demo():\n    pass\n")
    company: list[str] = []
    for owner, fill in folder.host().implementations("demo"):
        if owner in ("ape", "letters"):
            fill(company=company)
    assert company == ["letters"]


def test_every_hook_is_either_asked_at_start_or_called_later():
    assert {name for name in vars(Hooks) if not name.startswith("_")} == {*HOOK_ITEMS, "demo", "slips"}
